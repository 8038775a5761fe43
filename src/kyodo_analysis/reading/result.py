"""What every reader hands on: the opinions, what was set aside, and what was checked."""

import datetime
from dataclasses import dataclass, field

import pandas as pd

from kyodo_analysis.errors import TableError
from kyodo_analysis.tables import (
    ATTENDANCE,
    ATTRIBUTES,
    CORRECTIONS,
    FINDINGS,
    OPINIONS,
    RECONCILIATION,
    REPLIES,
    SESSIONS,
    SET_ASIDE,
)

_TABLES = (
    OPINIONS,
    SET_ASIDE,
    SESSIONS,
    ATTENDANCE,
    ATTRIBUTES,
    REPLIES,
    CORRECTIONS,
    FINDINGS,
    RECONCILIATION,
)


@dataclass(frozen=True)
class ReportHeader:
    """What a report says about itself; None where it does not.

    Parameters
    ----------
    title, department : str or None
        As written in the report.
    date : datetime.date or None
        The day of the report.
    """

    title: str | None = None
    date: datetime.date | None = None
    department: str | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """The tables that come out of one raw file; tables that are not given are empty.

    Each keeps its contract in :mod:`kyodo_analysis.tables`, and ``reconciliation`` accounts for
    every row of ``opinions`` and ``set_aside``.

    Raises
    ------
    TableError
        When a table breaks its contract, or when something read is neither kept nor set aside.
    """

    opinions: pd.DataFrame
    reconciliation: pd.DataFrame
    set_aside: pd.DataFrame = field(default_factory=SET_ASIDE.make)
    sessions: pd.DataFrame = field(default_factory=SESSIONS.make)
    attendance: pd.DataFrame = field(default_factory=ATTENDANCE.make)
    attributes: pd.DataFrame = field(default_factory=ATTRIBUTES.make)
    replies: pd.DataFrame = field(default_factory=REPLIES.make)
    corrections: pd.DataFrame = field(default_factory=CORRECTIONS.make)
    findings: pd.DataFrame = field(default_factory=FINDINGS.make)
    header: ReportHeader = ReportHeader()

    def __post_init__(self) -> None:
        for table in _TABLES:
            table.check(getattr(self, table.name))
        self._reconcile()

    def _reconcile(self) -> None:
        parts = self.reconciliation
        total = parts[["n_kept", "n_set_aside"]].sum()
        adds_up = (parts["n_read"] == parts["n_kept"] + parts["n_set_aside"]).all()
        if not (
            adds_up
            and total["n_kept"] == len(self.opinions)
            and total["n_set_aside"] == len(self.set_aside)
        ):
            raise TableError(
                f"表「{RECONCILIATION.label}」",
                f"意見 {len(self.opinions)} 件、除いたもの {len(self.set_aside)} 件と合いません",
                "読んだ数は、意見の数と除いた数の和です",
            )
