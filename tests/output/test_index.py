from urllib.parse import unquote

import pytest

from kyodo_analysis.files import write_text
from kyodo_analysis.output import save_chart, write_csv, write_index


@pytest.fixture
def folder(chart, report, table):
    save_chart(chart, "b_分類", report=report, table=table, title="<b>数</b>", alt='交通"2件"')
    write_csv(table, report.folder / "tables" / "意見.csv")
    write_text(report.folder / "01_overview.html", "<title>01 読む &amp; 確かめる</title>")
    write_text(report.folder / "results.xlsx", "")
    return report.folder


@pytest.fixture
def index(folder, read_page):
    return read_page(
        write_index(folder, title="架空市<b>意見</b>", notes=("意見は標本ではない。",))
    )


def test_figures_show_title_and_alt_text_and_lead_to_their_numbers(index):
    assert index.loads == ["figures/b_%E5%88%86%E9%A1%9E.png"]
    assert index.alts == ['交通"2件"']
    assert "<b>数</b>" in index.text
    assert "figures/b_%E5%88%86%E9%A1%9E.csv" in index.links


def test_pages_workbooks_and_tables_are_linked(index):
    assert index.links[0] == "01_overview.html"
    assert index.links[-2:] == ["results.xlsx", "tables/%E6%84%8F%E8%A6%8B.csv"]
    assert "01 読む & 確かめる" in index.text


def test_title_and_notes_are_text(index):
    assert "架空市<b>意見</b>" in index.text
    assert "意見は標本ではない。" in index.text


def test_the_index_does_not_list_itself_and_repeats_its_bytes(folder, index):
    before = (folder / "index.html").read_bytes()
    assert (
        write_index(folder, title="架空市<b>意見</b>", notes=("意見は標本ではない。",)).read_bytes()
        == before
    )


def test_every_link_leads_to_a_file(folder, index):
    assert all((folder / unquote(link)).is_file() for link in index.links + index.loads)


def test_an_empty_folder_gives_a_page_with_its_title(tmp_path, read_page):
    page = read_page(write_index(tmp_path, title="題"))
    assert page.tags.count("h1") == 1
    assert "h2" not in page.tags
