"""A coding rule before and after it is understood."""

from dataclasses import dataclass

from kyodo_analysis.themes.codebook.syntax import Node


@dataclass(frozen=True)
class Draft:
    """The lines of one code as they stand in the file: (line number, text) pairs."""

    header: str
    line: int
    body: list[tuple[int, str]]

    @property
    def name(self) -> str:
        """The code's name without its star."""
        return self.header[1:].strip()

    @property
    def text(self) -> str:
        """The rule as written, one line per line of the file."""
        return "\n".join(line for _, line in self.body)


@dataclass(frozen=True)
class Rule:
    """One usable code: `tree` is None where the rule is empty and so never true."""

    header: str
    name: str
    line: int
    text: str
    tree: Node | None
