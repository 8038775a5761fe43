"""Words and groups on one map (correspondence analysis), with the axes that chance would give."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.contingency import chi_square
from kyodo_analysis.measures.map_words import check_map, frequent_words
from kyodo_analysis.measures.matrices import WordMatrix
from kyodo_analysis.measures.membership import Membership, first_of_each_text, membership_of
from kyodo_analysis.measures.shuffles import (
    Indices,
    Shuffles,
    beats_chance,
    chance_line,
    counts_by_group,
    respondent_blocks,
    shuffled_counts,
)
from kyodo_analysis.measures.tables import CORRESPONDENCE_AXES, CORRESPONDENCE_POINTS

Floats = npt.NDArray[np.float64]

_NAME: Final = "対応分析"
_N_DRAWN: Final = 2
_NO_INERTIA: Final = 1e-12  # what rounding leaves of none


@dataclass(frozen=True)
class CorrespondenceSettings:
    """How the map is made; the numbers of words as KH Coder's defaults.

    Parameters
    ----------
    n_frequent : int, default 75
        About how many words are looked at, the most frequent ones.
    n_words : int, default 60
        How many of them are placed, those with the largest chi-square over the groups.
    shuffles : Shuffles
    """

    n_frequent: int = 75
    n_words: int = 60
    shuffles: Shuffles = field(default_factory=lambda: Shuffles(n=99))


class Decomposition(NamedTuple):
    """Principal coordinates of rows and columns (axes in columns), and each axis's inertia."""

    rows: Floats
    columns: Floats
    inertias: Floats


@dataclass(frozen=True)
class Correspondence:
    """A correspondence analysis that knows whether it may be drawn.

    Parameters
    ----------
    points : CORRESPONDENCE_POINTS
    axes : CORRESPONDENCE_AXES
    check : MAP_CHECKS
        One row: holds if both drawn axes lie above the line.
    """

    points: pd.DataFrame
    axes: pd.DataFrame
    check: pd.DataFrame


def decompose(counts: Floats) -> Decomposition:
    """Analyse a table of counts without empty rows or columns (Greenacre 2017, appendix A).

    The sign of an axis is free: the column furthest from the centre lies on the positive side.
    """
    share = counts / counts.sum()
    row, column = share.sum(axis=1), share.sum(axis=0)
    expected = np.outer(row, column)
    left, scale, right = np.linalg.svd((share - expected) / np.sqrt(expected), full_matrices=False)
    rows, columns = left * scale / np.sqrt(row)[:, None], right.T * scale / np.sqrt(column)[:, None]
    furthest = np.abs(columns).argmax(axis=0)
    sign = np.where(columns[furthest, np.arange(len(scale))] < 0, -1.0, 1.0)
    return Decomposition(rows * sign, columns * sign, scale**2)


def find_correspondence(
    terms: pd.DataFrame,
    groups: pd.DataFrame,
    opinions: pd.DataFrame,
    settings: CorrespondenceSettings | None = None,
) -> Correspondence:
    """Place the words that differ most between groups, and the groups, on two axes.

    Parameters
    ----------
    terms : TERMS
    groups : GROUPS
        Opinions without a group take no part.
    opinions : OPINIONS
        Says which opinions one respondent gave; identical texts of one group count once.
    settings : CorrespondenceSettings, optional

    Returns
    -------
    Correspondence
        Points in principal coordinates; the line of all axes is the 95 % point of the largest
        inertia when whole opinions are dealt out to the groups anew and the words chosen again.
        (A second axis held against second axes by chance would pass too often beside a true
        first one.)

    Raises
    ------
    NotInDataError
        Fewer than three groups have an opinion or use one of the words, fewer than three words
        are used in two opinions, or all groups use the words in the same proportions.
    """
    chosen = settings or CorrespondenceSettings()
    everyone = membership_of(groups, at_least=_N_DRAWN + 1)
    members = everyone.keep(first_of_each_text(opinions, everyone))
    words = frequent_words(terms, members.opinion_ids, n_words=chosen.n_frequent, where=_NAME)
    counts = counts_by_group(words.counts, members.one_hot)
    kept = _most_telling(counts, words.lengths @ members.one_hot, chosen.n_words)
    _require_groups(counts[kept])
    inertias = _inertias(counts[kept])
    _require_differences(inertias)
    blocks = respondent_blocks(opinions, members.opinion_ids)
    by_chance = _by_chance(words, members, blocks, len(kept), chosen.shuffles)
    check = check_map(
        _NAME,
        f"成分{_N_DRAWN}の固有値",
        n_opinions=len(everyone.opinion_ids),
        n_texts=len(members.opinion_ids),
        observed=float(inertias[_N_DRAWN - 1]),
        by_chance=by_chance,
        seed=chosen.shuffles.seed,
    )
    points = _points(words.select(kept), members.levels, counts[kept])
    return Correspondence(points, _axes(inertias, by_chance), check)


def _require_groups(counts: Floats) -> None:
    n_groups = int((counts.sum(axis=0) > 0).sum())
    if n_groups <= _N_DRAWN:
        raise NotInDataError(
            _NAME,
            f"図に置く語を使った組が{n_groups}つしかありません",
            f"図にするには{_N_DRAWN + 1}つ以上の組が要ります",
        )


def _require_differences(inertias: Floats) -> None:
    if inertias.sum() < _NO_INERTIA:
        raise NotInDataError(
            _NAME,
            "図に置く語が、どの組でも同じ割合で使われています",
            "図にするには、組による違いが要ります",
        )


def _by_chance(
    words: WordMatrix,
    members: Membership,
    blocks: list[Indices],
    n_words: int,
    shuffles: Shuffles,
) -> list[float]:
    """Choose words anew in each shuffle, and give the largest inertia of any axis."""
    return [
        _inertias(
            counts[_most_telling(counts, words.lengths @ members.one_hot[order], n_words)]
        ).max()
        for counts, order in shuffled_counts(words.counts, members.one_hot, blocks, shuffles)
    ]


def _most_telling(counts: Floats, group_sizes: Floats, n_words: int) -> npt.NDArray[np.int64]:
    largest = np.argsort(-chi_square(counts, group_sizes), kind="stable")[:n_words]
    return np.sort(largest)


def _inertias(counts: Floats) -> Floats:
    """Give one inertia per axis; a group without any of the words leaves its axis at 0."""
    n_axes = min(counts.shape) - 1
    found = decompose(counts[:, counts.sum(axis=0) > 0]).inertias[:n_axes]
    return np.pad(found, (0, n_axes - len(found)))


def _axes(inertias: Floats, by_chance: list[float]) -> pd.DataFrame:
    line = float(chance_line(by_chance))
    table = pd.DataFrame(
        {
            "axis": np.arange(1, len(inertias) + 1),
            "inertia": inertias,
            "share": inertias / inertias.sum(),
            "reference": line,
            "above": beats_chance(inertias, line),
        }
    )
    return CORRESPONDENCE_AXES.check(table)


def _points(words: WordMatrix, levels: list[str], counts: Floats) -> pd.DataFrame:
    held = counts.sum(axis=0) > 0
    found = decompose(counts[:, held])
    n_of_group = counts.sum(axis=0)[held]
    names = pd.Series([*words.words["term"], *np.array(levels)[held]], dtype="str")
    places = np.vstack([found.rows, found.columns])
    table = pd.DataFrame(
        {
            "kind": np.repeat(["語", "組"], [len(counts), len(n_of_group)]),
            "name": names,
            "n": np.concatenate([counts.sum(axis=1), n_of_group]).astype(np.int64),
            "x": places[:, 0],
            "y": places[:, 1],
        }
    )
    return CORRESPONDENCE_POINTS.check(table)
