"""The sheet that a second coder fills in, without any trace of what the rules say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import LONGEST_CELL, put_text, save_to_bytes, write_bytes

SHEET = "意見"
ID_HEADER, TEXT_HEADER, NONE_HEADER, MEMO_HEADER = "意見番号", "意見", "該当なし", "メモ"
MARK = "○"
# ○, and what input methods write for it: the ideographic zero and the large circle.
MARKS = ("○", "〇", "◯")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def sheet_headers(codes: Sequence[str]) -> list[str]:
    """List the headers of the sheet, left to right."""
    return [ID_HEADER, TEXT_HEADER, *codes, NONE_HEADER, MEMO_HEADER]


def as_shown(text: str) -> str:
    """Return a text as a cell can hold it: line ends of one kind, unprintable characters as 〓."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("〓", lines)


_THEMES_SHEET, _GUIDE_SHEET = "テーマの説明", "書き方"
_SHOWN_OF_CODES = {
    "code": "コード",
    "parent": "上位",
    "definition": "定義",
    "include": "含める",
    "exclude": "含めない",
}
_GUIDE = (
    "「意見」シートの意見を上から読み、当てはまるテーマの欄で ○ を選んでください。",
    "1件の意見に、いくつ ○ を付けてもかまいません。",
    "どのテーマにも当てはまらないときは「該当なし」で ○ を選んでください。",
    "テーマの意味は「テーマの説明」シートにあります。",
    "迷ったことや気付いたことは「メモ」に自由に書いてください。",
    "意見番号・意見・見出しは書き換えないでください。行の並べ替えはしてもかまいません。",
)
_HEADER_POINTS_PER_CHARACTER = 16


@dataclass(frozen=True)
class CodingSheetSettings:
    """How opinions are drawn for a second coder.

    Parameters
    ----------
    sample_size : int, optional
        How many opinions; all of them if not given.
    seed : int
        The same seed draws the same opinions in the same order.
    """

    sample_size: int | None = None
    seed: int = 20190830


ALL_OPINIONS = CodingSheetSettings()


def sample_opinions(
    opinions: pd.DataFrame, settings: CodingSheetSettings = ALL_OPINIONS
) -> pd.DataFrame:
    """Draw opinions without replacement, in random but fixed order (OPINIONS).

    Raises
    ------
    StudyError
        More opinions are asked for than there are, or none.
    """
    if opinions.empty:
        raise StudyError(
            "コーディング用シート",
            "意見が1件もありません",
            action="python run.py check で、除いた理由を確かめてください",
        )
    size = len(opinions) if settings.sample_size is None else settings.sample_size
    if not 0 < size <= len(opinions):
        raise StudyError(
            "コーディング用シートの件数",
            f"{size}件です",
            f"1件から{len(opinions)}件までです",
            "件数を直すか、空欄(全件)にしてください",
        )
    rows = np.random.default_rng(settings.seed).permutation(len(opinions))[:size]
    return opinions.iloc[rows].reset_index(drop=True)


def write_coding_sheet(
    path: Path,
    opinions: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    settings: CodingSheetSettings = ALL_OPINIONS,
) -> Path:
    """Write an .xlsx in which a coder marks the themes of each opinion with ○.

    One row per opinion, one column per code with a drop-down; no rule, no result and no example
    is in the file. The same input gives the same bytes.

    Parameters
    ----------
    path : Path
        Where to write.
    opinions : pandas.DataFrame
        OPINIONS.
    codes : pandas.DataFrame
        The themes with their definitions (CODES).
    settings : CodingSheetSettings
        How many opinions, and the seed of their order.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    StudyError
        An opinion is longer than a cell can be.
    OutputError
        The file cannot be written; what was there before is still there.
    """
    from openpyxl import Workbook

    book = Workbook()
    sample = sample_opinions(opinions, settings)
    _check_lengths(sample)
    names = codes["code"].tolist()
    _fill_opinions(book.worksheets[0], sample, names)
    _fill_themes(book.create_sheet(_THEMES_SHEET), codes)
    _fill_guide(book.create_sheet(_GUIDE_SHEET))
    return write_bytes(path, save_to_bytes(book))


def _check_lengths(sample: pd.DataFrame) -> None:
    too_long = sample.loc[sample["text"].str.len() > LONGEST_CELL, "opinion_id"]
    if not too_long.empty:
        raise StudyError(
            f"意見 {too_long.iloc[0]}",
            f"{LONGEST_CELL:,}文字を超えるので Excel の1つのセルに入りません",
            action="意見を分けるか、この意見を除いてください",
        )


def _fill_opinions(sheet: Any, sample: pd.DataFrame, codes: Sequence[str]) -> None:
    from openpyxl.styles import Alignment

    sheet.title = SHEET
    headers = sheet_headers(codes)
    _put_row(sheet, 1, headers)
    for row, (opinion_id, text) in enumerate(
        zip(sample["opinion_id"], sample["text"], strict=True), start=2
    ):
        _put_row(sheet, row, [opinion_id, text])
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(3, len(headers)):
        sheet.cell(1, column).alignment = Alignment(text_rotation=255, vertical="top")
    sheet.row_dimensions[1].height = _HEADER_POINTS_PER_CHARACTER * max(map(len, headers))
    sheet.auto_filter.ref = sheet.dimensions
    _add_choices(sheet, last_row=len(sample) + 1, n_codes=len(codes))
    _set_widths(sheet, [10, 70, *[5] * (len(codes) + 1), 40])
    sheet.freeze_panes = "C2"


def _add_choices(sheet: Any, *, last_row: int, n_codes: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list",
        formula1=f'"{MARK}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="書き方",
        error="当てはまるときは ○ を選び、そうでなければ空欄にしてください。",
    )
    choice.add(f"C2:{get_column_letter(n_codes + 3)}{last_row}")
    sheet.add_data_validation(choice)


def _fill_themes(sheet: Any, codes: pd.DataFrame) -> None:
    _put_row(sheet, 1, list(_SHOWN_OF_CODES.values()))
    shown = codes[list(_SHOWN_OF_CODES)].fillna("")
    for row, values in enumerate(shown.itertuples(index=False), start=2):
        _put_row(sheet, row, list(values), wrap=True)
    _set_widths(sheet, [24, 16, 50, 40, 40])


def _fill_guide(sheet: Any) -> None:
    for row, sentence in enumerate(_GUIDE, start=1):
        _put_row(sheet, row, [sentence])
    _set_widths(sheet, [100])


def _put_row(sheet: Any, row: int, values: Sequence[Any], *, wrap: bool = False) -> None:
    from openpyxl.styles import Alignment

    for column, value in enumerate(values, start=1):
        cell = put_text(sheet.cell(row, column), as_shown(value))
        if wrap:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_widths(sheet: Any, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
