"""Cells that are unlike their column are named, with their rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading import (
    DocumentSettings,
    OpinionColumns,
    Reading,
    SpreadsheetSettings,
    read_document,
    read_spreadsheet,
)
from kyodo_analysis.tables import CORRECTIONS

ROWS = [
    ["番号", "年代", "ご意見"],
    [1, "30代", "バスの本数を増やしてほしい。"],
    [2, "40代", "公園のベンチを直してほしい。"],
    [3, "30代", "図書館を夜も開けてほしい。"],
]


@pytest.fixture
def read(write_csv: Callable[..., Path]) -> Callable[..., Reading]:
    def read(
        rows: list[list[Any]], settings: dict[str, Any] | None = None, **columns: Any
    ) -> Reading:
        chosen = {"text": "ご意見", "id": "番号", "attributes": ("年代",)} | columns
        return read_spreadsheet(
            write_csv(rows),
            settings=SpreadsheetSettings(OpinionColumns(**chosen), **(settings or {})),
            corrections=CORRECTIONS.make(),
        )

    return read


def doubts(reading: Reading) -> dict[str, tuple[str, str]]:
    found = reading.findings[reading.findings["result"] == "要確認"]
    return {row.check: (row.source.partition(":")[2], row.found) for row in found.itertuples()}


def test_a_sound_table_raises_no_doubt(read):
    assert doubts(read(ROWS)) == {}


def test_an_opinion_that_is_a_value_of_another_column_is_named(read):
    assert doubts(read([*ROWS, [4, "駅前が暗い。", "30代"]]))["ほかの列の言葉"] == (
        "5行C列",
        "30代",
    )


def test_a_sentence_as_a_label_is_named(read):
    reading = read([*ROWS, [4, "駅前が暗いので明るくしてほしい。", "お願いします、早く。"]])
    assert doubts(reading)["列に合わない文章"] == ("5行B列", "駅前が暗いので明るくしてほしい。")


def test_a_row_beside_which_all_is_blank_may_go_on_from_the_one_above(read):
    reading = read([*ROWS, ["", "", "せめて1時間に1本は走らせてください。"]])
    assert doubts(reading)["続きの行"] == ("5行C列", "せめて1時間に1本は走らせてください。")


def test_ids_that_jump_are_named_with_how_many_are_missing(read):
    rows = [ROWS[0], *([n, "30代", f"{n}番通りが暗い。"] for n in (1, 2, 3, 4, 5, 9))]
    reading = read(rows)
    assert doubts(reading) == {"番号のとび": ("7行A列", "5 の次が 9")}
    [note] = reading.findings.loc[reading.findings["check"] == "番号のとび", "note"]
    assert "3件分" in note


def test_words_beside_an_empty_opinion_are_named(read):
    reading = read([*ROWS, [4, "駅前が暗いので直してほしい", "特になし"]])
    assert doubts(reading)["除いた行のほかの欄"] == ("5行B列", "駅前が暗いので直してほしい")


def test_headers_again_in_another_order_are_refused_with_their_row(read):
    with pytest.raises(ReadingError, match=r"5行目.*1つ目の見出しと別の列"):
        read([*ROWS, ["番号", "ご意見", "年代"], [4, "駅前が暗い。", "30代"]])


def test_headers_again_in_the_same_order_are_set_aside(read):
    reading = read([*ROWS, ROWS[0], [4, "40代", "駅前が暗い。"]])
    assert len(reading.opinions) == 4
    assert reading.set_aside["treatment"].tolist() == ["見出しの繰り返し"]


def test_another_table_beside_this_one_is_named(write_workbook):
    rows = [
        ["番号", "ご意見", None, "番号", "西の意見"],
        *(
            [n, f"東の{n}番通りが暗い。", None, n, f"西の{n}番通りが狭くて困る。"]
            for n in range(1, 5)
        ),
    ]
    settings = SpreadsheetSettings(OpinionColumns("ご意見", id="A列"))
    reading = read_spreadsheet(
        write_workbook({"意見": rows}), settings=settings, corrections=CORRECTIONS.make()
    )
    found = doubts(reading)
    assert found["横に並んだ表"] == ("意見", "D列、西の意見")
    assert found["読まなかった文章の列"] == ("意見", "西の意見")


@pytest.mark.parametrize(
    ("answer", "treatment"),
    [
        ("同上", "同上・別紙"),
        ("上に同じです。", "同上・別紙"),
        ("別紙のとおり", "同上・別紙"),
        ("今のところありません", "特になし"),
        ("特に意見はありません。", "特になし"),
        ("以上です", "あいさつ"),
        ("いつもありがとうございます。", "あいさつ"),
        ("以上、よろしくお願いします。", "あいさつ"),
    ],
)
def test_an_answer_that_is_no_opinion_is_set_aside_unless_the_study_counts_it(
    read, answer, treatment
):
    rows = [*ROWS, [4, "40代", answer]]
    assert read(rows).set_aside["treatment"].tolist() == [treatment]
    assert len(read(rows, {"count_phrases": (answer,)}).opinions) == 4


@pytest.mark.parametrize(
    "answer",
    [
        "ありがとうの気持ちを大切にしてほしい。",
        "別紙の様式が古い。",
        "同じ意見の人が多いと思う。",
        "バス停がない。",
    ],
)
def test_an_opinion_that_only_begins_like_such_an_answer_is_one(read, answer):
    assert len(read([*ROWS, [4, "40代", answer]]).opinions) == 4


def test_several_questions_are_each_an_opinion_of_one_respondent(read):
    rows = [
        ["番号", "年代", "問1", "問2"],
        ["7", "30代", "バスを増やして。", "橋が古い。"],
        ["8", "40代", "", "道が狭い。"],
    ]
    reading = read(rows, text=("問1", "問2"))
    opinions = reading.opinions.set_index("opinion_id")
    assert opinions["text"].to_dict() == {
        "7-1": "バスを増やして。",
        "7-2": "橋が古い。",
        "8-2": "道が狭い。",
    }
    assert opinions["respondent"].to_dict() == {"7-1": "7", "7-2": "7", "8-2": "8"}
    questions = reading.attributes[reading.attributes["attribute"] == "設問"]
    assert dict(zip(questions["opinion_id"], questions["value"], strict=True)) == {
        "7-1": "問1",
        "7-2": "問2",
        "8-2": "問2",
    }
    assert reading.reconciliation["part"].tolist() == ["意見.csvの問1", "意見.csvの問2"]


def test_what_stands_beside_a_table_of_several_questions_is_set_aside_once(read):
    rows = [["番号", "年代", "問1", "問2"], [1, "30代", "橋。", "道。"], ["※注記です", "", "", ""]]
    reading = read(rows, text=("問1", "問2"))
    assert reading.set_aside["raw_text"].tolist() == ["※注記です"]
    assert int(reading.reconciliation["n_set_aside"].sum()) == 1


@pytest.mark.parametrize("separator", [";", "；", "、", ", ", "／", "\n"])
def test_several_choices_in_a_cell_are_each_chosen_or_not(read, separator):
    cells = [f"図書館{separator}公園", "公園", ""]
    rows = [[*ROWS[0], "施設"], *([*row, cell] for row, cell in zip(ROWS[1:], cells, strict=True))]
    table = read(rows, attributes=(), multiple_choice=("施設",)).attributes
    assert table.pivot(index="opinion_id", columns="attribute", values="value").to_dict() == {
        "施設：図書館": {"1": "選んだ", "2": "選ばなかった"},
        "施設：公園": {"1": "選んだ", "2": "選んだ"},
    }


def test_labels_that_differ_by_what_nobody_sees_are_one_and_named(read):
    rows = [
        *ROWS,
        [4, "30\u200b代\u200e", "駅前が暗い。"],
        [5, "か\u3099代", "橋が古い。"],
        [6, "が代", "道。"],
    ]
    reading = read(rows)
    assert set(reading.attributes["value"]) == {"30代", "40代", "が代"}
    variants = reading.findings[reading.findings["check"] == "表記の違い"]
    assert "30U+200B代U+200E" in set(variants["found"])


def test_a_header_is_found_although_it_holds_what_nobody_sees(read):
    rows = [["番号", "年\u200b代", "ご意見\ufeff"], *ROWS[1:]]
    reading = read(rows)
    assert set(reading.attributes["attribute"]) == {"年代"}
    named = reading.findings[reading.findings["check"] == "見出しの見えない文字"]
    assert named["found"].tolist() == ["年U+200B代", "ご意見U+FEFF"]


def test_findings_keep_their_contract_when_all_rows_are_set_aside(read):
    reading = read([ROWS[0], [1, "30代", "特になし"]])
    assert isinstance(reading.findings, pd.DataFrame)
    assert reading.opinions.empty


CITY_CHECK = "市の回答らしい文"


@pytest.mark.parametrize("label", ["回答", "市の回答", "【市の考え方】", "A"])
def test_rows_that_another_column_calls_answers_are_doubted(read, label):
    rows = [["番号", "区分", "ご意見"], [1, "意見", "歩道が狭い。"], [2, label, "広げます。"]]
    reading = read(rows, attributes=())
    assert doubts(reading)[CITY_CHECK] == ("3行C列", "広げます。")
    assert reading.opinions["text"].tolist() == ["歩道が狭い。", "広げます。"]


@pytest.mark.parametrize("label", ["要望", "市長", "担当課", "回答者"])
def test_rows_of_other_kinds_are_no_answers(read, label):
    rows = [["番号", "区分", "ご意見"], [1, "意見", "歩道が狭い。"], [2, label, "広げてください。"]]
    assert CITY_CHECK not in doubts(read(rows, attributes=()))


def test_a_column_that_says_answer_in_every_row_tells_no_answers(read):
    rows = [["番号", "区分", "ご意見"], [1, "回答", "歩道が狭い。"], [2, "回答", "夜が暗い。"]]
    assert CITY_CHECK not in doubts(read(rows, attributes=()))


@pytest.mark.parametrize(
    "cell",
    [
        "歩道が狭い。\n【回答】広げます。",
        "歩道が狭い。(市の考え方)広げます。",
        "狭い。\n回答:広げる",
    ],
)
def test_a_cell_that_holds_an_opinion_and_its_answer_is_doubted(read, cell):
    reading = read([["番号", "ご意見"], [1, "夜が暗い。"], [2, cell]], attributes=())
    assert doubts(reading)[CITY_CHECK] == ("3行B列", cell)


@pytest.mark.parametrize("cell", ["市の回答がまだ無い。", "(回答待ち)です。", "答え:賛成"])
def test_a_citizen_may_speak_of_an_answer(read, cell):
    reading = read([["番号", "ご意見"], [1, "夜が暗い。"], [2, cell]], attributes=())
    assert CITY_CHECK not in doubts(reading)


def test_short_sentences_in_an_unread_column_are_doubted_even_where_some_are_the_same(read):
    others = ["駅から近いです。", "静かで落ち着きます。", "本の種類が多いです。"]
    rows = [[*ROWS[0], "その他"]] + [
        [i, "30代", f"歩道が狭い{i}", others[i % 3] if i % 2 else ""] for i in range(1, 21)
    ]
    assert doubts(read(rows))["読まなかった文章の列"][1] == "その他"


def test_a_column_that_has_a_name_and_no_words_does_not_part_two_tables(read):
    rows = [["ID", "メール", "名前", "年代", "ご意見"]] + [
        [i, "anonymous", "", "30代", f"歩道が狭い{i}"] for i in range(3)
    ]
    assert "横に並んだ表" not in doubts(read(rows, id="ID"))


def test_a_separator_within_brackets_parts_no_choice(read):
    rows = [["番号", "施設", "ご意見"]] + [
        [i, ["図書館、その他(市役所、支所)", "公園"][i % 2], f"歩道が狭い{i}"] for i in range(4)
    ]
    table = read(rows, attributes=(), multiple_choice=("施設",)).attributes
    assert set(table["attribute"]) == {"施設：図書館", "施設：その他(市役所、支所)", "施設：公園"}


@pytest.mark.parametrize("other", [["No", "ご要望", "地区"], ["整理番号", "会場", "自由記述"]])
def test_another_table_below_a_blank_row_is_refused_by_its_row(read, other):
    rows = [*ROWS, ["", "", ""], other, [1, "駅前が暗いです。", "北部"]]
    with pytest.raises(ReadingError, match=r"6行目.*別の表の見出しのような行"):
        read(rows)


def test_an_answer_of_header_words_is_an_opinion_once_the_blank_row_is_gone(read):
    rows = [*ROWS, ["No", "要望", "意見"]]
    assert read(rows).opinions["text"].tolist()[-1] == "意見"


def test_paragraphs_set_aside_are_named_by_their_own_places(tmp_path):
    path = tmp_path / "意見.txt"
    path.write_text("・橋が古い。\n・同上\n・道が狭い。\n・同上\n", encoding="utf-8")
    found = read_document(
        path, settings=DocumentSettings(), corrections=CORRECTIONS.make()
    ).findings
    [note] = found[found["check"] == "同上・別紙"]["note"]
    assert note.startswith("2か所(2行・4行)。")


@pytest.mark.parametrize("who", ["市役所", "架空市 担当", "事務局", "架空町役場"])
def test_in_a_chat_what_an_office_says_as_cities_do_is_doubted(read, who):
    rows = [["番号", "発言者", "ご意見"], [1, "住民", "歩道が狭い。"], [2, who, "検討いたします。"]]
    assert doubts(read(rows, attributes=()))[CITY_CHECK] == ("3行C列", "検討いたします。")


def test_an_opinion_handed_in_at_an_office_is_a_citizens(read):
    rows = [
        ["番号", "受付場所", "ご意見"],
        [1, "公民館", "歩道が狭い。"],
        [2, "市役所", "夜が暗い。"],
    ]
    assert CITY_CHECK not in doubts(read(rows, attributes=()))


def test_what_stands_above_the_headers_hides_no_column_of_sentences(read):
    rows = [
        ["", "回答者1", "回答者2"],
        ["番号", "ご意見", "追加"],
        [1, "夜が暗くてこわいです。", "歩道が狭くて困っています"],
    ]
    reading = read(rows, {"header_rows": (2,)}, attributes=())
    assert doubts(reading)["読まなかった文章の列"][1] == "追加"
