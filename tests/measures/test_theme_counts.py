import pandas as pd
import pytest

from kyodo_analysis.measures import (
    count_phrases_by_theme,
    count_themes,
    count_themes_by_group,
    groups_by,
)
from kyodo_analysis.tables import CODINGS, OPINIONS


def test_themes_are_ranked_and_those_without_opinions_kept(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    counts = count_themes(codings, opinions, themes)

    assert counts["theme"].to_list() == ["バス", "知らせ方", "負担", "防災"]
    assert counts["n_opinions"].to_list() == [2, 2, 1, 0]
    assert counts["n_total"].to_list() == [5, 5, 5, 5]
    assert counts["opinion_ids"].to_list() == ["A1、A2", "B1、B2", "A1", ""]
    assert counts["share"].isna().all()


def test_an_opinion_coded_by_two_coders_counts_once(
    codings: pd.DataFrame, opinions: pd.DataFrame
) -> None:
    twice = pd.concat([codings, codings.assign(coder="佐藤", method="human")])

    assert count_themes(twice, opinions, ["バス"])["n_opinions"].to_list() == [2]


def test_from_thirty_opinions_on_shares_carry_their_interval() -> None:
    ids = [f"P{number}" for number in range(148)]
    opinions = OPINIONS.make(
        dict.fromkeys(("opinion_id", "text", "raw_text", "source"), opinion_id)
        | {"source_start": 0, "source_end": 1}
        for opinion_id in ids
    )
    codings = CODINGS.make(
        {"opinion_id": opinion_id, "code": "公園", "coder": "codebook", "method": "rule"}
        for opinion_id in ids[:15]
    )

    row = count_themes(codings, opinions, ["公園"]).loc[0]

    assert row[["share", "low", "high"]].to_list() == pytest.approx(
        [15 / 148, 0.0624, 0.1605], abs=5e-5
    )


def test_every_theme_meets_every_group_and_unrecorded_opinions_are_one(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    cross = count_themes_by_group(codings, groups_by(opinions, "session"), themes)

    assert cross["group"].to_list()[:4] == ["第1回", "第2回", "第10回", "記録なし"]
    assert cross["theme"].to_list()[::4] == themes
    assert cross["n_opinions"].to_numpy().reshape(4, 4).tolist() == [
        [1, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 2, 0],
        [0, 0, 0, 0],
    ]
    assert cross["n_group"].to_list() == [1, 1, 2, 1] * 4


def test_phrases_count_opinions_and_occurrences_apart(
    phrases: pd.DataFrame, codings: pd.DataFrame, themes: list[str]
) -> None:
    counts = count_phrases_by_theme(phrases, codings, themes).set_index(["theme", "kind"])

    assert counts.loc[("バス", "要望"), ["n_opinions", "n", "n_theme"]].to_list() == [2, 2, 2]
    assert counts.loc[("知らせ方", "義務"), ["n_opinions", "n", "n_theme"]].to_list() == [1, 2, 2]
    assert counts.loc[("知らせ方", "義務"), "opinion_ids"] == "B1"
    assert counts.loc[("防災", "否定"), ["n_opinions", "n", "n_theme"]].to_list() == [0, 0, 0]
    assert len(counts) == 4 * 6
