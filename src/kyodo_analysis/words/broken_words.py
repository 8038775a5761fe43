"""Words that the dictionary breaks: candidates for a study's dictionary.csv."""

from itertools import accumulate

import numpy as np
import pandas as pd

from kyodo_analysis.words.tables import BROKEN_WORDS

_KANJI = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+"
_LONGEST = 8


def find_broken_words(tokens: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """Find words that IPADIC does not know and therefore cuts, such as 協|働事業.

    Where unknown kanji touch single kanji, every stretch that starts at a cut and recurs is a
    candidate, unless a longer one stands in all the same places: 協働 and 協働事業, not 協働事.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    least : int, default 2
        How often a word must occur.

    Returns
    -------
    DataFrame
        BROKEN_WORDS, the most frequent first.
    """
    found = _stretches(tokens)
    cuts = found.value_counts(["word", "cut"]).reset_index().drop_duplicates("word")
    counts = found.groupby("word").agg(
        n_opinions=("opinion_id", "nunique"),
        n=("opinion_id", "size"),
        opinion_id=("opinion_id", "first"),
    )
    counts = counts.join(cuts.set_index("word")["cut"])
    n_of = dict(zip(counts.index.astype("str"), counts["n"], strict=True))
    covered = {
        part for word, n in n_of.items() for part in _inner_parts(word) if n_of.get(part) == n
    }
    kept = counts[(counts["n"] >= least) & ~counts.index.isin(covered)].reset_index()
    order = kept.sort_values(["n_opinions", "n", "word"], ascending=[False, False, True])
    return BROKEN_WORDS.check(order[BROKEN_WORDS.names].reset_index(drop=True))


def _inner_parts(word: str) -> set[str]:
    return {word[:-1]} | {word[start:] for start in range(1, len(word))}


def _stretches(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each occurrence of each candidate: opinion, word, how it is cut."""
    surface = tokens["surface"].astype("category")
    spellings = surface.cat.categories.to_series().str
    is_kanji = spellings.fullmatch(_KANJI).to_numpy(dtype=bool)
    is_single = (spellings.len() == 1).to_numpy(dtype=bool)
    kanji, single = (flags[surface.cat.codes] for flags in (is_kanji, is_single))
    is_noun = tokens["part_of_speech"].astype("str").str.startswith(("名詞", "接頭詞"))
    piece = kanji & (tokens["unknown"] | (single & is_noun)).to_numpy()
    pieces = tokens[piece]
    touches = (pieces["start"] == pieces["end"].shift()) & (pieces["position"].diff() == 1)
    first = np.flatnonzero(~touches)
    last = np.append(first[1:], len(pieces))
    has_unknown = np.add.reduceat(pieces["unknown"].to_numpy(dtype=int), first) > 0
    surfaces = pieces["surface"].tolist()
    runs = [
        tuple(surfaces[start:end])
        for start, end in zip(first[has_unknown], last[has_unknown], strict=True)
    ]
    candidates = {run: _list_candidates(run) for run in dict.fromkeys(runs)}
    opinions = pieces["opinion_id"].astype("str").to_numpy()[first[has_unknown]]
    return pd.DataFrame(
        [
            (word, cut, opinion)
            for run, opinion in zip(runs, opinions, strict=True)
            for word, cut in candidates[run]
        ],
        columns=["word", "cut", "opinion_id"],
        dtype="str",
    )


def _list_candidates(pieces: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return every stretch of two or more characters that starts at a cut, and how it is cut."""
    cuts = list(accumulate((len(piece) for piece in pieces), initial=0))
    word = "".join(pieces)
    return [
        (word[start:end], _with_bars(word[start:end], {cut - start for cut in cuts}))
        for start in cuts[:-1]
        for end in range(start + 2, min(start + _LONGEST, len(word)) + 1)
    ]


def _with_bars(word: str, cuts: set[int]) -> str:
    return word[0] + "".join("|" * (at in cuts) + word[at] for at in range(1, len(word)))
