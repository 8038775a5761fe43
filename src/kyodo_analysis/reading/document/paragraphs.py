"""The paragraphs of a Word file as a table: headings, opinions, explanations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kyodo_analysis.reading.formats.grid import Grid, make_cells
from kyodo_analysis.reading.formats.word_file import WordFile, WordParagraph

HEADING, TEXT, EXPLANATION = "見出し", "段落", "説明"


@dataclass(frozen=True, eq=False)
class ParagraphGrid(Grid):
    """One row per paragraph, and one for the names of the columns in ``header_row``."""

    header_row: int = 1

    def _around_row(self, column: int) -> tuple[str, str]:
        """Return what makes ``報告.docx:段落12`` of a number."""
        return f"{self.file}:段落", ""

    def _shown(self, row: Any) -> Any:
        return row - (row > self.header_row)


def make_paragraph_grid(word: WordFile, *, only_list_items: bool) -> ParagraphGrid:
    """Lay the paragraphs out as a table with the columns 見出し, 段落 and 説明.

    The paragraphs above the first heading come before the names of the columns.
    """
    headings = {heading.number for heading in find_headings(word.paragraphs)}
    header_row = min(headings, default=1)
    rows = [
        _row(paragraph, is_heading=paragraph.number in headings, only_list_items=only_list_items)
        for paragraph in word.paragraphs
    ]
    rows.insert(header_row - 1, [HEADING, TEXT, EXPLANATION])
    return ParagraphGrid(word.name, None, make_cells(rows, word.name), header_row=header_row)


def find_headings(paragraphs: Sequence[WordParagraph]) -> list[WordParagraph]:
    """Return the headings: by their style, or where no paragraph has one, by how they look."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    styled = [paragraph for paragraph in filled if paragraph.has_heading_style]
    return styled or [paragraph for paragraph in filled if paragraph.looks_like_heading]


def _row(paragraph: WordParagraph, *, is_heading: bool, only_list_items: bool) -> list[str | None]:
    if is_heading:
        return [paragraph.text, None, None]
    if only_list_items and not paragraph.is_item:
        return [None, None, paragraph.text]
    return [None, paragraph.text, None]
