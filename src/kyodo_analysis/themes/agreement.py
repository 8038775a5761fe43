"""How far two coders agree, code by code, and where they do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.themes.tables import AGREEMENT, DISAGREEMENTS

_FEWEST_FOR_SHARES = 30
_FEWEST_DEFINED = 0.95
_NO_VARIATION = "2人とも{}ので、係数は計算できません"
_NO_DISAGREEMENT = "全件で一致したため、再抽出による区間は出せません"
_TOO_RARE = "付いた意見が少なく、再抽出による区間は出せません"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AgreementSettings:
    """How the intervals are drawn.

    Parameters
    ----------
    n_resamples : int
        How often the opinions are drawn anew.
    seed : int
        The same seed gives the same intervals.
    """

    n_resamples: int = 2000
    seed: int = 20190830


@dataclass(frozen=True, eq=False)
class Agreement:
    """How far two coders agree.

    Attributes
    ----------
    scores : pandas.DataFrame
        One row per code (AGREEMENT).
    disagreements : pandas.DataFrame
        One row per opinion and code on which they differ (DISAGREEMENTS).
    """

    scores: pd.DataFrame
    disagreements: pd.DataFrame


def cohen_kappa(counts: ArrayLike) -> Floats:
    """Compute Cohen's kappa (1960).

    Parameters
    ----------
    counts : array_like, (..., k, k)
        How many units the first coder (rows) and the second (columns) put into each of k classes.

    Returns
    -------
    ndarray, (...)
        NaN where both coders put all units into one class.
    """
    table = np.asarray(counts, dtype=np.float64)
    n, agreed = table.sum(axis=(-2, -1)), np.trace(table, axis1=-2, axis2=-1)
    by_chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1)
    return _ratio(n * agreed - by_chance, n**2 - by_chance)


def krippendorff_alpha(counts: ArrayLike) -> Floats:
    """Compute Krippendorff's alpha (2011) for two coders, nominal classes, nothing missing.

    `counts` and the result are as in :func:`cohen_kappa`.
    """
    table = np.asarray(counts, dtype=np.float64)
    n, agreed = table.sum(axis=(-2, -1)), np.trace(table, axis1=-2, axis2=-1)
    values = table.sum(axis=-1) + table.sum(axis=-2)
    n_pairs_by_chance = (2 * n) ** 2 - (values**2).sum(axis=-1)
    return 1 - _ratio((2 * n - 1) * 2 * (n - agreed), n_pairs_by_chance)


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    undefined = np.full_like(denominator, np.nan)
    return np.divide(numerator, denominator, out=undefined, where=denominator != 0)


_COEFFICIENTS = {"kappa": cohen_kappa, "alpha": krippendorff_alpha}


def compare_coders(
    codings: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    first: str,
    second: str,
    codes: Sequence[str],
    settings: AgreementSettings = AgreementSettings(),
) -> Agreement:
    """Compare two coders, rules or people, over the opinions that both have judged.

    Parameters
    ----------
    codings : pandas.DataFrame
        The codings of both (CODINGS).
    opinions : pandas.DataFrame
        The opinions that both judged (OPINIONS); for a sample, only the sample.
    first, second : str
        The coders' names.
    codes : sequence of str
        The codes to compare, also those that nobody gave.
    settings : AgreementSettings
        How the intervals are drawn.

    Raises
    ------
    NotInDataError
        A coder has given no code at all.
    """
    for coder in (first, second):
        if coder not in set(codings["coder"]):
            raise NotInDataError(
                f"コーダー「{coder}」",
                "この名前のコーディングがありません",
                f"あるのは {'、'.join(sorted(set(codings['coder'])))} です",
            )
    given = [_given(codings, opinions, coder, codes) for coder in (first, second)]
    scores = [
        {"code": code, "first": first, "second": second}
        | _score(given[0][:, at], given[1][:, at], settings)
        for at, code in enumerate(codes)
    ]
    return Agreement(
        AGREEMENT.make(scores),
        _list_disagreements(codings, opinions, given, (first, second), codes),
    )


def _given(
    codings: pd.DataFrame, opinions: pd.DataFrame, coder: str, codes: Sequence[str]
) -> NDArray[np.bool_]:
    """Cross the opinions and the codes: whether the coder gave the code."""
    own = codings[codings["coder"].eq(coder)]
    table = pd.crosstab(own["opinion_id"], own["code"])
    crossed = table.reindex(index=opinions["opinion_id"], columns=list(codes), fill_value=0)
    return crossed.to_numpy() > 0


def _score(
    first: NDArray[np.bool_], second: NDArray[np.bool_], settings: AgreementSettings
) -> dict[str, Any]:
    counts = np.array(
        [
            [(first & second).sum(), (first & ~second).sum()],
            [(~first & second).sum(), (~first & ~second).sum()],
        ]
    )
    n, n_agreed = int(counts.sum()), int(np.trace(counts))
    return {
        "n_opinions": n,
        "n_first": int(first.sum()),
        "n_second": int(second.sum()),
        "n_both": int(counts[0, 0]),
        "n_agreed": n_agreed,
        "agreement": n_agreed / n if n >= _FEWEST_FOR_SHARES else None,
        **_coefficients(counts, settings),
    }


def _coefficients(counts: NDArray[np.int64], settings: AgreementSettings) -> dict[str, Any]:
    n = counts.sum()
    if n in np.diagonal(counts):
        never = "1件も付けなかった" if n == counts[1, 1] else "全件に付けた"
        return {"reason": _NO_VARIATION.format(never)}
    values = {name: float(compute(counts)) for name, compute in _COEFFICIENTS.items()}
    if np.trace(counts) == n:
        return values | {"reason": _NO_DISAGREEMENT}
    drawn = np.random.default_rng(settings.seed).multinomial(
        n, counts.ravel() / n, size=settings.n_resamples
    )
    resampled = {name: compute(drawn.reshape(-1, 2, 2)) for name, compute in _COEFFICIENTS.items()}
    if np.isfinite(resampled["kappa"]).mean() < _FEWEST_DEFINED:
        return values | {"reason": _TOO_RARE}
    for name, sample in resampled.items():
        low, high = np.nanpercentile(sample, [2.5, 97.5])
        values |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return values


def _list_disagreements(
    codings: pd.DataFrame,
    opinions: pd.DataFrame,
    given: list[NDArray[np.bool_]],
    coders: tuple[str, str],
    codes: Sequence[str],
) -> pd.DataFrame:
    why = codings.set_index(["opinion_id", "code", "coder"])["evidence"]
    ids, texts = opinions["opinion_id"].tolist(), opinions["text"].tolist()
    differing = np.argwhere(given[0] != given[1]).tolist()
    pairs = ((row, at, 0 if given[0][row, at] else 1) for row, at in differing)
    return DISAGREEMENTS.make(
        {
            "opinion_id": ids[row],
            "code": codes[at],
            "given_by": coders[giver],
            "not_given_by": coders[1 - giver],
            "evidence": why[ids[row], codes[at], coders[giver]],
            "text": texts[row],
        }
        for row, at, giver in pairs
    )
