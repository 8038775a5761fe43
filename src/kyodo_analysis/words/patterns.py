"""Rules over morphemes: each morpheme becomes one character, each rule a regular expression.

A rule is written as a row of morphemes, which a reader can check aloud:

================  ================================================================
``良い|いい``      a morpheme with one of these surfaces or base forms
``ない/助動詞``    the same, of this part of speech
``/動詞``          any morpheme of this part of speech; ``/名詞,一般`` goes down the levels
``<だけ``          stands before what is matched, as ``!だけ`` does not behind it; neither is taken
``*``             any morpheme, but not as the first
``は?``            may be missing
``END``           the sentence ends here; symbols, よ, ね and な may stand before
``STOP``          the clause ends here: ``END``, 、, と as in と思う, or が, ので and the like
================  ================================================================
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

# From here on, characters mean nothing in a regular expression; below 256 it looks them up fastest.
_FIRST_CHARACTER = 0xA1
_TRAILING = "/記号|よ/助詞|ね/助詞|な/助詞"
_LINKING = "と/助詞|、|が/助詞,接続助詞|けど|けれど|けれども|ので|から/助詞,接続助詞|し/助詞"
_NEVER = "(?!)"

Integers = npt.NDArray[np.integer[Any]]
Signature = frozenset[str]


@dataclass(frozen=True)
class Matches:
    """Where rules fitted.

    Parameters
    ----------
    rules : array of int
        For each match, the place of its rule in the table.
    first, last : array of int
        For each match, the rows of its first and last morpheme.
    """

    rules: Integers
    first: Integers
    last: Integers


def match_rules(tokens: pd.DataFrame, rules: Sequence[str]) -> Matches:
    """Apply rules to every sentence: at each place the first that fits takes its morphemes.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    rules : sequence of str
        Rules as described above; the order decides.
    """
    elements = {element.strip("<!?") for rule in rules for element in rule.split()}
    signatures, codes = _sign_tokens(tokens, sorted({*elements, _TRAILING, _LINKING}))
    page, newlines = _write_page(tokens, codes)
    matches = _compile(rules, signatures).finditer(page)
    found = ((match.start(), match.end() - 1, match.lastindex) for match in matches)
    first, last, rule = np.fromiter(found, np.dtype((np.int64, 3))).T
    return Matches(
        rules=rule - 1,
        first=first - np.searchsorted(newlines, first),
        last=last - np.searchsorted(newlines, last),
    )


def _sign_tokens(tokens: pd.DataFrame, elements: Sequence[str]) -> tuple[list[Signature], Integers]:
    """Find which elements each morpheme can stand for.

    Returns
    -------
    list of frozenset of str
        The different sets of elements that occur.
    array of int, one per token
        The place of its set in that list.
    """
    wanted = _index_words(elements)
    words = ["", *sorted(wanted.keys() - {""})]
    surfaces = _find_words(tokens["surface"], words)
    base_forms = _find_words(tokens["base_form"], words)
    tags = tokens["part_of_speech"].astype("category").cat
    shape = len(words), len(words), len(tags.categories)
    kind_of_token, kinds = pd.factorize(
        (surfaces * shape[1] + base_forms) * shape[2] + tags.codes.to_numpy()
    )
    index: dict[Signature, int] = {}
    codes = [
        index.setdefault(
            _sign(wanted, (words[surface], words[base_form], ""), tags.categories[tag]), len(index)
        )
        for surface, base_form, tag in zip(*np.unravel_index(kinds, shape), strict=True)
    ]
    return list(index), np.array(codes, dtype=np.int32)[kind_of_token]


def _find_words(labels: "pd.Series[Any]", words: Sequence[str]) -> npt.NDArray[np.int32]:
    """Return for each label its place among some words; the first stands for all others."""
    column = labels.astype("category").cat
    places = np.maximum(pd.Index(words).get_indexer(column.categories), 0)
    return places.astype(np.int32)[column.codes]


def _index_words(elements: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return for each word of the rules the elements that it serves and the class asked for."""
    index: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for element in elements:
        for alternative in element.split("|"):
            word, _, word_class = alternative.partition("/")
            index[word].append((element, word_class))
    return index


def _sign(wanted: dict[str, list[tuple[str, str]]], words: tuple[str, ...], tag: str) -> Signature:
    return frozenset(
        element
        for word in words
        for element, asked in wanted.get(word, ())
        if not asked or f"{tag},".startswith(f"{asked},")
    )


def _write_page(tokens: pd.DataFrame, codes: Integers) -> tuple[str, Integers]:
    """Write one character per morpheme and a newline after each sentence.

    Returns
    -------
    str
        The page.
    array of int, one per sentence
        The place of its newline on the page.
    """
    opinion = tokens["opinion_id"].astype("category").cat.codes.to_numpy()
    sentence = tokens["sentence"].to_numpy()
    is_last = np.ones(len(tokens), dtype=bool)
    is_last[:-1] = (opinion[1:] != opinion[:-1]) | (sentence[1:] != sentence[:-1])
    ends = np.flatnonzero(is_last) + 1
    page = np.insert((codes + _FIRST_CHARACTER).astype("<u4"), ends, ord("\n"))
    return str(page.data, "utf-32-le"), ends + np.arange(len(ends))


def _compile(rules: Sequence[str], signatures: Sequence[Signature]) -> re.Pattern[str]:
    """Write the rules as one regular expression; the empty group that closes tells which fitted.

    A group around a rule would keep the engine from seeing at its first sign that it cannot fit.
    """

    def list_characters(element: str) -> str:
        return "".join(
            chr(_FIRST_CHARACTER + code)
            for code, signature in enumerate(signatures)
            if element in signature
        )

    def one_of(characters: str) -> str:
        return f"[{characters}]" if characters else _NEVER

    ends = f"{one_of(list_characters(_TRAILING))}*\n"
    stops = f"{ends}|{one_of(list_characters(_LINKING))}"
    special = {"*": ".", "END": f"(?={ends})", "STOP": f"(?={stops})"}

    def express(element: str) -> str:
        name = element.strip("<!?")
        written = special.get(name) or one_of(list_characters(name))
        around = {"<": f"(?<={written})", "!": f"(?!{written})"}
        return around.get(element[0]) or written + "?" * element.endswith("?")

    starters = one_of("".join(map(list_characters, _find_starters(rules))))
    alternatives = "|".join("".join(map(express, rule.split())) + "()" for rule in rules)
    return re.compile(f"(?={starters})(?:{alternatives})")


def _find_starters(rules: Sequence[str]) -> set[str]:
    """Return the elements with which a rule may start, to pass over all other morphemes fast."""
    starters = set()
    for rule in rules:
        for element in (each for each in rule.split() if each[0] not in "<!"):
            starters.add(element.removesuffix("?"))
            if not element.endswith("?"):
                break
    return starters
