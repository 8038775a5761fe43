"""What every public function of the room promises alike."""

from collections.abc import Callable

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kyodo_analysis import measures
from kyodo_analysis.contract import Table
from kyodo_analysis.measures import tables
from kyodo_analysis.tables import CODINGS, CROSS_TABLE, EVIDENCE, GROUPS, PHRASES

Tables = dict[str, pd.DataFrame]
THEMES = ["負担", "バス", "知らせ方", "防災"]
FEW = measures.Shuffles(n=9)

CALLS: dict[str, tuple[Table, Callable[[Tables], pd.DataFrame]]] = {
    "groups_by": (GROUPS, lambda t: measures.groups_by(t["opinions"], "category")),
    "groups_by attribute": (
        GROUPS,
        lambda t: measures.groups_by(t["opinions"], "年代", t["attributes"]),
    ),
    "count_opinions_by_group": (
        tables.GROUP_COUNTS,
        lambda t: measures.count_opinions_by_group(t["groups"]),
    ),
    "count_terms": (tables.TERM_COUNTS, lambda t: measures.count_terms(t["terms"])),
    "count_themes": (
        tables.THEME_COUNTS,
        lambda t: measures.count_themes(t["codings"], t["opinions"], t["codes"]["code"]),
    ),
    "count_themes_by_group": (
        CROSS_TABLE,
        lambda t: measures.count_themes_by_group(t["codings"], t["groups"], t["codes"]["code"]),
    ),
    "count_phrases_by_theme": (
        tables.PHRASE_COUNTS,
        lambda t: measures.count_phrases_by_theme(t["phrases"], t["codings"], t["codes"]["code"]),
    ),
    "count_attendance": (
        tables.ATTENDANCE_COUNTS,
        lambda t: measures.count_attendance(t["attendance"], t["sessions"]),
    ),
    "count_organization_types": (
        tables.ORGANIZATION_TYPE_COUNTS,
        lambda t: measures.count_organization_types(t["attendance"]),
    ),
    "describe_sessions": (
        tables.SESSION_THEMES,
        lambda t: measures.describe_sessions(
            t["codings"], t["opinions"], t["sessions"], t["codes"]["code"]
        ),
    ),
    "count_theme_pairs": (
        tables.THEME_PAIRS,
        lambda t: measures.count_theme_pairs(t["codings"], t["opinions"], t["codes"]["code"]),
    ),
    "describe_as_kh_coder": (
        tables.KH_CODER_TESTS,
        lambda t: measures.describe_as_kh_coder(
            t["codings"], t["sessions of"], t["opinions"], t["codes"]["code"]
        ),
    ),
    "compare_themes_by_group": (
        tables.THEME_TESTS,
        lambda t: measures.compare_themes_by_group(
            t["codings"], t["sessions of"], t["opinions"], t["codes"]["code"], shuffles=FEW
        ),
    ),
    "compare_cells": (
        tables.RESIDUALS,
        lambda t: measures.compare_cells(
            measures.count_themes_by_group(t["codings"], t["groups"], t["codes"]["code"])
        ),
    ),
    "compare_terms_by_group": (
        tables.KEYNESS,
        lambda t: measures.compare_terms_by_group(
            t["terms"], t["groups"], t["opinions"], shuffles=FEW
        ),
    ),
    "find_candidate_terms": (
        tables.CANDIDATE_TERMS,
        lambda t: measures.find_candidate_terms(
            t["terms"], t["codings"], t["opinions"], "バス", shuffles=FEW
        ),
    ),
    "find_returning": (tables.RETURNING, lambda t: measures.find_returning(t["attendance"])),
    "find_concordance": (
        tables.CONCORDANCE,
        lambda t: measures.find_concordance(t["opinions"], "広報"),
    ),
    "find_concordance of a term": (
        tables.CONCORDANCE,
        lambda t: measures.find_concordance(t["opinions"], "知る", terms=t["terms"]),
    ),
    "select_quotes": (
        tables.QUOTES,
        lambda t: measures.select_quotes(
            t["opinions"], t["codings"], t["evidence"], t["codes"]["code"]
        ),
    ),
    "opinion_matrix": (
        tables.OPINION_MATRIX,
        lambda t: measures.opinion_matrix(t["codings"], t["opinions"], t["codes"]["code"]),
    ),
    "describe_duplicates": (
        tables.DUPLICATE_GROUPS,
        lambda t: measures.describe_duplicates(t["duplicates"], t["opinions"]),
    ),
    "count_texts": (tables.TEXT_COUNTS, lambda t: measures.count_texts(t["duplicates"])),
}
EVERY_CALL = pytest.mark.parametrize(("contract", "call"), CALLS.values(), ids=CALLS)


@pytest.fixture
def given(
    opinions: pd.DataFrame,
    codings: pd.DataFrame,
    attributes: pd.DataFrame,
    evidence: pd.DataFrame,
    phrases: pd.DataFrame,
    terms: pd.DataFrame,
    sessions: pd.DataFrame,
    attendance: pd.DataFrame,
) -> Tables:
    tables_given = {
        "opinions": opinions,
        "codings": codings,
        "attributes": attributes,
        "evidence": evidence,
        "phrases": phrases,
        "terms": terms,
        "sessions": sessions,
        "attendance": attendance,
    }
    return tables_given | {
        "groups": measures.groups_by(opinions, "category"),
        "sessions of": measures.groups_by(opinions, "session"),
        "codes": pd.DataFrame({"code": THEMES}),
        "duplicates": pd.DataFrame(
            {
                "opinion_id": opinions["opinion_id"],
                "family": opinions["opinion_id"].iloc[[0, 0, 2, 3, 4]].array,
                "is_first": [True, False, True, True, True],
                "n_in_family": [2, 2, 1, 1, 1],
                "kind": ["代表", "同文", *["代表"] * 3],
            }
        ),
    }


@EVERY_CALL
def test_the_result_keeps_its_contract_and_counts_its_rows_from_zero(
    contract: Table, call: Callable[[Tables], pd.DataFrame], given: Tables
) -> None:
    result = contract.check(call(given))

    assert list(result.index) == list(range(len(result)))


@EVERY_CALL
def test_the_inputs_stay_as_they_were_and_the_result_is_the_same_twice(
    contract: Table, call: Callable[[Tables], pd.DataFrame], given: Tables
) -> None:
    before = {name: frame.copy(deep=True) for name, frame in given.items()}

    assert_frame_equal(call(given), call(given))
    for name, frame in given.items():
        assert_frame_equal(frame, before[name])


@EVERY_CALL
def test_columns_kept_as_categories_change_nothing(
    contract: Table, call: Callable[[Tables], pd.DataFrame], given: Tables
) -> None:
    columns = ["opinion_id", "term", "part_of_speech", "code", "category", "organization_type"]
    compact = {
        name: frame.astype(
            {c: "category" for c in columns if c in frame and name not in ("groups", "sessions of")}
        )
        for name, frame in given.items()
    }

    assert_frame_equal(call(compact).astype("str"), call(given).astype("str"))


@pytest.mark.parametrize(
    "name", ["count_themes", "count_themes_by_group", "opinion_matrix", "count_phrases_by_theme"]
)
def test_themes_without_any_coding_are_still_counted_as_zero(name: str, given: Tables) -> None:
    contract, call = CALLS[name]
    empty = given | {"codings": CODINGS.make(), "phrases": PHRASES.make()}

    result = contract.check(call(empty))

    assert set(result["theme"]) == set(THEMES)
    assert not result.filter(["n_opinions", "coded", "n_theme"]).to_numpy().any()


def test_no_codings_give_no_quotes(given: Tables) -> None:
    empty = given | {"codings": CODINGS.make(), "evidence": EVIDENCE.make()}

    assert CALLS["select_quotes"][1](empty).empty


@pytest.mark.parametrize(
    "name",
    [
        "count_themes",
        "count_themes_by_group",
        "count_phrases_by_theme",
        "count_theme_pairs",
        "compare_themes_by_group",
        "compare_cells",
        "opinion_matrix",
        "select_quotes",
    ],
)
def test_a_study_without_a_codebook_gives_empty_tables(name: str, given: Tables) -> None:
    contract, call = CALLS[name]
    nothing = given | {"codes": given["codes"].iloc[:0], "codings": CODINGS.make()}

    assert contract.check(call(nothing)).empty
