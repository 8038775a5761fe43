"""The opinions of one sheet, or of several with the same headers."""

from collections.abc import Sequence
from dataclasses import replace

from kyodo_analysis.reading.decisions.settings import SpreadsheetSettings
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.normalise import to_session
from kyodo_analysis.reading.opinion_table.joined import join_readings
from kyodo_analysis.reading.opinion_table.reader import read_opinion_table
from kyodo_analysis.reading.result import Reading


def read_opinion_sheets(sheets: Sequence[Grid], settings: SpreadsheetSettings) -> Reading:
    """Read the opinions of `sheets` in order.

    Where they have no column for the session and each of several sheets is called by one (第1回,
    第2回), that is the session of its opinions.

    Raises
    ------
    StudyError
        When `settings` name a row or column that one of them does not have.
    """
    readings = [read_opinion_table(sheet, settings) for sheet in sheets]
    numbers = [to_session(sheet.name) for sheet in sheets]
    if len(sheets) > 1 and settings.columns.session is None and None not in numbers:
        readings = [
            _with_session(reading, number)
            for reading, number in zip(readings, numbers, strict=True)
        ]
    return join_readings(readings, [sheet.name for sheet in sheets])


def _with_session(reading: Reading, number: int | None) -> Reading:
    opinions = reading.opinions.assign(session=number).astype({"session": "Int64"})
    return replace(reading, opinions=opinions)
