"""The table ``[reading]`` of ``study.toml`` becomes the settings of the reader that it names."""

from collections.abc import Mapping
from typing import Any

from kyodo_analysis import settings
from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading.decisions.settings import DocumentSettings, SpreadsheetSettings

_KINDS: dict[str, type[SpreadsheetSettings | DocumentSettings]] = {
    "spreadsheet": SpreadsheetSettings,
    "document": DocumentSettings,
}
_WITHOUT_SETTINGS = "meeting_report"
_NOT_SETTINGS = ("reader", "file")
_FILE = "study.toml"
_ALLOWED = f"書けるのは {'、'.join([*_KINDS, _WITHOUT_SETTINGS])} です"


def settings_from(reading: Mapping[str, Any]) -> SpreadsheetSettings | DocumentSettings:
    """Make the settings of the reader that ``[reading]`` names.

    Parameters
    ----------
    reading : mapping
        ``[reading]`` as TOML gives it, with ``reader``, ``file``, ``[reading.columns]`` and so on.

    Raises
    ------
    StudyError
        Names the key that is unknown, missing or of the wrong type, what was found and what is
        allowed.
    """
    if "reader" not in reading:
        raise StudyError(f"{_FILE} の [reading]", "項目「reader」がありません", _ALLOWED)
    reader = reading["reader"]
    if not isinstance(reader, str) or reader not in _KINDS:
        raise StudyError(
            f"{_FILE} の [reading] reader",
            f"{reader!r} とあります",
            _ALLOWED,
        )
    given = {key: value for key, value in reading.items() if key not in _NOT_SETTINGS}
    return settings.settings_from(_KINDS[reader], given, file=_FILE, table="reading")
