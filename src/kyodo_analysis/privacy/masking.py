"""Opinions as they may be published: what is decided to be hidden becomes ●."""

import re
from collections.abc import Iterable
from pathlib import Path

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
    hidden = placed[placed["treatment"].ne(PUBLISH)]
    published = {
        opinion_id: _mask_opinion(group) for opinion_id, group in hidden.groupby("opinion_id")
    }
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
        `words` with ● in the rows concerned.
    """
    kept = opinions["text"].eq(published["text"])
    texts = published.loc[~kept].set_index("opinion_id")["text"]
    near = words[words["opinion_id"].isin(texts.index)]
    spans = zip(near["opinion_id"].map(texts), near["start"], near["end"], strict=True)
    touched = near.index[[_BLOT in text[start:end] for text, start, end in spans]]
    masked = words.astype({column: "str"})
    masked.loc[touched, column] = masked.loc[touched, column].str.replace(
        r"(?s).", _BLOT, regex=True
    )
    return masked


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


def _mask_opinion(hidden: pd.DataFrame) -> tuple[str, str]:
    text, raw_text = hidden["text"].iloc[0], hidden["raw_text"].iloc[0]
    if hidden["treatment"].eq(DROP).any():
        return blot_all(text), blot_all(raw_text)
    in_text = hidden[hidden["column"].eq(_IN_TEXT)]
    masked = blot(text, zip(in_text["start"], in_text["end"], strict=True))
    if text == raw_text:
        return masked, masked
    words = "|".join(map(re.escape, hidden["matched"].drop_duplicates()))
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
