"""Every way of cutting is held to Janome as it is."""

import random
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from differences import Kind, list_differences, spell
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.errors import StudyError
from kyodo_analysis.folding import fold_characters
from kyodo_analysis.words import (
    DictionaryWord,
    JanomeTokenizer,
    MecabTokenizer,
    make_tokenizer,
    read_dictionary,
    tokenize_opinions,
)
from kyodo_analysis.words import tokenizers as engines
from kyodo_analysis.words.fast_janome import analyze_together
from kyodo_analysis.words.janome import analyze_one_by_one
from kyodo_analysis.words.texts import split_lines

_PAGE = Path(__file__).parents[2] / "docs" / "engines.md"
_SAMPLE = Path(__file__).parents[2] / "data" / "raw" / "sample-transport" / "opinions.xlsx"
OWN = (
    DictionaryWord("㊙計画", "名詞,一般,*,*", 1285),
    DictionaryWord("協働", "名詞,サ変接続,*,*", 1283),
    DictionaryWord("市民", "名詞,固有名詞,組織,*", 1292),
    DictionaryWord("橋", "名詞,一般,*,*", 1285, cost=6000),
)
# Pieces that engines stumble over: words and their halves, unknown runs, symbols, draws.
_PIECES = [
    *("すもも", "もも", "の", "うち", "だろう", "かもしれない", "ない", "です", "て", "いる"),
    *("市民", "協働", "事業", "働", "京都", "都", "忖度", "龘", "龘龘龘龘", "一二三", "〇", "々"),
    *(
        "令和",
        "バス",
        "ニャンコロ",
        "ー",
        "ゐゑ",
        "ぁぁ",
        "PDCA",
        "x",
        "120",
        "１２",
        "①",
        "㊙計画",
    ),
    *("⇒⇒", "！？", "、", "。", "「", "」", "　", " ", "\n", "𠮷", "😀", "Ð", "ﾊﾞ", "か\u3099", "é"),
    *("Ж", "λ", "-", "~"),
]
_texts = st.lists(st.sampled_from(_PIECES) | st.characters(), max_size=25).map("".join)
_held = settings(deadline=None, derandomize=True, max_examples=150)


# What a sentence may hold that IPADIC has not: characters of which unknown runs are made.
_OTHERS = (
    "龘働曾鉋耀綬髙﨑齋橋川市会新",
    "アイウカサタナニャンー",
    "あいうかさたなぁゃん",
    "abXY12é",
    "々〇二⇒★①",
)
# As docs/engines.md says; every other kind must not occur in such sentences at all.
_HIGHEST_RATES = {
    Kind.LABEL: 0.1,
    Kind.KANJI: 0.05,
    Kind.REPEAT: 0.01,
    Kind.NUMERAL: 0.01,
}


@pytest.fixture(scope="module")
def lines(kashiwa) -> list[str]:
    """Return the folded lines of both bundled studies, and two longer than Janome takes at once."""
    sheet = openpyxl.load_workbook(_SAMPLE)["ご意見一覧"]
    sample = [row[6] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    texts = [*kashiwa["text"], *(text for text in sample if text)]
    assert len(texts) > 300
    return _fold([*texts, "".join(texts[:40]), "橋" * 1500])


def _fold(texts):
    folded = (fold_characters(text).text for text in texts)
    return [line.strip("　") for text in folded for _, line in split_lines(text)]


@pytest.mark.parametrize("dictionary", [(), OWN], ids=["plain", "own words"])
def test_lines_cut_together_are_cut_as_janome_does(lines, dictionary):
    expected = spell(analyze_one_by_one(lines, dictionary))
    assert spell(analyze_together(lines, dictionary)) == expected


@_held
@given(st.lists(_texts, min_size=1, max_size=4))
def test_generated_lines_cut_together_are_cut_as_janome_does(texts):
    lines = _fold(texts)
    assert spell(analyze_together([*lines, "橋"], OWN)) == spell(
        analyze_one_by_one([*lines, "橋"], OWN)
    )


@pytest.mark.parametrize("own", [True, False], ids=["own words", "the study's words"])
def test_mecab_cuts_both_studies_as_janome_does(lines, decisions, own):
    words = OWN if own else read_dictionary(decisions / "dictionary.csv")
    assert list_differences(lines[:-1], words) == []


@_held
@given(st.lists(_texts, min_size=1, max_size=4))
def test_whatever_mecab_cuts_otherwise_has_a_kind_that_the_rules_of_both_prove(texts):
    kinds = {found.kind for found in list_differences([*_fold(texts), "橋"], OWN)}
    assert Kind.UNEXPLAINED not in kinds


def test_sentences_with_unknown_words_in_them_hardly_ever_differ(lines):
    rng = random.Random(1)
    sentences = spell(analyze_together(lines[:-2], OWN))
    made = _fold(_put_unknown_words_into(rng.choice(sentences), rng) for _ in range(1000))
    differing = {(found.line, found.kind) for found in list_differences(made, OWN)}
    kinds = Counter(kind for _, kind in differing)
    assert all(n <= _HIGHEST_RATES.get(kind, 0) * len(made) for kind, n in kinds.items())


def _put_unknown_words_into(sentence, rng):
    """Put up to three made-up words of one to four characters in the place of others."""
    words = [word.surface for word in sentence]
    for _ in range(3):
        some = rng.choice(_OTHERS)
        words[rng.randrange(len(words))] = "".join(rng.choices(some, k=rng.randint(1, 4)))
    return "".join(words)


def test_the_page_on_engines_explains_every_kind_and_counts_none_without_one():
    page = _PAGE.read_text(encoding="utf-8")
    headings = [line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")]
    assert headings == [kind for kind in Kind if kind is not Kind.UNEXPLAINED]
    assert f"| {Kind.UNEXPLAINED} | 0 | 0 | 0 | 0 |" in page


def test_mecab_finds_the_same_places_and_words_in_odd_opinions(make_opinions):
    opinions = make_opinions("　協働 ﾊﾞｽ\n　", "", "NUL\x00は残る", "令和の①⇒PLAN")
    columns = ["opinion_id", "surface", "base_form", "part_of_speech", "unknown", "start", "end"]
    janome, mecab = (
        tokenize_opinions(opinions, tokenizer=tokenizer)[columns].to_dict("records")
        for tokenizer in (JanomeTokenizer(OWN), MecabTokenizer(OWN))
    )
    assert mecab == janome


@pytest.mark.parametrize(
    ("engine", "kind"),
    [("janome", JanomeTokenizer), ("mecab", MecabTokenizer), ("auto", MecabTokenizer)],
)
def test_a_study_chooses_its_engine_and_the_name_says_so(engine, kind, decisions):
    tokenizer = make_tokenizer(engine=engine, dictionary=decisions / "dictionary.csv")
    assert isinstance(tokenizer, kind)
    assert "辞書5語" in tokenizer.name
    assert ("MeCab" in tokenizer.name) == (kind is MecabTokenizer)


def test_without_the_extra_auto_is_janome_and_mecab_is_refused(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    assert isinstance(make_tokenizer(engine="auto"), JanomeTokenizer)
    with pytest.raises(StudyError, match="入っていません"):
        make_tokenizer(engine="mecab")


def test_an_engine_that_is_not_known_is_refused():
    with pytest.raises(StudyError, match="「chasen」"):
        make_tokenizer(engine="chasen")
