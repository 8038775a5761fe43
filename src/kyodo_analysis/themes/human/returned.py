"""Read a filled coding sheet back, naming every cell that needs another look."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from kyodo_analysis.tables import CODINGS
from kyodo_analysis.themes.human import layout
from kyodo_analysis.themes.human.filled import FilledRow, read_filled_rows, refuse
from kyodo_analysis.themes.human.sample import (
    ALL_OPINIONS,
    CodingSheetSettings,
    sample_opinions,
)

_METHOD = "human"


def read_coding_sheet(
    path: Path,
    opinions: pd.DataFrame,
    codes: Sequence[str],
    *,
    coder: str,
    settings: CodingSheetSettings = ALL_OPINIONS,
) -> pd.DataFrame:
    """Read a sheet that :func:`write_coding_sheet` wrote and a coder filled in.

    Rows and columns may have been moved, and the opinions' sheet saved as CSV; nothing else may
    have changed.

    Parameters
    ----------
    path : Path
        The returned file.
    opinions : pandas.DataFrame
        The opinions that the sheet was written from (OPINIONS).
    codes : sequence of str
        The codes that the sheet was written with.
    coder : str
        The coder's name, as it shall stand in the results.
    settings : CodingSheetSettings
        The settings that the sheet was written with.

    Returns
    -------
    pandas.DataFrame
        One row per ○, by opinion and code in their given order (CODINGS, method ``human``).

    Raises
    ------
    StudyError
        Names every cell that cannot be used: a header or a text that was changed, a row that is
        missing, added, double or left open, a mark other than ○.
    """
    rows = read_filled_rows(path, codes)
    sample = sample_opinions(opinions, settings)
    texts = dict(zip(sample["opinion_id"], sample["text"].map(layout.as_shown), strict=True))
    refuse(path, [*_row_problems(rows, texts), *_mark_problems(rows, codes)])
    marked = {row.opinion_id: row.cells for row in rows}
    return CODINGS.make(
        {"opinion_id": opinion_id, "code": code, "coder": coder, "method": _METHOD}
        for opinion_id in opinions["opinion_id"]
        for code in codes
        if opinion_id in marked and marked[opinion_id][code]
    )


def _row_problems(rows: list[FilledRow], texts: dict[str, str]) -> Iterator[str]:
    times = Counter(row.opinion_id for row in rows)
    for row in rows:
        place = row.place(layout.ID_HEADER)
        if row.opinion_id not in texts:
            yield f"{place}: 意見番号「{row.opinion_id}」は元の表にありません"
        elif times[row.opinion_id] > 1:
            yield f"{place}: 意見番号「{row.opinion_id}」の行が二度あります"
        elif row.cells[layout.TEXT_HEADER] != texts[row.opinion_id].strip(" \u3000"):
            where = row.place(layout.TEXT_HEADER)
            yield f"{where}: 意見 {row.opinion_id} の文が元の文と違います"
    for opinion_id in texts:
        if opinion_id not in times:
            yield f"意見 {opinion_id} の行がありません"


def _mark_problems(rows: list[FilledRow], codes: Sequence[str]) -> Iterator[str]:
    choices = [*codes, layout.NONE_HEADER]
    for row in rows:
        marks = {header: row.cells[header] for header in choices if row.cells[header]}
        for header, mark in marks.items():
            if mark not in layout.MARKS:
                yield f"{row.place(header)}: 「{mark}」は読めません(○ か空欄にします)"
        if not marks:
            yield f"{row.number}行目: ○ が1つもありません(なければ「該当なし」に ○ を付けます)"
        if layout.NONE_HEADER in marks and len(marks) > 1:
            place = row.place(layout.NONE_HEADER)
            yield f"{place}: テーマの ○ と「該当なし」の ○ が両方あります"
