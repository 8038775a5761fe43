"""The sessions that are known only by the opinions that name them."""

import pandas as pd

from kyodo_analysis.tables import SESSIONS


def sessions_of(opinions: pd.DataFrame) -> pd.DataFrame:
    """Return SESSIONS as the opinions name them, dated where all opinions of one share a date."""
    dates = opinions.dropna(subset="session").groupby("session")["date"]
    has_one_date = (dates.min() == dates.max()) & (dates.count() == dates.size())
    days = dates.first().where(has_one_date)
    return SESSIONS.make(
        {"session": number, "date": None if pd.isna(day) else day} for number, day in days.items()
    )
