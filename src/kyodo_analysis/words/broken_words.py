"""Words that the dictionary breaks: candidates for a study's dictionary.csv."""

from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.words.tables import BROKEN_WORDS

_KANJI = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+"
_LONGEST = 8
_ENDINGS = ("助動詞", "助詞,接続助詞", "動詞", "形容詞")

Flags = npt.NDArray[np.bool_]


def find_broken_words(tokens: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """Find words that IPADIC does not know and therefore cuts, such as 協|働事業.

    Where unknown kanji touch single kanji, or the stem of a verb stands as a noun behind one
    (健|診), every stretch that starts at a cut and recurs is a candidate, unless a longer one
    stands in all the same places: 協働 and 協働事業, not 協働事.

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
    is_piece, is_broken = _find_pieces(tokens)
    pieces, broken = tokens[is_piece], is_broken[is_piece]
    touches = (pieces["start"] == pieces["end"].shift()) & (pieces["position"].diff() == 1)
    first = np.flatnonzero(~touches)
    last = np.append(first[1:], len(pieces))
    has_broken = np.add.reduceat(broken.astype(int), first) > 0
    surfaces = pieces["surface"].tolist()
    runs = [
        tuple(surfaces[start:end])
        for start, end in zip(first[has_broken], last[has_broken], strict=True)
    ]
    candidates = {run: _list_candidates(run) for run in dict.fromkeys(runs)}
    opinions = pieces["opinion_id"].astype("str").to_numpy()[first[has_broken]]
    return pd.DataFrame(
        [
            (word, cut, opinion)
            for run, opinion in zip(runs, opinions, strict=True)
            for word, cut in candidates[run]
        ],
        columns=["word", "cut", "opinion_id"],
        dtype="str",
    )


def _find_pieces(tokens: pd.DataFrame) -> tuple[Flags, Flags]:
    """Tell which tokens may be pieces of a broken word, and which of them give it away."""
    surface = tokens["surface"].astype("category")
    spellings = surface.cat.categories.to_series().str
    is_kanji = spellings.fullmatch(_KANJI).to_numpy(dtype=bool)
    is_single = (spellings.len() == 1).to_numpy(dtype=bool)
    kanji, single = (flags[surface.cat.codes] for flags in (is_kanji, is_single))
    unknown = kanji & tokens["unknown"].to_numpy(dtype=bool)
    noun = kanji & single & _has_tag(tokens, "名詞", "接頭詞")
    stem = kanji & single & _has_tag(tokens, "動詞") & _stands_as_a_noun(tokens, noun)
    return unknown | noun | stem, unknown | stem


def _stands_as_a_noun(tokens: pd.DataFrame, noun: Flags) -> Flags:
    """Tell which tokens touch a noun before them and no ending behind them: 健|診, not 雨|出|て."""
    same = (tokens["start"] == tokens["end"].shift()) & (tokens["position"].diff() == 1)
    touches = same.to_numpy(dtype=bool)
    after_noun = touches & np.concatenate([[False], noun[:-1]])
    before_ending = np.concatenate([(touches & _has_tag(tokens, *_ENDINGS))[1:], [False]])
    stands_alone: Flags = after_noun & ~before_ending
    return stands_alone


def _has_tag(tokens: pd.DataFrame, *beginnings: str) -> Flags:
    tags = tokens["part_of_speech"].astype("category").cat
    below = np.array([tag.startswith(beginnings) for tag in tags.categories], dtype=bool)
    return below[tags.codes]


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
