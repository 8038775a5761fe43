"""Personal data outside the opinions: in what repeats their words, and in what was set aside."""

import re
from collections.abc import Sequence

import pandas as pd

from kyodo_analysis.privacy.decisions import DROP, PUBLISH
from kyodo_analysis.privacy.masking import blot, blot_all
from kyodo_analysis.privacy.patterns import PATTERNS, TITLED, find_patterns

_EVERYTHING = re.compile(r"(?s).+")


def mask_repeats(
    table: pd.DataFrame,
    findings: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    columns: Sequence[str],
    in_pieces: bool = False,
) -> pd.DataFrame:
    """Hide in another table the words that are hidden in the opinions it speaks of.

    Parameters
    ----------
    table : DataFrame
        A table with ``opinion_id``: REPLIES, FINDINGS, CORRECTIONS ...
    findings : PERSONAL_DATA
    decisions : DECISIONS
        A treatment for every finding.
    columns : sequence of str
        The columns of `table` that may repeat words of the opinion.
    in_pieces : bool, default False
        Whether the columns hold excerpts that may begin or end within a word to hide; all of an
        excerpt is hidden then.

    Returns
    -------
    DataFrame
        `table` with ● for each character to hide; what speaks of a dropped opinion is all ●.
    """
    treated = findings.merge(decisions[["finding_id", "treatment"]], on="finding_id")
    hidden = treated[treated["treatment"].ne(PUBLISH)]
    forms = {
        opinion_id: _EVERYTHING if in_pieces else _form(group)
        for opinion_id, group in hidden.groupby("opinion_id")
    }
    rows = table["opinion_id"].isin(list(forms))
    masked = table.copy()
    for column in columns:
        masked.loc[rows, column] = [
            forms[opinion_id].sub(_blot_match, text)
            for opinion_id, text in table.loc[rows, ["opinion_id", column]].itertuples(index=False)
        ]
    return masked


def mask_by_form(texts: "pd.Series[str]", *, before_titles: bool = True) -> "pd.Series[str]":
    """Hide whatever has the form of personal data, in texts about which nobody decides.

    Parameters
    ----------
    texts : Series
    before_titles : bool, default True
        Whether any word before a title (様 and the like) is taken for a name.
    """
    found = find_patterns(texts, (*PATTERNS, TITLED) if before_titles else PATTERNS)
    masked = texts.copy()
    for place, start, end in found[["place", "start", "end"]].itertuples(index=False):
        masked.iloc[place] = blot(masked.iloc[place], [(start, end)])
    return masked


def _form(hidden: pd.DataFrame) -> re.Pattern[str]:
    if hidden["treatment"].eq(DROP).any():
        return _EVERYTHING
    words = sorted(set(hidden["matched"]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _blot_match(match: re.Match[str]) -> str:
    return blot_all(match[0])
