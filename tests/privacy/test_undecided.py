import pytest

from kyodo_analysis.privacy import hide_undecided
from kyodo_analysis.privacy.tables import DECISIONS, PERSONAL_DATA

NUMBER = "000-0000-0000"


def _finding(finding_id):
    return {
        "finding_id": finding_id,
        "opinion_id": "A1",
        "column": "意見",
        "kind": "電話番号",
        "matched": NUMBER,
        "start": 0,
        "end": len(NUMBER),
        "reason": "電話番号の形",
    }


@pytest.mark.parametrize("written", [[], [{"finding_id": "a", "treatment": None}]])
def test_what_is_not_decided_is_hidden(written):
    decisions = DECISIONS.make(
        {"opinion_id": "A1", "kind": "電話番号", "matched": NUMBER, "row": 2, **row}
        for row in written
    )
    made = hide_undecided(PERSONAL_DATA.make([_finding("a")]), decisions)
    assert made["treatment"].tolist() == ["伏せる"]


def test_what_is_decided_stays_as_it_was():
    decisions = DECISIONS.make(
        [
            {
                "finding_id": "b",
                "opinion_id": "A1",
                "kind": "電話番号",
                "matched": NUMBER,
                "treatment": "公開",
                "row": 2,
            }
        ]
    )
    made = hide_undecided(PERSONAL_DATA.make([_finding("a"), _finding("b")]), decisions)
    assert made.set_index("finding_id")["treatment"].to_dict() == {"a": "伏せる", "b": "公開"}
