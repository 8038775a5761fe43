"""KH Coder's 強制抽出語: words that are taken whole, whatever the dictionary makes of them."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kyodo_analysis.folding import fold_characters
from kyodo_analysis.tables import TOKENS
from kyodo_analysis.themes.codebook.reader import read_decoded

_TAG, _LEFTOVER_TAG = "タグ,*,*,*", "名詞,一般,*,*"


class _Span(NamedTuple):
    start: int
    end: int
    word: str


def read_word_list(path: Path) -> tuple[str, ...]:
    """Read KH Coder's list of 強制抽出語 or 使用しない語: one word a line, no comments.

    Raises
    ------
    StudyError
        The file cannot be read.
    """
    return tuple(dict.fromkeys(line for line in read_decoded(path).splitlines() if line))


def force_words(tokens: pd.DataFrame, opinions: pd.DataFrame, words: Sequence[str]) -> pd.DataFrame:
    """Join the tokens of forced words, each into one token with the part of speech タグ.

    Where words overlap, the one listed first wins, as in KH Coder. A token of which a forced
    word takes only a part leaves the rest behind as an unknown word; KH Coder would cut the
    text beside the word anew, which may give other words there.

    Parameters
    ----------
    tokens, opinions : pandas.DataFrame
        TOKENS and OPINIONS.
    words : sequence of str
        The words in order of priority.

    Returns
    -------
    pandas.DataFrame
        TOKENS.
    """
    texts = dict(zip(opinions["opinion_id"], opinions["text"], strict=True))
    spans = {
        opinion_id: found for opinion_id, text in texts.items() if (found := _find(text, words))
    }
    if not spans:
        return tokens
    touched = tokens["opinion_id"].isin(list(spans))
    remade = TOKENS.make(
        token
        for opinion_id, own in tokens[touched].groupby("opinion_id", observed=True)
        for token in _join(_rows(own), spans[str(opinion_id)], texts[str(opinion_id)])
    )
    joined = pd.concat([tokens[~touched].astype({"opinion_id": "str"}), remade])
    rows = pd.Index(opinions["opinion_id"]).get_indexer(pd.Index(joined["opinion_id"]))
    order = np.lexsort((joined["position"].to_numpy(np.int64), rows))
    return TOKENS.check(joined.iloc[order].reset_index(drop=True))


def _rows(tokens: pd.DataFrame) -> list[dict[str, Any]]:
    rows = zip(*(tokens[name].tolist() for name in TOKENS.names), strict=True)
    return [dict(zip(TOKENS.names, row, strict=True)) for row in rows]


def _find(text: str, words: Sequence[str]) -> list[_Span]:
    """Find the forced words of a text, from the left; overlaps go to the word listed first."""
    folded = fold_characters(text, ignore_case=True)
    found: list[_Span] = []
    at = 0
    while nearest := _nearest(folded.text, words, at):
        found.append(nearest)
        at = nearest.end
    if folded.origins is None:
        return found
    return [_Span(folded.origins[start], folded.origins[end], word) for start, end, word in found]


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(fold_characters(word, ignore_case=True).text))


def _nearest(text: str, words: Sequence[str], at: int) -> _Span | None:
    """Find the next word to be taken: the leftmost, unless one of higher rank overlaps it.

    What had to give way is taken after all if the winner turns out to begin behind its end.
    """
    firsts = [
        _Span(*match.span(), word) for word in words if (match := _pattern(word).search(text, at))
    ]
    if not firsts:
        return None
    rank = {word: number for number, word in enumerate(words)}
    winner, *others = sorted(firsts)
    losers: list[_Span] = []
    for other in others:
        if other.start >= winner.end:
            break
        if rank[other.word] < rank[winner.word]:
            losers.append(winner)
            winner = other
    while freed := [loser for loser in losers if loser.end <= winner.start]:
        winner = min(freed, key=lambda span: rank[span.word])
    return winner


def _join(tokens: list[dict[str, Any]], spans: list[_Span], text: str) -> list[dict[str, Any]]:
    """Replace the tokens under each span; rows of one opinion in, rows of one opinion out."""
    kept = [piece for token in tokens for piece in _outside(token, spans, text)]
    taken = [_forced(span, tokens, text) for span in spans]
    rows = sorted([*kept, *taken], key=lambda token: token["start"])
    return [{**row, "position": position} for position, row in enumerate(rows)]


def _outside(token: dict[str, Any], spans: list[_Span], text: str) -> list[dict[str, Any]]:
    """Return what the spans leave of a token: all of it, some pieces, or nothing."""
    pieces = [(token["start"], token["end"])]
    for span in spans:
        pieces = [
            piece
            for start, end in pieces
            for piece in ((start, min(end, span.start)), (max(start, span.end), end))
            if piece[0] < piece[1]
        ]
    if pieces == [(token["start"], token["end"])]:
        return [token]
    return [_made(token, start, end, text[start:end], _LEFTOVER_TAG, text) for start, end in pieces]


def _forced(span: _Span, tokens: list[dict[str, Any]], text: str) -> dict[str, Any]:
    under = next(token for token in tokens if token["end"] > span.start)
    return _made(under, span.start, span.end, span.word, _TAG, text)


def _made(
    like: dict[str, Any], start: int, end: int, base_form: str, tag: str, text: str
) -> dict[str, Any]:
    return {
        **like,
        "surface": text[start:end],
        "base_form": base_form,
        "part_of_speech": tag,
        "inflection_type": "*",
        "inflection_form": "*",
        "unknown": tag == _LEFTOVER_TAG,
        "start": start,
        "end": end,
    }
