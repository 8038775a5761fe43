"""Whether themes differ between groups more than chance does, where that may be asked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.contingency import (
    Floats,
    adjust_by_holm,
    chi_square,
    cramers_v,
    expected_counts,
    fisher_freeman_halton,
    residuals,
)
from kyodo_analysis.measures.groups import UNRECORDED
from kyodo_analysis.measures.matrices import theme_matrix
from kyodo_analysis.measures.membership import Membership, first_of_each_text, membership_of
from kyodo_analysis.measures.shuffles import (
    Indices,
    Shuffles,
    counts_by_group,
    respondent_blocks,
    share_reaching,
    shuffled_counts,
)
from kyodo_analysis.measures.tables import RESIDUALS, THEME_TESTS
from kyodo_analysis.measures.theme_counts import themes_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_ALL_OR_NONE: Final = "該当する意見が0件または全件のため、検定できません"
_FEW_EXPECTED: Final = "期待度数が5未満の組があるため、カイ2乗のp値は目安です"
_SAME_PEOPLE: Final = "同じ回答者の意見が複数あるため、正確検定は行わず並べ替えのp値を見ます"
_SAME_TEXTS: Final = "組の中の同じ文は、1件として検定しています"


def compare_themes_by_group(
    codings: pd.DataFrame,
    groups: pd.DataFrame,
    opinions: pd.DataFrame,
    themes: Iterable[str],
    *,
    circular: bool = False,
    shuffles: Shuffles | None = None,
) -> pd.DataFrame:
    """Test each theme for differences between the groups.

    Opinions without a group and groups without an opinion take no part.

    Parameters
    ----------
    codings : CODINGS
    groups : GROUPS
    opinions : OPINIONS
        Says which opinions one respondent gave, and which texts are identical.
    themes : iterable of str
    circular : bool, default False
        Whether the groups were made from the same text as the themes, as a report's categories
        are: such a relation may be described but not tested.
    shuffles : Shuffles, optional

    Returns
    -------
    THEME_TESTS
        One row per theme, in the given order. ``chi2``, ``p_chi2`` and ``mark`` are KH Coder's.
        ``p_exact`` (adjusted for the number of themes: ``p_holm``) and ``p_max`` count identical
        texts of one group once; ``p_max`` compares the theme's chi-square with the largest of all
        themes in each shuffle (Westfall and Young's single-step max-T).

    Raises
    ------
    NotInDataError
        `circular`, or fewer than two groups have an opinion.
    """
    if circular:
        raise NotInDataError(
            "テーマと組の検定",
            "この組は、テーマと同じ意見の文から作られています",
            "同じ文から作ったもの同士の関連は、検定の対象になりません",
            "件数の表で見てください",
        )
    listed, members = list(themes), membership_of(groups)
    matrix = theme_matrix(themes_of(codings, pd.Series(members.opinion_ids), listed), members)
    once = first_of_each_text(opinions, members)
    blocks = respondent_blocks(opinions, members.opinion_ids[once])
    table = _described(counts_by_group(matrix, members.one_hot), members.sizes).join(
        _tested(matrix[once], members.keep(once), blocks, shuffles or Shuffles())
    )
    table["theme"] = pd.array(listed, dtype="str")
    table["note"] = _notes(table, one_opinion_each=_one_opinion_each(blocks))
    return THEME_TESTS.check(table[THEME_TESTS.names])


def _described(counts: Floats, sizes: Floats) -> pd.DataFrame:
    """Describe each theme's relation to the groups, over all opinions, as KH Coder does."""
    from scipy.stats import chi2_contingency

    n_opinions, total = counts.sum(axis=1), sizes.sum()
    results = [
        chi2_contingency(np.stack([row, sizes - row])) if 0 < row.sum() < total else None
        for row in counts
    ]
    p = np.array([np.nan if result is None else result.pvalue for result in results])
    strength = cramers_v(chi_square(counts, sizes), total)
    return pd.DataFrame(
        {
            "n_opinions": n_opinions.astype(np.int64),
            "n_total": int(total),
            "n_groups": len(sizes),
            "chi2": [np.nan if result is None else result.statistic for result in results],
            "p_chi2": p,
            "mark": np.select([p < 0.01, p < 0.05], ["**", "*"], ""),
            "cramers_v": np.where(np.isnan(p), np.nan, strength),
            "few": [result is not None and result.expected_freq.min() < 5 for result in results],
        }
    ).astype({"mark": "str"})


def _tested(
    matrix: "csr_array", members: Membership, blocks: list[Indices], shuffles: Shuffles
) -> pd.DataFrame:
    """Test each theme, as far as its counts and the independence of the opinions allow."""
    counts, sizes = counts_by_group(matrix, members.one_hot), members.sizes
    testable = (counts.sum(axis=1) > 0) & (counts.sum(axis=1) < sizes.sum())
    largest = [
        chi_square(shuffled, sizes).max(initial=0)
        for shuffled, _ in shuffled_counts(matrix, members.one_hot, blocks, shuffles)
    ]
    exact = [
        fisher_freeman_halton(np.stack([row, sizes - row]).astype(np.int64), shuffles.seed)
        if may_be_tested and _one_opinion_each(blocks)
        else None
        for row, may_be_tested in zip(counts, testable, strict=True)
    ]
    p_exact = np.array([np.nan if test is None else test.p for test in exact])
    p_max = share_reaching(chi_square(counts, sizes), largest)
    return pd.DataFrame(
        {
            "n_texts": len(members.opinion_ids),
            "p_exact": p_exact,
            "method": pd.array([None if test is None else test.method for test in exact], "str"),
            "p_holm": adjust_by_holm(p_exact),
            "p_max": np.where(testable, p_max, np.nan),
        }
    )


def _one_opinion_each(blocks: list[Indices]) -> bool:
    return all(block.shape[1] == 1 for block in blocks)


def _notes(tests: pd.DataFrame, *, one_opinion_each: bool) -> "pd.Series[Any]":
    def note(row: Any) -> str:
        if pd.isna(row.chi2):
            return _ALL_OR_NONE
        applies = {
            _FEW_EXPECTED: row.few,
            _SAME_PEOPLE: not one_opinion_each,
            _SAME_TEXTS: row.n_texts < row.n_total,
        }
        return "。".join(sentence for sentence, applied in applies.items() if applied)

    return pd.Series([note(row) for row in tests.itertuples()], index=tests.index, dtype="str")


def compare_cells(cross: pd.DataFrame) -> pd.DataFrame:
    """Say how far each count lies from what unrelated themes and groups would give.

    Parameters
    ----------
    cross : CROSS_TABLE
        From :func:`count_themes_by_group`. Opinions without a group (記録なし) take no part.

    Returns
    -------
    RESIDUALS
        One row per theme and group, in the order of `cross`. Residuals are missing where a group
        is empty or a theme is carried by no opinion or by all of them.
    """
    known = cross.loc[cross["group"].astype("str") != UNRECORDED].reset_index(drop=True)
    n_groups = known["group"].nunique()
    counts = known["n_opinions"].to_numpy(dtype=float).reshape(known["theme"].nunique(), n_groups)
    sizes = known["n_group"].to_numpy(dtype=float)[:n_groups]
    pearson, adjusted = residuals(counts, sizes)
    table = known[["theme", "group", "n_opinions", "n_group"]].assign(
        expected=expected_counts(counts, sizes).ravel(),
        pearson=pearson.ravel(),
        adjusted=adjusted.ravel(),
    )
    return RESIDUALS.check(table)
