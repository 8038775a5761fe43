"""Who belongs to which group, as a matrix, for comparisons between groups."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.groups import in_order


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


def membership_of(groups: pd.DataFrame, *, at_least: int = 2) -> Membership:
    """Lay out the groups; opinions without a group and groups without an opinion take no part.

    Raises
    ------
    NotInDataError
        Fewer than `at_least` groups have an opinion.
    """
    known = groups.loc[groups["group"].notna()]
    group = in_order(known["group"]).cat.remove_unused_categories().cat
    if len(group.categories) < at_least:
        raise NotInDataError(
            "組の比較",
            f"意見のある組が{len(group.categories)}つしかありません",
            f"比べるには{at_least}つ以上の組が要ります",
        )
    one_hot = np.eye(len(group.categories))[group.codes]
    return Membership(pd.Index(known["opinion_id"].astype("str")), list(group.categories), one_hot)


def first_of_each_text(opinions: pd.DataFrame, members: Membership) -> npt.NDArray[np.bool_]:
    """Say which opinions are left when identical texts of one group count once.

    Copies of one letter are one voice to a test, however many people sent it.
    """
    by_id = opinions.set_index(opinions["opinion_id"].astype("str"))["text"]
    texts = pd.DataFrame({"text": by_id[members.opinion_ids].array, "group": members.groups})
    return ~texts.duplicated().to_numpy()
