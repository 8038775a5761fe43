from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from kyodo_analysis.files import put_text, save_to_bytes


def _book(text: str) -> Workbook:
    book = Workbook()
    put_text(book.worksheets[0].cell(1, 1), text)
    return book


@pytest.mark.parametrize(("text", "is_quoted"), [("=1+1", True), ("＠町", True), ("橋", False)])
def test_a_text_is_a_text_cell_and_one_like_a_formula_is_marked(text, is_quoted):
    cell = load_workbook(BytesIO(save_to_bytes(_book(text)))).worksheets[0].cell(1, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", is_quoted)


def test_nothing_in_the_file_tells_the_time():
    content = save_to_bytes(_book("橋"))
    with ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
    assert save_to_bytes(_book("橋")) == content
