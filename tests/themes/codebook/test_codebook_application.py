from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kyodo_analysis.tables import CODINGS, EVIDENCE
from kyodo_analysis.themes.codebook import Codebook, apply_codebook

Write = Callable[[str], Codebook]


def given(codebook: Codebook, corpus: Any) -> list[str]:
    coded = apply_codebook(codebook, corpus.tokens, corpus.opinions)
    return [f"{row.opinion_id} {row.code}" for row in coded.codings.itertuples()]


@pytest.mark.parametrize(
    ("rule", "opinions"),
    [
        ("バス or 屋根", "A1 A2 B2"),
        ("バス | 屋根", "A1 A2 B2"),
        ("バス and 税", "A1 B2"),
        ("バス & 本数", "A1"),
        ("バス &! 広報", "A1"),
        ("not バス", "A2 B1"),
        ("広報 |! バス", "A2 B1 B2"),
        ("( 税 or 橋 ) and 広報", "B1 B2"),
        ("税 or 橋 and 広報", "A1 B1 B2"),
        ("税 + バス >= 2", "A1 B2"),
        ("! バス + 橋 == 2", "B1"),
        ("not バス + 橋 == 2", "A1 A2 B1 B2"),
        ("'バス停に'", "A2"),
        ('"バス" OR 橋', "A1 B1 B2"),
    ],
)
def test_operators_keep_the_ranks_of_kh_coder(
    write_codebook: Write, bus: Any, rule: str, opinions: str
) -> None:
    codebook = write_codebook(f"＊コード\n{rule}\n")
    assert given(codebook, bus) == [f"{opinion} コード" for opinion in opinions.split()]


def test_an_earlier_code_counts_as_true_or_false(write_codebook: Write, bus: Any) -> None:
    codebook = write_codebook(
        "＊乗り物\nバス\n\n＊その他\n! <＊乗り物>\n＊両方\n<＊乗り物> and 税\n"
    )
    assert given(codebook, bus) == [
        "A1 乗り物",
        "A1 両方",
        "A2 その他",
        "B1 その他",
        "B2 乗り物",
        "B2 両方",
    ]


def test_every_coding_shows_the_words_that_made_it_true_and_no_others(
    write_codebook: Write, bus: Any
) -> None:
    codebook = write_codebook("＊コード\n( バス and 本数 ) or 屋根 or ( 税 and 橋 ) and not 広報\n")
    coded = apply_codebook(codebook, bus.tokens, bus.opinions)
    assert coded.codings["evidence"].tolist() == ["バス[5-7]、本数[8-10]", "屋根[4-6]"]
    assert coded.evidence.to_dict("list") == {
        "opinion_id": ["A1", "A1", "A2"],
        "code": ["コード"] * 3,
        "matched": ["バス", "本数", "屋根"],
        "start": [5, 8, 4],
        "end": [7, 10, 6],
    }


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("税 and not ( バス and 橋 )", "税[0-1]"),
        ("not not バス", "バス[5-7]"),
        ("not ( 広報 or ! バス )", "バス[5-7]"),
        ("バス < 2 and 税", "税[0-1]"),
        ("1 <= バス", "バス[5-7]"),
        ("not ( バス < 1 )", "バス[5-7]"),
        ("not ( 1 > バス )", "バス[5-7]"),
        ("税 + 本数 - バス >= 1", "税[0-1]、本数[8-10]"),
        ("税 * 2 > 橋", "税[0-1]"),
        ("- 税 < 0", "税[0-1]"),
        ("税 == バス", "税[0-1]、バス[5-7]"),
        ("( 税 and バス ) + 橋 >= 1", "税[0-1]、バス[5-7]"),
        ("税 >= 1 >= 1", "税[0-1]"),
    ],
)
def test_only_words_that_push_a_rule_towards_true_are_evidence(
    write_codebook: Write, bus: Any, rule: str, words: str
) -> None:
    coded = apply_codebook(write_codebook(f"＊コード\n{rule}\n"), bus.tokens, bus.opinions)
    first = coded.codings[coded.codings["opinion_id"] == "A1"]
    assert first["evidence"].tolist() == [words]


def test_values_count_the_spans_and_the_tables_keep_their_contracts(
    write_codebook: Write, bus: Any
) -> None:
    codebook = write_codebook("＊バス\nバス or 税\n＊なし\n空港\n＊否定\nnot バス\n")
    coded = apply_codebook(codebook, bus.tokens, bus.opinions)
    assert coded.counts.to_dict("list") == {
        "バス": [2, 0, 0, 2],
        "なし": [0, 0, 0, 0],
        "否定": [0, 1, 1, 0],
    }
    CODINGS.check(coded.codings)
    EVIDENCE.check(coded.evidence)
    assert coded.codings["evidence"].isna().tolist() == [False, True, True, False]


def test_the_same_input_gives_the_same_tables_and_stays_as_it_is(
    write_codebook: Write, bus: Any
) -> None:
    codebook = write_codebook("＊バス\nバス or 税\n")
    before = bus.tokens.copy(), bus.opinions.copy()
    first, second = (apply_codebook(codebook, bus.tokens, bus.opinions) for _ in range(2))
    pd.testing.assert_frame_equal(first.codings, second.codings)
    pd.testing.assert_frame_equal(bus.tokens, before[0])
    pd.testing.assert_frame_equal(bus.opinions, before[1])
