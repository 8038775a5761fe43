"""From what matched in every unit to the tables that travel."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

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
    given = pd.MultiIndex.from_arrays([layout.unit_opinion[unit], code]).unique().sort_values()
    holder, number = given.get_level_values(0), given.get_level_values(1)
    words = _words(spans)
    why = words.groupby([spans["holder"], spans["code_number"]]).agg("、".join).reindex(given)
    return CODINGS.check(
        pd.DataFrame(
            {
                "opinion_id": layout.opinions["opinion_id"].to_numpy()[holder],
                "code": counts.columns.to_numpy()[number],
                "coder": _CODER,
                "method": _METHOD,
                "evidence": why.to_numpy(),
            },
            dtype="str",
        )
    )


def _words(spans: pd.DataFrame) -> "pd.Series[str]":
    places = (
        spans["matched"]
        + "["
        + spans["start"].astype("str")
        + "-"
        + spans["end"].astype("str")
        + "]"
    )
    elsewhere = spans["holder"] != spans["opinion"]
    return places.where(~elsewhere, spans["opinion_id"] + ":" + places)
