"""From what matched in every unit to the tables that travel."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_analysis.tables import CODINGS, EVIDENCE
from kyodo_analysis.themes.codebook.layout import Layout
from kyodo_analysis.themes.codebook.matching import Match

_PLACE = ("unit", "opinion", "start", "end")
_CODER, _METHOD = "codebook", "rule"


def list_spans(outcomes: Mapping[str, Match], layout: Layout) -> pd.DataFrame:
    """List every span once per code and unit, in the order of the opinions and of the codebook.

    Beside the columns of EVIDENCE: `unit`, `code_number` and `holder`, the row number of the
    opinion that the unit begins in.
    """
    parts = [
        pd.DataFrame({"code_number": number, **{name: getattr(match, name) for name in _PLACE}})
        for number, match in enumerate(outcomes.values())
    ]
    spans = pd.concat([pd.DataFrame(columns=["code_number", *_PLACE], dtype="int64"), *parts])
    spans = spans.drop_duplicates().sort_values(
        ["opinion", "code_number", "start", "end"], ignore_index=True
    )
    texts = layout.opinions["text"].to_numpy()[spans["opinion"]]
    places = zip(texts, spans["start"], spans["end"], strict=True)
    words = spans.assign(
        holder=layout.unit_opinion[spans["unit"]],
        opinion_id=layout.opinions["opinion_id"].to_numpy()[spans["opinion"]],
        code=np.array(list(outcomes), dtype=object)[spans["code_number"]],
        matched=[text[start:end] for text, start, end in places],
    )
    return words.astype({"opinion_id": "str", "code": "str", "matched": "str"})


def count_spans(outcomes: Mapping[str, Match], spans: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Count the spans per unit and code; a code given without a word of the text counts 1."""
    counts = np.zeros((layout.n_units, len(outcomes)), np.int64)
    np.add.at(counts, (spans["unit"].to_numpy(), spans["code_number"].to_numpy()), 1)
    for number, match in enumerate(outcomes.values()):
        counts[:, number] = np.maximum(counts[:, number], match.values)
    return pd.DataFrame(counts, columns=list(outcomes))


def tabulate_evidence(spans: pd.DataFrame) -> pd.DataFrame:
    """Table the spans (EVIDENCE)."""
    return EVIDENCE.check(spans[EVIDENCE.names].astype({"start": "Int64", "end": "Int64"}))


def tabulate_codings(counts: pd.DataFrame, spans: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Table which opinion has which code, and why (CODINGS)."""
    unit, code = np.nonzero(counts.to_numpy())
    n_codes = max(1, len(counts.columns))
    holder, number = np.divmod(np.unique(layout.unit_opinion[unit] * n_codes + code), n_codes)
    why = _join_words(spans, spans["holder"].to_numpy() * n_codes + spans["code_number"].to_numpy())
    return CODINGS.check(
        pd.DataFrame(
            {
                "opinion_id": layout.opinions["opinion_id"].to_numpy()[holder],
                "code": counts.columns.to_numpy()[number],
                "coder": _CODER,
                "method": _METHOD,
                "evidence": why.reindex(holder * n_codes + number).array,
            },
            dtype="str",
        )
    )


def _join_words(spans: pd.DataFrame, key: NDArray[np.int64]) -> "pd.Series[str]":
    """Write the words of each key behind each other: 理解[12-14]、意識[20-22]."""
    order = np.argsort(key, kind="stable")
    keys, first = np.unique(key[order], return_index=True)
    words = _words(spans.iloc[order])
    bounds = pairwise([*first.tolist(), len(words)])
    return pd.Series(["、".join(words[start:end]) for start, end in bounds], keys, dtype="str")


def _words(spans: pd.DataFrame) -> list[str]:
    """Write each span, with its opinion where its unit begins in another one."""
    columns = ("matched", "start", "end", "holder", "opinion", "opinion_id")
    return [
        f"{'' if holder == opinion else f'{opinion_id}:'}{matched}[{start}-{end}]"
        for matched, start, end, holder, opinion, opinion_id in zip(
            *(spans[name].tolist() for name in columns), strict=True
        )
    ]
