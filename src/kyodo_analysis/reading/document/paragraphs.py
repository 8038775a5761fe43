"""The paragraphs of a document as a table: headings, opinions, explanations."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.grid import Grid, make_cells

HEADING, TEXT, EXPLANATION = "見出し", "段落", "説明"


@dataclass(frozen=True, eq=False)
class ParagraphGrid(Grid):
    """One row per paragraph with its place, and one for the names of the columns in ``header_row``."""

    header_row: int = 1
    row_places: tuple[str, ...] = ()

    def place(self, row: int, column: int) -> str:
        """Return the place of the paragraph in a row."""
        return self.row_places[row - 1]

    def places(self, rows: "pd.Series[int]", column: int) -> "pd.Series[str]":
        """Return the places of the paragraphs in `rows`."""
        return pd.Series([self.row_places[row - 1] for row in rows], rows.index, dtype="str")


def make_paragraph_grid(document: Document, *, only_list_items: bool) -> ParagraphGrid:
    """Lay the paragraphs out as a table with the columns 見出し, 段落 and 説明.

    The paragraphs above the first heading come before the names of the columns.
    """
    paragraphs = document.paragraphs
    headings = find_headings(paragraphs)
    header_row = paragraphs.index(headings[0]) + 1 if headings else 1
    rows = [
        _row(paragraph, is_heading=paragraph in headings, only_list_items=only_list_items)
        for paragraph in paragraphs
    ]
    rows.insert(header_row - 1, [HEADING, TEXT, EXPLANATION])
    places = [paragraph.place for paragraph in paragraphs]
    places.insert(header_row - 1, document.name)
    cells = make_cells(rows, document.name)
    return ParagraphGrid(
        document.name, None, cells, header_row=header_row, row_places=tuple(places)
    )


def find_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the headings: by their style, or where no paragraph has one, by how they look."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    styled = [paragraph for paragraph in filled if paragraph.is_heading]
    return styled or [paragraph for paragraph in filled if paragraph.looks_like_heading]


def _row(paragraph: Paragraph, *, is_heading: bool, only_list_items: bool) -> list[str | None]:
    if is_heading:
        return [paragraph.text, None, None]
    if only_list_items and not paragraph.is_item:
        return [None, None, paragraph.text]
    return [None, paragraph.text, None]
