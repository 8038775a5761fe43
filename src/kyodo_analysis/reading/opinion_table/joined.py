"""Several tables of opinions read as one."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kyodo_analysis.reading.result import Reading

_WITH_IDS = ("opinions", "attributes", "replies")
_JOINED = (*_WITH_IDS, "set_aside", "findings", "reconciliation")


def join_readings(readings: Sequence[Reading], names: Sequence[str]) -> Reading:
    """Join what was read from several tables, in order.

    Where two of them use the same id, every id begins with the name of its table: ``表2-3``.
    """
    if len(readings) == 1:
        return readings[0]
    ids = pd.concat([reading.opinions["opinion_id"] for reading in readings])
    if not ids.is_unique:
        readings = [
            _with_prefix(reading, f"{name}-") for reading, name in zip(readings, names, strict=True)
        ]
    return Reading(
        **{
            table: pd.concat([getattr(reading, table) for reading in readings], ignore_index=True)
            for table in _JOINED
        }
    )


def _with_prefix(reading: Reading, prefix: str) -> Reading:
    tables = {name: getattr(reading, name) for name in _WITH_IDS}
    return replace(
        reading,
        **{
            name: table.assign(opinion_id=prefix + table["opinion_id"])
            for name, table in tables.items()
        },
    )
