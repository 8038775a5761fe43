"""Who stands behind a number: how many people, and how many texts once copies are one voice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import DUPLICATE_GROUPS, TEXT_COUNTS
from kyodo_analysis.near_copies import find_families

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_NEAR = "ほぼ同文"
_KEPT = 3
_FAMILIES: dict[bytes, "pd.Series[int]"] = {}


def families_of(opinions: pd.DataFrame) -> "pd.Series[int]":
    """Give each text a number so that copies of one letter, and near copies, share a number.

    The last answers are kept: many measures ask about the same opinions.

    Returns
    -------
    Series
        One number per opinion, by its id.
    """
    rows = pd.util.hash_pandas_object(opinions[["opinion_id", "text"]].astype("str"), index=False)
    key = rows.to_numpy().tobytes()
    if key not in _FAMILIES:
        found = find_families(opinions)
        numbers = pd.factorize(found["family"])[0]
        _FAMILIES[key] = pd.Series(numbers, index=found["opinion_id"].array)
        for oldest in list(_FAMILIES)[:-_KEPT]:
            del _FAMILIES[oldest]
    return _FAMILIES[key].copy()


def people_of(opinions: pd.DataFrame) -> "pd.Series[int]":
    """Give each respondent a number; an opinion without one stands for a respondent of its own.

    Returns
    -------
    Series
        One number per opinion, by its id.
    """
    codes = pd.factorize(opinions["respondent"])[0]
    unknown = codes < 0
    codes[unknown] = codes.max(initial=-1) + 1 + np.arange(unknown.sum())
    return pd.Series(codes, index=opinions["opinion_id"].astype("str").array)


def count_behind(
    rows: pd.DataFrame, by: Sequence[str], opinions: pd.DataFrame | None
) -> pd.DataFrame:
    """Count the texts and the people behind the opinions of each group of `by`.

    Parameters
    ----------
    rows : DataFrame
        ``opinion_id`` and the columns `by`.
    by : sequence of str
    opinions : OPINIONS, optional
        Says who gave which text; without them both counts are missing.

    Returns
    -------
    DataFrame
        Index: the groups, also those without a row. Columns: ``n_texts``, near copies as one;
        ``n_respondents``, missing where no respondent is recorded.
    """
    numbered = rows[list(by)].copy()
    if opinions is not None:
        ids = rows["opinion_id"].astype("str")
        numbered["n_texts"] = ids.map(families_of(opinions)).array
        if opinions["respondent"].notna().any():
            numbered["n_respondents"] = ids.map(people_of(opinions)).array
    counted = numbered.groupby(list(by), observed=False).nunique()
    whole = counted.reindex(columns=["n_texts", "n_respondents"])
    return whole.astype("Int64")


def distinct_texts(opinions: pd.DataFrame) -> pd.Index:
    """Give the first opinion of each text: copies of one letter would tie all of its words."""
    family = families_of(opinions)
    return family.index[~family.duplicated()]


def design_effects(coded: "csr_array", people: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Say how many times further a share's variance is when some people gave several opinions.

    The ratio of the linearised variance between people to that of as many opinions by as many
    people (Kish 1965), never below 1; people are few, so that it is stretched by Student's t
    (Korn and Graubard 1998). Where all opinions or none are coded it is taken as if each person's
    opinions were alike.

    Parameters
    ----------
    coded : csr_array
        0/1, opinions in rows, themes in columns.
    people : ndarray
        The number of each opinion's respondent.
    """
    from scipy.sparse import csr_array
    from scipy.stats import norm, t

    n, number = len(people), pd.factorize(people)[0]
    n_people = int(number.max(initial=-1)) + 1
    if n_people in (n, 0):
        return np.ones(coded.shape[1])
    if n_people == 1:
        return np.full(coded.shape[1], float(n))
    by_person = csr_array((np.ones(n), (number, np.arange(n))), shape=(n_people, n))
    given = np.bincount(number)
    share = np.asarray(coded.sum(axis=0)) / n
    apart = (by_person @ coded).toarray() - np.multiply.outer(given, share)
    between = n_people / (n_people - 1) * (apart**2).sum(axis=0)
    within = n * share * (1 - share)
    ratio = np.divide(between, within, out=np.full(len(share), n / n_people), where=within > 0)
    few = (t.ppf(0.975, n_people - 1) / norm.ppf(0.975)) ** 2
    return np.asarray(np.maximum(ratio, 1) * few)


def describe_duplicates(duplicates: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """List the texts that came more than once, and who sent them.

    Parameters
    ----------
    duplicates : DataFrame
        FAMILIES, as :func:`kyodo_analysis.near_copies.find_families` gives it.
    opinions : OPINIONS

    Returns
    -------
    DUPLICATE_GROUPS
        One row per group of two or more, most opinions first, then by first appearance.
    """
    repeated = duplicates[duplicates["n_in_family"] > 1].rename(
        columns={"family": "representative"}
    )
    by_group = repeated.assign(n_near=repeated["kind"].eq(_NEAR)).groupby(
        "representative", sort=False
    )
    table = by_group.agg(n_opinions=("opinion_id", "size"), n_near=("n_near", "sum"))
    table["n_identical"] = table["n_opinions"] - table["n_near"]
    names = join_names(repeated, ["representative"], "opinion_id")
    table["opinion_ids"] = names.reindex(table.index).astype("str")
    table["text"] = opinions.set_index("opinion_id")["text"].reindex(table.index)
    ranked = table.sort_values("n_opinions", ascending=False, kind="stable").reset_index()
    return DUPLICATE_GROUPS.check(ranked[DUPLICATE_GROUPS.names])


def count_texts(duplicates: pd.DataFrame) -> pd.DataFrame:
    """Count opinions and distinct texts side by side.

    Parameters
    ----------
    duplicates : DataFrame
        As in :func:`describe_duplicates`.

    Returns
    -------
    TEXT_COUNTS
        One row.
    """
    return TEXT_COUNTS.make(
        [
            {
                "n_opinions": len(duplicates),
                "n_texts": int(duplicates["is_first"].sum()),
                "n_repeated": int(duplicates["n_in_family"].gt(1).sum()),
            }
        ]
    )
