"""Opinions coded by a person who does not see what the rules say, each mark saved at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kyodo_analysis.desk.codebook_file import rows_to_bytes
from kyodo_analysis.desk.voices import Row
from kyodo_analysis.errors import NotInDataError, StudyError, shown
from kyodo_analysis.files import read_study_rows, write_bytes
from kyodo_analysis.study.opening import checked_name
from kyodo_analysis.themes import CodingSheetSettings, sample_opinions
from kyodo_analysis.themes.human import sheet

Cells = dict[str, str]


class CodingDesk:
    """Answers what the screen for coding asks; each coder has a file of her own.

    Parameters
    ----------
    opinions : DataFrame
        OPINIONS as published; the sample and its order are those of the coding sheet.
    codes : DataFrame
        CODES.
    folder : Path
        ``studies/<study>/coders/``.
    settings : CodingSheetSettings
        As the study's coding sheet has them.

    Raises
    ------
    NotInDataError
        There is no theme, or no opinion, to code.
    """

    def __init__(
        self,
        opinions: pd.DataFrame,
        codes: pd.DataFrame,
        *,
        folder: Path,
        settings: CodingSheetSettings,
    ) -> None:
        if codes.empty or opinions.empty:
            raise NotInDataError(
                "人によるコーディング",
                "テーマか意見がありません",
                action="コードブックを作ってから、もう一度実行してください",
            )
        self.folder, self.themes = folder, list(codes["code"])
        self._meanings = dict(zip(codes["code"], codes["definition"].fillna(""), strict=True))
        sample = sample_opinions(opinions, settings)
        self._texts = dict(
            zip(sample["opinion_id"], sample["text"].map(sheet.as_shown), strict=True)
        )
        self._ids = list(self._texts)

    def start(self, name: str) -> Row:
        """Begin, or go on where a coder stopped: the themes, and the first opinion without a mark.

        Raises
        ------
        StudyError
            The name cannot be a file's, the coder handed in a workbook already, or the file there
            is no sheet of this study.
        """
        rows = self._read(self._path(name))
        waiting = [at for at, each in enumerate(self._ids) if not self._is_done(rows, each)]
        return {
            "themes": [[theme, self._meanings[theme]] for theme in self.themes],
            "n": len(self._ids),
            "at": waiting[0] if waiting else 0,
            "done": len(self._ids) - len(waiting),
            "file": f"coders/{self._path(name).name}",
        }

    def opinion(self, name: str, at: int) -> Row:
        """Return one opinion of the sample with the marks that its coder gave it, and no others."""
        opinion_id = self._ids[at]
        cells = self._read(self._path(name)).get(opinion_id, {})
        return {
            "at": at,
            "id": opinion_id,
            "text": self._texts[opinion_id],
            "marks": [theme for theme in self.themes if cells.get(theme)],
            "is_none": bool(cells.get(sheet.NONE_HEADER)),
            "memo": cells.get(sheet.MEMO_HEADER, ""),
        }

    def mark(
        self, name: str, opinion_id: str, marks: Sequence[str], is_none: bool, memo: str = ""
    ) -> Row:
        """Write the marks of one opinion; all others in the file stay as they are there now.

        Raises
        ------
        KyodoError
            The file cannot be read or written: it is as it was.
        """
        path = self._path(name)
        rows = self._read(path)
        rows[opinion_id] = {theme: sheet.MARK for theme in self.themes if theme in marks} | {
            sheet.NONE_HEADER: sheet.MARK if is_none and not marks else "",
            sheet.MEMO_HEADER: memo,
        }
        written = [
            rows.get(each, {}) | {sheet.ID_HEADER: each, sheet.TEXT_HEADER: text}
            for each, text in self._texts.items()
        ]
        write_bytes(path, rows_to_bytes(sheet.sheet_headers(self.themes), written))
        return {"done": sum(self._is_done(rows, each) for each in self._ids)}

    def _path(self, name: str) -> Path:
        path = self.folder / f"{checked_name(name.strip(), 'コーダーの名前')}.csv"
        if path.with_suffix(".xlsx").exists():
            raise StudyError(
                shown(path.with_suffix(".xlsx")),
                "この名前のシートが、もうあります",
                action="別の名前で始めるか、そのシートを coders の外へ移してください",
            )
        return path

    def _read(self, path: Path) -> dict[str, Cells]:
        if not path.exists():
            return {}
        headers = sheet.sheet_headers(self.themes)
        rows = read_study_rows(path, required=headers, key=sheet.ID_HEADER, comments=False)
        for row in rows:
            opinion_id = row.cells[sheet.ID_HEADER]
            text = sheet.as_shown(row.cells[sheet.TEXT_HEADER])
            if self._texts.get(opinion_id, "").strip() != text.strip():
                raise StudyError(
                    row.place,
                    f"意見 {opinion_id} が、いまの資料と合いません",
                    action="ファイルを coders の外へ移すと、新しく始められます",
                )
        return {row.cells[sheet.ID_HEADER]: dict(row.cells) for row in rows}

    def _is_done(self, rows: dict[str, Cells], opinion_id: str) -> bool:
        cells: dict[str, Any] = rows.get(opinion_id, {})
        return any(cells.get(header) for header in [*self.themes, sheet.NONE_HEADER])
