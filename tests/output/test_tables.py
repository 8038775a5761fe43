import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.output import read_csv, write_csv

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "－5", "'=1", "''"]


def written(table, folder):
    return write_csv(table, folder / "t.csv")


@pytest.mark.parametrize("text", RUNS)
def test_nothing_that_a_spreadsheet_would_run_stands_at_the_beginning_of_a_cell(tmp_path, text):
    path = written(pd.DataFrame({text: [text]}), tmp_path)
    cells = path.read_bytes().decode("utf-8-sig").replace('"', "")
    assert cells == f"'{text}\r\n'{text}\r\n"
    back = read_csv(path)
    assert back.columns.to_list() == [text]
    assert back.iloc[0, 0] == text


def test_negative_numbers_stay_numbers(tmp_path):
    path = written(pd.DataFrame({"差": [-5, 3]}), tmp_path)
    assert path.read_text(encoding="utf-8-sig") == "差\n-5\n3\n"


def test_excel_finds_the_encoding(tmp_path):
    assert written(pd.DataFrame({"意見": ["税"]}), tmp_path).read_bytes()[:3] == b"\xef\xbb\xbf"


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(texts, min_size=1, max_size=5))
def test_every_text_reads_back_as_it_was(tmp_path_factory, given_texts):
    path = written(pd.DataFrame({"意見": given_texts}), tmp_path_factory.mktemp("csv"))
    assert read_csv(path)["意見"].to_list() == given_texts


def test_words_that_look_like_missing_values_are_words(tmp_path):
    path = written(pd.DataFrame({"意見": ["NA", "null", "007", None]}), tmp_path)
    assert read_csv(path)["意見"].fillna("空").to_list() == ["NA", "null", "007", "空"]


def test_a_categorical_column_is_guarded_too_and_the_table_is_not_changed(tmp_path):
    table = pd.DataFrame({"組": pd.Categorical(["=1", "a"])})
    before = table.copy()
    assert b"'=1" in written(table, tmp_path).read_bytes()
    pd.testing.assert_frame_equal(table, before)


def test_the_same_table_gives_the_same_bytes(tmp_path):
    table = pd.DataFrame({"割合": [1 / 3, None], "語": ["税", "橋"]})
    assert written(table, tmp_path).read_bytes() == written(table, tmp_path).read_bytes()
