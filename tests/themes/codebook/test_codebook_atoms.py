from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError, TableError
from kyodo_analysis.tables import ATTRIBUTES, HEADINGS
from kyodo_analysis.themes.codebook import Codebook, Coded, apply_codebook

Write = Callable[[str], Codebook]
Build = Callable[..., Any]


@pytest.fixture
def code(write_codebook: Write) -> Callable[..., Coded]:
    """Apply one rule to a corpus."""

    def apply(corpus: Any, rule: str, **options: Any) -> Coded:
        codebook = write_codebook(f"＊コード\n{rule}\n")
        assert len(codebook.codes) == 1, codebook.warnings["found"].tolist()
        return apply_codebook(codebook, corpus.tokens, corpus.opinions, **options)

    return apply


@pytest.fixture
def true_units(code: Callable[..., Coded]) -> Callable[..., list[int]]:
    """Number the units, from 1, in which a rule is true."""

    def apply(corpus: Any, rule: str, **options: Any) -> list[int]:
        coded = code(corpus, rule, **options)
        return coded.units["unit"][coded.counts["コード"] > 0].tolist()

    return apply


@pytest.mark.parametrize(
    ("rule", "units"),
    [
        ("川-->名詞C", [1]),
        ("川-->名詞", []),
        ("橋梁-->名詞", [1]),
        ("渡る->連用形", [1]),
        ("渡る->基本形", [2]),
        ("渡る=>渡っ", [1]),
        ("渡る-->動詞->基本形", [2]),
        ("渡る-->動詞=>渡っ", [1]),
        ("渡る-->名詞=>渡っ", []),
        ("これ", []),
        ("を", []),
        ("うれしい-->形容詞B", [2]),
        ("うれしい-->形容詞", []),
        ("ない-->否定助動詞", [2]),
        ("町-->地名", [2]),
        ("謎-->未知語", [2]),
        ("ＮＰＯ", [2]),
    ],
)
def test_words_are_told_apart_by_kh_coders_parts_of_speech(
    build_corpus: Build, true_units: Callable[..., list[int]], rule: str, units: list[int]
) -> None:
    corpus = build_corpus(
        {
            "A1": "これ:代名詞 の:助詞 川 の:助詞 橋梁 を:助詞 渡っ/渡る:動詞:連用形",
            "A2": "町 を:助詞 渡る:動詞:基本形 うれしい:形容詞 ない:助動詞 謎 NPO",
        }
    )
    tokens = corpus.tokens.assign(
        unknown=corpus.tokens["surface"].eq("謎"),
        part_of_speech=corpus.tokens["part_of_speech"].mask(
            corpus.tokens["surface"].eq("町"), "名詞,固有名詞,地域,一般"
        ),
    )
    assert true_units(corpus._replace(tokens=tokens), rule) == units


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("橋 == 3", True),
        ("near(橋-川)", True),
        ("near(橋-川) == 2", True),
        ("near(川-橋)[1]", False),
        ("near(川-橋)[2]", True),
        ("seq(川-橋)[2] == 1", True),
        ("seq(橋-川)[2]", False),
        ("seq(橋-川)[4]", True),
        ("seq(町-川)", False),
        ("seq(町-川)[0]", False),
        ("seq(川-町)[0]", True),
        ("seq(川-町)", False),
        ("near(橋-町)[b]", False),
        ("near(橋-町)[b0]", True),
        ("near(川-町)[b0]", False),
        ("near(川-町)[d0]", False),
        ("near(川-町)[0]", True),
        ("橋+の", False),
        ("橋+広い", False),
        ("広い+橋", True),
        ("川+橋", False),
        ("'橋が広い'", True),
        ("'広い。橋'", False),
        ("'橋' == 3", True),
        ("'が' == 2", True),
        ("'と' == 1", True),
    ],
)
def test_positions_count_every_token_and_strings_count_sentences(
    build_corpus: Build, code: Callable[..., Coded], rule: str, value: bool
) -> None:
    corpus = build_corpus(
        {
            "A1": "橋 が:助詞 広い:形容詞 。 "
            "川 の:助詞 橋 が:助詞 よい:形容詞 。\n"
            "広い:形容詞 橋 と:助詞 と:助詞 と:助詞 と:助詞 と:助詞 と:助詞 と:助詞 と:助詞 と:助詞 と:助詞 "
            "町 。"
        }
    )
    assert bool(code(corpus, rule).counts["コード"].iloc[0]) is value


def test_a_start_before_the_same_word_again_is_passed_over(
    build_corpus: Build, code: Callable[..., Coded]
) -> None:
    corpus = build_corpus({"A1": "橋 橋 川 橋"})
    assert code(corpus, "near(橋-川) == 2").counts["コード"].tolist() == [3]
    evidence = code(corpus, "seq(橋-川)").evidence
    assert evidence[["matched", "start"]].to_dict("split")["data"] == [["橋", 1], ["川", 2]]


def test_an_adjacent_pair_is_one_span_and_may_cross_a_sentence_only_with_both_inside(
    build_corpus: Build, true_units: Callable[..., list[int]], code: Callable[..., Coded]
) -> None:
    corpus = build_corpus({"A1": "川 橋\n町 橋 川\n町"})
    assert true_units(corpus, "橋+町", unit="sentence") == []
    assert true_units(corpus, "川+町", unit="opinion") == [1]
    assert code(corpus, "川+橋").codings["evidence"].tolist() == ["川橋[0-2]"]


def test_an_adjacent_pair_never_crosses_from_one_opinion_into_the_next(
    build_corpus: Build, true_units: Callable[..., list[int]]
) -> None:
    assert true_units(build_corpus({"A1": "橋 川", "A2": "橋"}), "川+橋") == []


def test_sentences_end_after_a_full_stop_and_at_a_line_end_only(
    build_corpus: Build, code: Callable[..., Coded]
) -> None:
    corpus = build_corpus({"A1": "「 橋 。 」 ？ 川 。\n町", "A2": "橋"})
    coded = code(corpus, "橋 or 」 or 町", unit="sentence")
    assert coded.units.to_dict("split")["data"] == [
        [1, "A1", 0],
        [2, "A1", 3],
        [3, "A1", 8],
        [4, "A2", 0],
    ]
    assert coded.counts["コード"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("rule", "unit", "units"),
    [
        ("<>分類-->交通", "opinion", [1, 2]),
        ("<>分類-->B", "sentence", [4, 5, 6, 7]),
        ("<>回-->10", "opinion", [3]),
        ("<>年代-->30代", "opinion", [2, 3]),
        ('"<>住まい-->北 地区"', "opinion", [1]),
        ("<>分類-->なし", "opinion", []),
        ("lw >= 11", "opinion", [3]),
        ("lw == 4", "sentence", [1, 5, 6]),
        ("lc == 5", "sentence", [1]),
        ("No. == 3", "opinion", [3]),
        ("no. > 5", "sentence", [6, 7]),
    ],
)
def test_variables_lengths_and_numbers_ask_where_a_unit_stands(
    bus: Any, true_units: Callable[..., list[int]], rule: str, unit: str, units: list[int]
) -> None:
    attributes = ATTRIBUTES.make(
        {"opinion_id": opinion_id, "attribute": name, "value": value}
        for opinion_id, name, value in [
            ("A2", "年代", "30代"),
            ("B1", "年代", "30代"),
            ("B2", "年代", "40代"),
            ("A1", "住まい", "北 地区"),
        ]
    )
    assert true_units(bus, rule, unit=unit, attributes=attributes) == units


@pytest.fixture
def book(build_corpus: Build) -> tuple[Any, pd.DataFrame]:
    corpus = build_corpus(
        {
            "行1": "まえがき 。",
            "行2": "上 川",
            "行3": "一",
            "行4": "橋 が:助詞 落ちる:動詞 。 川 が:助詞\n町 。",
            "行5": "二",
            "行6": "下 川",
            "行7": "一",
            "行8": "橋 。",
        }
    )
    paths = [(0, 0), (1, 0), (1, 1), (1, 1), (1, 2), (2, 0), (2, 1), (2, 1)]
    levels = [None, 1, 2, None, 2, 1, 2, None]
    headings = HEADINGS.make(
        {"opinion_id": f"行{row}", "level": level, "h1": h1, "h2": h2, "h3": 0, "h4": 0, "h5": 0}
        for row, ((h1, h2), level) in enumerate(zip(paths, levels, strict=True), start=1)
    )
    return corpus, headings


@pytest.mark.parametrize(
    ("unit", "begins"),
    [
        ("h1", ["行2", "行6"]),
        ("h2", ["行3", "行5", "行7"]),
        ("paragraph", ["行1", "行4", "行4", "行8"]),
        ("sentence", ["行1", "行2", "行3", "行4", "行4", "行4", "行5", "行6", "行7", "行8"]),
    ],
)
def test_headings_make_units_and_are_sentences_but_no_paragraphs(
    book: tuple[Any, pd.DataFrame], code: Callable[..., Coded], unit: str, begins: list[str]
) -> None:
    corpus, headings = book
    coded = code(corpus, "橋", unit=unit, headings=headings)
    assert coded.units["opinion_id"].tolist() == begins


def test_a_paragraph_starts_at_its_own_first_word_and_not_at_the_heading_before(
    build_corpus: Build, code: Callable[..., Coded]
) -> None:
    corpus = build_corpus({"行1": "川 。", "行2": "一", "行3": "橋 。\n町 。"})
    headings = HEADINGS.make(
        {"opinion_id": f"行{row}", "level": level, "h1": 1, "h2": 0, "h3": 0, "h4": 0, "h5": 0}
        for row, level in ((1, None), (2, 1), (3, None))
    )
    coded = code(corpus, "橋", unit="paragraph", headings=headings)
    assert coded.units.to_dict("split")["data"] == [
        [1, "行1", 0],
        [2, "行3", 0],
        [3, "行3", 3],
    ]


@pytest.mark.parametrize(
    ("rule", "unit", "units"),
    [
        ("橋", "h1", [1, 2]),
        ("川", "h2", [1]),
        ("一 and 橋", "h2", [1, 3]),
        ("<>見出し1-->上川", "h2", [1, 2]),
        ("<>heading2-->一", "h2", [1, 3]),
        ("<>見出し2-->一", "h1", []),
        ("<>見出し1-->下川", "sentence", [8, 9, 10]),
        ("<>見出し1-->下", "h1", []),
        ("near(二-橋)[8]", "h1", []),
        ("near(二-町)[3]", "h1", [1]),
        ("near(二-町)[2]", "h1", []),
        ("near(上-橋)[d0]", "h1", []),
        ("near(上-川)[d]", "h1", []),
        ("near(上-川)[b]", "h1", [1]),
        ("near(上-橋)[0]", "h1", [1]),
        ("<>分類-->交通", "h1", []),
        ("lw == 12", "h1", [1]),
    ],
)
def test_rules_are_true_under_headings(
    book: tuple[Any, pd.DataFrame],
    true_units: Callable[..., list[int]],
    rule: str,
    unit: str,
    units: list[int],
) -> None:
    corpus, headings = book
    opinions = corpus.opinions.assign(category="交通")
    assert (
        true_units(corpus._replace(opinions=opinions), rule, unit=unit, headings=headings) == units
    )


def test_a_coding_of_a_heading_unit_names_the_opinion_of_each_word(
    book: tuple[Any, pd.DataFrame], code: Callable[..., Coded]
) -> None:
    corpus, headings = book
    coded = code(corpus, "橋 and 川", unit="h1", headings=headings)
    assert coded.codings[["opinion_id", "evidence"]].to_dict("split")["data"] == [
        ["行2", "川[1-2]、行4:橋[0-1]、行4:川[6-7]"],
        ["行6", "川[1-2]、行8:橋[0-1]"],
    ]


def test_units_of_headings_need_headings(bus: Any, code: Callable[..., Coded]) -> None:
    with pytest.raises(NotInDataError, match="H1の見出しが記録されていません"):
        code(bus, "橋", unit="h1")


def test_tokens_of_other_opinions_are_refused(bus: Any, code: Callable[..., Coded]) -> None:
    with pytest.raises(TableError, match="意見番号 B2"):
        code(bus._replace(opinions=bus.opinions.head(3)), "橋")


def test_an_opinion_without_tokens_is_a_unit_all_the_same(
    build_corpus: Build, true_units: Callable[..., list[int]]
) -> None:
    corpus = build_corpus({"A1": "橋", "A2": "", "A3": "川"})
    assert true_units(corpus, "not 橋") == [2, 3]
    assert true_units(corpus, "川", unit="sentence") == [2]


def test_division_by_nothing_is_neither_true_nor_false(
    build_corpus: Build, true_units: Callable[..., list[int]]
) -> None:
    corpus = build_corpus({"A1": "橋 川", "A2": "橋"})
    assert true_units(corpus, "橋 / 川 >= 1") == [1]
    assert true_units(corpus, "not 橋 / 川 >= 1") == []
    assert true_units(corpus, "橋 or 橋 / 川 >= 1") == [1, 2]
