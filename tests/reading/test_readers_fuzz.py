"""Whatever the file: a reading that accounts for every row, or a sentence."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import openpyxl
from accounting import unaccounted
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kyodo_analysis.errors import KyodoError
from kyodo_analysis.reading import (
    DocumentSettings,
    OpinionColumns,
    SpreadsheetSettings,
    guess_settings,
    read_document,
    read_spreadsheet,
    settings_from,
    write_study_toml,
)
from kyodo_analysis.reading.formats.spreadsheet_file import read_grids
from kyodo_analysis.reading.opinion_table.rows import CONTINUED
from kyodo_analysis.tables import CORRECTIONS

NO_CORRECTIONS = CORRECTIONS.make()
FEW = settings(deadline=None, derandomize=True, max_examples=15)
VERY_FEW = settings(FEW, max_examples=6)
WORDS = st.sampled_from(
    [
        "",
        "特になし",
        "橋が古い。",
        "・橋\n・道",
        "※注記",
        "合計",
        "第1回",
        "令和6年6月1日",
        "A. 交通",
        "=1+1",
        "#N/A",
        "　",
    ]
)
HEADERS = st.sampled_from(
    ["番号", "ご意見", "分類", "回", "日付", "年代", "市の考え方", "氏名", "", "x"]
)
CELLS = st.one_of(
    WORDS,
    st.text(max_size=8),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)),
    st.none(),
)
BODIES = st.lists(st.lists(CELLS, max_size=6), max_size=8)
TABLES = st.tuples(st.lists(HEADERS, min_size=1, max_size=6), BODIES).map(lambda t: [t[0], *t[1]])
ANY_SETTINGS = st.builds(
    SpreadsheetSettings,
    st.builds(
        OpinionColumns,
        st.sampled_from(["ご意見", "A列", "B列"]),
        id=st.sampled_from([None, "番号", "A列"]),
        category=st.sampled_from([None, "分類", "B列"]),
        session=st.sampled_from([None, "C列"]),
        date=st.sampled_from([None, "C列", "D列"]),
        attributes=st.sampled_from([(), ("年代",), ("A列", "B列")]),
        reply=st.sampled_from([None, "市の考え方"]),
    ),
    header_rows=st.sampled_from([(), (1,), (1, 2), (3,)]),
    fill_down=st.booleans(),
    split_items=st.booleans(),
)


@contextmanager
def a_file(name: str, content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def read_or_say(path: Path, chosen: SpreadsheetSettings | DocumentSettings) -> None:
    """Read the file; every row with content must be found again, unless a sentence says why not."""
    with suppress(KyodoError):
        if isinstance(chosen, DocumentSettings):
            read_document(path, settings=chosen, corrections=NO_CORRECTIONS)
        else:
            check_every_row(path, chosen)


def check_every_row(path: Path, chosen: SpreadsheetSettings) -> None:
    reading = read_spreadsheet(path, settings=chosen, corrections=NO_CORRECTIONS)
    grid = read_grids(path)[0]
    filled = grid.texts.apply(lambda column: column.str.strip()).ne("").any(axis="columns")
    expected = set(filled.index[filled]) - set(chosen.header_rows)
    found = {
        int("".join(filter(str.isdigit, source.rpartition(":")[2])))
        for table in (reading.opinions, reading.set_aside)
        for source in table["source"].str.replace("!", ":")
    }
    assert found == expected
    check_exact_words(grid.texts.to_numpy().ravel().tolist(), reading.opinions)
    assert CONTINUED not in set(reading.set_aside["treatment"])
    assert not unaccounted(path, chosen, reading)


def check_exact_words(cells: list[str], opinions: Any) -> None:
    for row in opinions.itertuples():
        assert any(cell[row.source_start : row.source_end] == row.raw_text for cell in cells)


def guess_or_say(path: Path) -> None:
    with suppress(KyodoError):
        guess = guess_settings(path)
        if guess.settings is not None:
            read_or_say(path, guess.settings)


def as_csv(rows: list[list[Any]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@FEW
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.tsv", "a.txt", "a.xlsx", "a.docx"]))
def test_random_bytes(content: bytes, name: str) -> None:
    with a_file(name, content) as path:
        guess_or_say(path)
        read_or_say(path, SpreadsheetSettings(OpinionColumns("A列"), header_rows=()))


@FEW
@given(
    TABLES,
    ANY_SETTINGS,
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "iso2022_jp"]),
    st.sampled_from([",", "\t", ";"]),
)
def test_random_csv_tables(
    rows: list[list[Any]], chosen: SpreadsheetSettings, encoding: str, delimiter: str
) -> None:
    content = as_csv(rows, delimiter).encode(encoding, errors="replace")
    with a_file("a.csv", content) as path:
        read_or_say(path, chosen)
        guess_or_say(path)


@FEW
@given(TABLES, ANY_SETTINGS)
def test_random_workbooks(rows: list[list[Any]], chosen: SpreadsheetSettings) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "意見"
    for row in rows:
        workbook.active.append(
            [ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in row]
        )
    content = io.BytesIO()
    workbook.save(content)
    with a_file("a.xlsx", content.getvalue()) as path:
        read_or_say(path, chosen)
        guess_or_say(path)


def small_workbook() -> bytes:
    workbook = openpyxl.Workbook()
    for row in (["分類", "ご意見"], ["交通", "橋が古い。"], [None, "=A1"]):
        workbook.active.append(row)
    workbook.active.merge_cells("A2:A3")
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def small_document() -> bytes:
    document = docx.Document()
    document.add_heading("交通", 1)
    document.add_paragraph("橋が古い。", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "ご意見"
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def with_damaged_part(package: bytes, number: int, place: float, damage: bytes) -> bytes:
    """Overwrite some bytes of one part, and pack it again so that the zip itself is sound."""
    with zipfile.ZipFile(io.BytesIO(package)) as before:
        parts = {name: before.read(name) for name in sorted(before.namelist())}
    name = list(parts)[number % len(parts)]
    start = int(place * len(parts[name]))
    parts[name] = parts[name][:start] + damage + parts[name][start + len(damage) :]
    after = io.BytesIO()
    with zipfile.ZipFile(after, "w") as damaged:
        for part, content in parts.items():
            damaged.writestr(part, content)
    return after.getvalue()


WORKBOOK, DOCUMENT = small_workbook(), small_document()


@FEW
@given(
    st.booleans(),
    st.integers(0, 30),
    st.floats(0, 1, exclude_max=True),
    st.one_of(
        st.binary(min_size=1, max_size=6), st.sampled_from([b"<", b'">', b"&x;", b"9999999"])
    ),
)
def test_damage_within_office_files(
    is_workbook: bool, number: int, place: float, damage: bytes
) -> None:
    package, name = (WORKBOOK, "a.xlsx") if is_workbook else (DOCUMENT, "a.docx")
    with a_file(name, with_damaged_part(package, number, place, damage)) as path:
        guess_or_say(path)


@VERY_FEW
@given(
    st.lists(st.tuples(st.sampled_from([None, "Heading 1", "List Bullet"]), WORDS), max_size=8),
    TABLES,
    st.sampled_from([None, OpinionColumns("ご意見"), OpinionColumns("A列", category="B列")]),
    st.booleans(),
)
def test_random_documents(
    paragraphs: list[tuple[str | None, str]],
    rows: list[list[Any]],
    columns: OpinionColumns | None,
    only_list_items: bool,
) -> None:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    width = max(map(len, rows))
    table = document.add_table(len(rows), width)
    for cells, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=False):
            cell.text = (
                ILLEGAL_CHARACTERS_RE.sub("", str(value))
                .replace("\ufffe", "")
                .replace("\uffff", "")
            )
    content = io.BytesIO()
    document.save(content)
    with a_file("a.docx", content.getvalue()) as path:
        chosen = DocumentSettings(columns, only_list_items=only_list_items, split_items=True)
        read_or_say(path, chosen)
        guess_or_say(path)


@FEW
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["columns", "text", "sheet", "header_rows", "sessions", "x"]), inner
            ),
        ),
    ),
    st.sampled_from(["spreadsheet", "document"]),
)
def test_random_settings(given_settings: Any, reader: str) -> None:
    table = given_settings if isinstance(given_settings, dict) else {"columns": given_settings}
    with suppress(KyodoError):
        settings_from({**table, "reader": reader})


def test_a_guess_of_a_readable_table_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("番号,ご意見\n1,橋が古い。\n", encoding="utf-8")
    assert "[reading.columns]" in write_study_toml(guess_settings(tmp_path / "a.csv"))
