"""Tokens to terms: which words are counted, and as what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.tables import TERMS

Flags = npt.NDArray[np.bool_]

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


@dataclass(frozen=True)
class TermSettings:
    """Which words are counted.

    Parameters
    ----------
    parts_of_speech : tuple of str
        Beginnings of IPADIC tags. Independent verbs and adjectives only: requests such as
        ほしい (形容詞,非自立) are found by :func:`~kyodo_analysis.words.find_phrases`.
    join_compounds : bool
        Whether nouns that follow each other are one term: 協働|事業 -> 協働事業.
    """

    parts_of_speech: tuple[str, ...] = (
        "名詞,一般",
        "名詞,サ変接続",
        "名詞,形容動詞語幹",
        "名詞,固有名詞",
        "名詞,副詞可能",
        "名詞,ナイ形容詞語幹",
        "動詞,自立",
        "形容詞,自立",
    )
    join_compounds: bool = True

    def _repr_markdown_(self) -> str:
        joined = "まとめて1語に数える" if self.join_compounds else "分けて数える"
        parts = "、".join(part.replace(",", "-") for part in self.parts_of_speech)
        return f"| 語の設定 | |\n|---|---|\n| 数える品詞 | {parts} |\n| 続く名詞 | {joined} |"


def select_terms(
    tokens: pd.DataFrame,
    *,
    settings: TermSettings | None = None,
    synonyms: Mapping[str, str] | None = None,
    stop_words: Collection[str] = (),
) -> pd.DataFrame:
    """Choose the words that are counted.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    settings : TermSettings, optional
        Which words are counted.
    synonyms : mapping, optional
        From a term to the one that stands for it.
    stop_words : collection of str
        Terms to leave out, before or after merging.

    Returns
    -------
    DataFrame
        TERMS, one row per occurrence in reading order: base forms of single words, folded
        characters for compounds. A compound is 名詞,一般; ``start`` and ``end`` span all of it.
    """
    settings = settings or TermSettings()
    wanted = _starts_with(tokens["part_of_speech"], settings.parts_of_speech)
    alone = np.ones(len(tokens), dtype=bool)
    terms = _join_runs(
        tokens, _find_term_starts(tokens) if settings.join_compounds else alone, wanted
    )
    merged = terms["term"].replace(dict(synonyms or {}))
    kept = ~(terms["term"].isin(stop_words) | merged.isin(stop_words))
    chosen = terms.assign(term=merged)[kept].reset_index(drop=True)
    return TERMS.check(chosen.astype({"term": "category", "part_of_speech": "category"}))


def _starts_with(labels: "pd.Series[Any]", beginnings: tuple[str, ...]) -> Flags:
    """Tell for each tag whether it is, or lies below, one of the tags given."""
    labels = labels.astype("category")
    below = [
        any(f"{tag},".startswith(f"{beginning},") for beginning in beginnings)
        for tag in labels.cat.categories
    ]
    return np.array(below, dtype=bool)[labels.cat.codes]


def _find_term_starts(tokens: pd.DataFrame) -> Flags:
    """Tell for each token whether a term starts there; the others continue a compound."""
    tags = tokens["part_of_speech"]
    apart = _starts_with(tags, _LOOSE_SUFFIXES)
    apart |= tokens["base_form"].isin(_POLITE_OR_VAGUE).to_numpy()
    prefix = _starts_with(tags, _PREFIXES) & ~apart
    member = _starts_with(tags, _MEMBERS) & ~apart
    suffix = _starts_with(tags, _SUFFIXES) & ~apart
    continues = _touches_previous(tokens) & _shift(prefix | member | suffix) & (member | suffix)
    stems = np.cumsum(prefix | member)
    runs = np.cumsum(~continues)
    stems_before = (stems - (prefix | member))[~continues][runs - 1] if len(runs) else stems
    has_stem = stems > stems_before
    return ~(continues & _shift(has_stem))


def _touches_previous(tokens: pd.DataFrame) -> Flags:
    """Tell whether a token follows the one before it without a gap, in the same opinion."""
    opinion = tokens["opinion_id"].astype("category").cat.codes
    touches = (opinion == opinion.shift()) & (tokens["start"] == tokens["end"].shift())
    return touches.to_numpy(dtype=bool)


def _shift(flags: Flags) -> Flags:
    """Return for each token what holds for the one before it."""
    return np.concatenate([[False], flags[:-1]]) if len(flags) else flags


def _join_runs(tokens: pd.DataFrame, starts: Flags, wanted: Flags) -> pd.DataFrame:
    """Make one row of each run of tokens that holds a wanted one."""
    first = np.flatnonzero(starts)
    kept = np.logical_or.reduceat(wanted, first) if len(first) else starts
    first, last = first[kept], (np.append(first[1:], len(tokens)) - 1)[kept]
    compound = first < last
    base_forms = tokens["base_form"].to_numpy(dtype=object)
    terms = base_forms[first]
    terms[compound] = [
        "".join(base_forms[start : end + 1])
        for start, end in zip(first[compound], last[compound], strict=True)
    ]
    tags = tokens["part_of_speech"].astype("category")
    short = [",".join(tag.split(",")[:2]) for tag in tags.cat.categories] + [_COMPOUND]
    codes = np.where(compound, len(short) - 1, tags.cat.codes.to_numpy()[first])
    return pd.DataFrame(
        {
            "opinion_id": tokens["opinion_id"].iloc[first].reset_index(drop=True),
            "term": pd.Series(terms, dtype="str"),
            "part_of_speech": pd.Series(np.array(short, dtype=object)[codes], dtype="str"),
            "start": tokens["start"].to_numpy()[first],
            "end": tokens["end"].to_numpy()[last],
        }
    )
