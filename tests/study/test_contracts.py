from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from kyodo_analysis.contract import Column, Table
from kyodo_analysis.errors import TableError
from kyodo_analysis.measures.tables import THEME_COUNTS
from kyodo_analysis.notebook import show
from kyodo_analysis.study.contracts import all_contracts, describe_contracts, for_analyst
from kyodo_analysis.tables import CODES, EVIDENCE, SESSIONS

TOWN = Table(
    "town",
    "町",
    "1行 = 1つの町",
    (
        Column("name", "text", "名前", "町の名前"),
        Column("people", "integer", "人口", "人数(人)", optional=True),
    ),
    key=("name",),
)


def test_rows_become_columns_of_the_contract_with_missing_values():
    made = TOWN.make([{"name": "北台", "people": 3}, {"name": "川端"}])
    assert list(made.columns) == ["name", "people"]
    assert made["people"].isna().tolist() == [False, True]
    assert str(made["people"].dtype) == "Int64"


def test_no_rows_still_have_their_types():
    assert [str(dtype) for dtype in TOWN.make().dtypes] == ["str", "Int64"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"name": "北台", "mayor": "?"}], "知らない列"),
        ([{"people": 3}], "1行目が空です"),
        ([{"name": "北台"}, {"name": "北台"}], "同じ行が二度あります"),
    ],
)
def test_a_row_that_breaks_the_contract_is_named(rows, said):
    with pytest.raises(TableError, match=said):
        TOWN.make(rows)


HOUSES = Table(
    "houses",
    "家",
    "1行 = 1軒",
    (Column("town", "label", "町", "町の名前"), Column("number", "integer", "番地", "家の番号")),
    key=("town", "number"),
)


@pytest.mark.parametrize("order", ["rising", "mixed"])
@pytest.mark.parametrize("town_dtype", ["category", "str"])
def test_a_key_of_several_columns_may_not_repeat_in_any_order(order, town_dtype):
    rows = [("北台", 1), ("北台", 7), ("川端", 1), ("川端", 2)]
    if order == "mixed":
        rows = [rows[at] for at in (3, 0, 2, 1)]
    towns, numbers = zip(*rows, strict=True)
    houses = pd.DataFrame({"town": pd.Series(towns, dtype=town_dtype), "number": numbers})
    assert HOUSES.check(houses) is houses
    with pytest.raises(TableError, match=r"同じ行が二度あります.*川端.*2"):
        HOUSES.check(pd.concat([houses, houses[houses["number"] == 2]], ignore_index=True))


def test_a_column_of_another_type_or_order_is_refused():
    with pytest.raises(TableError, match="型が"):
        TOWN.check(TOWN.make([{"name": "北台"}]).astype({"people": "float64"}))
    with pytest.raises(TableError, match="列が"):
        TOWN.check(TOWN.make()[["people", "name"]])


def test_an_analyst_reads_japanese_headers():
    assert list(TOWN.for_analyst(TOWN.make()).columns) == ["名前", "人口"]


def test_tables_can_be_told_apart_by_their_columns():
    columns = Counter(tuple(table.names) for table in all_contracts())
    assert [names for names, times in columns.items() if times > 1] == []


def test_the_data_dictionary_is_the_contracts_own():
    path = Path(__file__).parent.parent.parent / "docs" / "data-dictionary.md"
    assert path.read_text(encoding="utf-8") == describe_contracts(), (
        "python -m kyodo_analysis.study.contracts を実行してください"
    )


@pytest.fixture
def counts():
    rows = (("道", 62, 410, 0.1512), ("橋", 3, 410, 0.0073))
    columns = ("theme", "n_opinions", "n_total", "share")
    return THEME_COUNTS.make(
        {**dict(zip(columns, row, strict=True)), "opinion_ids": "A1"} for row in rows
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda counts: counts,
        lambda counts: counts[["n_opinions", "theme"]],
        lambda counts: counts[counts["n_opinions"] > 10],
        lambda counts: counts.assign(rank=1),
        lambda counts: counts.sort_values("n_opinions").head(1)[["n_total"]],
        lambda counts: counts.merge(CODES.make(), left_on="theme", right_on="code", how="left"),
        lambda counts: pd.concat([counts, counts]),
        lambda counts: pd.DataFrame(counts.to_dict("list"))[["theme", "share", "n_total"]],
    ],
)
def test_a_column_keeps_its_header_whatever_is_done_to_its_table(counts, change):
    labels = {column.name: column.label for column in THEME_COUNTS.columns}
    changed = change(counts)
    shown = dict(zip(changed.columns, for_analyst(changed).columns, strict=True))
    assert {name: shown[name] for name in changed.columns if name in labels} == {
        name: label for name, label in labels.items() if name in changed.columns
    }


def test_the_same_name_means_what_its_own_table_says():
    starts = {"sessions": "開始時刻", "evidence": "開始", "attendance": None}
    for table in (SESSIONS, EVIDENCE):
        assert list(for_analyst(table.make()[["start"]]).columns) == [starts[table.name]]


def test_a_column_that_no_table_has_keeps_its_name(counts):
    assert list(for_analyst(counts.assign(mine=1)[["mine"]]).columns) == ["mine"]
    assert list(for_analyst(counts.assign(x=1)[["x"]]).columns) == ["x"], "no map's 横位置"


def test_a_joined_column_keeps_the_header_of_its_own_table(counts):
    codes = CODES.make([{"code": "道", "definition": "道のこと", "rule": "道", "source": "1行"}])
    joined = counts.merge(codes, left_on="theme", right_on="code", how="left")
    assert "定義" in for_analyst(joined).columns


def test_a_share_is_shown_in_percent_and_a_number_is_not(counts):
    shown = show(counts[["theme", "share"]]).frame
    assert shown["割合"].tolist() == ["15.1%", "0.7%"]
    frame = pd.DataFrame({"theme": ["道"], "chi2": [3.84159]})
    assert show(frame).frame.iloc[:, 1].tolist() == ["3.842"]
