"""Which group an opinion belongs to: its category, its session, or any recorded attribute."""

import re
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import GROUP_COUNTS
from kyodo_analysis.tables import GROUPS

UNRECORDED: Final = "記録なし"
_NAMES: Final = {"category": "分類", "session": "回"}
_NOT_RECORDED: Final = {
    "category": "意見の分類が記録されていません",
    "session": "意見がどの回で述べられたかが記録されていません",
}


def groups_by(
    opinions: pd.DataFrame, by: str, attributes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Put each opinion into the group that the data record for it.

    Parameters
    ----------
    opinions : OPINIONS
    by : str
        ``"category"``, ``"session"`` or the name of an attribute.
    attributes : ATTRIBUTES, optional
        Needed for an attribute.

    Returns
    -------
    GROUPS
        One row per opinion, in the order of `opinions`. ``group`` is an ordered categorical:
        categories by their code (by appearance without codes), sessions as 第N回 by number,
        attribute values by the number in them, then by appearance. Missing where not recorded.

    Raises
    ------
    NotInDataError
        Nothing is recorded for any opinion, or no attribute has this name.
    """
    if by == "category":
        values, levels = opinions["category"].astype("str"), _category_levels(opinions)
    elif by == "session":
        values = "第" + opinions["session"].astype("str") + "回"
        values = values.where(opinions["session"].notna())
        levels = [f"第{number}回" for number in sorted(opinions["session"].dropna().unique())]
    else:
        values = _attribute_values(opinions, by, attributes)
        levels = sorted(pd.unique(values.dropna()), key=_number_in_label)
    if not levels:
        raise _not_recorded(by, len(opinions))
    group = pd.Categorical(values, categories=levels, ordered=True)
    opinion_id = opinions["opinion_id"].astype("str").array
    return GROUPS.check(pd.DataFrame({"opinion_id": opinion_id, "group": group}))


def _category_levels(opinions: pd.DataFrame) -> list[str]:
    recorded = opinions.loc[opinions["category"].notna(), ["category", "category_code"]]
    first = recorded.drop_duplicates("category").astype("str")
    if recorded["category_code"].notna().all():
        first = first.iloc[_natural_order(first["category_code"])]
    return first["category"].to_list()


def _natural_order(labels: Iterable[str]) -> list[int]:
    keys = [
        [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts if part]
        for parts in (re.split(r"(\d+)", label) for label in labels)
    ]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _attribute_values(
    opinions: pd.DataFrame, by: str, attributes: pd.DataFrame | None
) -> "pd.Series[Any]":
    known = [] if attributes is None else list(pd.unique(attributes["attribute"]))
    if attributes is None or by not in known:
        allowed = "、".join([*_NAMES.values(), *known])
        raise NotInDataError(
            f"「{by}」ごとの集計",
            f"「{by}」という属性は、この資料に記録されていません",
            f"使えるのは {allowed} です",
        )
    rows = attributes.loc[attributes["attribute"] == by].set_index("opinion_id")
    return opinions["opinion_id"].astype("str").map(rows["value"].astype("str"))


def _number_in_label(label: str) -> tuple[float, bool]:
    """Order 20歳未満 before 20代, and labels without a number last."""
    found = re.search(r"\d+", label)
    return (int(found.group()) if found else float("inf"), "未満" not in label)


def _not_recorded(by: str, n_opinions: int) -> NotInDataError:
    name = _NAMES.get(by, by)
    reason = _NOT_RECORDED.get(by, f"「{by}」が記録されていません")
    return NotInDataError(
        f"{name}ごとの集計",
        f"この資料では、{reason}({n_opinions}件中0件)",
        action=f"そのため、{name}ごとの意見の数は示しません",
    )


def in_order(group: "pd.Series[Any]") -> "pd.Series[Any]":
    """Keep the order of a categorical; put other groups in the order of their appearance."""
    if isinstance(group.dtype, pd.CategoricalDtype):
        return group.reset_index(drop=True)
    return pd.Series(pd.Categorical(group, pd.unique(group.dropna()), ordered=True))


def named_groups(groups: pd.DataFrame) -> pd.DataFrame:
    """Give opinions without a group the group 記録なし, last, so that none drops out of a count."""
    group = in_order(groups["group"])
    if group.isna().any():
        group = group.cat.add_categories([UNRECORDED]).fillna(UNRECORDED)
    return pd.DataFrame({"opinion_id": groups["opinion_id"].array, "group": group.array})


def count_opinions_by_group(groups: pd.DataFrame) -> pd.DataFrame:
    """Count the opinions of each group.

    Returns
    -------
    GROUP_COUNTS
        One row per group in the groups' order; groups without an opinion are kept as zero,
        opinions without a group are counted as 記録なし.
    """
    named = named_groups(groups)
    sizes = named.groupby("group", observed=False).size()
    table = pd.DataFrame(
        {"n_opinions": sizes, "opinion_ids": join_names(named, ["group"], "opinion_id")}
    )
    return GROUP_COUNTS.check(
        table.fillna({"opinion_ids": ""}).rename_axis("group").reset_index()[GROUP_COUNTS.names]
    )
