"""What each kind of token means: the first pattern that fits decides, as in KH Coder."""

import re
from collections.abc import Callable

from kyodo_analysis.themes.codebook import syntax

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


def _heading(match: re.Match[str]) -> syntax.Atom:
    return syntax.Heading(int(match["level"]), match["title"])


def _variable(match: re.Match[str]) -> syntax.Atom:
    return syntax.Variable(match["name"], match["value"])


def _sort_key(match: re.Match[str]) -> syntax.Atom:
    raise AtomError(
        f"「{match[0]}」は検索結果の並べ替え用の書き方で、コーディングには使えません",
        "値で絞り込むときは「<>変数名-->値」と書いてください",
    )


def _length(match: re.Match[str]) -> syntax.Atom:
    return syntax.Length("words" if match[0].lower() == "lw" else "characters")


def _document_number(match: re.Match[str]) -> syntax.Atom:
    return syntax.DocumentNumber()


def _text(match: re.Match[str]) -> syntax.Atom:
    return syntax.Text(match[1].replace("''", "'"))


def _inflected_word(match: re.Match[str]) -> syntax.Atom:
    return syntax.Word(**match.groupdict())


def _code(match: re.Match[str]) -> syntax.Atom:
    return syntax.CodeReference(match[1])


def _near(match: re.Match[str]) -> syntax.Atom:
    return syntax.Near(
        words=_distinct(match["words"].split("-"), match[0]),
        ordered=match["kind"].lower() == "seq",
        gap=int(match["gap"]) if match["gap"] else DEFAULT_GAP,
        within=_SCOPES[(match["scope"] or "").lower()],
    )


def _unreadable(match: re.Match[str]) -> syntax.Atom:
    return syntax.Unreadable(match.string)


def _adjacent(match: re.Match[str]) -> syntax.Atom:
    return syntax.Adjacent(_distinct(match[0].split("+"), match[0]))


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


_ATOMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], syntax.Atom]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r'\A(?P<q>"?)<>(?:見出し|heading)(?P<level>[1-5])-->(?P<title>.+)(?P=q)\Z', _heading),
        (r'\A(?P<q>"?)<>(?P<name>.+)-->(?P<value>.+)(?P=q)\Z', _variable),
        (r'\A(?P<q>"?)<>.+<>(?P=q)', _sort_key),
        (r"\Al[wc]\Z", _length),
        (r"\ANo\.\Z", _document_number),
        (r"\A'(.+)'\Z", _text),
        (
            r"\A(?P<base_form>.+)-->(?P<part_of_speech>.+)"
            r"(?:->(?P<inflection>.+)|=>(?P<surface>.+))\Z",
            _inflected_word,
        ),
        (r"\A(?P<base_form>.+)-->(?P<part_of_speech>.+)\Z", _inflected_word),
        (r"\A(?P<base_form>.+)->(?P<inflection>.+)\Z", _inflected_word),
        (r"\A(?P<base_form>.+)=>(?P<surface>.+)\Z", _inflected_word),
        (r"\A<(.+)>\Z", _code),
        (
            r"\A(?P<kind>near|seq)\((?P<words>.+-.+)\)"
            r"(?:\[(?!\])(?P<scope>[bd]?)(?P<gap>[0-9]*)\])?\Z",
            _near,
        ),
        (r"(?:near|seq)\(.+-.+\)", _unreadable),
        (r"\A.+\+.+\Z", _adjacent),
        (r"\A\d+\Z", _number),
    )
)
