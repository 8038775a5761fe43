import re
from datetime import date

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from kyodo_analysis.charts import plot_opinions_per_category
from kyodo_analysis.errors import NotInDataError, ReadingError
from kyodo_analysis.measures import count_opinions_by_group, groups_by
from kyodo_analysis.measures.tables import RULE_WORDS, THEME_PAIRS
from kyodo_analysis.notebook import Listing, Report, Sentence, ask, first, say, show
from kyodo_analysis.notebook.asking import forget_reasons
from kyodo_analysis.notebook.progress import report_in_cell
from kyodo_analysis.output import ReportContext


@pytest.fixture(autouse=True)
def _new_notebook():
    forget_reasons()


def _refuse(*_):
    raise NotInDataError("回ごとの集計", "回の記録がありません")


def _break(*_):
    raise ReadingError("report.txt", "読めません")


@pytest.fixture
def refused():
    return ask(_refuse)


@pytest.fixture
def report(tmp_path):
    context = ReportContext(
        tmp_path, "reports/x", "架空の資料", date(2025, 6, 3), n=5, data_sha256="0" * 64
    )
    return Report(study=None, tables=None, context=context)


def test_what_the_data_cannot_answer_becomes_a_sentence(refused):
    assert refused == Sentence("回ごとの集計: 回の記録がありません。")


def test_a_question_about_an_unanswered_question_gives_the_same_reason(refused, opinions):
    assert ask(count_opinions_by_group, refused) is refused


def test_a_broken_file_is_no_sentence():
    with pytest.raises(ReadingError):
        ask(_break)


def test_the_reason_is_shown_once_and_then_kept_silent(refused, report):
    assert show(refused) is refused
    assert say(len, refused) is None
    drawn = report.draw(plot_opinions_per_category, refused, name="x", title="x", alt=None)
    assert drawn is None
    assert list(report.context.folder.iterdir()) == []


def test_a_reason_is_said_once_a_notebook_and_again_where_its_cell_runs_again(refused, monkeypatch):
    cells = iter(["first", "second", "first"])
    monkeypatch.setattr("kyodo_analysis.notebook.asking._current_cell", lambda: next(cells))
    assert [show(refused), show(refused), show(refused)] == [refused, None, refused]
    forget_reasons()
    monkeypatch.undo()
    assert [show(refused), show(refused)] == [refused, None]


def test_a_mistake_of_the_analyst_is_a_sentence_in_a_notebook_and_no_traceback(capsys):
    shell = InteractiveShell.instance()
    shell.run_cell("from kyodo_analysis.errors import StudyError; raise StudyError('町', '無い')")
    said = "".join(capsys.readouterr())
    assert "町: 無い。" in said
    assert "Traceback" not in said
    assert "raise StudyError" not in said


def test_headers_are_japanese_and_empty_columns_are_left_out(opinions):
    shown = show(opinions)
    assert isinstance(shown, Listing)
    assert "意見番号" in shown.frame.columns
    assert "回答者" not in shown.frame.columns


def test_markup_in_an_opinion_is_shown_as_text(opinions):
    nasty = "<script>alert(1)</script><img src=x>"
    page = show(opinions.assign(text=nasty))._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert Sentence(nasty)._repr_html_().count("<") == 2


def test_markup_in_a_header_is_shown_as_text(opinions):
    cross = pd.DataFrame({"theme": ["道"], "group": ["<img src=x>"], "n_opinions": [1]})
    page = show(cross, wide=("theme", "group", "n_opinions"))._repr_html_()
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


def test_dollars_in_an_opinion_are_no_mathematics(opinions):
    page = show(opinions.assign(text="$100$と$200$"))._repr_html_()
    assert "$100$と$200$" in page
    assert 'class="dataframe tex2jax_ignore mathjax_ignore"' in page


def test_line_breaks_are_seen_as_such_and_a_backslash_stays_one(opinions):
    page = show(opinions.assign(text="税が\n高い\r\n橋\\n"))._repr_html_()
    assert "税が<br>高い<br>橋\\n<" in page


def test_words_stand_at_the_left_and_numbers_do_not(opinions):
    page = show(opinions.head(1), ["text", "session"])._repr_html_()
    left = '<div style="text-align: left">'
    assert f"<th>{left}意見</div></th>" in page
    assert f"<td>{left}税が高い。" in page
    assert page.count(left) == 2
    assert "<th>回</th>" in page
    assert "<td>1</td>" in page


def test_rows_that_are_left_out_are_counted(opinions):
    shown = show(opinions, ["opinion_id"], most=2)
    assert list(shown.frame["意見番号"]) == ["A1", "A2"]
    assert "ほかに3行あります" in repr(shown)
    assert "ほかに3行あります" in shown._repr_html_()


def test_a_table_without_rows_says_so(opinions):
    shown = show(opinions, where="category == '騒音'")
    assert shown == Sentence("「意見」に、当てはまるものはありません。")
    nameless = pd.DataFrame({"mine": []})
    assert show(nameless) == Sentence("この表に、当てはまるものはありません。")
    with pytest.raises(NotInDataError):
        first(opinions.head(0), "text")


def test_a_cross_table_keeps_the_order_of_themes_and_groups():
    cross = pd.DataFrame(
        {
            "theme": ["道", "道", "税", "税"],
            "group": ["第2回", "第10回", "第2回", "第10回"],
            "n_opinions": [1, 2, 3, 4],
            "n_group": 5,
            "share": None,
            "low": None,
            "high": None,
        }
    )
    shown = show(cross, wide=("theme", "group", "n_opinions")).frame
    assert list(shown.columns) == ["テーマ", "第2回", "第10回"]
    assert shown.to_numpy().tolist() == [["道", 1, 2], ["税", 3, 4]]


def test_a_drawn_chart_is_saved_with_its_numbers_under_japanese_headers(opinions, report, capsys):
    counts = count_opinions_by_group(groups_by(opinions, "category"))
    saved = report.draw(
        plot_opinions_per_category,
        counts,
        name="per_category",
        title="分類ごと",
        alt=Sentence("2件ずつ。"),
    )
    assert saved.png.exists()
    assert saved.alt == "分類ごと。2件ずつ。"
    assert saved.numbers.read_text(encoding="utf-8-sig").startswith("組,意見数")
    assert "保存しました" in capsys.readouterr().out


def test_a_chart_that_the_numbers_do_not_carry_is_answered_by_its_reason(report, opinions):
    counts = count_opinions_by_group(groups_by(opinions, "category"))
    assert report.draw(_refuse, counts, name="x", title="x", alt=None) == ask(_refuse)
    assert not (report.context.folder / "figures").exists()


def test_figures_are_closed_after_saving(report, opinions):
    counts = count_opinions_by_group(groups_by(opinions, "category"))
    report.draw(plot_opinions_per_category, counts, name="x", title="x", alt=None)
    assert plt.get_fignums() == []


def test_progress_is_shown_below_the_running_cell_and_then_taken_away(monkeypatch, capsys):
    cleared = []
    monkeypatch.setattr("IPython.display.clear_output", lambda wait: cleared.append(wait))
    now = [100.0]
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    line = report_in_cell("分かち書き")
    line(0, 100)
    now[0] += 10
    line(50, 100)
    assert capsys.readouterr().out == "分かち書き: 50/100件(50%) 毎秒5件 残り00:10\n"
    line(100, 100)
    assert cleared[0] is True, "what comes next takes its place"
    assert cleared[-1] is False, "and at last nothing does"


def test_yes_and_no_are_words(opinions):
    holds = pd.DataFrame({"mine": [True, False]})
    assert show(holds).frame["mine"].tolist() == ["はい", "いいえ"]


@pytest.fixture
def _in_a_report(monkeypatch):
    monkeypatch.setenv("KYODO_REPORT_RUN", "x")


COUNTED = pd.DataFrame(
    {
        "theme": ["道", "道", "税", "税"],
        "group": ["A", "B", "A", "B"],
        "n_opinions": [2, 0, 1, 1],
        "opinion_ids": ["A1、A2", "", "A1", "B&1"],
    }
)


@pytest.mark.usefixtures("_in_a_report")
@pytest.mark.parametrize("wide", [None, ("theme", "group", "n_opinions")])
def test_in_a_report_each_number_links_to_exactly_the_voices_that_it_counts(wide):
    page = show(COUNTED, wide=wide)._repr_html_()
    links = re.findall(r'<a href="voices.html#ids=([^"]*)">(\d+)</a>', page)
    assert sorted(links) == [("A1", "1"), ("A1,A2", "2"), ("B%261", "1")]


@pytest.mark.usefixtures("_in_a_report")
def test_a_list_of_fewer_opinions_is_linked_from_the_count_that_it_stands_for():
    word = {"theme": "橋", "word": "橋", "n_opinions": 3, "n_alone": 1, "n_left": 4, "n_theme": 5}
    words = RULE_WORDS.make([{**word, "carries_half": True, "opinion_ids": "A1"}])
    pair = {"theme_a": "橋", "theme_b": "税", "n_both": 2, "n_a": 3, "n_b": 2, "jaccard": 0.5}
    pairs = THEME_PAIRS.make([{**pair, "opinion_ids": "A1、A2"}])
    for table, linked in ((words, ("A1", "1")), (pairs, ("A1,A2", "2"))):
        page = show(table)._repr_html_()
        assert re.findall(r'<a href="voices.html#ids=([^"]*)">(\d+)</a>', page) == [linked]


def test_in_the_lab_a_number_is_a_number():
    assert "<a " not in show(COUNTED)._repr_html_()


@pytest.mark.usefixtures("_in_a_report")
def test_a_table_that_lists_no_voices_or_no_count_has_no_links():
    for columns in (["theme", "n_opinions"], ["theme", "opinion_ids"]):
        assert "<a " not in show(COUNTED[columns])._repr_html_()
