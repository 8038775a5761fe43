"""Places and decisions made from a few words."""

from collections.abc import Callable

import pandas as pd
import pytest

from kyodo_analysis.privacy import DECISIONS, PERSONAL_DATA

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def places_of() -> MakeTable:
    """Make PERSONAL_DATA from (opinion or None, kind, word), each a row of its own."""

    def make(*places: tuple[str | None, str, str]) -> pd.DataFrame:
        return PERSONAL_DATA.make(
            {
                "table": "意見",
                "column": "意見",
                "row": row,
                "opinion_id": opinion_id,
                "kind": kind,
                "matched": word,
                "start": 0,
                "end": len(word),
                "around": f"【{word}】の{row}",
                "reason": "形",
            }
            for row, (opinion_id, kind, word) in enumerate(places)
        )

    return make


@pytest.fixture(scope="session")
def decided() -> MakeTable:
    """Make DECISIONS from (word, treatment, opinion or None)."""

    def make(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
        return DECISIONS.make(
            {"kind": "人名", "matched": w, "treatment": t, "opinion_id": o, "row": row}
            for row, (w, t, o) in enumerate(rows, start=2)
        )

    return make
