"""Number sentences, paragraphs and units as KH Coder does."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError, TableError
from kyodo_analysis.themes.codebook.index import (
    OUTSIDE,
    Booleans,
    Integers,
    PositionalIndex,
    Unit,
    Vocabulary,
    look_up,
)

OPINIONS_AT_ONCE = 20_000


def lay_out(
    tokens: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    headings: pd.DataFrame | None,
    unit: Unit,
    words: Iterable[str],
    unused_words: Collection[str],
) -> Iterator[PositionalIndex]:
    """Say where every token stands, one block of whole opinions after the other.

    A sentence ends after 。 and at a line break, nowhere else; a heading is one sentence and
    no paragraph. Opinions under headings stay in one block, since what holds them may too.
    """
    labels: Any = dict.fromkeys(("opinion_id", "base_form", "part_of_speech"), "category")
    tokens, opinion = _in_order(tokens.astype(labels), opinions)
    levels, paths = _align_headings(opinions, headings)
    vocabulary = look_up(tokens["base_form"].cat.categories, words, unused_words)
    size = OPINIONS_AT_ONCE if headings is None else max(1, len(opinions))
    first_unit = 0
    for first in range(0, max(1, len(opinions)), size):
        block = slice(first, first + size)
        bounds = np.array([first, first + size], dtype=opinion.dtype)  # else all are cast
        begin, end = np.searchsorted(opinion, bounds)
        index = _lay_out_block(
            tokens.iloc[begin:end],
            opinions.iloc[block],
            opinion[begin:end] - first,
            levels[block],
            paths[block],
            unit=unit,
            vocabulary=vocabulary,
            before=(first, first_unit),
        )
        first_unit += index.n_units
        yield index


def _lay_out_block(
    tokens: pd.DataFrame,
    opinions: pd.DataFrame,
    opinion: Integers,
    levels: Integers,
    paths: Integers,
    *,
    unit: Unit,
    vocabulary: Vocabulary,
    before: tuple[int, int],
) -> PositionalIndex:
    is_heading = (levels > 0)[opinion]
    stops = tokens["base_form"].eq("。").to_numpy() & ~is_heading
    opens_line = _changes(opinion) | _changes(tokens["paragraph"].to_numpy())
    opens_sentence = opens_line | np.append(False, stops)[: len(stops)]
    sentence = np.cumsum(opens_sentence, dtype=np.int32) - 1
    line = np.cumsum(opens_line & ~is_heading, dtype=np.int32) - 1
    paragraph = np.where(is_heading, OUTSIDE, line)
    unit_of_token, unit_opinion = _units(unit, opinion, sentence, paragraph, paths)
    return PositionalIndex(
        tokens=tokens,
        opinions=opinions,
        vocabulary=vocabulary,
        first_opinion=before[0],
        first_unit=before[1],
        opinion=opinion,
        sentence=sentence,
        paragraph=paragraph,
        unit=unit_of_token,
        place=np.arange(len(tokens)) + _tags_before(levels)[opinion],
        unit_opinion=unit_opinion,
        coding_unit=unit,
        heading_levels=levels,
        heading_paths=paths,
    )


def _in_order(tokens: pd.DataFrame, opinions: pd.DataFrame) -> tuple[pd.DataFrame, Integers]:
    ids = tokens["opinion_id"].cat
    row_of = pd.Index(opinions["opinion_id"]).get_indexer(ids.categories.astype("str"))
    rows = np.append(row_of, OUTSIDE).astype(np.int32)[ids.codes]
    if (rows == OUTSIDE).any():
        stray = tokens["opinion_id"].iloc[int((rows == OUTSIDE).argmax())]
        raise TableError(
            "表「形態素」",
            f"表「意見」にない意見番号 {stray} があります",
            action="同じ意見から作ってください",
        )
    position = tokens["position"].to_numpy()
    if _rises(rows, position):
        return tokens, rows
    order = np.lexsort((position, rows))
    return tokens.iloc[order], rows[order]


def _rises(rows: Integers, position: Integers) -> bool:
    later = rows[1:] > rows[:-1]
    onward = (rows[1:] == rows[:-1]) & (position[1:] >= position[:-1])
    return bool((later | onward).all())


def _changes(key: Integers) -> Booleans:
    """Say where another value begins than the one before; the first entry begins one."""
    return np.append(True, key[1:] != key[:-1])[: len(key)]


def _align_headings(
    opinions: pd.DataFrame, headings: pd.DataFrame | None
) -> tuple[Integers, Integers]:
    if headings is None:
        return np.zeros(len(opinions), np.int64), np.zeros((len(opinions), 5), np.int64)
    aligned = headings.set_index("opinion_id").reindex(opinions["opinion_id"]).fillna(0)
    paths = aligned[[f"h{level}" for level in range(1, 6)]]
    return aligned["level"].to_numpy(np.int64), paths.to_numpy(np.int64)


def _tags_before(levels: Integers) -> Integers:
    opening = (levels > 0).astype(np.int64)
    return 2 * np.cumsum(opening) - opening


def _units(
    unit: Unit, opinion: Integers, sentence: Integers, paragraph: Integers, paths: Integers
) -> tuple[Integers, Integers]:
    """Give each token its unit, and each unit the opinion that it begins in."""
    if unit == "opinion":
        return opinion, np.arange(len(paths))
    if unit.startswith("h"):
        return _heading_units(paths, unit, opinion)
    number = sentence if unit == "sentence" else paragraph
    return number, opinion[_changes(number) & (number != OUTSIDE)]


def _heading_units(paths: Integers, unit: Unit, opinion: Integers) -> tuple[Integers, Integers]:
    path = paths[:, : int(unit[1])]
    under = path[:, -1] > 0
    if not under.any():
        raise NotInDataError(
            f"集計単位「{unit}」",
            f"この資料には{unit.upper()}の見出しが記録されていません",
            "使える単位は opinion(意見)、paragraph(段落)、sentence(文)です",
        )
    _, first, number = np.unique(path[under], axis=0, return_index=True, return_inverse=True)
    numbers = np.full(len(path), OUTSIDE)
    numbers[under] = number
    return numbers[opinion], np.flatnonzero(under)[first]
