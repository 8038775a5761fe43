"""What silently went wrong when a codebook met the text: words that never match, and why."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kyodo_analysis.folding import fold_word
from kyodo_analysis.themes.codebook.atoms import read_atom
from kyodo_analysis.themes.codebook.index import PositionalIndex
from kyodo_analysis.themes.codebook.parts_of_speech import UNUSED_NAMES
from kyodo_analysis.themes.codebook.rule_warnings import Remark
from kyodo_analysis.themes.codebook.syntax import (
    Atom,
    Heading,
    Rule,
    Text,
    Variable,
    Word,
    atoms_of,
    words_of,
)
from kyodo_analysis.themes.codebook.variables import Variables

_OPERATOR_CHARACTER = re.compile(r"[|&!()<>=｜＆！（）＜＞＝]")
_NOWHERE = "どこにも当たりませんでした。0件として数えます(KH Coderはクロス集計から除きます)"
_CHECK_WORDS = "語の基本形と表記を確かめてください"
_CHECK_CONDITION = "変数の値や、比べている数を確かめてください"
_EVERYWHERE = "すべてに当たるので、分けることに役立ちません"
_NARROW = "条件を加えるか、比べている数を確かめてください"
_LISTED = 10
_QUOTE = "文字の並びとして探すなら '{}' と書いてください"
# Signs in a dictionary word would be folded otherwise than in the text.
_IN_DICTIONARY = re.compile(r"[\w・]+")
_Finding = tuple[str, str]


class Trace(NamedTuple):
    """What was seen of a word so far: the lower the rank, the better it explains."""

    rank: int
    finding: _Finding | None


def follow(
    words: Iterable[str], index: PositionalIndex, traces: Mapping[str, Trace]
) -> dict[str, Trace]:
    """Look in one more block of opinions for the words of the rules."""
    return {word: _look(word, index, traces.get(word, _UNSEEN)) for word in words if word}


def _look(word: str, index: PositionalIndex, known: Trace) -> Trace:
    sights = (sight(word, index) for sight in _SIGHTS[: known.rank])
    better = (Trace(rank, finding) for rank, finding in enumerate(sights) if finding)
    return next(better, known)


def diagnose(
    rule: Rule,
    traces: Mapping[str, Trace],
    variables: Variables,
    *,
    file: str,
    has_headings: bool,
    given: NDArray[np.bool_],
) -> list[Remark]:
    """List what an analyst should know about one rule after it was applied.

    Words that are nowhere in the text are passed over: a codebook may well list them.
    """
    if rule.tree is None:
        return []
    atoms = list(dict.fromkeys(atoms_of(rule.tree)))
    findings = [
        finding
        for atom in atoms
        for finding in (
            *(_about_word(word, traces[word]) for word in words_of(atom) if word),
            _about_atom(atom, variables, has_headings),
        )
        if finding
    ]
    if not given.any():
        has_words = any(words_of(atom) or isinstance(atom, Text) for atom in atoms)
        findings.append((_NOWHERE, _CHECK_WORDS if has_words else _CHECK_CONDITION))
    elif given.all() and len(given) > 1:
        findings.append((_EVERYWHERE, _NARROW))
    return [Remark("警告", file, rule.line, rule.name, found, action) for found, action in findings]


def _about_atom(atom: Atom, variables: Variables, has_headings: bool) -> _Finding | None:
    match atom:
        case Variable(name) if fold_word(name) not in map(fold_word, variables.names):
            return (
                f"変数「{name}」はこの資料にありません",
                f"使える変数は {'、'.join(variables.names)} です",
            )
        case Variable(name, value) if not len(variables.holders(name, value)):
            known = variables.values(name)
            rest = f" など{len(known)}種類" if len(known) > _LISTED else ""
            return (
                f"変数「{name}」に「{value}」という値はありません",
                f"あるのは {'、'.join(known[:_LISTED])}{rest} です",
            )
        case Heading() if not has_headings:
            return "この資料に見出しはありません", "分類で絞るなら「<>分類-->名前」と書いてください"
        case _:
            return None


def _about_word(word: str, trace: Trace) -> _Finding | None:
    if trace.rank == 0:
        return None
    if _OPERATOR_CHARACTER.search(word):
        return (
            f"「{word}」を1つの語として探しました",
            "記号を演算子として使うなら、半角で書き、前後に空白を入れてください",
        )
    return trace.finding


def _as_written(word: str, index: PositionalIndex) -> _Finding | None:
    return ("", "") if len(index.find(word)) else None


def _unusable(word: str, index: PositionalIndex) -> _Finding | None:
    same = index.word == index.vocabulary.number[fold_word(word)]
    if not same.any():
        return None
    name = index.parts_of_speech(same.argmax(keepdims=True)).iloc[0]
    if name in UNUSED_NAMES:
        return f"「{word}」はKH Coderが使わない品詞({name})なので当たりません", _quote(word)
    return (
        f"「{word}」は「使用しない語」に入っているか、この集計単位の外にあるので当たりません",
        _quote(word),
    )


def _inflected(word: str, index: PositionalIndex) -> _Finding | None:
    surfaces = index.tokens["surface"]
    writings = [form for form in surfaces.unique() if fold_word(str(form)) == fold_word(word)]
    first = np.flatnonzero(surfaces.isin(writings).to_numpy())[:1]
    if not len(first):
        return None
    base_form = str(index.tokens["base_form"].iloc[int(first[0])])
    usable = not index.parts_of_speech(first).isin(UNUSED_NAMES).any()
    return (
        f"「{word}」は本文では「{base_form}」の変化した形なので当たりません",
        (f"基本形の「{base_form}」と書くか、" if usable else "") + _quote(word),
    )


def _quote(word: str) -> str:
    return _QUOTE.format(word.replace("'", "''"))


def _cut(word: str, index: PositionalIndex) -> _Finding | None:
    around = _tokens_around(word, index)
    return _split(word, around, index) if len(around) else None


_SIGHTS = (_as_written, _unusable, _inflected, _cut)
_UNSEEN = Trace(len(_SIGHTS), None)


def _tokens_around(word: str, index: PositionalIndex) -> NDArray[np.integer]:
    """Find the tokens that share characters with the first appearance of a word in the text."""
    sentences = index.sentences
    begins, ends = sentences.find(word)
    if not len(begins):
        return np.empty(0, np.int64)
    sentence = int(np.searchsorted(sentences.offset, begins[0], side="right")) - 1
    first = sentences.first_token[sentence]
    start, end = np.array([begins[0], ends[0]]) - sentences.offset[sentence] + index.start[first]
    own = np.arange(first, np.searchsorted(index.sentence, sentence, side="right"))
    near: NDArray[np.integer] = own[(index.start[own] < end) & (index.end[own] > start)]
    return near


def _split(word: str, at: NDArray[np.integer], index: PositionalIndex) -> _Finding:
    surfaces, forms = (
        index.tokens[name].iloc[at].astype("str").tolist() for name in ("surface", "base_form")
    )
    if len(surfaces) == 1:
        return (
            f"「{word}」は本文では「{surfaces[0]}」という1つの語の一部なので当たりません",
            f"「{surfaces[0]}」も書くか、{_quote(word)}",
        )
    ways = []
    if _may_join(word, forms, at, index):
        ways.append(f"「{'+'.join(forms)}」と書くか、")
    if _IN_DICTIONARY.fullmatch(word):
        ways.append(f"dictionary.csv に「{word},名詞」の行を加えるか、")
    return (
        f"「{word}」は本文では「{'|'.join(surfaces)}」と切れているので当たりません",
        "".join(ways) + _quote(word),
    )


def _may_join(word: str, forms: list[str], at: NDArray[np.integer], index: PositionalIndex) -> bool:
    """Say whether ``a+b`` finds the word: it takes words in use, each of them once."""
    written = fold_word("".join(index.tokens["surface"].iloc[at]))
    used = ~index.parts_of_speech(at).isin(UNUSED_NAMES).to_numpy()
    plain = all(isinstance(read_atom(form), Word) for form in forms)
    return (
        written == fold_word(word) and bool(used.all()) and plain and len(set(forms)) == len(forms)
    )
