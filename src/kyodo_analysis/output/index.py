"""The front page of a report: everything in its folder, one click away, without a server."""

import re
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

from kyodo_analysis.files import write_text
from kyodo_analysis.output.pages import BESIDE, page

FRONT_PAGE = "index.html"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def write_index(
    folder: Path, *, title: str, notes: tuple[str, ...] = (), figures: Sequence[str] = ()
) -> Path:
    """Write ``index.html`` for the pages, figures and tables that stand in a report's folder.

    Parameters
    ----------
    folder : Path
        Holds the report; figures in ``figures/``.
    title : str
        Of the report.
    notes : tuple of str
        What a reader must know before any number; a paragraph each.
    figures : sequence of str
        The stems of the figures that come first, in this order.

    Returns
    -------
    Path
        The page: pages by name, figures with title and alt text, then workbooks and
        tables.

    Raises
    ------
    OutputError
        The page cannot be written.
    """
    pages = [path for path in sorted(folder.rglob("*.html")) if path != folder / FRONT_PAGE]
    rank = {stem: place for place, stem in enumerate(figures)}
    pictures = sorted(
        folder.glob("figures/*.png"), key=lambda path: (rank.get(path.stem, len(rank)), path.name)
    )
    tables = [
        path
        for ending in ("xlsx", "csv")
        for path in sorted(folder.rglob(f"*.{ending}"))
        if path.parent != folder / "figures"
    ]
    body = [
        "<!--newer--><!--/newer-->",
        f"<h1>{escape(title)}</h1>",
        *(f"<p>{escape(note)}</p>" for note in notes),
        *_listed("読む", [_link(folder, path, _title_of(path)) for path in pages]),
        *(["<h2>図</h2>"] if pictures else []),
        *(_figure(folder, path) for path in pictures),
        *_listed("表", [_link(folder, path, path.name) for path in tables]),
    ]
    return write_text(folder / FRONT_PAGE, page(title, "\n".join(body), pictures=BESIDE))


def _listed(heading: str, links: list[str]) -> list[str]:
    items = "\n".join(f"<li>{link}</li>" for link in links)
    return [f"<h2>{heading}</h2>", f"<ul>\n{items}\n</ul>"] if links else []


def _link(folder: Path, path: Path, text: str) -> str:
    return f'<a href="{quote(path.relative_to(folder).as_posix())}">{escape(text)}</a>'


def _title_of(path: Path) -> str:
    found = _TITLE.search(path.read_text(encoding="utf-8"))
    return unescape(found[1]) if found else path.stem


def _figure(folder: Path, path: Path) -> str:
    """Show a figure with the title and the alt text that are written in it."""
    from PIL import Image

    with Image.open(path) as image:
        words = dict(image.info)
    others = [path.with_suffix(ending) for ending in (".png", ".svg", ".csv")]
    links = "・".join(
        _link(folder, other, other.suffix[1:].upper()) for other in others if other.is_file()
    )
    source = quote(path.relative_to(folder).as_posix())
    alt = escape(str(words.get("Description", "")))
    caption = escape(str(words.get("Title", path.stem)))
    return (
        f'<figure>\n<img src="{source}" alt="{alt}">\n'
        f"<figcaption>{caption}({links})</figcaption>\n</figure>"
    )
