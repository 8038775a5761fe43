import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from kyodo_analysis.errors import OutputError
from kyodo_analysis.output import notebook_to_html

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
HOSTILE = """<table class="dataframe"><tr><td>&lt;b&gt;意見&lt;/b&gt;</td></tr></table>
<script src="https://example.invalid/x.js">steal()</script>
<img src="https://example.invalid/a.png" onerror="steal()"><style>@import url(https://x.invalid)</style>
<iframe src="https://example.invalid"></iframe><a href="javascript:steal()">押す</a>"""


def output(data, **metadata):
    return new_output("display_data", data=data, metadata=metadata)


@pytest.fixture
def notebook(tmp_path):
    cells = [
        new_markdown_cell("# 03 どのテーマ $x$\n\n- 一つ\n\n| 列 |\n|---|\n| 値 |\n"),
        new_markdown_cell("次は [02](02_terms.ipynb) です。![図](https://example.invalid/b.png)"),
        new_code_cell(
            "secret_code = 1",
            execution_count=1,
            outputs=[
                output({"text/html": HOSTILE, "text/plain": "表"}),
                output({"text/markdown": "**声** <script>steal()</script>"}),
                output(
                    {"image/png": PIXEL, "text/plain": "図: 数"},
                    **{"image/png": {"width": 605, "alt": '交通"2件"'}},
                ),
                output({"application/javascript": "steal()", "text/plain": "代わり"}),
                new_output("stream", name="stdout", text="保存しました: <a.png>\n"),
            ],
        ),
    ]
    path = tmp_path / "03_themes.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture
def page(notebook, tmp_path, read_page):
    return read_page(notebook_to_html(notebook, tmp_path / "pages" / "03_themes.html"))


def test_nothing_is_loaded_from_anywhere(page):
    assert page.loads == [f"data:image/png;base64,{PIXEL}"]
    assert not {"script", "iframe", "link", "object", "embed", "form"} & set(page.tags)


def test_the_browser_is_told_to_load_and_run_nothing(notebook, tmp_path):
    content = notebook_to_html(notebook, tmp_path / "a.html").read_text(encoding="utf-8")
    policy = """content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">"""
    assert policy in content
    assert "url(" not in content.split("</style>")[0]


def test_markup_in_what_residents_wrote_is_shown_as_text(page):
    assert "<b>意見</b>" in page.text
    assert "<script>steal()</script>" in page.text
    assert "保存しました: <a.png>" in page.text


def test_no_link_runs_anything(page):
    assert not [link for link in page.links if link.startswith("javascript")]


def test_texts_lists_tables_and_figures_are_there_and_code_is_not(page):
    assert {"h1", "li", "table", "td", "img"} <= set(page.tags)
    assert "secret_code" not in page.text
    assert "どのテーマ $x$" in page.text


def test_figures_keep_their_alt_text(page):
    assert page.alts == ['交通"2件"']


def test_notebooks_link_to_each_others_pages(page):
    assert "02_terms.html" in page.links


def test_the_first_heading_is_the_title(notebook, tmp_path):
    content = notebook_to_html(notebook, tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<title>03 どのテーマ $x$</title>" in content


def test_the_same_notebook_gives_the_same_bytes(notebook, tmp_path):
    first = notebook_to_html(notebook, tmp_path / "a.html").read_bytes()
    assert notebook_to_html(notebook, tmp_path / "b.html").read_bytes() == first


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"cells": [', None])
def test_what_is_no_notebook_is_said(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OutputError, match="ノートブックとして読めません"):
        notebook_to_html(path, tmp_path / "a.html")


def test_a_heading_below_which_nothing_is_shown_is_left_out(tmp_path):
    said = [new_output("stream", name="stdout", text="声\n")]
    cells = [
        new_markdown_cell("# 題"),
        new_code_cell("import pandas"),
        new_markdown_cell("## 示すもののある節"),
        new_code_cell("1", outputs=said),
        new_code_cell("None"),
        new_markdown_cell("## 何も示さない節"),
        new_markdown_cell("この節の説明"),
        new_code_cell("None"),
        new_markdown_cell("## まとめ"),
    ]
    path = tmp_path / "01_a.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    page = notebook_to_html(path, tmp_path / "a.html").read_text(encoding="utf-8")
    assert "示すもののある節" in page
    assert "まとめ" in page
    assert "何も示さない節" not in page
    assert "この節の説明" not in page
