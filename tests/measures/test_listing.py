import pandas as pd

from kyodo_analysis.measures.listing import list_names

FRAME = pd.DataFrame(
    {
        "session": pd.Categorical(["第2回", "第1回", "第2回", "第2回", "第1回", "第2回"]),
        "organization": ["緑の会", "川の会", "川の会", "緑の会", "緑の会", "緑の会"],
    }
)


def test_names_are_listed_once_in_order_of_appearance_within_their_group():
    listed = list_names(FRAME, ["session"], "organization")
    assert listed["names"].to_dict() == {"第1回": "川の会、緑の会", "第2回": "緑の会、川の会"}
    assert listed["n_names"].tolist() == [2, 2]
    assert listed["n"].tolist() == [2, 4]


def test_groups_of_two_labels_are_those_that_occur():
    rows = FRAME.assign(kind=["要望", "提案", "要望", "提案", "提案", "要望"])
    listed = list_names(rows, ["session", "kind"], "organization")
    assert listed["names"].to_dict() == {
        ("第1回", "提案"): "川の会、緑の会",
        ("第2回", "提案"): "緑の会",
        ("第2回", "要望"): "緑の会、川の会",
    }


def test_no_rows_are_no_groups():
    assert list_names(FRAME.head(0), ["session"], "organization").empty


def test_rows_without_a_group_do_not_count():
    listed = list_names(
        FRAME.assign(session=FRAME["session"].where(FRAME.index != 0)), ["session"], "organization"
    )
    assert listed["names"].to_dict() == {"第1回": "川の会、緑の会", "第2回": "川の会、緑の会"}
    assert listed["n"].tolist() == [2, 3]
