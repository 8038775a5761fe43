import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.tables import CODINGS, OPINIONS
from kyodo_analysis.themes.agreement import (
    AgreementSettings,
    cohen_kappa,
    compare_coders,
    krippendorff_alpha,
)
from kyodo_analysis.themes.tables import AGREEMENT, DISAGREEMENTS


def cross(first: str, second: str) -> np.ndarray:
    classes = sorted(set(first + second))
    pairs = list(zip(first, second, strict=True))
    return np.array([[pairs.count((a, b)) for b in classes] for a in classes])


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        ("aabbdcccedda", "babbbccceddd", 0.692),
        ("0100000010", "1110010000", 0.095),
    ],
)
def test_alpha_has_the_values_that_krippendorff_printed(
    first: str, second: str, alpha: float
) -> None:
    assert krippendorff_alpha(cross(first, second)) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_agrees_with_scikit_learn(seed: int) -> None:
    from sklearn.metrics import cohen_kappa_score

    first, second = np.random.default_rng(seed).choice(list("abc"), size=(2, 40))
    expected = cohen_kappa_score(first, second)
    assert cohen_kappa(cross("".join(first), "".join(second))) == pytest.approx(expected)


def test_tables_can_be_stacked_and_one_class_throughout_is_undefined() -> None:
    stacked = np.array([[[1, 0], [0, 1]], [[0, 0], [0, 2]], [[0, 1], [1, 0]]])
    np.testing.assert_array_equal(cohen_kappa(stacked), [1, np.nan, -1])
    np.testing.assert_array_equal(krippendorff_alpha(stacked), [1, np.nan, -0.5])


@pytest.fixture
def forty() -> pd.DataFrame:
    return OPINIONS.make(
        {
            "opinion_id": f"A{row}",
            "text": f"意見{row}。",
            "raw_text": f"意見{row}。",
            "source": f"opinions.txt:{row}行",
            "source_start": 0,
            "source_end": 4,
        }
        for row in range(1, 41)
    )


def codings_of(given: dict[tuple[str, str], range]) -> pd.DataFrame:
    return CODINGS.make(
        {
            "opinion_id": f"A{row}",
            "code": code,
            "coder": coder,
            "method": "rule" if coder == "codebook" else "human",
            "evidence": "橋[0-1]" if coder == "codebook" else None,
        }
        for (coder, code), rows in given.items()
        for row in rows
    )


@pytest.fixture
def codings() -> pd.DataFrame:
    return codings_of(
        {
            ("codebook", "橋"): range(1, 21),
            ("佐藤", "橋"): range(3, 23),
            ("codebook", "川"): range(1, 11),
            ("佐藤", "川"): range(1, 11),
        }
    )


def test_scores_count_the_opinions_of_each_coder(
    codings: pd.DataFrame, forty: pd.DataFrame
) -> None:
    found = compare_coders(
        codings, forty, first="codebook", second="佐藤", codes=["橋", "川", "海"]
    )
    scores = AGREEMENT.check(found.scores).set_index("code")
    counted = ["n_opinions", "n_first", "n_second", "n_both", "n_agreed"]
    assert scores.loc["橋", counted].tolist() == [40, 20, 20, 18, 36]
    assert scores.loc["橋", "agreement"] == pytest.approx(0.9)
    assert scores.loc["橋", "kappa"] == pytest.approx(0.8)
    assert scores.loc["橋", "kappa_low"] < 0.8 < scores.loc["橋", "kappa_high"]
    assert (
        scores.loc["橋", "alpha_low"] < scores.loc["橋", "alpha"] < scores.loc["橋", "alpha_high"]
    )
    assert pd.isna(scores.loc["橋", "reason"])


def test_what_is_undefined_is_missing_and_says_why(
    codings: pd.DataFrame, forty: pd.DataFrame
) -> None:
    found = compare_coders(codings, forty, first="codebook", second="佐藤", codes=["川", "海"])
    river, sea = found.scores.to_dict("records")
    assert (river["kappa"], river["alpha"]) == (1, 1)
    assert pd.isna(river["kappa_low"])
    assert river["reason"] == "全件で一致したため、再抽出による区間は出せません"
    assert pd.isna(sea["kappa"])
    assert sea["reason"] == "2人とも1件も付けなかったので、係数は計算できません"


def test_a_rare_code_has_no_interval_and_few_opinions_no_share(forty: pd.DataFrame) -> None:
    codings = codings_of({("codebook", "橋"): range(1, 2), ("佐藤", "橋"): range(1, 3)})
    found = compare_coders(
        codings, forty.head(29), first="codebook", second="佐藤", codes=["橋"]
    ).scores.iloc[0]
    assert (found["n_opinions"], found["n_agreed"]) == (29, 28)
    assert pd.isna(found["agreement"])
    assert pd.isna(found["kappa_low"])
    assert found["reason"] == "付いた意見が少なく、再抽出による区間は出せません"


def test_disagreements_show_the_opinion_and_why_it_was_coded(
    codings: pd.DataFrame, forty: pd.DataFrame
) -> None:
    found = compare_coders(codings, forty, first="佐藤", second="codebook", codes=["橋", "川"])
    rows = DISAGREEMENTS.check(found.disagreements).fillna("").to_dict("split")["data"]
    assert rows == [
        ["A1", "橋", "codebook", "佐藤", "橋[0-1]", "意見1。"],
        ["A2", "橋", "codebook", "佐藤", "橋[0-1]", "意見2。"],
        ["A21", "橋", "佐藤", "codebook", "", "意見21。"],
        ["A22", "橋", "佐藤", "codebook", "", "意見22。"],
    ]


def test_the_interval_depends_on_the_seed_and_not_on_the_other_codes(
    codings: pd.DataFrame, forty: pd.DataFrame
) -> None:
    def low(codes: list[str], seed: int) -> float:
        settings = AgreementSettings(n_resamples=500, seed=seed)
        found = compare_coders(
            codings, forty, first="codebook", second="佐藤", codes=codes, settings=settings
        )
        return found.scores.set_index("code").loc["橋", "kappa_low"]

    assert low(["橋"], 1) == low(["海", "川", "橋"], 1)
    assert len({low(["橋"], seed) for seed in range(5)}) > 1


def test_the_interval_agrees_with_resampled_opinions(
    codings: pd.DataFrame, forty: pd.DataFrame
) -> None:
    from sklearn.metrics import cohen_kappa_score

    first, second = (np.isin(np.arange(1, 41), rows) for rows in (range(1, 21), range(3, 23)))
    rng = np.random.default_rng(0)
    samples = (rng.integers(40, size=40) for _ in range(300))
    kappas = [cohen_kappa_score(first[rows], second[rows]) for rows in samples]
    found = compare_coders(codings, forty, first="codebook", second="佐藤", codes=["橋"])
    interval = found.scores.loc[0, ["kappa_low", "kappa_high"]].tolist()
    assert interval == pytest.approx(np.percentile(kappas, [2.5, 97.5]).tolist(), abs=0.06)


def test_a_coder_without_codings_is_named(codings: pd.DataFrame, forty: pd.DataFrame) -> None:
    with pytest.raises(NotInDataError, match=r"コーダー「鈴木」.*あるのは codebook、佐藤"):
        compare_coders(codings, forty, first="codebook", second="鈴木", codes=["橋"])
