"""Cut the body of a coding rule into tokens, as KH Coder does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACES = str.maketrans("\t\r\u3000", "   ")
_TOKEN = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|[^ ]*) """)


@dataclass(frozen=True)
class Token:
    """What stands between two spaces, and the line of the file that it stands on."""

    text: str
    line: int


def split_tokens(lines: Sequence[tuple[int, str]]) -> list[Token]:
    """Cut a body, given as (line number, text) pairs, into tokens.

    Lines are joined before they are cut, so that a quotation may run over a line end. Tabs and
    full-width spaces separate like spaces, also inside a quotation.
    """
    tokens: list[Token] = []
    ends = _line_ends(lines)
    body = "".join(f"{text} " for _, text in lines).translate(_SPACES)
    for match in _TOKEN.finditer(body):
        if match[1]:
            line = next(number for number, end in ends if match.start() < end)
            tokens.append(Token(match[1], line))
    return tokens


def _line_ends(lines: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """Pair each line number with the offset in the joined body at which its line has ended."""
    ends, offset = [], 0
    for number, text in lines:
        offset += len(text) + 1
        ends.append((number, offset))
    return ends
