"""Which row holds the headers, in files as people and programs write them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kyodo_analysis.reading import Guess, guess_settings, read_spreadsheet
from kyodo_analysis.tables import CORRECTIONS

SAID = [
    "バスの本数を増やしてほしい。",
    "公園のベンチが古いです。",
    "図書館を夜も開けてほしいです。",
]


@pytest.fixture
def guess(write_csv: Callable[..., Path]) -> Callable[..., Guess]:
    return lambda rows: guess_settings(write_csv(rows))


def columns(guess: Guess) -> Any:
    assert guess.settings is not None
    return guess.settings.columns


@pytest.mark.parametrize("answer", ["要望", "意見", "分類", "No", "番号"])
def test_an_answer_that_is_a_header_word_is_no_header(guess, answer):
    rows = [["タイトル", "本文", "タイプ"], *(["件名", text, answer] for text in SAID)]
    found = guess(rows)
    assert found.settings.header_rows == (1,)
    assert columns(found).text == "本文"


@pytest.mark.parametrize(
    ("header", "text", "id_"),
    [
        (["comment-id", "comment-body", "agrees"], "comment-body", "comment-id"),
        (["arg-id", "argument", "topic"], "argument", "arg-id"),
        (["No.", "投稿内容", "ラベル"], "投稿内容", "No."),
        (["投稿番号", "本文", "件名"], "本文", "投稿番号"),
    ],
)
def test_exports_of_platforms_are_understood(guess, header, text, id_):
    found = guess([header, *([n, said, "x"] for n, said in enumerate(SAID))])
    assert (columns(found).text, columns(found).id) == (text, id_)


def test_a_column_of_yes_and_no_is_no_id(guess):
    found = guess([["No.", "q2"], ["Yes", SAID[0]], ["No", SAID[1]]])
    assert columns(found).id is None
    assert found.settings.header_rows == (1,)


def test_a_file_without_headers_loses_no_opinion_to_them(guess):
    found = guess([["1", "30代", SAID[0]], ["2", "40代", SAID[1]], ["3", "30代", SAID[2]]])
    assert found.settings.header_rows == ()


@pytest.mark.parametrize(
    "question",
    ["問12 ご意見をお書きください。", "市政に期待することは何ですか。", "ご意見", "自由記述"],
)
def test_a_question_above_one_column_is_its_header(guess, question):
    found = guess([[question], *([text] for text in SAID)])
    assert found.settings.header_rows == (1,)
    assert len(found.examples) == 3


def test_the_opinions_of_one_column_without_a_header_are_all_opinions(guess):
    found = guess([[text] for text in SAID])
    assert found.settings.header_rows == ()


@pytest.mark.parametrize("below", ["Response", "回答", "自由回答形式の回答"])
def test_a_second_row_that_names_parts_of_questions_is_a_header(guess, below, write_csv):
    rows = [
        ["回答者 ID", "年代", "利用する施設", "", "市へのご意見をお聞かせください"],
        ["", below, "公園", "図書館", below],
        *([f"10{n}", "30代", "公園", "", text] for n, text in enumerate(SAID)),
    ]
    found = guess(rows)
    assert found.settings.header_rows == (1, 2)
    assert columns(found).attributes == ("年代",)
    reading = read_spreadsheet(
        write_csv(rows), settings=found.settings, corrections=CORRECTIONS.make()
    )
    assert reading.opinions["text"].tolist() == SAID


def test_a_title_above_the_table_does_not_become_the_header(guess):
    rows = [
        ["意見一覧"],
        [],
        ["番号", "分類", "ご意見"],
        *([n, "交通", t] for n, t in enumerate(SAID)),
    ]
    assert guess(rows).settings.header_rows == (3,)


def test_several_choices_in_a_cell_are_proposed_and_asked(guess):
    cells = ["図書館;公園;", "公園;", "図書館;公園;", "図書館;"] * 3
    rows = [["番号", "施設", "意見"], *([n, cell, SAID[n % 3]] for n, cell in enumerate(cells))]
    found = guess(rows)
    assert columns(found).multiple_choice == ("施設",)
    [choice] = found.choices[found.choices["item"] == "複数回答の列"].itertuples()
    assert "公園、図書館" in choice.reason


def test_the_advice_to_read_a_second_column_of_texts_works(guess, write_csv):
    rows = [
        ["番号", "良かった点", "ご意見"],
        *([n, f"職員{n}さんの説明が丁寧でした。", t] for n, t in enumerate(SAID)),
    ]
    found = guess(rows)
    assert "良かった点" in set(
        found.choices.loc[found.choices["item"] == "ほかの文章の列", "choice"]
    )
    path = write_csv(rows)
    both = replace(columns(found), text=("ご意見", "良かった点"))
    settings = replace(found.settings, columns=both)
    reading = read_spreadsheet(path, settings=settings, corrections=CORRECTIONS.make())
    assert len(reading.opinions) == 6


@pytest.mark.parametrize("header", ["会場", "受付経路", "票数", "該当箇所"])
def test_columns_that_cities_count_by_are_known(guess, header):
    rows = [["番号", header, "ご意見"], *([n, "1", SAID[n % 3]] for n in range(6))]
    found = columns(guess(rows))
    assert header in (*found.attributes, found.category)
