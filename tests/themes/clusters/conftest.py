"""Four opinions, one without any term."""

import pandas as pd
import pytest


@pytest.fixture
def four_opinions() -> pd.DataFrame:
    return pd.DataFrame({"opinion_id": ["A1", "A2", "B1", "X1"], "text": ["あ", "い", "う", "え"]})


@pytest.fixture
def four_terms() -> pd.DataFrame:
    rows = [
        ("B1", "橋"),
        ("A1", "税"),
        ("A1", "税"),
        ("A1", "橋"),
        ("A2", "税"),
        ("A2", "広報"),
    ]
    return pd.DataFrame(rows, columns=["opinion_id", "term"])
