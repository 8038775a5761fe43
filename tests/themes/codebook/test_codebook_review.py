import pandas as pd
import pytest

from kyodo_analysis.tables import CODINGS, OPINIONS
from kyodo_analysis.themes.codebook import (
    CODING_CHANGES,
    compare_codings,
    count_codes,
    find_uncoded,
)
from kyodo_analysis.themes.codebook.tables import CODES_PER_OPINION


def codings_of(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    return CODINGS.make(
        {
            "opinion_id": opinion_id,
            "code": code,
            "coder": "codebook",
            "method": "rule",
            "evidence": evidence,
        }
        for opinion_id, code, evidence in rows
    )


def test_opinions_without_a_code_are_listed_whole(
    opinions: pd.DataFrame, codings: pd.DataFrame
) -> None:
    uncoded = OPINIONS.check(find_uncoded(opinions, codings))
    assert uncoded["opinion_id"].tolist() == ["X1"]
    assert uncoded["text"].tolist() == ["特に困っていることはない。"]


def test_every_opinion_shows_its_codes(opinions: pd.DataFrame, codings: pd.DataFrame) -> None:
    counted = CODES_PER_OPINION.check(count_codes(opinions, codings))
    assert counted["opinion_id"].tolist() == ["A1", "A2", "B1", "B2", "X1"]
    assert counted["n_codes"].tolist() == [2, 1, 1, 1, 0]
    assert counted["codes"].tolist() == ["バス、負担", "バス", "知らせ方", "知らせ方", ""]


@pytest.fixture
def before() -> pd.DataFrame:
    return codings_of(
        ("A1", "バス", "バス[5-7]"),
        ("A2", "バス", "バス停[0-3]"),
        ("B1", "橋", "橋[0-1]"),
        ("Z9", "橋", "橋[0-1]"),
        ("X1", "なし", None),
    )


def test_changes_are_gained_lost_or_of_words(before: pd.DataFrame, opinions: pd.DataFrame) -> None:
    after = codings_of(
        ("X1", "なし", None),
        ("B2", "広報", "広報[0-2]"),
        ("A1", "バス", "バス[5-7]、本数[8-10]"),
        ("A2", "バス", "バス停[0-3]"),
    )
    changes = CODING_CHANGES.check(compare_codings(before, after, opinions))
    shown = changes.drop(columns=["coder", "text"]).fillna("")
    assert shown.to_dict("split")["data"] == [
        ["増えた", "B2", "広報", "", "広報[0-2]"],
        ["消えた", "Z9", "橋", "橋[0-1]", ""],
        ["消えた", "B1", "橋", "橋[0-1]", ""],
        ["根拠", "A1", "バス", "バス[5-7]", "バス[5-7]、本数[8-10]"],
    ]
    assert changes["text"].fillna("").tolist()[:2] == ["広報は読みやすい。", ""]


def test_the_same_codings_show_no_change(before: pd.DataFrame, opinions: pd.DataFrame) -> None:
    shuffled = before.iloc[::-1].reset_index(drop=True)
    assert compare_codings(before, shuffled, opinions).empty
