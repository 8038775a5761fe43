"""Where an opinion may hold somebody's personal data."""

from hashlib import sha256

import pandas as pd

from kyodo_analysis.privacy.names import find_names
from kyodo_analysis.privacy.patterns import PATTERNS, TITLED, Pattern, find_patterns
from kyodo_analysis.privacy.tables import PERSONAL_DATA

_IDENTITY = ["opinion_id", "column", "kind", "matched"]
# One place has one kind: a name counts where no form tells more.
_RANK_OF_NAMES = len(PATTERNS)


def find_personal_data(opinions: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Find what may be personal data, for the analyst to decide on before publishing.

    The text is searched for telephone numbers, e-mail addresses, postal addresses, dates of
    birth, numbers like My Number and names. Where corrections made the raw text differ from the
    text, the raw text is searched too: by form, and for any word before a title.
    A year of birth alone, and a block (丁目) without a house number, are not findings.

    Parameters
    ----------
    opinions : OPINIONS
    tokens : TOKENS
        The tokens of `opinions`.

    Returns
    -------
    PERSONAL_DATA
        In the order of the opinions. A finding's id depends on its opinion, kind, words and how
        often the same words came before in that opinion, not on anything else in the text, so
        that decisions outlive a rerun.
    """
    corrected = opinions[opinions["text"].ne(opinions["raw_text"])]
    found = pd.concat(
        [
            _found_by_form(opinions, "text", PATTERNS).assign(column="意見"),
            find_names(tokens).assign(column="意見", kind="人名", rank=_RANK_OF_NAMES),
            _found_by_form(corrected, "raw_text", (*PATTERNS, TITLED)).assign(column="原文"),
        ],
        ignore_index=True,
    )
    placed = found.merge(
        opinions[["opinion_id", "text", "raw_text"]].assign(place=range(len(opinions))),
        on="opinion_id",
    ).sort_values(
        ["place", "column", "start", "end", "rank"], ascending=[True, False, True, False, True]
    )
    return PERSONAL_DATA.check(_with_ids(_outermost(placed)))


def _found_by_form(
    opinions: pd.DataFrame, column: str, patterns: tuple[Pattern, ...]
) -> pd.DataFrame:
    found = find_patterns(opinions[column], patterns)
    return found.assign(opinion_id=opinions["opinion_id"].to_numpy()[found.pop("place")])


def _outermost(found: pd.DataFrame) -> pd.DataFrame:
    ends = found.groupby(["place", "column"])["end"]
    reached = ends.cummax().groupby([found["place"], found["column"]]).shift(1, fill_value=0)
    return found[found["end"] > reached]


def _with_ids(found: pd.DataFrame) -> pd.DataFrame:
    texts = found["text"].where(found["column"].eq("意見"), found["raw_text"])
    spans = zip(texts, found["start"], found["end"], strict=True)
    worded = found.assign(matched=[text[start:end] for text, start, end in spans])
    repeats = worded.groupby(_IDENTITY).cumcount()
    identities = zip(*(worded[name] for name in _IDENTITY), repeats, strict=True)
    digests = pd.Series(map(_digest, identities), index=worded.index, dtype="str")
    return (
        worded.assign(finding_id="P-" + worded["opinion_id"] + "-" + digests)
        .astype({"start": "Int64", "end": "Int64", "finding_id": "str", "matched": "str"})
        .reset_index(drop=True)[PERSONAL_DATA.names]
    )


def _digest(identity: tuple[object, ...]) -> str:
    return sha256("\n".join(map(str, identity)).encode()).hexdigest()[:8]
