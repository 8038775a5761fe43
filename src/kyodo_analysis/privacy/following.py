"""Words of other tables that follow what is hidden in the opinions."""

import re
from typing import Any

import pandas as pd

from kyodo_analysis.privacy.masking import BLOT, blot


def mask_words(words: pd.DataFrame, masked: "pd.Series[str]", *, column: str) -> "pd.Series[Any]":
    """Hide in another table the words that touch something hidden in an opinion.

    Parameters
    ----------
    words : DataFrame
        A table with ``opinion_id``, ``start`` and ``end`` in ``text``.
    masked : Series of str, by opinion
        The published texts of the opinions in which anything is hidden.
    column : str
        The column of `words` that holds words of the text.

    Returns
    -------
    Series
        The column with ● in the rows concerned; one of labels no longer knows what they hid.
    """
    near = words[words["opinion_id"].isin(masked.index)]
    spans = zip(near["opinion_id"].map(masked), near["start"], near["end"], strict=True)
    touched = near.index[[BLOT in text[start:end] for text, start, end in spans]]
    hidden = near.loc[touched, column].astype("str").str.replace(r"(?s).", BLOT, regex=True)
    return _put_in_place(hidden, words[column])


def _put_in_place(hidden: "pd.Series[str]", words: "pd.Series[Any]") -> "pd.Series[Any]":
    if not isinstance(words.dtype, pd.CategoricalDtype):
        masked = words.copy()
        masked.loc[hidden.index] = hidden
        return masked
    masked = words.cat.set_categories(words.cat.categories.union(pd.Index(hidden.unique())))
    masked.loc[hidden.index] = hidden.array
    codes, left = pd.factorize(masked, sort=True)
    return pd.Series(pd.Categorical.from_codes(codes, left.astype("str")), words.index)


_PLACE = re.compile(r"\[(\d+)-(\d+)\]")


def mask_evidence(
    evidence: "pd.Series[Any]", ids: "pd.Series[Any]", masked: "pd.Series[str]"
) -> "pd.Series[Any]":
    """Hide words written with their places (理解[12-14]、意識[20-22]) as :func:`mask_words` does.

    Where a word belongs to another opinion, that opinion's number stands before it: A2:理解[12-14].
    """
    texts = dict(masked.items())
    rows = evidence.notna() & (
        ids.isin(masked.index) | evidence.fillna("").str.contains(":", regex=False)
    )
    made = evidence.copy()
    made.loc[rows] = [
        _mask_written(str(written), str(opinion_id), texts)
        for written, opinion_id in zip(evidence[rows], ids[rows], strict=True)
    ]
    return made


def _mask_written(written: str, opinion_id: str, texts: dict[Any, str]) -> str:
    spans, after = [], 0
    for place in _PLACE.finditer(written):
        start, end = int(place[1]), int(place[2])
        first = place.start() - (end - start)
        head = written[after:first].removeprefix("、")
        owner = head[:-1] if head.endswith(":") else opinion_id
        if BLOT in texts.get(owner, "")[start:end]:
            spans.append((first, place.start()))
        after = place.end()
    return blot(written, spans)
