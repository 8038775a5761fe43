from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import correct_theme_counts, count_themes, plan_sample
from kyodo_analysis.measures.corrected import correct_share
from kyodo_analysis.tables import CODINGS, OPINIONS


def _opinions(n: int) -> pd.DataFrame:
    return OPINIONS.make(
        dict.fromkeys(("opinion_id", "text", "raw_text", "source"), f"意見{number}")
        | {"source_start": 0, "source_end": 1}
        for number in range(n)
    )


def _codings(numbers: list[int], coder: str) -> pd.DataFrame:
    return CODINGS.make(
        {"opinion_id": f"意見{number}", "code": "バス", "coder": coder, "method": "rule"}
        for number in numbers
    )


def test_the_estimate_is_right_on_average_over_every_possible_sample() -> None:
    truth = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    rule = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    found = []
    for drawn in combinations(range(10), 6):
        read, given = rule[list(drawn)], truth[list(drawn)]
        if 0 < read.sum() < 6:
            hits, missed = int((read * given).sum()), int(((1 - read) * given).sum())
            n_fired = int(read.sum())
            found.append(correct_share(4, 6, (hits, n_fired), (missed, 6 - n_fired)).share)

    assert np.mean(found) == pytest.approx(truth.mean())


def test_intervals_hold_the_true_share_where_the_rules_miss_and_fire_wrongly() -> None:
    rng = np.random.default_rng(11)
    held, widths, alone = 0, [], []
    for _ in range(300):
        truth = rng.random(1000) < 0.2
        rule = np.where(truth, rng.random(1000) < 0.85, rng.random(1000) < 0.03)
        read, given = rule[:100], truth[:100]
        hits, fired = int((read & given).sum()), int(read.sum())
        missed = int((~read & given).sum())
        found = correct_share(
            int(rule.sum()), int((~rule).sum()), (hits, fired), (missed, 100 - fired)
        )
        sample = correct_share(0, 1000, (0, 0), (hits + missed, 100))
        held += found.low <= truth.mean() <= found.high
        widths.append(found.high - found.low)
        alone.append(sample.high - sample.low)

    # 95 % of 300 are 285; fewer than 272 would come up once in a thousand times
    assert held >= 272
    assert np.mean(widths) < 0.65 * np.mean(alone)


def test_where_everything_was_read_the_persons_count_is_the_count() -> None:
    table = correct_theme_counts(
        _codings([0, 1, 2], "codebook"), _codings([1, 2, 3, 4], "甲"), _opinions(8), _opinions(8),
        ["バス"],
    )  # fmt: skip

    row = table.loc[0]
    assert row[["n_rule", "n_given", "n_corrected", "low", "high"]].to_list() == [3, 4, 4, 4, 4]
    assert (row["sensitivity"], row["specificity"]) == (2 / 4, 3 / 4)
    assert "全件を人が読んだ" in row["note"]


def test_a_sample_mends_the_count_of_each_theme_for_each_person() -> None:
    opinions = _opinions(200)
    people = pd.concat([_codings(list(range(12)), "甲"), _codings(list(range(6)), "乙")])

    table = correct_theme_counts(
        _codings([*range(6), *range(100, 130)], "codebook"),
        people,
        opinions,
        opinions.head(50),
        ["バス", "税"],
    )

    first = table.iloc[0]
    # all 6 coded of the sample are right, 6 of 44 others are missed
    assert first["n_corrected"] == pytest.approx(36 + 164 * 6 / 44)
    assert first["low"] < first["n_corrected"] < first["high"]
    assert table[["theme", "coder"]].astype("str").to_numpy().tolist() == [
        ["バス", "甲"],
        ["税", "甲"],
        ["バス", "乙"],
        ["税", "乙"],
    ]
    assert table["sensitivity"].isna().to_list() == [False, True, False, True]


def test_a_rare_theme_that_nobody_saw_still_has_an_upper_bound() -> None:
    found = correct_share(0, 1000, (0, 0), (0, 100))

    assert (found.share, found.low) == (0, 0)
    # Jeffreys' upper bound of 0 in 99 / (1 - 100 / 1000) opinions
    assert found.high == pytest.approx(0.0225, abs=1e-3)


def test_a_sample_that_rules_do_not_help_says_so() -> None:
    opinions = _opinions(200)
    table = correct_theme_counts(
        _codings(list(range(0, 200, 2)), "codebook"),
        _codings([n for n in range(60) if n % 4 < 2], "甲"),
        opinions,
        opinions.head(60),
        ["バス"],
    )

    assert "標本だけから" in table.loc[0, "note"]


def test_too_few_read_are_refused_and_nobody_too() -> None:
    opinions, coded = _opinions(100), _codings([1], "codebook")

    with pytest.raises(NotInDataError, match="100件のうち29件"):
        correct_theme_counts(coded, _codings([1], "甲"), opinions, opinions.head(29), ["バス"])
    with pytest.raises(NotInDataError, match="シートがありません"):
        correct_theme_counts(coded, CODINGS.make(), opinions, opinions.head(50), ["バス"])


def test_the_sample_asked_for_gives_an_interval_of_the_wanted_width() -> None:
    opinions = _opinions(1000)
    counts = count_themes(_codings(list(range(300)), "codebook"), opinions, ["バス"])

    sizes = plan_sample(counts).set_index("half_width")["n_read"]

    for half_width, n in sizes.items():
        found = correct_share(0, 1000, (0, 0), (round(0.3 * n), int(n)))
        assert (found.high - found.low) / 2 == pytest.approx(half_width, rel=0.06)
    assert plan_sample(counts.assign(n_total=40, n_opinions=12))["n_read"].to_list()[0] == 30
