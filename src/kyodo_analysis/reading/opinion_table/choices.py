"""A cell that holds several choices of one question, as forms write them."""

import re
from typing import Any

import pandas as pd

from kyodo_analysis.reading.formats.grid import as_text
from kyodo_analysis.reading.normalise import to_label

CHOSEN, NOT_CHOSEN = "選んだ", "選ばなかった"

_OUTSIDE_BRACKETS = r"(?![^(（]*[)）])"
_SEPARATORS = tuple(
    mark + _OUTSIDE_BRACKETS
    for mark in (r"[;；]", r"[\r\n]+", r"[|｜]", r"[、，]", r",\s*", r"[／/]")
)


def split_choices(cells: "pd.Series[Any]") -> pd.DataFrame:
    """Return whether each choice was chosen.

    Parameters
    ----------
    cells : Series
        The cells of one attribute, whose name is that of the series; missing where blank.

    Returns
    -------
    DataFrame
        Index as in `cells`; one column per choice, called e.g. 利用施設：図書館, with 選んだ or
        選ばなかった, missing where the cell was blank.
    """
    choices = find_choices(cells)
    names = dict.fromkeys(choice for chosen in choices.dropna() for choice in chosen)
    return pd.DataFrame(
        {
            f"{cells.name}：{name}": choices.map(
                lambda chosen, name=name: CHOSEN if name in chosen else NOT_CHOSEN,
                na_action="ignore",
            )
            for name in names
        },
        index=cells.index,
        dtype=object,
    )


def find_choices(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Split each cell by the separator that the column uses; missing cells stay missing."""
    texts = cells.map(as_text, na_action="ignore")
    written = list(texts.dropna().unique())
    separator = next((s for s in _SEPARATORS if any(re.search(s, text) for text in written)), None)
    parts = {
        text: [
            label
            for part in (re.split(separator, text) if separator else [text])
            if (label := to_label(part))
        ]
        for text in written
    }
    return texts.map(parts, na_action="ignore").astype(object)
