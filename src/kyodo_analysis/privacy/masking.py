"""Opinions as they may be published: what is decided to be hidden becomes ●."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kyodo_analysis.errors import TableError
from kyodo_analysis.privacy.decisions import DROP, PUBLISH, check_decided
from kyodo_analysis.tables import OPINIONS

_BLOT = "●"
_IN_TEXT = "意見"


def mask_opinions(
    opinions: pd.DataFrame,
    findings: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    path: Path = Path("privacy.csv"),
) -> pd.DataFrame:
    """Make the opinions that may be published; counts are made from the opinions as they are.

    Each code point to hide becomes one ●, so that lengths and offsets stay true. An opinion that
    is to be dropped stays as a row of ● (line breaks kept), so that numbers still lead to it.
    Words hidden in the text are hidden wherever the raw text has them, too.

    Parameters
    ----------
    opinions : OPINIONS
        The opinions in which `findings` were found.
    findings : PERSONAL_DATA
    decisions : DECISIONS
    path : Path
        Where the decisions are, for the message.

    Returns
    -------
    OPINIONS

    Raises
    ------
    StudyError
        A finding is undecided.
    TableError
        A finding is not at its place in `opinions`.
    """
    check_decided(findings, decisions, path=path)
    placed = findings.merge(decisions[["finding_id", "treatment"]], on="finding_id").merge(
        opinions[["opinion_id", "text", "raw_text"]], on="opinion_id", how="left"
    )
    _check_places(placed)
    hidden = defaultdict(list)
    for row in placed[placed["treatment"].ne(PUBLISH)].itertuples(index=False):
        hidden[row.opinion_id].append(row)
    published = {opinion_id: _mask_opinion(rows) for opinion_id, rows in hidden.items()}
    masked = opinions.copy()
    touched = masked["opinion_id"].isin(list(published))
    for position, column in enumerate(["text", "raw_text"]):
        ids = masked.loc[touched, "opinion_id"]
        masked.loc[touched, column] = [published[opinion_id][position] for opinion_id in ids]
    return OPINIONS.check(masked)


def mask_words(
    words: pd.DataFrame, opinions: pd.DataFrame, published: pd.DataFrame, *, column: str
) -> pd.DataFrame:
    """Hide in another table the words that touch something hidden in the opinions.

    Parameters
    ----------
    words : DataFrame
        A table with ``opinion_id``, ``start`` and ``end`` in ``text``: TERMS, PHRASES, EVIDENCE ...
    opinions : OPINIONS
    published : OPINIONS
        What :func:`mask_opinions` made of `opinions`.
    column : str
        The column of `words` that holds words of the text.

    Returns
    -------
    DataFrame
        `words` with ● in the rows concerned; a column of labels no longer knows what they hid.
    """
    kept = opinions["text"].eq(published["text"])
    texts = published.loc[~kept].set_index("opinion_id")["text"]
    near = words[words["opinion_id"].isin(texts.index)]
    spans = zip(near["opinion_id"].map(texts), near["start"], near["end"], strict=True)
    touched = near.index[[_BLOT in text[start:end] for text, start, end in spans]]
    hidden = near.loc[touched, column].astype("str").str.replace(r"(?s).", _BLOT, regex=True)
    return words.assign(**{column: _put_in_place(hidden, words[column])})


def _put_in_place(hidden: "pd.Series[str]", words: "pd.Series[Any]") -> "pd.Series[Any]":
    if not isinstance(words.dtype, pd.CategoricalDtype):
        masked = words.copy()
        masked.loc[hidden.index] = hidden
        return masked
    masked = words.cat.set_categories(words.cat.categories.union(pd.Index(hidden.unique())))
    masked.loc[hidden.index] = hidden.array
    codes, left = pd.factorize(masked, sort=True)
    return pd.Series(pd.Categorical.from_codes(codes, left.astype("str")), words.index)


def _check_places(placed: pd.DataFrame) -> None:
    texts = placed["text"].where(placed["column"].eq(_IN_TEXT), placed["raw_text"]).fillna("")
    spans = zip(texts, placed["start"], placed["end"], strict=True)
    there = pd.Series([text[start:end] for text, start, end in spans], index=placed.index)
    if (moved := placed[there.ne(placed["matched"])]).empty:
        return
    finding = moved.iloc[0]
    raise TableError(
        f"意見{finding['opinion_id']}",
        f"個人情報の候補「{finding['matched']}」が、記録された場所にありません",
        action="意見を読み直したら、個人情報の点検もやり直してください",
    )


def _mask_opinion(hidden: Sequence[Any]) -> tuple[str, str]:
    """Return the text and the raw text of the opinion that some rows of findings tell of."""
    text, raw_text = hidden[0].text, hidden[0].raw_text
    if any(row.treatment == DROP for row in hidden):
        return blot_all(text), blot_all(raw_text)
    masked = blot(text, ((row.start, row.end) for row in hidden if row.column == _IN_TEXT))
    if text == raw_text:
        return masked, masked
    words = "|".join(map(re.escape, dict.fromkeys(row.matched for row in hidden)))
    return masked, blot(raw_text, (found.span() for found in re.finditer(words, raw_text)))


def blot(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Put ● in the place of every character of some spans."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = _BLOT * (end - start)
    return "".join(characters)


def blot_all(text: str) -> str:
    """Put ● in the place of every character but line breaks."""
    return re.sub(r"[^\n]", _BLOT, text)
