"""One word, many writings: what an analyst reads in Excel, a rule finds. On Janome's tokens."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kyodo_analysis.tables import ATTRIBUTES, OPINIONS
from kyodo_analysis.themes.codebook import (
    Coded,
    apply_codebook,
    force_words,
    parse_codebook,
    read_codebook,
)
from kyodo_analysis.words import make_tokenizer, tokenize_opinions

BUS_STOPS = (
    "バス停にベンチを置いてほしい。",
    "ﾊﾞｽ停にベンチを置いてほしい。",
    "ハ\u3099ス停にベンチを置いてほしい。",
    "バ\u200bス停にベンチを置いてほしい。",
    "バス停にベ\u00adンチを置いてほしい。",
    "\u202aバス停\u202cにベンチを置いてほしい。",
    "バス\u2060停にベンチを置いてほしい。",
    "ハ゛ス停にベンチを置いてほしい。",
    "バス停にベンチを置いてほ\nしい。",
    "バ ス 停 に ベ ン チ を 置 い て ほ し い 。",
    "バス停\ufe00にベンチを置いてほしい。",
    "\u2068バス停\u2069に\uff8d\uff9eﾝﾁを置いてほしい。",
    "バ\u200dス停にベンチを置いてほしい。",
)
OTHERS = (
    "Wi-Fiを図書館に置いてほしい。",
    "Ｗｉ－Ｆｉを駅に置いてほしい。",
    "LET'S体操の会場を増やしてほしい。",
    "SDGsの取り組みを進めてほしい。",
    "ＳＤＧｓの説明会を開いてほしい。",
    "１０代の居場所がほしい。",
    "10代の居場所がほしい。",
    "COVID-19のあとの行事を戻してほしい。",
    "ＣＯＶＩＤ‐１９で祭りがなくなった。",
    "サ高住を増やしてほしい。",
    "e-Taxの相談を市役所でも開いてほしい。",
    "バリアフリー化を急いでください。",
)


def _read(texts: tuple[str, ...], dictionary: Path | None = None) -> tuple[Any, Any]:
    opinions = OPINIONS.make(
        {
            "opinion_id": f"A{number}",
            "text": text,
            "raw_text": text,
            "source": f"opinions.csv!B{number}",
            "source_start": 0,
            "source_end": len(text),
        }
        for number, text in enumerate(texts, start=1)
    )
    tokenizer = make_tokenizer(engine="janome", dictionary=dictionary)
    return opinions, tokenize_opinions(opinions, tokenizer=tokenizer, n_jobs=1)


@pytest.fixture(scope="module")
def stops() -> tuple[Any, Any]:
    return _read(BUS_STOPS)


@pytest.fixture(scope="module")
def others() -> tuple[Any, Any]:
    return _read(OTHERS)


def _code(rule: str, read: tuple[Any, Any], **given: Any) -> Coded:
    opinions, tokens = read
    return apply_codebook(parse_codebook(f"＊x\n{rule}\n", file="c.txt"), tokens, opinions, **given)


def _found(rule: str, read: tuple[Any, Any], **given: Any) -> list[int]:
    return [int(each[1:]) for each in _code(rule, read, **given).codings["opinion_id"]]


@pytest.mark.parametrize("rule", ["バス停", "'バス停'", "ﾊﾞｽ停", "'ハ\u3099ス停'", "'バス停' > 0"])
def test_every_writing_of_a_word_is_found_by_words_and_by_quotes(
    stops: tuple[Any, Any], rule: str
) -> None:
    assert _found(rule, stops) == list(range(1, len(BUS_STOPS) + 1))


@pytest.mark.parametrize("rule", ["バス停", "'バス停'"])
def test_evidence_stays_as_written_at_its_place(stops: tuple[Any, Any], rule: str) -> None:
    evidence = _code(rule, stops).evidence
    texts = stops[0].set_index("opinion_id")["text"]
    for row in evidence.itertuples():
        assert texts[row.opinion_id][row.start : row.end] == row.matched
    assert {"ﾊﾞｽ停", "バ\u200bス停", "ハ゛ス停"} <= set(evidence["matched"])
    assert evidence["matched"].str.lstrip("\u202a\u2068").str[0].isin(["バ", "ハ", "ﾊ"]).all()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("'Wi-Fi'", [1, 2]),
        ("'ｗｉ－ｆｉ'", [1, 2]),
        ("SDGs", [4, 5]),
        ("ｓｄｇｓ", [4, 5]),
        ("'１０代'", [6, 7]),
        ('"10"', [6, 7]),
        ("'covid-19'", [8, 9]),
        ("'ＣＯＶＩＤ－１９'", [8, 9]),
        ("'LET''S体操'", [3]),
        ("'e-tax'", [11]),
        ("'ﾊﾞﾘｱﾌﾘｰ'", [12]),
    ],
)
def test_a_rule_finds_the_word_as_it_reads(
    others: tuple[Any, Any], rule: str, expected: list[int]
) -> None:
    coded = _code(rule, others)
    assert [int(each[1:]) for each in coded.codings["opinion_id"]] == expected
    assert coded.warnings.empty


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Wi-Fi", [1, 2]),
        ("ｗｉ－ｆｉ", [1, 2]),
        ("10代", [6, 7]),
        ("COVID-19", [8, 9]),
        ("LET'S体操", [3]),
        ("サ高住", [10]),
        ("e-Tax", [11]),
        ("ほしい", [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]),
        ("置い", [1, 2]),
        ("説明会", [5]),
        ("ＣＯＶＩＤ", [8, 9]),
    ],
)
def test_advice_works_when_it_is_followed(
    others: tuple[Any, Any], tmp_path: Path, word: str, expected: list[int]
) -> None:
    coded = _code(f"どこにもない or {word}", others)
    if not len(coded.warnings):  # it is found as it stands
        assert [int(each[1:]) for each in coded.codings["opinion_id"]] == expected
        return
    action = coded.warnings["action"].iloc[0]
    tried = [*re.findall(r"「([^」,]+)」(?:と書く|も書く)", action), *re.findall(r"'.+'", action)]
    assert tried
    for rule in tried:
        assert set(_found(rule, others)) >= set(expected), rule
    if entry := re.search(r"「([^」]+,名詞)」の行を加える", action):
        path = tmp_path / "dictionary.csv"
        path.write_text(f"語,品詞\n{entry[1]}\n", encoding="utf-8")
        assert _found(word, _read(OTHERS, path)) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "<>年代-->30代",
        "<>年代-->３０代",
        "<>年 代-->30代",
        "<>分類-->(仮)交通",
        "<>分類-->（仮）交通",
        "<>地区-->第1地区",
        "<>分類-->（仮）交通 or <>分類-->ICT and <>年代-->20代",
    ],
)
def test_values_and_names_of_variables_have_one_writing(rule: str) -> None:
    opinions, tokens = _read(("本数を増やす。", "歩道が狭い。", "屋根がほしい。"))
    opinions = opinions.assign(category=["（仮）交通", "道路", "（仮）交通"])
    attributes = ATTRIBUTES.make(
        {"opinion_id": f"A{number}", "attribute": name, "value": value}
        for number, values in enumerate(
            [("３０代", "第１地区"), ("４０代", "第２地区"), ("30代", "第1地区")], start=1
        )
        for name, value in zip(("年代", "地区"), values, strict=True)
    )
    if "年 代" in rule:
        attributes = attributes.assign(attribute=attributes["attribute"].replace("年代", "年　代"))
        rule = f'"{rule}"'
    assert _found(rule, (opinions, tokens), attributes=attributes) == [1, 3]


def test_an_unknown_value_is_named_with_those_that_there_are() -> None:
    opinions, tokens = _read(("本数を増やす。", "歩道が狭い。"))
    opinions = opinions.assign(category=["ＩＣＴ", "道路"])
    warning = _code("本数 or <>分類-->ＩＴ", (opinions, tokens)).warnings.iloc[0]
    assert warning["found"] == "変数「分類」に「ＩＴ」という値はありません"
    assert warning["action"] == "あるのは ＩＣＴ、道路 です"


def test_many_values_are_listed_with_their_number() -> None:
    opinions, tokens = _read(tuple(f"意見{number}。" for number in range(12)))
    opinions = opinions.assign(category=[f"区{number:02}" for number in range(12)])
    warning = _code("<>分類-->区99", (opinions, tokens)).warnings.iloc[0]
    assert warning["action"].startswith("あるのは 区00、区01、")
    assert warning["action"].endswith("区09 など12種類 です")


@pytest.mark.parametrize(
    ("rule", "found", "action"),
    [
        ("歩道 >= 1.5", "「1.5」は小数として読めない", "整数"),
        ("歩道 >= １．５", "「１．５」は小数として読めない", "整数"),
        ("歩道 or .5", "「.5」は小数として読めない", "整数"),
        ("歩道 or 0", "数だけの「0」は、いつも当たりません", '"0" と書き'),
        ("歩道 and 2", "数だけの「2」は、いつも当たります", '"2" と書き'),
        ("歩道 or not 2", "数だけの「2」は、いつも当たります", '"2" と書き'),
        ("歩道 or 'バス", "「'バス」の引用符が閉じていない", "同じ引用符で"),
        ('歩道 or "バス', '「"バス」の引用符が閉じていない', "同じ引用符で"),
        ("歩道 or バス'", "「バス'」の引用符が閉じていない", "同じ引用符で"),
        ("lw > 0", "すべてに当たるので", "条件を加える"),
        ("No. >= 1", "すべてに当たるので", "条件を加える"),
        ("not 空港", "すべてに当たるので", "条件を加える"),
        ("lw > 100", "どこにも当たりませんでした", "比べている数を確かめて"),
        ("No. > 9", "どこにも当たりませんでした", "比べている数を確かめて"),
        ("空港", "どこにも当たりませんでした", "語の基本形と表記"),
    ],
)
def test_what_is_silently_odd_is_said(rule: str, found: str, action: str) -> None:
    coded = _code(rule, _read(("本数を増やす。", "歩道が狭い。")))
    said = coded.warnings[coded.warnings["found"].str.contains(found, regex=False)]
    assert len(said) == 1
    assert action in said["action"].iloc[0]
    if "基本形" not in action:
        assert not coded.warnings["action"].str.contains("基本形").any()


@pytest.mark.parametrize(
    "rule", ["歩道 >= 1", "歩道 + 本数 > 1 or 歩道", "'バス' or 歩道", '"2" or 歩道']
)
def test_plain_rules_are_not_warned_of(rule: str) -> None:
    assert _code(rule, _read(("本数を増やす。", "歩道が狭い。"))).warnings.empty


def test_lines_before_the_first_header_are_said_with_their_line() -> None:
    codebook = parse_codebook("\n# 注\n歩道 or 道\n＊本数\n本数\n", file="c.txt")
    assert codebook.warnings[["level", "line"]].to_dict("list") == {"level": ["警告"], "line": [3]}
    assert "読みません" in codebook.warnings["found"].iloc[0]
    assert parse_codebook("# 注\n\n　\n＊本数\n本数\n", file="c.txt").warnings.empty


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_codebook_in_utf_16_is_read(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "codebook.txt"
    path.write_bytes(newline.join(["＊乗り物", "バス | 電車", ""]).encode(encoding))
    assert read_codebook(path).codes[["code", "rule"]].to_numpy().tolist() == [
        ["乗り物", "バス | 電車"]
    ]


def test_notes_find_their_theme_in_another_writing(tmp_path: Path) -> None:
    rules, notes = tmp_path / "codebook.txt", tmp_path / "themes.csv"
    rules.write_text("＊ＩＣカード\n'ICカード'\n", encoding="utf-8")
    notes.write_text("コード,上位,定義,含める,含めない,例\nICｶｰﾄﾞ,,支払い,,,\n", encoding="utf-8")
    codes = read_codebook(rules, notes=notes).codes
    assert codes[["code", "definition"]].to_numpy().tolist() == [["ＩＣカード", "支払い"]]


def test_unused_and_forced_words_have_one_writing(
    stops: tuple[Any, Any], write_codebook: Callable[[str], Any]
) -> None:
    opinions, tokens = stops
    assert _found("バス停", stops, unused_words={"ﾊﾞｽ停"}) == []
    forced = force_words(tokens, opinions, ["ﾊﾞｽ停にﾍﾞﾝﾁ"])
    whole = forced[forced["part_of_speech"] == "タグ,*,*,*"]
    assert whole["opinion_id"].nunique() == len(BUS_STOPS)
    texts = opinions.set_index("opinion_id")["text"]
    assert all(
        texts[row.opinion_id][row.start : row.end] == row.surface for row in whole.itertuples()
    )
    codebook = write_codebook("＊x\nﾊﾞｽ停にベンチ\n")
    assert len(apply_codebook(codebook, forced, opinions).codings) == len(BUS_STOPS)


def test_surface_conditions_keep_case_and_forget_widths(others: tuple[Any, Any]) -> None:
    assert _found("SDGs=>ＳＤＧｓ", others) == [4, 5]
    assert _found("SDGs=>sdgs", others) == []
