"""Which group an opinion belongs to: its category, its session, or any recorded attribute."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.copies import count_behind, families_of
from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import GROUP_COUNTS
from kyodo_analysis.tables import GROUPS

UNRECORDED: Final = "記録なし"
_NAMES: Final = {"category": "分類", "session": "回"}


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
        Categories are ``from_text``: whoever sorted the opinions read the text that the themes
        are found in.

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
    basis = _NAMES.get(by, by)
    if not levels:
        raise NotInDataError(
            f"{basis}ごとの集計",
            f"{_file_of(opinions)}の意見には、「{basis}」が記録されていません"
            f"({len(opinions)}件中0件)",
            action=f"そのため、{basis}ごとの意見の数は示しません",
        )
    groups = pd.DataFrame(
        {
            "opinion_id": opinions["opinion_id"].astype("str").array,
            "group": pd.Categorical(values, categories=levels, ordered=True),
        }
    ).assign(basis=basis, from_text=by == "category")
    return GROUPS.check(groups.astype({"basis": "str"}))


def _file_of(opinions: pd.DataFrame) -> str:
    """Name the file or the sheet that the opinions stand in, as far as their places name one."""
    first = opinions["source"].head(1).astype("str").tolist()
    return f"「{re.split('[:!]', first[0])[0]}」" if first else "この資料"


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
            f"「{by}」という属性は、{_file_of(opinions)}の意見に記録されていません",
            f"使えるのは {allowed} です",
            "study.toml の attributes に、列の名前を書くと使えます",
        )
    rows = attributes.loc[attributes["attribute"] == by].set_index("opinion_id")
    return opinions["opinion_id"].astype("str").map(rows["value"].astype("str"))


def _number_in_label(label: str) -> tuple[float, bool]:
    """Order 20歳未満 before 20代, and labels without a number last."""
    found = re.search(r"\d+", label)
    return (int(found.group()) if found else float("inf"), "未満" not in label)


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


def count_opinions_by_group(
    groups: pd.DataFrame, opinions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the opinions of each group.

    Parameters
    ----------
    groups : GROUPS
    opinions : OPINIONS, optional
        Says which texts are copies, and who gave several opinions.

    Returns
    -------
    GROUP_COUNTS
        One row per group in the groups' order; groups without an opinion are kept as zero,
        opinions without a group are counted as 記録なし.
    """
    named = named_groups(groups)
    table = named.groupby("group", observed=False).size().to_frame("n_opinions")
    table = table.join(count_behind(named, ["group"], opinions))
    table["opinion_ids"] = join_names(named, ["group"], "opinion_id").reindex(table.index)
    filled = table.fillna({"opinion_ids": ""}).astype({"opinion_ids": "str"})
    return GROUP_COUNTS.check(filled.reset_index()[GROUP_COUNTS.names])


class Membership(NamedTuple):
    """The opinions whose group is known, and the groups that have opinions.

    ``one_hot`` has opinions in rows, groups in columns and one 1 in each row.
    """

    opinion_ids: pd.Index
    levels: list[str]
    one_hot: npt.NDArray[np.float64]

    @property
    def sizes(self) -> npt.NDArray[np.float64]:
        """The number of opinions of each group."""
        return np.asarray(self.one_hot.sum(axis=0))

    @property
    def groups(self) -> npt.NDArray[Any]:
        """The group of each opinion."""
        return np.asarray(np.array(self.levels, dtype=object)[self.one_hot.argmax(axis=1)])

    def keep(self, rows: npt.NDArray[np.bool_]) -> "Membership":
        """Keep some of the opinions."""
        return self._replace(opinion_ids=self.opinion_ids[rows], one_hot=self.one_hot[rows])


def membership_of(groups: pd.DataFrame, opinions: pd.DataFrame, *, at_least: int = 2) -> Membership:
    """Lay out the groups; opinions without a group and groups without an opinion take no part.

    Raises
    ------
    NotInDataError
        Fewer than `at_least` groups have an opinion, or none has two.
    """
    known = groups.loc[groups["group"].notna()]
    group = in_order(known["group"]).cat.remove_unused_categories().cat
    levels = list(group.categories)
    one_hot = np.eye(len(levels))[group.codes]
    if len(levels) < at_least or len(levels) == len(known):
        named = f"(「{levels[0]}」)だけ" if len(levels) == 1 else ""
        each = "で、どの組にも1件ずつ" if len(levels) >= at_least else ""
        raise NotInDataError(
            f"{_basis(groups)}ごとの比較",
            f"{_file_of(opinions)}の意見を{_basis(groups)}で分けると、"
            f"意見のある組は{len(levels)}つ{named}{each}です",
            f"比べるには{at_least}つ以上の組と、その中に何件かずつの意見が要ります",
            "ほかの列で分けるか、全体の数をご覧ください",
        )
    return Membership(pd.Index(known["opinion_id"].astype("str")), levels, one_hot)


def _basis(groups: pd.DataFrame) -> str:
    return "組" if groups.empty else str(groups["basis"].iloc[0])


def refuse_circular(groups: pd.DataFrame) -> None:
    """Raise unless the groups were recorded apart from the text that the themes are found in.

    Raises
    ------
    NotInDataError
        The groups are categories or clusters, which whoever made them read from the text.
    """
    if groups["from_text"].any():
        basis = _basis(groups)
        raise NotInDataError(
            f"テーマと{basis}の関連の検定",
            f"{basis}は、テーマと同じ意見の文から付けられています",
            "同じ文から作ったもの同士は重なるのが当然で、検定の対象になりません",
            "件数の表で重なりを見てください。応募者が自分で選んだ区分なら、"
            "study.toml で属性(attributes)として読むと検定できます",
        )


def first_of_each_text(opinions: pd.DataFrame, members: Membership) -> npt.NDArray[np.bool_]:
    """Say which opinions are left when copies and near copies within one group count once.

    Copies of one letter are one voice to a test, however many people sent it.
    """
    family = families_of(opinions)[members.opinion_ids]
    return ~pd.DataFrame({"family": family.array, "group": members.groups}).duplicated().to_numpy()
