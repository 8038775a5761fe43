"""A document as paragraphs and tables, in order, whatever kind of file it came from."""

import re
import unicodedata
from dataclasses import dataclass

from kyodo_analysis.reading.findings import Finding
from kyodo_analysis.reading.formats.grid import Grid

_NUMBER = r"(?:第?\d{1,2}|\(\d{1,2}\)|[A-Z])(?:[.)]\s?|(?<=\))|\s)(?!\d)"
_HEADING_MARK = re.compile(rf"(?!.*。$)(?:[■□◆◇●]|【.+】|#{{1,6}}\s|{_NUMBER}).*")
_SENTENCE = re.compile(
    r".*(?:ます|です|ました|でした|ません|しい|たい|ない|ください|下さい)[。.！!？?]?", re.DOTALL
)
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a document, or a line of a text.

    Parameters
    ----------
    place : str
        Where it stands, as ``source`` says it: ``報告.docx:段落12``, ``意見.txt:12行``.
    text : str
        All that it shows.
    is_heading : bool
        Whether the file itself makes it a heading.
    is_item : bool
        Whether the file puts a bullet or number before it.
    """

    place: str
    text: str
    is_heading: bool = False
    is_item: bool = False

    @property
    def looks_like_heading(self) -> bool:
        """Whether it is short, begins like ``(1)``, ``■`` or ``【…】``, and is no sentence."""
        text = unicodedata.normalize("NFKC", self.text).strip()
        if self.is_item or len(text) > _LONGEST_HEADING or _SENTENCE.fullmatch(text):
            return False
        return bool(_HEADING_MARK.fullmatch(text))


@dataclass(frozen=True)
class Document:
    """What a file shows.

    Parameters
    ----------
    name : str
        The file's name without its folder.
    blocks : tuple of Paragraph or Grid
        Paragraphs and tables in order; tables are called 表1, 表2, ….
    unread : tuple of Finding
        All that the file holds and `blocks` do not, each with its words and place.
    """

    name: str
    blocks: tuple[Paragraph | Grid, ...]
    unread: tuple[Finding, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Grid, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))
