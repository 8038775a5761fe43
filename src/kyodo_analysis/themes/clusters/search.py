"""A search for clusters: how it was made, what it found, and in which words that is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.tables import CLUSTERS

N_FOR_REPORT = 100
N_FOR_SUGGESTION = 30

Verdict = Literal["report", "suggestion", "none"]

_ONE_GROUP = "意見全体を分けたものではなく、使う語の近い意見が1組あるということです。"
# The shares of docs/evidence.md.
_MIXED = (
    "話題の分かっている短い文で試すと、1つのまとまりの中で最も多い話題は4〜6割ほどで、"
    "ほかの話題も混じりました。名前は、典型的な意見と境目の意見を読んでから付けてください。"
)


@dataclass(frozen=True)
class ClusterSettings:
    """How clusters are looked for and how hard they are tested.

    Parameters
    ----------
    ks : tuple of int
        The numbers of clusters to try, ascending.
    min_df : int
        Terms used by fewer opinions (copies counted once) are left out.
    n_bootstraps : int
        How many bootstrap samples tell how far a clustering comes back.
    n_splits : int
        How many times the words are split into those that make clusters and those that test them.
    n_shuffles : int
        How many times at most the words are dealt out anew; at least 19, so that the 95 % point
        exists.
    seed : int
        Decides every draw.
    """

    ks: tuple[int, ...] = (2, 3, 4, 5, 6, 8, 10)
    min_df: int = 2
    n_bootstraps: int = 12
    n_splits: int = 8
    n_shuffles: int = 39
    seed: int = 0


THOROUGH = ClusterSettings()
QUICK = ClusterSettings(n_bootstraps=6, n_splits=4, n_shuffles=19)


@dataclass(frozen=True, eq=False)
class ClusterSearch:
    """Clusters together with the evidence for them; ``print`` says the verdict.

    Parameters
    ----------
    settings : ClusterSettings
        What was tried.
    k : int or None
        The number of clusters in use; None when no number of clusters holds.
    by_k, by_cluster, duplicates : DataFrame
        K_EVIDENCE, CLUSTER_EVIDENCE and FAMILIES.
    memberships : DataFrame
        One row per opinion (index: opinion_id), one column per k: the cluster from 1 by size,
        missing where the opinion has no kept term. Not for reports: use `clusters`.
    """

    settings: ClusterSettings
    k: int | None
    by_k: pd.DataFrame
    by_cluster: pd.DataFrame
    duplicates: pd.DataFrame
    memberships: pd.DataFrame

    @property
    def n_opinions(self) -> int:
        """The opinions."""
        return len(self.duplicates)

    @property
    def n_merged(self) -> int:
        """The opinions, copies counted once."""
        return int(self.duplicates["is_first"].sum())

    @property
    def verdict(self) -> Verdict:
        """Whether clusters may be reported, looked at as suggestions, or not shown."""
        if self.k is None:
            return "none"
        return "report" if self.n_merged >= N_FOR_REPORT else "suggestion"

    @property
    def clusters(self) -> pd.DataFrame:
        """The clusters table: clusters that hold; all other opinions are 未分類 (missing)."""
        ids = self.memberships.index.to_series().reset_index(drop=True).astype("str")
        shown = pd.Series(pd.NA, index=ids.index, dtype="Int64")
        if self.k is not None:
            member = self.memberships[self.k].reset_index(drop=True)
            shown = member.where(member.isin(self._holding()), pd.NA)
        return CLUSTERS.check(pd.DataFrame({"opinion_id": ids, "cluster": shown}))

    def _holding(self) -> pd.Series[int]:
        return self.by_cluster.loc[
            (self.by_cluster["k"] == self.k) & self.by_cluster["passes"], "cluster"
        ]

    def with_k(self, k: int) -> ClusterSearch:
        """Return the same search for the number of clusters that the analyst names.

        Raises
        ------
        StudyError
            If `k` is not among those that hold.
        """
        holding = self.by_k.loc[holds(self.by_k), "k"].tolist()
        if k not in holding:
            listed = "、".join(map(str, holding)) or "ありません"
            raise StudyError(
                "まとまりの数",
                f"{k} には根拠がありません",
                f"根拠のある数は {listed}",
                "「まとまりの数ごとの根拠」の表を見て選んでください",
            )
        return replace(self, k=k)

    @property
    def sentence(self) -> str:
        """The verdict as Japanese sentences."""
        if self.k is None:
            return (
                "自動分類では、語をランダムに入れ替えた場合と区別できる再現性のあるまとまりは"
                f"確認できませんでした({self._n()})。以下は分類表(コードブック)による集計です。"
            )
        n_in = int(self.clusters["cluster"].notna().sum())
        n_shown = len(self._holding())
        what = f"まとまりを{n_shown}つ" if n_shown > 1 else "意見の組を1つだけ"
        found = (
            f"自動分類では、語をランダムに入れ替えた文({self.settings.n_shuffles}回)の95%点を"
            f"再現性と残りの語での近さがともに上回る{what}確認しました"
            f"({self._n()}のうち{n_in}件。残りの{self.n_opinions - n_in}件は未分類)。"
        )
        return found + (_ONE_GROUP if n_shown == 1 else "") + _MIXED + self._caution()

    def _caution(self) -> str:
        if self.verdict == "report":
            return ""
        return (
            f"{N_FOR_REPORT}件に満たないため、報告書には載せず、"
            "分類表(コードブック)を考える手がかりとしてだけ使ってください。"
        )

    def _n(self) -> str:
        merged = f"、同じ文をまとめると{self.n_merged}件"
        return f"{self.n_opinions}件{merged if self.n_merged < self.n_opinions else ''}"

    def __str__(self) -> str:
        return self.sentence


def choose_k(by_k: pd.DataFrame) -> int | None:
    """Return the number of clusters that holds with most clusters, then with most opinions."""
    holding = by_k[holds(by_k)].sort_values(
        ["n_clusters_shown", "n_opinions_shown", "k"], ascending=[False, False, True]
    )
    return None if holding.empty else int(holding["k"].iloc[0])


def holds(by_k: pd.DataFrame) -> pd.Series[bool]:
    """Which numbers of clusters pass as a whole and have a cluster that passes."""
    return by_k["passes"] & (by_k["n_clusters_shown"] > 0)
