import pytest

from kyodo_analysis.desk.rules import Part, split_alternatives
from kyodo_analysis.errors import RuleError

CODEBOOK = "# 架空の町\n\n＊乗り物\nバス | 電車\n\n# 次は灯り\n＊灯り\n街灯 & 暗い\n"


def test_a_tried_rule_gains_and_loses_opinions_against_the_one_in_the_file(bench):
    trial = bench.try_rule(CODEBOOK, "灯り", "暗い & 道")
    assert (trial.n_before, trial.n_after) == (1, 1)
    assert (trial.gained, trial.lost) == (["A3"], ["A2"])
    assert set(trial.before["matched"]) == {"街灯", "暗い"}
    assert list(zip(trial.after["start"], trial.after["end"], strict=True)) == [(0, 1), (2, 4)]


def test_a_theme_that_is_new_has_no_opinions_before(bench):
    trial = bench.try_rule(CODEBOOK, "遅れ", "遅い")
    assert (trial.n_before, trial.gained) == (0, ["A1", "A2"])
    assert bench.try_rule("", "遅れ", "遅い").n_after == 2


def test_each_alternative_says_what_dropping_it_would_cost(bench):
    trial = bench.try_rule(CODEBOOK, "乗り物", "バス | 遅い | ( 暗い & 道 ) | 船")
    assert trial.parts == [
        Part("バス", 2, 0),
        Part("遅い", 2, 0),
        Part("( 暗い & 道 )", 1, 1),
        Part("船", 0, 0),
    ]


def test_a_rule_may_name_an_earlier_theme(bench):
    trial = bench.try_rule(CODEBOOK, "灯り", "<＊乗り物> & 暗い")
    assert trial.n_after == 1
    assert trial.remarks == []


def test_an_error_is_named_with_the_line_of_the_rule(bench):
    trial = bench.try_rule(CODEBOOK, "灯り", "街灯\n| 暗い 道")
    assert trial.error["line"] == 2
    assert "「暗い」と「道」の間に" in trial.error["found"]
    assert trial.parts == []


def test_a_remark_of_the_grammar_stands_beside_the_count(bench):
    trial = bench.try_rule(CODEBOOK, "灯り", "街灯 | 道 & 暗い")
    assert [each["level"] for each in trial.remarks] == ["警告"]
    assert "かっこなしで混ざっています" in trial.remarks[0]["found"]
    assert trial.error is None


def test_opinions_are_found_by_a_rule_that_stands_in_no_codebook(bench):
    ids, places = bench.find("暗い & ! バス", codebook=CODEBOOK)
    assert ids == ["A3"]
    assert list(places["matched"]) == ["暗い"]
    assert bench.find("<＊灯り>", codebook=CODEBOOK)[0] == ["A2"]


def test_a_broken_search_is_a_sentence(bench):
    with pytest.raises(RuleError, match="閉じていません"):
        bench.find("( 暗い")


def test_a_search_cannot_begin_another_code(bench):
    with pytest.raises(RuleError):
        bench.find("暗い\n＊道\n道", codebook=CODEBOOK)


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("a | b or c", ["a", "b", "c"]),
        ("( a | b ) & c", ["( a | b ) & c"]),
        ("a |! b", ["a", "not b"]),
        ("a\n# b は広い\n| 'c | d'", ["a", "'c | d'"]),
        ("", []),
    ],
)
def test_a_rule_is_cut_at_each_or_outside_of_parentheses(rule, parts):
    assert split_alternatives(rule) == parts
