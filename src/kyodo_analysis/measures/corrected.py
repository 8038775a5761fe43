"""Counts by rules, mended by what a person read in a random sample of the opinions."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.intervals import MIN_FOR_SHARE, Z_95, wilson_interval
from kyodo_analysis.measures.matrices import theme_matrix
from kyodo_analysis.measures.tables import CORRECTED_COUNTS, SAMPLE_SIZES
from kyodo_analysis.measures.theme_counts import themes_of

Floats = npt.NDArray[np.float64]

_HALF_WIDTHS: Final = (0.1, 0.07, 0.05)
_NO_GAIN: Final = 0.95
_ALL_READ: Final = "全件を人が読んだので、人が付けた数がそのまま数です"
_SAMPLE_IS_AS_GOOD: Final = (
    "ルールを使っても、人が読んだ標本だけから見積もるのと幅がほとんど変わりません"
)
_NEVER_FIRED: Final = "標本にルールの当たった意見が無く、当たりすぎの程度は分かりません"


class Corrected(NamedTuple):
    """A share of a whole, mended, with its 95 % interval."""

    share: float
    low: float
    high: float


def correct_share(
    n_coded: int, n_others: int, read_coded: tuple[int, int], read_others: tuple[int, int]
) -> Corrected:
    """Estimate the true share of a theme from what a rule coded and a person's random sample.

    The person's shares among the coded and among the other opinions, each weighted by how many
    there are (the difference estimator, Särndal, Swensson & Wretman 1992, stratified after the
    draw by the rule). The interval joins Jeffreys' intervals of both shares (MOVER, Zou & Donner
    2008), with finite-population correction, so that a rare theme has bounds as well.

    Parameters
    ----------
    n_coded, n_others : int
        Opinions that the rule coded, and did not.
    read_coded, read_others : tuple of int
        Of each of them, how many the person gave the theme, and how many she read.
    """
    total = n_coded + n_others
    parts = [(n_coded, *read_coded, 1.0), (n_others, *read_others, 0.0)]
    share = low = high = 0.0
    for size, hits, n_read, unread in parts:
        weight, p = size / total, hits / n_read if n_read else unread
        below, above = _jeffreys(hits, n_read, size) if n_read else (0.0, float(size > 0))
        share += weight * p
        low += (weight * (p - below)) ** 2
        high += (weight * (above - p)) ** 2
    seen, denied = read_coded[0] + read_others[0], read_coded[1] + read_others[1]
    least, most = seen / total, 1 - (denied - seen) / total
    bounds = np.clip([share - np.sqrt(low), share + np.sqrt(high)], least, most)
    return Corrected(share, *map(float, bounds))


def _jeffreys(hits: int, n_read: int, size: int) -> tuple[float, float]:
    """Give the 95 % interval of a share of `size` of which `n_read` were read."""
    from scipy.special import betaincinv

    share = hits / n_read
    if n_read >= size:
        return share, share
    worth = max(n_read - 1, 1) / (1 - n_read / size)
    ends = [
        betaincinv(share * worth + 0.5, (1 - share) * worth + 0.5, level)
        for level in (0.025, 0.975)
    ]
    return (0.0 if hits == 0 else float(ends[0]), 1.0 if hits == n_read else float(ends[1]))


def correct_theme_counts(
    codings: pd.DataFrame,
    human_codings: pd.DataFrame,
    opinions: pd.DataFrame,
    judged: pd.DataFrame,
    themes: Iterable[str],
) -> pd.DataFrame:
    """Mend each theme's count by what people gave in a random sample of the opinions.

    Parameters
    ----------
    codings : CODINGS
        Of the rules, over all opinions.
    human_codings : CODINGS
        Of one person or several, over the sample.
    opinions : OPINIONS
        All of them.
    judged : OPINIONS
        The sample, drawn at random, that each person read to its end.
    themes : iterable of str

    Returns
    -------
    CORRECTED_COUNTS
        One row per theme and person. Sensitivity and specificity with Wilson intervals.

    Raises
    ------
    NotInDataError
        Nobody has coded, or the sample is neither all opinions nor 30 of them.
    """
    people = list(human_codings["coder"].astype("str").unique())
    _require_sample(len(people), len(judged), len(opinions))
    listed, ids = list(themes), pd.Index(opinions["opinion_id"].astype("str"))
    by_rule = _given(codings, opinions, listed, ids)
    read = ids.isin(judged["opinion_id"])
    rows = [
        {"theme": theme, "coder": person} | _mended(by_rule[:, at], given[:, at], read)
        for person in people
        for given in [
            _given(human_codings[human_codings["coder"] == person], opinions, listed, ids)
        ]
        for at, theme in enumerate(listed)
    ]
    return CORRECTED_COUNTS.make(rows)


def _require_sample(n_people: int, n_read: int, n_opinions: int) -> None:
    if not n_people:
        raise NotInDataError(
            "人が読んで直した数",
            "人がテーマを付けたシートがありません",
            action="python run.py sheet でシートを作り、記入して coders/ に置くと、ここに出ます",
        )
    if n_read < min(MIN_FOR_SHARE, n_opinions):
        raise NotInDataError(
            "人が読んで直した数",
            f"人が読んだ意見が{n_opinions}件のうち{n_read}件です",
            f"直すには、無作為に選んだ{MIN_FOR_SHARE}件以上を読むことが要ります",
            "study.toml の [coding_sheet] の sample_size を増やしてください",
        )


def _given(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str], ids: pd.Index
) -> npt.NDArray[np.bool_]:
    pairs = themes_of(codings, opinions["opinion_id"].astype("str"), themes)
    return np.asarray(theme_matrix(pairs, ids).toarray() > 0)


def _mended(
    coded: npt.NDArray[np.bool_], given: npt.NDArray[np.bool_], read: npt.NDArray[np.bool_]
) -> dict[str, Any]:
    """Mend one theme's count; `given` is known where `read`."""
    total, n_read = len(coded), int(read.sum())
    hits, fired = int((given & coded & read).sum()), int((coded & read).sum())
    missed = int((given & ~coded & read).sum())
    found = correct_share(
        int(coded.sum()), int((~coded).sum()), (hits, fired), (missed, n_read - fired)
    )
    alone = correct_share(0, total, (0, 0), (hits + missed, n_read))
    width = alone.high - alone.low
    note = (
        _ALL_READ
        if n_read == total
        else _NEVER_FIRED
        if coded.any() and not fired
        else _SAMPLE_IS_AS_GOOD
        if found.high - found.low > _NO_GAIN * width
        else ""
    )
    return {
        "n_rule": int(coded.sum()),
        "n_total": total,
        "n_read": n_read,
        "n_given": hits + missed,
        "n_corrected": found.share * total,
        "low": found.low * total,
        "high": found.high * total,
        "low_sample": alone.low * total,
        "high_sample": alone.high * total,
        **_rate("sensitivity", hits, hits + missed),
        **_rate("specificity", n_read - fired - missed, n_read - hits - missed),
        "note": note,
    }


def _rate(name: str, hits: int, total: int) -> dict[str, float | None]:
    if not total:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"))
    low, high = wilson_interval(hits, total)
    return {name: hits / total, f"{name}_low": float(low), f"{name}_high": float(high)}


def plan_sample(counts: pd.DataFrame) -> pd.DataFrame:
    """Say how many opinions a person reads at random for intervals of a wanted width.

    Parameters
    ----------
    counts : THEME_COUNTS

    Returns
    -------
    SAMPLE_SIZES
        One row per half width. Enough for the theme whose share by rule lies nearest to half,
        even if the rules are of no help (Cochran 1977, chapter 4); never below 30.

    Raises
    ------
    NotInDataError
        There is no theme, or no opinion.
    """
    if counts.empty or not counts["n_total"].iloc[0]:
        raise NotInDataError("人が読む数の目安", "テーマの付いた意見がありません")
    total = int(counts["n_total"].iloc[0])
    share = counts["n_opinions"].to_numpy(dtype=float) / total
    spread = float((share * (1 - share)).max())
    rows = []
    for half_width in _HALF_WIDTHS:
        of_many = Z_95**2 * spread / half_width**2
        n = int(np.ceil(of_many / (1 + of_many / total)))
        rows.append(
            {
                "half_width": half_width,
                "n_opinions": half_width * total,
                "n_read": min(total, max(n, MIN_FOR_SHARE)),
                "n_total": total,
            }
        )
    return SAMPLE_SIZES.make(rows)
