"""Cut a coding rule into tokens, and say what each means: the first pattern that fits decides, as in KH Coder."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kyodo_analysis.themes.codebook import syntax


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


OPERATORS = {
    "and": ("and",),
    "&": ("and",),
    "or": ("or",),
    "|": ("or",),
    "not": ("not",),
    "!": ("!",),
    "&!": ("and", "not"),
    "|!": ("or", "not"),
    "==": ("==",),
    **{sign: (sign,) for sign in ("(", ")", ">", ">=", "<", "<=", "+", "-", "*", "/")},
}
DEFAULT_GAP = 10
_SCOPES: dict[str, syntax.Scope] = {"": "unit", "b": "sentence", "d": "paragraph"}


class AtomError(ValueError):
    """A token that KH Coder stumbles over: what is wrong and what to do instead."""

    def __init__(self, found: str, action: str) -> None:
        self.found, self.action = found, action
        super().__init__(found)


def read_atom(token: str) -> syntax.Atom:
    """Read one token that is not an operator.

    Raises
    ------
    AtomError
        It has the form of an atom, but cannot be used in a coding rule.
    """
    for pattern, make in _ATOMS:
        if match := pattern.search(token):
            return make(match)
    return syntax.Word(_unquoted(token))


def _sort_key(match: re.Match[str]) -> syntax.Atom:
    raise AtomError(
        f"「{match[0]}」は検索結果の並べ替え用の書き方で、コーディングには使えません",
        "値で絞り込むときは「<>変数名-->値」と書いてください",
    )


def _near(match: re.Match[str]) -> syntax.Atom:
    return syntax.Near(
        words=_distinct(match["words"].split("-"), match[0]),
        ordered=match["kind"].lower() == "seq",
        gap=int(match["gap"]) if match["gap"] else DEFAULT_GAP,
        within=_SCOPES[(match["scope"] or "").lower()],
    )


def _number(match: re.Match[str]) -> syntax.Atom:
    if not match[0].isascii():
        raise AtomError(
            f"全角の数字「{match[0]}」は計算に使えません",
            f'数なら半角で、語なら "{match[0]}" と書いてください',
        )
    return syntax.Number(int(match[0]))


def _distinct(words: list[str], token: str) -> tuple[str, ...]:
    written = [word for word in words if word]
    if len(set(written)) < len(written):
        raise AtomError(f"「{token}」に同じ語が二度あります", "語は1つずつにしてください")
    return tuple(words)


def _unquoted(token: str) -> str:
    return re.sub(r'\A"(.+)"\Z', r"\1", token)


_Make = Callable[[re.Match[str]], syntax.Atom]
_word: _Make = lambda match: syntax.Word(**match.groupdict())  # noqa: E731
_ATOMS: tuple[tuple[re.Pattern[str], _Make], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            r'\A(?P<q>"?)<>(?:見出し|heading)(?P<level>[1-5])-->(?P<title>.+)(?P=q)\Z',
            lambda match: syntax.Heading(int(match["level"]), match["title"]),
        ),
        (
            r'\A(?P<q>"?)<>(?P<name>.+)-->(?P<value>.+)(?P=q)\Z',
            lambda match: syntax.Variable(match["name"], match["value"]),
        ),
        (r'\A(?P<q>"?)<>.+<>(?P=q)', _sort_key),
        (r"\Alw\Z", lambda _: syntax.Length("words")),
        (r"\Alc\Z", lambda _: syntax.Length("characters")),
        (r"\ANo\.\Z", lambda _: syntax.DocumentNumber()),
        (r"\A'(.+)'\Z", lambda match: syntax.Text(match[1].replace("''", "'"))),
        (
            r"\A(?P<base_form>.+)-->(?P<part_of_speech>.+)"
            r"(?:->(?P<inflection>.+)|=>(?P<surface>.+))\Z",
            _word,
        ),
        (r"\A(?P<base_form>.+)-->(?P<part_of_speech>.+)\Z", _word),
        (r"\A(?P<base_form>.+)->(?P<inflection>.+)\Z", _word),
        (r"\A(?P<base_form>.+)=>(?P<surface>.+)\Z", _word),
        (r"\A<(.+)>\Z", lambda match: syntax.CodeReference(match[1])),
        (
            r"\A(?P<kind>near|seq)\((?P<words>.+-.+)\)"
            r"(?:\[(?!\])(?P<scope>[bd]?)(?P<gap>[0-9]*)\])?\Z",
            _near,
        ),
        (r"(?:near|seq)\(.+-.+\)", lambda match: syntax.Unreadable(match.string)),
        (
            r"\A.+\+.+\Z",
            lambda match: syntax.Adjacent(_distinct(match[0].split("+"), match[0])),
        ),
        (r"\A\d+\Z", _number),
    )
)
