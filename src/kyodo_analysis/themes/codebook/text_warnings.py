"""What silently went wrong when a codebook met the text: words that never match, and why."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from kyodo_analysis.themes.codebook.index import PositionalIndex, fold
from kyodo_analysis.themes.codebook.parts_of_speech import UNUSED_NAMES
from kyodo_analysis.themes.codebook.rule_warnings import Remark
from kyodo_analysis.themes.codebook.syntax import Atom, Heading, Rule, Variable, atoms_of, words_of
from kyodo_analysis.themes.codebook.variables import Variables

_OPERATOR_CHARACTER = re.compile(r"[|&!()<>=｜＆！（）＜＞＝]")
_QUOTE = "文字の並びとして探すなら '{}' と書いてください"
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
    is_given: bool,
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
    if not is_given:
        findings.append(
            (
                "どこにも当たりませんでした。0件として数えます(KH Coderはクロス集計から除きます)",
                "語の基本形と表記を確かめてください",
            )
        )
    return [Remark("警告", file, rule.line, rule.name, found, action) for found, action in findings]


def _about_atom(atom: Atom, variables: Variables, has_headings: bool) -> _Finding | None:
    match atom:
        case Variable(name) if name not in variables.names:
            return (
                f"変数「{name}」はこの資料にありません",
                f"使える変数は {'、'.join(variables.names)} です",
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
    same = index.word == index.vocabulary.number[fold(word)]
    if not same.any():
        return None
    name = index.parts_of_speech(same.argmax(keepdims=True)).iloc[0]
    if name in UNUSED_NAMES:
        return f"「{word}」はKH Coderが使わない品詞({name})なので当たりません", _QUOTE.format(word)
    return (
        f"「{word}」は「使用しない語」に入っているか、この集計単位の外にあるので当たりません",
        _QUOTE.format(word),
    )


def _inflected(word: str, index: PositionalIndex) -> _Finding | None:
    same = index.tokens["surface"].eq(word).to_numpy()
    if not same.any():
        return None
    base_form = fold(index.tokens["base_form"].iloc[int(same.argmax())])
    return (
        f"「{word}」は本文では「{base_form}」の変化した形なので当たりません",
        f"基本形の「{base_form}」と書くか、{_QUOTE.format(word)}",
    )


def _cut(word: str, index: PositionalIndex) -> _Finding | None:
    surfaces = _tokens_around(word, index)
    return _split(word, surfaces) if surfaces else None


_SIGHTS = (_as_written, _unusable, _inflected, _cut)
_UNSEEN = Trace(len(_SIGHTS), None)


def _tokens_around(word: str, index: PositionalIndex) -> list[str]:
    """List the tokens that share characters with the first appearance of a word in the text."""
    sentences = index.sentences
    if (at := sentences.text.find(word)) < 0:
        return []
    sentence = int(np.searchsorted(sentences.offset, at, side="right")) - 1
    first = sentences.first_token[sentence]
    start = at - sentences.offset[sentence] + index.start[first]
    own = slice(first, np.searchsorted(index.sentence, sentence, side="right"))
    near = (index.start[own] < start + len(word)) & (index.end[own] > start)
    return [str(surface) for surface in index.tokens["surface"].array[own][near]]


def _split(word: str, surfaces: list[str]) -> _Finding:
    if len(surfaces) == 1:
        return (
            f"「{word}」は本文では「{surfaces[0]}」という1つの語の一部なので当たりません",
            f"「{surfaces[0]}」も書くか、{_QUOTE.format(word)}",
        )
    adjacent = f"「{'+'.join(surfaces)}」と書くか、" if "".join(surfaces) == word else ""
    return (
        f"「{word}」は本文では「{'|'.join(surfaces)}」と切れているので当たりません",
        f"{adjacent}dictionary.csv に「{word},名詞」の行を加えるか、{_QUOTE.format(word)}",
    )
