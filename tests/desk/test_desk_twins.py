from datetime import date

import pytest

from kyodo_analysis.desk.choosing import Asked, Choosing
from kyodo_analysis.desk.judging import JudgedVoices
from kyodo_analysis.notebook import Report, Sentence
from kyodo_analysis.notebook.desk import show_voices
from kyodo_analysis.output import ReportContext


def test_the_twin_of_voices_is_a_table_of_their_words(made, bench, tmp_path):
    voices = JudgedVoices(Choosing(made, lambda: bench), Asked(theme="灯り"), folder=tmp_path)
    twin = show_voices(voices).twin
    assert repr(twin).startswith("テーマ「灯り」: 1件")
    (row,) = twin.below.frame.to_dict("records")
    assert row == {
        "意見番号": "A2",
        "意見": "街灯が暗い。バスも遅い",
        "当たった言葉": "街灯、暗い",
        "テーマ": "乗り物、灯り",
        "分類・回・属性": "分類: 移動 / 第2回",
        "出典位置": "opinions.txt:2行",
    }
    assert (
        "<script"
        not in show_voices(
            JudgedVoices(Choosing(made, lambda: bench), Asked(ids="B1"), folder=tmp_path)
        ).twin._repr_html_()
    )


@pytest.fixture
def report(made, tmp_path):
    context = ReportContext(
        tmp_path, "reports/x", "架空の資料", date(2025, 6, 3), n=4, data_sha256="0" * 64
    )
    return Report(study=None, tables=made, context=context)


def test_a_question_that_was_refused_is_passed_on(report):
    refused = Sentence("回の記録がありません")
    assert report.voices(theme=refused) is refused
