"""What silently went wrong when a codebook met the text: words that never match, and why."""

import re
from collections.abc import Iterator
from unicodedata import normalize

import numpy as np

from kyodo_analysis.themes.codebook.layout import Layout
from kyodo_analysis.themes.codebook.parts_of_speech import UNUSED_NAMES
from kyodo_analysis.themes.codebook.remarks import Remark
from kyodo_analysis.themes.codebook.rules import Rule
from kyodo_analysis.themes.codebook.situation import Variables
from kyodo_analysis.themes.codebook.syntax import (
    Adjacent,
    Atom,
    Heading,
    Near,
    Variable,
    Word,
    atoms_of,
)

_OPERATOR_CHARACTER = re.compile(r"[|&!()<>=｜＆！（）＜＞＝]")
_QUOTE = "文字の並びとして探すなら '{}' と書いてください"
_Finding = tuple[str, str]


def diagnose(
    rule: Rule, layout: Layout, variables: Variables, *, file: str, is_given: bool
) -> list[Remark]:
    """List what an analyst should know about one rule after it was applied.

    Words that are nowhere in the text are passed over: a codebook may well list them.
    """
    if rule.tree is None:
        return []
    findings = [
        finding
        for atom in dict.fromkeys(atoms_of(rule.tree))
        for finding in _about_atom(atom, layout, variables)
    ]
    if not is_given:
        findings.append(
            (
                "どこにも当たりませんでした。0件として数えます(KH Coderはクロス集計から除きます)",
                "語の基本形と表記を確かめてください",
            )
        )
    return [Remark("警告", file, rule.line, rule.name, found, action) for found, action in findings]


def _about_atom(atom: Atom, layout: Layout, variables: Variables) -> Iterator[_Finding]:
    match atom:
        case Word(base_form):
            yield from _about_word(base_form, layout)
        case Near(words) | Adjacent(words):
            for word in words:
                yield from _about_word(word, layout)
        case Variable(name) if name not in variables.names:
            yield (
                f"変数「{name}」はこの資料にありません",
                f"使える変数は {'、'.join(variables.names)} です",
            )
        case Heading() if not layout.heading_levels.any():
            yield "この資料に見出しはありません", "分類で絞るなら「<>分類-->名前」と書いてください"


def _about_word(word: str, layout: Layout) -> Iterator[_Finding]:
    if not word or len(layout.find(word)):
        return
    if _OPERATOR_CHARACTER.search(word):
        yield (
            f"「{word}」を1つの語として探しました",
            "記号を演算子として使うなら、半角で書き、前後に空白を入れてください",
        )
        return
    same_base = np.flatnonzero(layout.base_form.eq(normalize("NFKC", word)))
    same_surface = np.flatnonzero(layout.tokens["surface"].eq(word))
    if len(same_base):
        yield _unusable(word, layout, int(same_base[0]))
    elif len(same_surface):
        base_form = layout.base_form.iloc[same_surface[0]]
        yield (
            f"「{word}」は本文では「{base_form}」の変化した形なので当たりません",
            f"基本形の「{base_form}」と書くか、{_QUOTE.format(word)}",
        )
    elif split := _tokens_around(word, layout):
        yield _split(word, split)


def _unusable(word: str, layout: Layout, token: int) -> _Finding:
    name = layout.part_of_speech.iloc[token]
    if name in UNUSED_NAMES:
        return f"「{word}」はKH Coderが使わない品詞({name})なので当たりません", _QUOTE.format(word)
    return (
        f"「{word}」は「使用しない語」に入っているか、この集計単位の外にあるので当たりません",
        _QUOTE.format(word),
    )


def _tokens_around(word: str, layout: Layout) -> list[str]:
    """List the tokens that share characters with the first appearance of a word in the text."""
    sentences = layout.sentences
    if (at := sentences.text.find(word)) < 0:
        return []
    sentence = int(np.searchsorted(sentences.offset, at, side="right")) - 1
    first = sentences.first_token[sentence]
    start = at - sentences.offset[sentence] + layout.start[first]
    near = (
        (layout.sentence == layout.sentence[first])
        & (layout.start < start + len(word))
        & (layout.end > start)
    )
    return [str(surface) for surface in layout.tokens["surface"].array[near]]


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
