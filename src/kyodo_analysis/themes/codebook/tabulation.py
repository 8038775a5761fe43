"""From what matched in every unit to the tables that travel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_analysis.tables import CODINGS, EVIDENCE
from kyodo_analysis.themes.codebook.index import Integers, PositionalIndex
from kyodo_analysis.themes.codebook.matching import Match
from kyodo_analysis.themes.codebook.tables import UNITS

_CODER, _METHOD = "codebook", "rule"


@dataclass(frozen=True, eq=False)
class Found:
    """What the rules found, in one block of opinions or in all of them.

    Attributes
    ----------
    spans : pandas.DataFrame
        One row per span, code and unit, in the order of the opinions and of the codebook:
        ``opinion``, ``code``, ``unit`` (their numbers from 0), ``start``, ``end``, ``matched``.
    counts : array of int, units x codes
        0 where the code was not given, else the number of spans, at least 1.
    unit_opinion, unit_start : array of int, one per unit
        The opinion that the unit begins in, and where in its text.
    """

    spans: pd.DataFrame
    counts: NDArray[np.int32]
    unit_opinion: Integers
    unit_start: Integers


def collect(outcomes: Sequence[Match], index: PositionalIndex) -> Found:
    """Take what was found in one block, numbered as in the whole."""
    spans = _list_spans(outcomes, index)
    return Found(
        spans.assign(
            opinion=spans["opinion"] + index.first_opinion, unit=spans["unit"] + index.first_unit
        ),
        _count_spans(outcomes, spans, index.n_units),
        index.unit_opinion + index.first_opinion,
        index.unit_start,
    )


def join(parts: Sequence[Found]) -> Found:
    """Put what was found in all blocks below each other."""
    return Found(
        pd.concat([part.spans for part in parts], ignore_index=True),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.unit_opinion for part in parts]),
        np.concatenate([part.unit_start for part in parts]),
    )


def _list_spans(outcomes: Sequence[Match], index: PositionalIndex) -> pd.DataFrame:
    columns = {
        name: np.concatenate([np.empty(0, np.int64), *(getattr(each, name) for each in outcomes)])
        for name in ("opinion", "start", "end", "unit")
    }
    code = np.repeat(np.arange(len(outcomes)), [len(each.unit) for each in outcomes])
    keys = (columns["opinion"], code, columns["start"], columns["end"], columns["unit"])
    opinion, number, start, end, unit = _sort_distinct(keys)
    texts = index.texts[opinion].tolist()
    places = zip(texts, start.tolist(), end.tolist(), strict=True)
    return pd.DataFrame(
        {
            "opinion": opinion.astype(np.int32),
            "code": number.astype(np.int32),
            "unit": unit.astype(np.int32),
            "start": start.astype(np.int32),
            "end": end.astype(np.int32),
            "matched": pd.array([text[start:end] for text, start, end in places], dtype="str"),
        }
    )


def _sort_distinct(keys: Sequence[Integers]) -> list[Integers]:
    """Sort rows by all keys, the first first, and keep each row once."""
    short = [key.astype(np.min_scalar_type(key.max(initial=0))) for key in keys]
    order = np.lexsort(short[::-1])  # short numbers are sorted fastest
    ordered = [key[order] for key in keys]
    new = np.logical_or.reduce([key[1:] != key[:-1] for key in ordered])
    return [key[np.append(True, new)[: len(key)]] for key in ordered]


def _count_spans(outcomes: Sequence[Match], spans: pd.DataFrame, n_units: int) -> NDArray[np.int32]:
    shape = n_units, len(outcomes)
    cells = spans["unit"].to_numpy(np.int64) * len(outcomes) + spans["code"].to_numpy()
    counts = np.bincount(cells, minlength=n_units * len(outcomes)).reshape(shape)
    given = np.reshape([match.values for match in outcomes], shape[::-1]).T  # noqa: PD011
    return np.maximum(counts, given).astype(np.int32)


def tabulate_units(found: Found, opinions: pd.DataFrame) -> pd.DataFrame:
    """Table the units (UNITS)."""
    return UNITS.check(
        pd.DataFrame(
            {
                "unit": pd.array(np.arange(1, len(found.unit_start) + 1), dtype="Int64"),
                "opinion_id": _ids(opinions).take(found.unit_opinion),
                "start": pd.array(found.unit_start, dtype="Int64"),
            }
        )
    )


def tabulate_evidence(found: Found, codes: Sequence[str], opinions: pd.DataFrame) -> pd.DataFrame:
    """Table the spans (EVIDENCE)."""
    spans = found.spans
    return EVIDENCE.check(
        pd.DataFrame(
            {
                "opinion_id": _ids(opinions).take(spans["opinion"].to_numpy()),
                "code": pd.array(list(codes), dtype="str").take(spans["code"].to_numpy()),
                "matched": spans["matched"].array,
                "start": spans["start"].astype("Int64"),
                "end": spans["end"].astype("Int64"),
            }
        )
    )


def tabulate_codings(found: Found, codes: Sequence[str], opinions: pd.DataFrame) -> pd.DataFrame:
    """Table which opinion has which code, and why (CODINGS)."""
    unit, code = np.nonzero(found.counts)
    n_codes = max(1, len(codes))
    given = _distinct(found.unit_opinion[unit] * n_codes + code)
    holder, number = np.divmod(given, n_codes)
    always = np.zeros(len(given), np.int64)
    return CODINGS.check(
        pd.DataFrame(
            {
                "opinion_id": _ids(opinions).take(holder),
                "code": pd.array(list(codes), dtype="str").take(number),
                "coder": pd.array([_CODER], dtype="str").take(always),
                "method": pd.array([_METHOD], dtype="str").take(always),
                "evidence": _join_words(found, given, n_codes, opinions),
            }
        )
    )


def _ids(opinions: pd.DataFrame) -> Any:
    return opinions["opinion_id"].astype("str").array


def _distinct(keys: Integers) -> Integers:
    rises = bool((keys[1:] > keys[:-1]).all())
    return keys if rises else np.unique(keys)


def _join_words(found: Found, given: Integers, n_codes: int, opinions: pd.DataFrame) -> Any:
    """Write the words of each coding behind each other: 理解[12-14]、意識[20-22]."""
    import pyarrow as pa
    import pyarrow.compute as pc

    spans = found.spans
    holder = found.unit_opinion[spans["unit"].to_numpy()]
    coding = np.searchsorted(given, holder * n_codes + spans["code"].to_numpy())
    order = np.argsort(coding, kind="stable")
    words = pa.array(_write_words(spans, holder, opinions).take(order), pa.large_string())
    sizes = np.bincount(coding, minlength=len(given))
    bounds, none = np.append(0, np.cumsum(sizes)), pa.array(sizes == 0)
    lists = pa.LargeListArray.from_arrays(bounds, words, mask=none)
    joined = pc.binary_join(lists, pa.scalar("、", pa.large_string()))
    return pd.array(joined, dtype="str")


def _write_words(spans: pd.DataFrame, holder: Integers, opinions: pd.DataFrame) -> Any:
    """Write each span, with its opinion where its unit begins in another one."""
    words = _glue(spans["matched"], "[", spans["start"], "-", spans["end"], "]")
    opinion = spans["opinion"].to_numpy()
    if (elsewhere := holder != opinion).any():
        words = words.where(~elsewhere, _glue(_ids(opinions).take(opinion), ":", words))
    return words.array


def _glue(*parts: Any) -> "pd.Series[str]":
    """Join columns, and strings between them, row by row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.large_string()
    written = [
        pa.scalar(part, text) if isinstance(part, str) else pc.cast(pa.array(part), text)
        for part in (*parts, "")
    ]
    return pd.Series(pc.binary_join_element_wise(*written), dtype="str")
