"""Whether themes differ between groups more than chance does, where that may be asked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kyodo_analysis.measures.contingency import (
    Floats,
    adjust_by_holm,
    chi_square,
    cramers_v,
    expected_counts,
    fisher_freeman_halton,
    residuals,
)
from kyodo_analysis.measures.groups import (
    UNRECORDED,
    Membership,
    first_of_each_text,
    membership_of,
    refuse_circular,
)
from kyodo_analysis.measures.intervals import MIN_FOR_SHARE
from kyodo_analysis.measures.matrices import theme_matrix
from kyodo_analysis.measures.shuffles import (
    Indices,
    Shuffles,
    counts_by_group,
    respondent_blocks,
    share_reaching,
    shuffled_counts,
)
from kyodo_analysis.measures.tables import KH_CODER_TESTS, RESIDUALS, THEME_TESTS
from kyodo_analysis.measures.theme_counts import themes_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_ALL_OR_NONE: Final = "該当する意見が0件または全件のため、検定できません"
_FEW_EXPECTED: Final = "期待度数が5未満の組があるため、カイ2乗のp値は目安です"
_SAME_PEOPLE: Final = "同じ回答者の意見が複数あるため、正確検定は行わず並べ替えのp値を見ます"
_SAME_TEXTS: Final = "組の中の同じ文・ほぼ同じ文は、1件として検定しています"
_LEVEL: Final = 0.05
_POWER: Final = 0.8


def compare_themes_by_group(
    codings: pd.DataFrame,
    groups: pd.DataFrame,
    opinions: pd.DataFrame,
    themes: Iterable[str],
    *,
    shuffles: Shuffles | None = None,
) -> pd.DataFrame:
    """Test each theme for differences between the groups.

    Opinions without a group and groups without an opinion take no part.

    Parameters
    ----------
    codings : CODINGS
    groups : GROUPS
    opinions : OPINIONS
        Says which opinions one respondent gave, and which texts are copies.
    themes : iterable of str
    shuffles : Shuffles, optional

    Returns
    -------
    THEME_TESTS
        One row per theme, in the given order. Copies and near copies within one group count once.
        ``p_exact`` is adjusted for the number of themes in ``p_holm``; ``p_max`` compares the
        theme's chi-square with the largest of all themes in each shuffle (Westfall and Young's
        single-step max-T). ``detectable`` says what the test could have found.

    Raises
    ------
    NotInDataError
        The groups come from the same text as the themes, fewer than two of them have an opinion,
        or none has two.
    """
    refuse_circular(groups)
    listed, members = list(themes), membership_of(groups, opinions)
    matrix = theme_matrix(
        themes_of(codings, pd.Series(members.opinion_ids), listed), members.opinion_ids
    )
    once = first_of_each_text(opinions, members)
    voices, blocks = members.keep(once), respondent_blocks(opinions, members.opinion_ids[once])
    table = _tested(matrix[once], voices, blocks, shuffles or Shuffles())
    table["theme"] = pd.array(listed, dtype="str")
    table["n_opinions"] = np.asarray(matrix.sum(axis=0), dtype=np.int64)
    table["n_total"], table["n_groups"] = len(members.opinion_ids), len(members.sizes)
    table["note"] = _notes(
        table["cramers_v"].isna(),
        {
            _SAME_PEOPLE: not _one_opinion_each(blocks),
            _SAME_TEXTS: len(voices.opinion_ids) < len(members.opinion_ids),
        },
    )
    return THEME_TESTS.check(table[THEME_TESTS.names])


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
    chi2 = chi_square(counts, sizes)
    shares = counts.sum(axis=1) / sizes.sum()
    return pd.DataFrame(
        {
            "n_texts": len(members.opinion_ids),
            "p_exact": p_exact,
            "method": pd.array([None if test is None else test.method for test in exact], "str"),
            "p_holm": adjust_by_holm(p_exact),
            "p_max": np.where(testable, share_reaching(chi2, largest), np.nan),
            "cramers_v": np.where(testable, cramers_v(chi2, sizes.sum()), np.nan),
            "share": np.where(sizes.sum() >= MIN_FOR_SHARE, shares, np.nan),
            "detectable": np.where(testable, detectable_share(shares, sizes), np.nan),
        }
    )


def detectable_share(shares: Floats, sizes: Floats) -> Floats:
    """Give the share in one group that a test of as many themes would find in 80 % of studies.

    All other groups have the overall share, and the group is of middling size (the lower median).
    From the noncentral chi-square distribution (Cohen 1988, chapter 7) at .05 divided by the
    number of themes; missing where even a share of 1 would not do.
    """
    from scipy.optimize import brentq
    from scipy.stats import chi2, ncx2

    if not len(shares):
        return np.zeros(0)
    df, total = len(sizes) - 1, sizes.sum()
    line = chi2.isf(_LEVEL / len(shares), df)
    needed = brentq(lambda apart: ncx2.sf(line, df, apart) - _POWER, 1e-6, 1e4)
    middling = np.sort(sizes)[(len(sizes) - 1) // 2]
    spread = shares * (1 - shares) * (1 / middling + 1 / (total - middling))
    found = shares + np.sqrt(needed * spread)
    return np.where(found <= 1, found, np.nan)


def _one_opinion_each(blocks: list[Indices]) -> bool:
    return all(block.shape[1] == 1 for block in blocks)


def _notes(undefined: "pd.Series[bool]", of_all: dict[str, bool]) -> "pd.Series[Any]":
    said = "。".join(sentence for sentence, applies in of_all.items() if applies)
    notes = np.where(undefined, _ALL_OR_NONE, said)
    return pd.Series(notes, index=undefined.index, dtype="str")


def describe_as_kh_coder(
    codings: pd.DataFrame, groups: pd.DataFrame, opinions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Give the chi-square and the stars of KH Coder's cross tables, unadjusted as they are there.

    For those who compare with KH Coder: among ten themes without any difference some star stands
    in a third of all studies, and copies and several opinions of one person count as many people.

    Returns
    -------
    KH_CODER_TESTS
        One row per theme, in the given order.

    Raises
    ------
    NotInDataError
        As :func:`compare_themes_by_group` does.
    """
    from scipy.stats import chi2_contingency

    refuse_circular(groups)
    listed, members = list(themes), membership_of(groups, opinions)
    pairs = themes_of(codings, pd.Series(members.opinion_ids), listed)
    counts = counts_by_group(theme_matrix(pairs, members.opinion_ids), members.one_hot)
    results = [
        chi2_contingency(np.stack([row, members.sizes - row]))
        if 0 < row.sum() < members.sizes.sum()
        else None
        for row in counts
    ]
    p = np.array([np.nan if result is None else result.pvalue for result in results])
    few = np.array(
        [result is not None and result.expected_freq.min() < 5 for result in results], dtype=bool
    )
    table = pd.DataFrame(
        {
            "theme": pd.array(listed, dtype="str"),
            "n_opinions": counts.sum(axis=1).astype(np.int64),
            "n_total": len(members.opinion_ids),
            "n_groups": len(members.levels),
            "chi2": np.array([np.nan if each is None else each.statistic for each in results]),
            "p_chi2": p,
            "mark": pd.array(np.select([p < 0.01, p < _LEVEL], ["**", "*"], ""), dtype="str"),
            "note": np.select([np.isnan(p), few], [_ALL_OR_NONE, _FEW_EXPECTED], ""),
        }
    )
    return KH_CODER_TESTS.check(table.astype({"note": "str"}))


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
