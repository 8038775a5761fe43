"""Pages that open anywhere: no network, no script, and what residents wrote stays text."""

import base64
import hashlib
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kyodo_analysis.errors import OutputError, shown
from kyodo_analysis.files import write_text

if TYPE_CHECKING:
    from nbformat import NotebookNode

EMBEDDED, BESIDE = "data:", "'self' file:"
_FONTS = (
    '"BIZ UDPGothic", "Yu Gothic UI", "Yu Gothic", "Hiragino Sans", "Noto Sans JP", '
    '"Noto Sans CJK JP", IPAexGothic, sans-serif'
)
_STYLE = f"""
body {{ font-family: {_FONTS}; line-height: 1.7; color: #1f1f1f; background: #fff;
  max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }}
h1, h2, h3 {{ line-height: 1.4; }}
h2 {{ border-bottom: 1px solid #7f7f7f; margin-top: 2.5rem; }}
img {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; font-size: .9rem; margin: 1rem 0; }}
th, td {{ border: 1px solid #b0b0b0; padding: .3rem .4rem; text-align: left; vertical-align: top; }}
pre {{ white-space: pre-wrap; }}
.output_subarea {{ overflow-x: auto; }}
.dataframe th, .dataframe td {{ text-align: right; }}
th > div, td > div {{ text-align: left; }}
.prompt, .anchor-link {{ display: none; }}
figure {{ margin: 2rem 0; }}
@media screen {{
  th, td {{ min-width: 2.5em; }}
  th:first-child, td:first-child, td:last-child > div {{ min-width: 6em; }}
}}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 10pt; }}
  img, tr, figure {{ break-inside: avoid; }}
  h2, h3 {{ break-after: avoid; }}
  .output_subarea {{ overflow: visible; }}
  table {{ font-size: 8pt; }}
  th, td {{ padding: .15rem .2rem; }}
}}
"""
_TAGS = frozenset(
    [
        "a",
        "b",
        "br",
        "caption",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_ATTRIBUTES = {
    "*": ["class", "id", "title"],
    "a": ["href"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_SHOWN_FIRST = ["text/html", "text/markdown", "image/png", "image/jpeg", "text/plain"]
_NOTEBOOK_LINK = re.compile(r'(href="[\w.-]+)\.ipynb(?=["#])')
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)


def notebook_to_html(notebook_path: Path, html_path: Path) -> Path:
    """Write an executed notebook as a page for reading: texts, tables and figures without code.

    The page loads nothing and runs nothing (a policy in it forbids both to the browser); markup
    beyond plain text, lists and tables is shown as the text that it is. Figures are inside, with
    their alt text. Links between notebooks become links between pages. A section below whose
    heading no cell showed anything is left out.

    Raises
    ------
    OutputError
        The notebook is not there or is none, or the page cannot be written.
    """
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    notebook = _read_notebook(notebook_path)
    notebook.cells = _without_silent_sections(notebook.cells)
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=Config({"NbConvertBase": {"display_data_priority": _SHOWN_FIRST}}),
        template_name="basic",
        sanitize_html=True,
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        filters={"clean_html": _only_text_markup},
    )
    body, _ = exporter.from_notebook_node(notebook)
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = _HEADING.search(texts)
    title = heading[1].strip() if heading else notebook_path.stem
    return write_text(html_path, page(title, _NOTEBOOK_LINK.sub(r"\1.html", body)))


def _without_silent_sections(cells: list[Any]) -> list[Any]:
    """Leave out the sections (from ``##`` to the next) whose cells were run and showed nothing."""
    sections: list[list[Any]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    first, *others = sections
    return [*first, *(cell for section in others if not _is_silent(section) for cell in section)]


def _is_silent(section: list[Any]) -> bool:
    code = [cell for cell in section if cell.cell_type == "code"]
    return bool(code) and not any(cell.outputs for cell in code)


def _read_notebook(path: Path) -> "NotebookNode":
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise OutputError(
            shown(path),
            "ノートブックとして読めません",
            action="ファイルがあるか、途中で切れていないかを確かめてください",
        ) from error
    return notebook


def page(
    title: str, body: str, *, pictures: str = EMBEDDED, style: str = "", script: str = ""
) -> str:
    """Return a whole page that may load pictures, embedded or beside it, and nothing else.

    Of scripts only `script` itself may run: the page's policy holds its hash.
    """
    policy = f"default-src 'none'; img-src {pictures}; style-src 'unsafe-inline'"
    if script:
        policy += f"; script-src '{_hash(script)}'"
    return f"""<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{escape(title)}</title>
<style>{_STYLE}{style}</style>
</head>
<body>
{body}
{f"<script>{script}</script>" if script else ""}</body>
</html>
"""


def _hash(script: str) -> str:
    """Return a script's hash as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _only_text_markup(markup: str) -> str:
    from bleach import clean

    return str(clean(markup, tags=_TAGS, attributes=_ATTRIBUTES, strip_comments=False))
