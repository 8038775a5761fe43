"""Tokens to terms: which words are counted, and as what."""

import re
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.folding import fold_characters, fold_word
from kyodo_analysis.tables import TERMS
from kyodo_analysis.words.settings import WordSettings

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.integer[Any]]

# What may stand inside a compound. 副詞可能, 代名詞 and 非自立 do not: ここ|最近, 市|全体.
_MEMBERS = (
    "名詞,一般",
    "名詞,サ変接続",
    "名詞,形容動詞語幹",
    "名詞,固有名詞",
    "名詞,ナイ形容詞語幹",
    "名詞,数",
)
_PREFIXES = ("接頭詞,名詞接続", "接頭詞,数接続")
_SUFFIXES = ("名詞,接尾",)
_LOOSE_SUFFIXES = ("名詞,接尾,人名", "名詞,接尾,助動詞語幹", "名詞,接尾,特殊")
_POLITE_OR_VAGUE = ("お", "ご", "御", "等")
_COMPOUND = "名詞,一般"


# KH Coder's names for what its word lists leave out: the tag, and the base forms below it.
_HIRAGANA = re.compile("[ぁ-ん]+")
_LEFT_OUT = {
    "動詞B": ("動詞,自立", _HIRAGANA),
    "形容詞B": ("形容詞", _HIRAGANA),
    "副詞B": ("副詞", _HIRAGANA),
    "名詞B": ("名詞,一般", _HIRAGANA),
    "否定助動詞": ("助動詞", re.compile("ない|まい|ぬ|ん")),
    "形容詞（非自立）": ("形容詞,非自立", re.compile(".*")),
}


def select_terms(
    tokens: pd.DataFrame,
    *,
    settings: WordSettings | None = None,
    synonyms: Mapping[str, str] | None = None,
    stop_words: Collection[str] = (),
) -> pd.DataFrame:
    """Choose the words that are counted.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    settings : WordSettings, optional
        Which words are counted.
    synonyms : mapping, optional
        From a term, in any writing, to the one that stands for it.
    stop_words : collection of str
        Terms to leave out, before or after merging, in any writing.

    Returns
    -------
    DataFrame
        TERMS, one row per occurrence in reading order: base forms of single words, folded
        characters for compounds. A compound is 名詞,一般; ``start`` and ``end`` span all of it.
    """
    settings = settings or WordSettings()
    wanted = _starts_with(tokens["part_of_speech"], settings.parts_of_speech)
    alone = np.ones(len(tokens), dtype=bool)
    starts = _find_term_starts(tokens) if settings.join_compounds else alone
    first, last = _find_runs(starts, wanted)
    counted = (first < last) | ~_find_left_out(tokens, settings.leave_out)[first]
    first, last = first[counted], last[counted]
    names, terms = _name_runs(tokens["base_form"], first, last)
    stands_for = {fold_word(word): into for word, into in (synonyms or {}).items()}
    folded = _fold_terms(names)
    merged = pd.Series(map(stands_for.get, folded, names), dtype="str")
    left_out = set(map(fold_word, stop_words))
    counted = ~(folded.isin(left_out) | _fold_terms(merged).isin(left_out)).to_numpy()[terms]
    first, last, terms = first[counted], last[counted], terms[counted]
    chosen = {
        "opinion_id": tokens["opinion_id"].iloc[first].reset_index(drop=True),
        "term": _label(merged, terms),
        "part_of_speech": _label(*_tag_runs(tokens["part_of_speech"], first, last)),
        "start": tokens["start"].to_numpy()[first],
        "end": tokens["end"].to_numpy()[last],
    }
    return TERMS.check(pd.DataFrame(chosen, copy=False))


def _find_left_out(tokens: pd.DataFrame, names: Collection[str]) -> Flags:
    """Tell which tokens are of the kinds that KH Coder calls by these names."""
    left_out = np.zeros(len(tokens), dtype=bool)
    for tag, forms in map(_LEFT_OUT.__getitem__, names):
        fits = _ask(tokens["base_form"], forms.fullmatch)
        left_out |= fits & _starts_with(tokens["part_of_speech"], (tag,))
    return left_out


def _fold_terms(terms: "pd.Series[str]") -> "pd.Series[str]":
    """Fold all terms at once, as :func:`fold_word` does; no term holds a newline."""
    page = fold_characters("\n".join(terms), ignore_case=True).text
    return pd.Series(page.split("\n") if len(terms) else [], index=terms.index, dtype="str")


def _starts_with(labels: "pd.Series[Any]", beginnings: tuple[str, ...]) -> Flags:
    """Tell for each tag whether it is, or lies below, one of the tags given."""
    return _ask(
        labels, lambda tag: any(f"{tag},".startswith(f"{beginning},") for beginning in beginnings)
    )


def _ask(labels: "pd.Series[Any]", question: Callable[[str], object]) -> Flags:
    """Answer a question for each label, asking once for each of its values."""
    values, places = _take_apart(labels)
    return np.array([bool(question(value)) for value in values], dtype=bool)[places]


def _find_term_starts(tokens: pd.DataFrame) -> Flags:
    """Tell for each token whether a term starts there; the others continue a compound."""
    tags = tokens["part_of_speech"]
    apart = _starts_with(tags, _LOOSE_SUFFIXES)
    apart |= _ask(tokens["base_form"], _POLITE_OR_VAGUE.__contains__)
    prefix = _starts_with(tags, _PREFIXES) & ~apart
    member = _starts_with(tags, _MEMBERS) & ~apart
    suffix = _starts_with(tags, _SUFFIXES) & ~apart
    continues = _touches_previous(tokens) & _shift(prefix | member | suffix) & (member | suffix)
    places = np.arange(len(tokens), dtype=np.int32)
    last_stem = np.maximum.accumulate(np.where(prefix | member, places, -1))
    run_start = np.maximum.accumulate(np.where(continues, -1, places))
    return ~(continues & _shift(last_stem >= run_start))


def _touches_previous(tokens: pd.DataFrame) -> Flags:
    """Tell whether a token follows the one before it without a gap, in the same opinion."""
    opinion = tokens["opinion_id"].astype("category").cat.codes.to_numpy()
    start, end = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    touches = np.zeros(len(tokens), dtype=bool)
    touches[1:] = (opinion[1:] == opinion[:-1]) & (start[1:] == end[:-1])
    return touches


def _shift(flags: Flags) -> Flags:
    """Return for each token what holds for the one before it."""
    return np.concatenate([[False], flags[:-1]]) if len(flags) else flags


def _find_runs(starts: Flags, wanted: Flags) -> tuple[Places, Places]:
    """Find the first and the last token of each run that holds a wanted one."""
    first = np.flatnonzero(starts)
    kept = np.logical_or.reduceat(wanted, first) if len(first) else starts
    return first[kept], (np.append(first[1:], len(starts)) - 1)[kept]


def _name_runs(
    base_forms: "pd.Series[Any]", first: Places, last: Places
) -> tuple["pd.Series[str]", Places]:
    """Return the different words that runs are, and for each run its place among them."""
    words, codes = _take_apart(base_forms)
    compound = first < last
    sizes = (last - first + 1)[compound]
    ends = np.cumsum(sizes)
    members = np.arange(sizes.sum()) + np.repeat(first[compound] - (ends - sizes), sizes)
    parts = words[codes[members]].tolist()
    joined = ["".join(parts[start:end]) for start, end in pairwise([0, *ends.tolist()])]
    numbers, names = pd.factorize(np.array([*words, *joined], dtype=object))
    places = numbers[codes[first]]
    places[compound] = numbers[len(words) :]
    return pd.Series(names, dtype="str"), places


def _tag_runs(
    tags: "pd.Series[Any]", first: Places, last: Places
) -> tuple["pd.Series[str]", Places]:
    """Return the parts of speech that runs count as, and for each run its place among them."""
    words, codes = _take_apart(tags)
    short = [",".join(tag.split(",")[:2]) for tag in words] + [_COMPOUND]
    places = np.where(first < last, len(words), codes[first])
    return pd.Series(short, dtype="str"), places


def _take_apart(labels: "pd.Series[Any]") -> tuple[npt.NDArray[Any], Places]:
    """Return the values of labels, and for each label its place among them."""
    column = labels.astype("category").cat
    return column.categories.to_numpy(dtype=object), column.codes.to_numpy()


def _label(values: "pd.Series[str]", places: Places) -> pd.Categorical:
    """Return ``values[places]`` as a categorical; its categories are those in use, sorted."""
    used = np.flatnonzero(np.bincount(places, minlength=len(values)))
    numbers, categories = pd.factorize(values.iloc[used], sort=True)
    codes = np.zeros(len(values), dtype=np.int32)
    codes[used] = numbers
    return pd.Categorical.from_codes(codes[places], categories=categories)
