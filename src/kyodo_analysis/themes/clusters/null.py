"""Where the 95 % lines of shuffled text lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_analysis.themes.clusters.stability import Scores

LEVEL = 0.05
# Shuffled clusters that a cluster is held against: enough for a 95 % point, near enough in size.
NEIGHBOURS = 99


def line_above(values: np.ndarray) -> float:
    """Return the value that chance exceeds with a probability of at most 5 %.

    Of N shuffles it is the floor(0.05 (N + 1))-th largest, so that text without clusters lies
    above it in at most 5 % of cases, whatever the distribution (Besag & Clifford 1989).
    """
    place = int(LEVEL * (len(values) + 1) + 1e-9)
    return float(np.sort(values)[-place]) if place else float("inf")


def lines_over_ks(scores: np.ndarray) -> np.ndarray:
    """Return one line per k such that chance crosses any of them in at most 5 % of texts.

    Each k is put on one scale (its mean and standard deviation over all texts), the maximum over
    k is taken in each shuffled text, and its 95 % point is carried back to each k (max-T,
    Westfall & Young 1993).

    Parameters
    ----------
    scores : ndarray
        Texts x ks; row 0 is the text as it is, the others are shuffled.
    """
    centre, spread = scores.mean(axis=0), scores.std(axis=0)
    scaled = (scores - centre) / np.where(spread > 0, spread, 1.0)
    lines: np.ndarray = centre + spread * line_above(scaled[1:].max(axis=1))
    return lines


def cluster_lines(sizes: np.ndarray, shuffled: Sequence[Scores]) -> np.ndarray:
    """Return, for clusters of these sizes, the 95 % point of shuffled clusters of like size.

    Sizes are alike when their ratio is near 1; the `NEIGHBOURS` nearest are taken.
    """
    of_size = np.log(np.concatenate([scores.sizes for scores in shuffled]))
    jaccard = np.concatenate([scores.jaccard for scores in shuffled])
    order = np.lexsort((jaccard, of_size))
    of_size, jaccard = of_size[order], jaccard[order]
    nearest = [
        np.argsort(np.abs(of_size - size), kind="stable")[:NEIGHBOURS] for size in np.log(sizes)
    ]
    return np.array([line_above(jaccard[near]) for near in nearest])
