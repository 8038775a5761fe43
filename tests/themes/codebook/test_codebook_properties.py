from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from slow_codebook import is_given, number_tokens

from kyodo_analysis.errors import KyodoError
from kyodo_analysis.themes.codebook import apply_codebook, read_codebook
from kyodo_analysis.themes.codebook.atoms import Token
from kyodo_analysis.themes.codebook.parser import RuleSyntaxError, parse_rule

_PROPERTY = settings(
    deadline=None,
    derandomize=True,
    max_examples=200,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_VOCABULARY = ["橋", "川", "町", "の", "。"]
_WORDS = st.lists(st.sampled_from(["橋", "川", "町"]), min_size=2, max_size=3, unique=True)
_OPTIONS = st.sampled_from(["", "[1]", "[2]", "[0]", "[b]", "[d2]", "[b0]"])
_ATOMS = st.one_of(
    st.sampled_from([*_VOCABULARY[:4], "空港", "0", "1", "2", "'橋の'", "'。'", "'川町'"]),
    st.builds("{}({}){}".format, st.sampled_from(["near", "seq"]), _WORDS.map("-".join), _OPTIONS),
    _WORDS.map("+".join),
)


def _arithmetic(operand: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    signs = st.sampled_from(["+", "-", "*"])
    chain = st.builds(lambda first, sign, last: [*first, sign, *last], operand, signs, operand)
    return st.one_of(operand, chain, st.builds(lambda part: ["!", *part], operand))


def _rules(depth: int) -> st.SearchStrategy[list[str]]:
    atom = _ATOMS.map(lambda token: [token])
    operand = (
        atom
        if depth == 0
        else st.one_of(atom, atom, _rules(depth - 1).map(lambda rule: ["(", *rule, ")"]))
    )
    value = _arithmetic(operand)
    comparison = st.builds(
        lambda left, sign, right: [*left, sign, *right],
        value,
        st.sampled_from([">", ">=", "<", "<=", "=="]),
        value,
    )
    test = st.one_of(value, comparison)
    denial = st.one_of(test, st.builds(lambda part: ["not", *part], test))
    joint = st.sampled_from(["and", "or", "&", "|", "&!", "|!"])
    return st.one_of(
        denial,
        st.builds(lambda left, sign, right: [*left, sign, *right], denial, joint, test),
        st.builds(
            lambda a, first, b, second, c: [*a, first, *b, second, *c],
            denial,
            joint,
            test,
            joint,
            test,
        ),
    )


_CORPORA = st.lists(
    st.lists(
        st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=8), min_size=1, max_size=3
    ),
    min_size=1,
    max_size=4,
)


@settings(_PROPERTY, max_examples=25)
@given(
    rules=st.lists(_rules(2), min_size=12, max_size=12),
    opinions=_CORPORA,
    unit=st.sampled_from(["opinion", "paragraph", "sentence"]),
)
def test_any_rule_means_the_same_as_to_a_slow_evaluator(
    build_corpus: Callable[..., Any],
    tmp_path: Path,
    rules: list[list[str]],
    opinions: list[list[list[str]]],
    unit: str,
) -> None:
    texts = {
        f"A{row}": "\n".join(" ".join(line) for line in lines)
        for row, lines in enumerate(opinions, start=1)
    }
    corpus = build_corpus(texts)
    path = tmp_path / "codebook.txt"
    path.write_text(
        "".join(f"＊{number}\n{' '.join(rule)}\n" for number, rule in enumerate(rules)),
        encoding="utf-8",
    )
    coded = apply_codebook(read_codebook(path), corpus.tokens, corpus.opinions, unit=unit)
    tokens = number_tokens(opinions)
    for number, rule in enumerate(rules):
        expected = [is_given(rule, tokens, unit, at) for at in range(len(coded.units))]
        assert (coded.counts[str(number)] > 0).tolist() == expected


@_PROPERTY
@given(st.lists(st.text(alphabet="橋()|&!+-*/<>='\"[]bn1 。", max_size=6), max_size=12))
def test_the_parser_understands_or_refuses_any_tokens(texts: list[str]) -> None:
    tokens = [Token(text, 1) for text in texts if text] or [Token("橋", 1)]
    with suppress(RuleSyntaxError):
        assert parse_rule(tokens) == parse_rule(tokens)


@_PROPERTY
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "codebook.txt"
    path.write_bytes(content)
    with suppress(KyodoError):
        codebook = read_codebook(path)
        assert codebook.codes["code"].tolist() == [rule.name for rule in codebook.rules]


@pytest.mark.parametrize(
    "rule", [["("] * 500 + ["橋"], ["not"] * 500 + ["橋"], ["橋"] + [">", "橋"] * 900]
)
def test_a_rule_without_end_is_refused_rather_than_fatal(rule: list[str]) -> None:
    with pytest.raises(RuleSyntaxError):
        parse_rule([Token(text, 1) for text in rule])


def test_a_list_of_thousands_of_words_is_one_flat_rule(
    build_corpus: Callable[..., Any], tmp_path: Path
) -> None:
    corpus = build_corpus({"A1": "橋 の:助詞 川"})
    path = tmp_path / "codebook.txt"
    path.write_text("＊長い\n" + " or ".join(f"語{n}" for n in range(1500)) + " or 川\n", "utf-8")
    coded = apply_codebook(read_codebook(path), corpus.tokens, corpus.opinions)
    assert coded.codings["evidence"].tolist() == ["川[2-3]"]
