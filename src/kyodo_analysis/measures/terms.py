"""Words: how often each is used and by whom, and where it stands (KWIC), lined up for Japanese."""

import re
from unicodedata import combining, east_asian_width

import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.copies import count_behind
from kyodo_analysis.measures.listing import list_names
from kyodo_analysis.measures.matrices import is_hidden, usual_parts
from kyodo_analysis.measures.tables import CONCORDANCE, TERM_COUNTS

_LINE_SPACE = str.maketrans("\n\r\t", "   ")


def count_terms(terms: pd.DataFrame, opinions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the opinions that use each term, and its occurrences.

    Parameters
    ----------
    terms : TERMS
    opinions : OPINIONS, optional
        Says which texts are copies, and who gave several opinions; without them both counts are
        missing.

    Returns
    -------
    TERM_COUNTS
        One row per form, whatever parts of speech the tokenizer gave it; most opinions first,
        then most occurrences, then by term. Hidden words (●) are left out.
    """
    rows = terms.astype({"term": "category"})
    counts = list_names(rows, ["term"], "opinion_id")
    counts = counts.rename(columns={"n_names": "n_opinions", "names": "opinion_ids"})
    counts = counts.join(count_behind(rows, ["term"], opinions))
    counts = counts.set_axis(counts.index.astype("str"))
    counts = counts.assign(part_of_speech=usual_parts(rows)).reset_index()
    ordered = counts[~is_hidden(counts["term"])].sort_values(
        ["n_opinions", "n", "term"], ascending=[False, False, True], ignore_index=True
    )
    return TERM_COUNTS.check(ordered[TERM_COUNTS.names])


def find_concordance(
    opinions: pd.DataFrame, word: str, *, terms: pd.DataFrame | None = None, width: int = 20
) -> pd.DataFrame:
    """Find every place of a word, with what stands before and after it.

    Parameters
    ----------
    opinions : OPINIONS
    word : str
        Looked for in the text as it is written, across word boundaries.
    terms : TERMS, optional
        When given, `word` is a term, found in whatever form it is written.
    width : int, default 20
        Width of each context, in full-width characters.

    Returns
    -------
    CONCORDANCE
        One row per occurrence, in the order of the opinions. ``left`` and ``right`` are padded
        with full-width spaces to the same width; a line break or tab shows as a space.

    Raises
    ------
    NotInDataError
        `word` is empty.
    """
    if not word:
        raise NotInDataError("用例", "調べる言葉が空です", action="言葉を1つ入れてください")
    places = _places_in_text(opinions, word) if terms is None else _places_of_term(terms, word)
    texts = opinions[["opinion_id", "text"]].assign(place=range(len(opinions)))
    found = places.merge(texts, on="opinion_id").sort_values(["place", "start"])
    columns = (found[name] for name in ("opinion_id", "text", "start", "end"))
    return CONCORDANCE.make(
        {
            "opinion_id": opinion_id,
            "left": _fit_left(text[:start].translate(_LINE_SPACE), 2 * width),
            "matched": text[start:end],
            "right": _fit_right(text[end:].translate(_LINE_SPACE), 2 * width),
            "start": start,
            "end": end,
        }
        for opinion_id, text, start, end in zip(*columns, strict=True)
    )


def _places_in_text(opinions: pd.DataFrame, word: str) -> pd.DataFrame:
    hits = opinions.loc[opinions["text"].str.contains(word, regex=False)]
    return pd.DataFrame(
        [
            (opinion_id, match.start(), match.end())
            for opinion_id, text in zip(hits["opinion_id"], hits["text"], strict=True)
            for match in re.finditer(re.escape(word), text)
        ],
        columns=["opinion_id", "start", "end"],
    )


def _places_of_term(terms: pd.DataFrame, term: str) -> pd.DataFrame:
    places = terms.loc[terms["term"] == term, ["opinion_id", "start", "end"]]
    return places.drop_duplicates().astype({"opinion_id": "str"})


def _cells(character: str) -> int:
    """Width of a character on a Japanese screen, in half-width cells."""
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WFA" else 1


def _padding(cells: int) -> str:
    return " " * (cells % 2) + "\u3000" * (cells // 2)


def _fit_right(text: str, cells: int) -> str:
    room = cells
    for count, character in enumerate(text):
        room -= _cells(character)
        if room < 0:
            return text[:count] + _padding(room + _cells(character))
    return text + _padding(room)


def _fit_left(text: str, cells: int) -> str:
    return _fit_right(text[::-1], cells)[::-1]
