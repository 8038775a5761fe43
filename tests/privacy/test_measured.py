"""What docs/privacy.md says of how much is found is what is found."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def measured():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import privacy as benchmark
    finally:
        sys.path.pop(0)
    planted = benchmark.read_planted(benchmark.PLANTED)
    return planted, benchmark, *benchmark.measure(planted)


def test_of_each_kind_at_least_95_percent_is_found_wholly_and_few_flags_are_false(measured):
    _, _, table, said = measured
    assert (table["whole"] >= 0.95 * table["places"]).all(), said
    assert table.loc["計", "false"] <= 0.1 * table.loc["計", "flags"], said


def test_the_set_is_large_and_holds_sentences_without_personal_data(measured):
    planted, *_ = measured
    assert len(planted) >= 400
    assert sum(not words for _, words in planted) == 280


def test_the_page_shows_the_table_that_the_command_makes(measured):
    _, benchmark, table, _ = measured
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    shown = page.partition(benchmark.BEGIN)[2].partition(benchmark.END)[0].strip()
    assert shown == benchmark.describe(table), (
        "python benchmarks/privacy.py --docs を実行してください"
    )
    assert f"{len(measured[0])}文" in page
