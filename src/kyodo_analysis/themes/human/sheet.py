"""Write the sheet that a second coder fills in, without any trace of what the rules say."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import LONGEST_CELL, put_text, save_to_bytes, write_bytes
from kyodo_analysis.themes.human import layout
from kyodo_analysis.themes.human.sample import (
    ALL_OPINIONS,
    CodingSheetSettings,
    sample_opinions,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

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


def _fill_opinions(sheet: "Worksheet", sample: pd.DataFrame, codes: Sequence[str]) -> None:
    from openpyxl.styles import Alignment

    sheet.title = layout.SHEET
    headers = layout.sheet_headers(codes)
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


def _add_choices(sheet: "Worksheet", *, last_row: int, n_codes: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list",
        formula1=f'"{layout.MARK}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="書き方",
        error="当てはまるときは ○ を選び、そうでなければ空欄にしてください。",
    )
    choice.add(f"C2:{get_column_letter(n_codes + 3)}{last_row}")
    sheet.add_data_validation(choice)


def _fill_themes(sheet: "Worksheet", codes: pd.DataFrame) -> None:
    _put_row(sheet, 1, list(_SHOWN_OF_CODES.values()))
    shown = codes[list(_SHOWN_OF_CODES)].fillna("")
    for row, values in enumerate(shown.itertuples(index=False), start=2):
        _put_row(sheet, row, list(values), wrap=True)
    _set_widths(sheet, [24, 16, 50, 40, 40])


def _fill_guide(sheet: "Worksheet") -> None:
    for row, sentence in enumerate(_GUIDE, start=1):
        _put_row(sheet, row, [sentence])
    _set_widths(sheet, [100])


def _put_row(sheet: "Worksheet", row: int, values: Sequence[Any], *, wrap: bool = False) -> None:
    from openpyxl.styles import Alignment

    for column, value in enumerate(values, start=1):
        cell = put_text(sheet.cell(row, column), layout.as_shown(value))
        if wrap:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_widths(sheet: "Worksheet", widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
