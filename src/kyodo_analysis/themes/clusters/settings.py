"""How clusters are looked for and how hard they are tested."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClusterSettings:
    """Settings of the clusters and of their evidence.

    Parameters
    ----------
    ks : tuple of int
        The numbers of clusters to try, ascending.
    min_df : int
        Terms used by fewer opinions (identical texts counted once) are left out.
    n_bootstraps : int
        How many bootstrap samples tell how far a clustering comes back.
    n_shuffles : int
        How many times the words are dealt out anew; at least 19, so that the 95 % point exists.
    seed : int
        Decides every draw.
    """

    ks: tuple[int, ...] = (2, 3, 4, 5, 6, 8, 10)
    min_df: int = 2
    n_bootstraps: int = 20
    n_shuffles: int = 99
    seed: int = 0


THOROUGH = ClusterSettings()
QUICK = ClusterSettings(n_bootstraps=10, n_shuffles=19)
