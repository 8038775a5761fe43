"""Number sentences, paragraphs and units as KH Coder does."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError, TableError
from kyodo_analysis.themes.codebook.layout import OUTSIDE, Integers, Layout, Unit


def lay_out(
    tokens: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    headings: pd.DataFrame | None,
    unit: Unit,
    unused_words: Collection[str],
) -> Layout:
    """Say where every token stands.

    A sentence ends after 。 and at a line break, nowhere else; a heading is one sentence and
    no paragraph.
    """
    tokens, opinion = _in_order(tokens, opinions)
    levels, paths = _align_headings(opinions, headings)
    is_heading = (levels > 0)[opinion]
    line = _runs(opinion, tokens["paragraph"].to_numpy(np.int64))
    stops = tokens["base_form"].eq("。").to_numpy() & ~is_heading
    sentence = _runs(line, np.cumsum(stops) - stops)
    paragraph = _numbered(np.where(is_heading, OUTSIDE, line))
    unit_of_token, unit_opinion = _units(unit, opinion, sentence, paragraph, paths)
    return Layout(
        tokens=tokens,
        opinions=opinions,
        opinion=opinion,
        sentence=sentence,
        paragraph=paragraph,
        unit=unit_of_token,
        place=np.arange(len(tokens)) + _tags_before(levels)[opinion],
        counted=~tokens["base_form"].isin(sorted(unused_words)).to_numpy(),
        unit_opinion=unit_opinion,
        coding_unit=unit,
        heading_levels=levels,
        heading_paths=paths,
    )


def _in_order(tokens: pd.DataFrame, opinions: pd.DataFrame) -> tuple[pd.DataFrame, Integers]:
    rows = pd.Index(opinions["opinion_id"]).get_indexer(
        pd.Index(tokens["opinion_id"].astype("str"))
    )
    if (rows == OUTSIDE).any():
        stray = tokens["opinion_id"].iloc[int((rows == OUTSIDE).argmax())]
        raise TableError(
            "表「形態素」",
            f"表「意見」にない意見番号 {stray} があります",
            action="同じ意見から作ってください",
        )
    order = np.lexsort((tokens["position"].to_numpy(np.int64), rows))
    return tokens.iloc[order].reset_index(drop=True), rows[order].astype(np.int64)


def _runs(*keys: Integers) -> Integers:
    """Give each run of equal keys a number, from 0."""
    changes = np.logical_or.reduce([np.diff(key, prepend=key[:1]) != 0 for key in keys])
    return np.cumsum(changes, dtype=np.int64)


def _numbered(values: Integers) -> Integers:
    """Give each value a number from 0 in order of size; what is outside stays so."""
    return (np.unique(np.append(values, OUTSIDE), return_inverse=True)[1] - 1)[: len(values)]


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
    inside = number != OUTSIDE
    return number, opinion[inside][np.unique(number[inside], return_index=True)[1]]


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
