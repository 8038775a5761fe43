"""Words and groups on one map (correspondence analysis), with the axes that chance would give."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.contingency import chi_square
from kyodo_analysis.measures.groups import Membership, first_of_each_text, membership_of
from kyodo_analysis.measures.map_words import check_map, frequent_words
from kyodo_analysis.measures.matrices import WordMatrix
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
_MOST_AXES: Final = 5
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
        One row: holds if both drawn axes lie above their lines.
    """

    points: pd.DataFrame
    axes: pd.DataFrame
    check: pd.DataFrame


def decompose(counts: Floats) -> Decomposition:
    """Analyse a table of counts without empty rows or columns (Greenacre 2017, appendix A).

    The sign of an axis is free: the column furthest from the centre lies on the positive side.
    """
    apart, row, column = standardize(counts)
    left, scale, right = np.linalg.svd(apart, full_matrices=False)
    rows, columns = left * scale / np.sqrt(row)[:, None], right.T * scale / np.sqrt(column)[:, None]
    furthest = np.abs(columns).argmax(axis=0)
    sign = np.where(columns[furthest, np.arange(len(scale))] < 0, -1.0, 1.0)
    return Decomposition(rows * sign, columns * sign, scale**2)


def standardize(counts: Floats) -> tuple[Floats, Floats, Floats]:
    """Give the standardised residuals, 0 in empty columns, and the masses of rows and columns."""
    share = counts / counts.sum()
    row, column = share.sum(axis=1), share.sum(axis=0)
    expected = np.outer(row, column)
    filled = expected > 0
    apart = np.divide(share - expected, np.sqrt(expected), out=np.zeros_like(share), where=filled)
    return apart, row, column


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
        Says which opinions one respondent gave; copies within one group count once.
    settings : CorrespondenceSettings, optional

    Returns
    -------
    Correspondence
        Points in principal coordinates. An axis is held against the largest inertia that is left
        of 95 % of shuffled tables (whole opinions dealt out to the groups anew, the words chosen
        again) once the axes before it are taken out of the groups: a true first axis takes one
        direction from chance, too.

    Raises
    ------
    NotInDataError
        Fewer than three groups have an opinion or use one of the words, fewer than three words
        are used in two opinions, or all groups use the words in the same proportions.
    """
    chosen = settings or CorrespondenceSettings()
    everyone = membership_of(groups, opinions, at_least=_N_DRAWN + 1)
    members = everyone.keep(first_of_each_text(opinions, everyone))
    words = frequent_words(terms, members.opinion_ids, n_words=chosen.n_frequent, where=_NAME)
    counts = counts_by_group(words.counts, members.one_hot)
    kept = _most_telling(counts, words.lengths @ members.one_hot, chosen.n_words)
    _require_groups(counts[kept])
    apart = standardize(counts[kept])[0]
    inertias = _inertias(apart)
    _require_differences(inertias)
    by_chance = _by_chance(
        words,
        members,
        respondent_blocks(opinions, members.opinion_ids),
        axes=np.linalg.svd(apart, full_matrices=False)[2],
        settings=chosen,
    )
    axes = _axes(inertias, by_chance)
    judged = min(int(axes["above"].sum()), _N_DRAWN - 1)
    check = check_map(
        _NAME,
        f"成分{judged + 1}の固有値",
        n_opinions=len(everyone.opinion_ids),
        n_texts=len(members.opinion_ids),
        observed=float(inertias[judged]),
        by_chance=by_chance[:, judged].tolist(),
        seed=chosen.shuffles.seed,
    )
    points = _points(words.select(kept), members.levels, counts[kept])
    return Correspondence(points, axes, check)


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
    *,
    axes: Floats,
    settings: CorrespondenceSettings,
) -> Floats:
    """Give, for each shuffle, the largest inertia left beside the first 0, 1, 2 ... axes.

    Parameters
    ----------
    axes : ndarray
        The observed axes among the groups, one in a row.
    """
    n_axes = min(len(members.levels) - 1, _MOST_AXES)
    largest = []
    for counts, order in shuffled_counts(words.counts, members.one_hot, blocks, settings.shuffles):
        sizes = words.lengths @ members.one_hot[order]
        apart = standardize(counts[_most_telling(counts, sizes, settings.n_words)])[0]
        left = [apart - apart @ axes[:k].T @ axes[:k] for k in range(n_axes)]
        largest.append([np.linalg.norm(each, ord=2) ** 2 for each in left])
    return np.array(largest)


def _most_telling(counts: Floats, group_sizes: Floats, n_words: int) -> npt.NDArray[np.int64]:
    largest = np.argsort(-chi_square(counts, group_sizes), kind="stable")[:n_words]
    return np.sort(largest)


def _inertias(apart: Floats) -> Floats:
    n_axes = min(apart.shape) - 1
    return np.asarray(np.linalg.svd(apart, compute_uv=False)[:n_axes] ** 2)


def _axes(inertias: Floats, by_chance: Floats) -> pd.DataFrame:
    lines = np.full(len(inertias), np.nan)
    n_judged = min(len(inertias), by_chance.shape[1])
    lines[:n_judged] = chance_line(by_chance)[:n_judged]
    table = pd.DataFrame(
        {
            "axis": np.arange(1, len(inertias) + 1),
            "inertia": inertias,
            "share": inertias / inertias.sum(),
            "reference": lines,
            "above": np.logical_and.accumulate(beats_chance(inertias, lines)),
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
