"""Files as Excel, LibreOffice, form services and Word write them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from kyodo_analysis.tables import OPINIONS

Rows = Sequence[Sequence[Any]]


@pytest.fixture
def write_workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets given as rows by their names; `merged` is a sequence of e.g. ``A2:A4``."""

    def write(
        sheets: dict[str, Rows], *, merged: Sequence[str] = (), name: str = "意見.xlsx"
    ) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        for cells in merged:
            workbook.worksheets[0].merge_cells(cells)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as Excel's CSV, with CRLF."""

    def write(
        rows: Rows, *, encoding: str = "utf-8-sig", delimiter: str = ",", name: str = "意見.csv"
    ) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(rows)
        (tmp_path / name).write_bytes(text.getvalue().encode(encoding))
        return tmp_path / name

    return write


@pytest.fixture
def opinions_of() -> Callable[..., pd.DataFrame]:
    """Make opinions of raw texts; what is analysed of each is another, sound one."""

    def make(*texts: str) -> pd.DataFrame:
        return OPINIONS.make(
            {
                "opinion_id": f"A{number}",
                "text": "訂正済み。",
                "raw_text": text,
                "source": f"x.txt:{number}行",
                "source_start": 0,
                "source_end": len(text),
            }
            for number, text in enumerate(texts, start=1)
        )

    return make
