"""Words that know their place in the raw file."""

from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Piece:
    """Some words of one line: ``lines[line - 1][start:end] == text``.

    Parameters
    ----------
    line : int
        The line's number as an editor shows it, from 1.
    start : int
        Where the words start in the line, in code points from 0.
    text : str
        The words.
    """

    line: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the words end in the line."""
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> "Piece":
        """Return the words from `start` to `end` of these, without the blanks around them."""
        text = self.text[start:end]
        blanks = len(text) - len(text.lstrip())
        return Piece(self.line, self.start + start + blanks, text.strip())

    def cells(self) -> tuple["Piece", ...]:
        """Return the words between the tabs."""
        texts = self.text.split("\t")
        starts = accumulate((len(text) + 1 for text in texts), initial=0)
        return tuple(
            self.part(start, start + len(text)) for start, text in zip(starts, texts, strict=False)
        )


Row = tuple[Piece, ...]
