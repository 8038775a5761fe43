from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import (
    Shuffles,
    compare_cells,
    compare_themes_by_group,
    count_themes_by_group,
    describe_as_kh_coder,
    groups_by,
)
from kyodo_analysis.measures.theme_tests import detectable_share
from kyodo_analysis.tables import CODINGS, GROUPS, OPINIONS


def _study(
    counts: dict[str, tuple[int, int]], theme: str = "バス"
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Opinions, groups and codings with (coded, all) opinions of each group."""
    rows = [
        (f"{group}{number}", group, number < coded)
        for group, (coded, total) in counts.items()
        for number in range(total)
    ]
    opinions = OPINIONS.make(
        dict.fromkeys(("opinion_id", "text", "raw_text", "source"), name)
        | {"source_start": 0, "source_end": 1}
        for name, _, _ in rows
    )
    groups = GROUPS.make(
        {"opinion_id": name, "group": group, "basis": "会場", "from_text": False}
        for name, group, _ in rows
    )
    codings = CODINGS.make(
        {"opinion_id": name, "code": theme, "coder": "codebook", "method": "rule"}
        for name, _, coded in rows
        if coded
    )
    return opinions, groups, codings


def test_the_chi_square_is_kh_coders_with_yates_for_two_groups() -> None:
    opinions, groups, codings = _study({"昼": (9, 12), "夜": (2, 10)})

    row = describe_as_kh_coder(codings, groups, opinions, ["バス"]).loc[0]

    # n (|ad - bc| - n / 2)^2 over the product of the margins
    assert row["chi2"] == pytest.approx(22 * (9 * 8 - 3 * 2 - 11) ** 2 / (12 * 10 * 11 * 11))
    assert (row["n_opinions"], row["n_total"], row["n_groups"], row["mark"]) == (11, 22, 2, "*")
    assert row["note"] == ""


def test_the_strength_lies_between_nothing_and_one() -> None:
    opinions, groups, codings = _study({"昼": (9, 12), "夜": (2, 10)})

    row = compare_themes_by_group(codings, groups, opinions, ["バス"]).loc[0]

    assert row["cramers_v"] == pytest.approx((9 * 8 - 3 * 2) / (12 * 10 * 11 * 11) ** 0.5)
    assert row["note"] == ""


@pytest.mark.parametrize(
    ("coded", "mark"), [((13, 4, 8), "**"), ((13, 5, 8), "*"), ((9, 6, 8), "")]
)
def test_two_stars_below_one_percent_and_one_below_five(
    coded: tuple[int, int, int], mark: str
) -> None:
    opinions, groups, codings = _study(dict(zip("朝昼夜", ((n, 15) for n in coded), strict=True)))

    row = describe_as_kh_coder(codings, groups, opinions, ["バス"]).loc[0]

    assert row["p_chi2"] == pytest.approx(chi2_contingency([coded, np.subtract(15, coded)]).pvalue)
    assert row["mark"] == mark


def test_the_exact_and_the_shuffled_p_agree_with_every_possible_deal() -> None:
    opinions, groups, codings = _study({"昼": (4, 5), "夜": (1, 5)})
    deals = [sum(i < 5 for i in chosen) for chosen in combinations(range(10), 5)]
    p = sum(abs(deal - 2.5) >= 1.5 for deal in deals) / len(deals)

    row = compare_themes_by_group(
        codings, groups, opinions, ["バス"], shuffles=Shuffles(n=4000)
    ).loc[0]

    assert row["p_exact"] == pytest.approx(p)
    assert row["p_max"] == pytest.approx(p, abs=0.03)
    assert row["method"] == "数え上げ"
    assert "期待度数が5未満" in describe_as_kh_coder(codings, groups, opinions, ["バス"])["note"][0]


def test_more_themes_raise_the_holm_and_the_maximum_p() -> None:
    opinions, groups, codings = _study({"昼": (8, 12), "夜": (2, 12)})
    noise = CODINGS.make(
        {
            "opinion_id": f"{group}{number}",
            "code": f"雑談{k}",
            "coder": "codebook",
            "method": "rule",
        }
        for k in range(9)
        for group in ("昼", "夜")
        for number in range(k % 4, 12, 3)
    )
    themes = ["バス", *(f"雑談{k}" for k in range(9))]

    alone = compare_themes_by_group(codings, groups, opinions, ["バス"]).loc[0]
    among = compare_themes_by_group(pd.concat([codings, noise]), groups, opinions, themes).loc[0]

    assert among["p_exact"] == alone["p_exact"]
    assert among["p_holm"] == pytest.approx(10 * alone["p_exact"])
    assert among["p_max"] > alone["p_max"]


def test_a_theme_of_nobody_or_everybody_is_not_tested_and_says_why() -> None:
    opinions, groups, codings = _study({"昼": (3, 3), "夜": (2, 2)})

    tests = compare_themes_by_group(codings, groups, opinions, ["バス", "防災"])

    assert tests["n_opinions"].to_list() == [5, 0]
    undefined = ["p_exact", "p_holm", "p_max", "cramers_v", "method", "detectable"]
    assert tests[undefined].isna().all(axis=None)
    assert tests["note"].str.contains("0件または全件").all()
    kh_coder = describe_as_kh_coder(codings, groups, opinions, ["バス", "防災"])
    assert kh_coder[["chi2", "p_chi2"]].isna().all(axis=None)
    assert kh_coder["mark"].to_list() == ["", ""]


def test_opinions_of_one_person_do_not_count_as_several_persons() -> None:
    opinions, groups, codings = _study({"昼": (5, 5), "夜": (0, 5)})
    spoken = opinions.assign(respondent=groups["group"])

    apart = compare_themes_by_group(codings, groups, opinions, ["バス"]).loc[0]
    together = compare_themes_by_group(codings, groups, spoken, ["バス"]).loc[0]

    assert apart["p_max"] < 0.05
    assert together["p_max"] == 1
    assert np.isnan(together["p_exact"])
    assert "同じ回答者" in together["note"]


def test_copies_of_one_letter_are_one_voice() -> None:
    opinions, groups, codings = _study({"昼": (5, 6), "夜": (0, 6)})
    copied = opinions.assign(
        text=opinions["text"].where(~opinions["opinion_id"].isin(codings["opinion_id"]), "同文")
    )

    row = compare_themes_by_group(codings, groups, copied, ["バス"]).loc[0]

    assert (row["n_opinions"], row["n_total"], row["n_texts"]) == (5, 12, 8)
    assert row["p_exact"] == pytest.approx(2 / 8)
    assert "同じ文" in row["note"]


def test_the_same_text_in_two_groups_is_two_voices() -> None:
    opinions, groups, codings = _study({"昼": (2, 4), "夜": (1, 4)})
    row = compare_themes_by_group(codings, groups, opinions.assign(text="同文"), ["バス"]).loc[0]

    assert row["n_texts"] == 2


def test_opinions_without_a_group_take_no_part() -> None:
    opinions, groups, codings = _study({"昼": (2, 4), "夜": (1, 4)})
    partly = groups.assign(group=groups["group"].where(groups["opinion_id"] != "昼0"))

    row = compare_themes_by_group(codings, partly, opinions, ["バス"]).loc[0]

    assert (row["n_opinions"], row["n_total"]) == (2, 7)


@pytest.mark.parametrize("test", [compare_themes_by_group, describe_as_kh_coder])
def test_categories_are_never_tested(
    test: Callable[..., pd.DataFrame],
    codings: pd.DataFrame,
    opinions: pd.DataFrame,
    themes: list[str],
) -> None:
    groups = groups_by(opinions, "category")

    with pytest.raises(NotInDataError, match="分類は、テーマと同じ意見の文から付けられています"):
        test(codings, groups, opinions, themes)
    # a part of the table remembers where it comes from
    with pytest.raises(NotInDataError, match="同じ意見の文"):
        test(codings, groups.dropna().iloc[::-1], opinions, themes)


def test_one_group_cannot_be_compared(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    groups = groups_by(opinions, "session").iloc[2:4]

    with pytest.raises(NotInDataError, match=r"組は1つ.「第10回」.だけです"):
        compare_themes_by_group(codings, groups, opinions, themes)


def test_what_could_have_been_found_is_what_simulation_finds() -> None:
    sizes = np.array([50.0, 50, 50, 50])
    share = detectable_share(np.array([0.25]), sizes)[0]
    rng = np.random.default_rng(7)
    one = rng.binomial(50, share, 2000)
    others = rng.binomial(50, 0.25, (2000, 3))
    tables = np.column_stack([one, others])

    p = [chi2_contingency([row, 50 - row], correction=False).pvalue for row in tables]

    # the overall share lies a little above .25 where one group differs
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.8, abs=0.08)
    assert detectable_share(np.array([0.25] * 10), sizes)[0] > share


def test_where_nothing_could_be_found_that_is_missing() -> None:
    assert np.isnan(detectable_share(np.array([0.5]), np.array([3.0, 3.0]))).all()


def test_residuals_stand_beside_each_count_but_not_for_unrecorded_groups(
    codings: pd.DataFrame, opinions: pd.DataFrame
) -> None:
    cross = count_themes_by_group(codings, groups_by(opinions, "category"), ["バス", "防災"])

    cells = compare_cells(cross)

    assert cells[["theme", "group"]].astype("str").to_numpy().tolist() == [
        ["バス", "交通"],
        ["バス", "広報"],
        ["防災", "交通"],
        ["防災", "広報"],
    ]
    assert cells["expected"].to_list() == [1, 1, 0, 0]
    assert cells["pearson"].to_list()[:2] == pytest.approx([1, -1])
    assert cells["adjusted"].to_list()[:2] == pytest.approx([2, -2])
    assert cells.loc[2:, ["pearson", "adjusted"]].isna().all(axis=None)
