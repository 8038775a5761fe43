from collections.abc import Callable
from typing import Any

import pytest

from kyodo_analysis.themes.codebook import Codebook, apply_codebook
from kyodo_analysis.themes.codebook.tables import WARNINGS

Write = Callable[[str], Codebook]


@pytest.mark.parametrize(
    ("rule", "found", "action"),
    [
        ("バス or 税|橋", "「税|橋」を1つの語として探しました", "前後に空白"),
        ("バス or （税）", "「（税）」を1つの語として探しました", "半角で書き"),
        (
            "バス or 協働",
            "「協|働」と切れている",
            "「協+働」と書くか、dictionary.csv に「協働,名詞」",
        ),
        (
            "バス or 屋根を付",
            "「屋根|を|付ける」と切れている",
            "dictionary.csv に「屋根を付,名詞」",
        ),
        ("バス or 知らせ", "「知らせる」の変化した形", "基本形の「知らせる」"),
        ("バス or ない", "使わない品詞(その他)", "'ない' と書いて"),
        ("バス or 停", "「バス停」という1つの語の一部", "'停' と書いて"),
        ("バス or near(橋-協働)", "「協|働」と切れている", "dictionary.csv"),
        ("バス or <>年代-->30代", "変数「年代」はこの資料にありません", "使える変数は 分類、回"),
        ("バス or <>見出し1-->上", "この資料に見出しはありません", "<>分類-->"),
        ("鉄橋", "どこにも当たりませんでした", "基本形"),
    ],
)
def test_what_can_never_match_is_explained_with_a_way_out(
    write_codebook: Write, build_corpus: Callable[..., Any], rule: str, found: str, action: str
) -> None:
    corpus = build_corpus(
        {
            "A1": "バス停 に:助詞 屋根 を:助詞 付ける:動詞 。 協 働 で:助詞",
            "A2": "バス と:助詞 橋 を:助詞 知らせ/知らせる:動詞 ない:助詞 。",
        },
        category=["交通", None],
        session=[1, None],
    )
    codebook = write_codebook(f"# 説明\n＊コード\n{rule}\n")
    warnings = apply_codebook(codebook, corpus.tokens, corpus.opinions).warnings
    (warning,) = WARNINGS.check(warnings).to_dict("records")
    assert (warning["level"], warning["line"], warning["code"]) == ("警告", 2, "コード")
    assert found in warning["found"]
    assert action in warning["action"]


def test_a_word_that_the_text_does_not_hold_is_no_reason_to_warn(
    write_codebook: Write, bus: Any
) -> None:
    codebook = write_codebook("＊バス\nバス or 空港 or 'どこにもない' or near(空港-港)\n")
    assert apply_codebook(codebook, bus.tokens, bus.opinions).warnings.empty


def test_warnings_of_reading_and_of_applying_stand_together_by_line(
    write_codebook: Write, bus: Any
) -> None:
    codebook = write_codebook("＊空港\n空港\n＊バス\nバス or 税 and 橋\n＊誤り\nバス 橋\n")
    warnings = apply_codebook(codebook, bus.tokens, bus.opinions).warnings
    assert warnings["line"].tolist() == [1, 3, 6]
    assert warnings["level"].tolist() == ["警告", "警告", "誤り"]


def test_an_unused_word_is_not_found_and_says_so(write_codebook: Write, bus: Any) -> None:
    coded = apply_codebook(
        write_codebook("＊税\n税 or 橋\n"), bus.tokens, bus.opinions, unused_words={"税"}
    )
    assert coded.codings["opinion_id"].tolist() == ["B1"]
    assert "使用しない語" in coded.warnings["found"][0]
