"""The table ``[reading]`` of ``study.toml`` becomes settings, or a sentence that says why not."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading.settings import DocumentSettings, SpreadsheetSettings

_T = TypeVar("_T")

_KINDS: dict[str, type[SpreadsheetSettings | DocumentSettings]] = {
    "spreadsheet": SpreadsheetSettings,
    "document": DocumentSettings,
}
_NOT_SETTINGS = ("reader", "file")
_TYPE_NAMES = {str: "文字列", int: "整数", bool: "true か false"}


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
    reader = reading.get("reader")
    if not isinstance(reader, str) or reader not in _KINDS:
        raise _error("reading", "reader", reader, "、".join(_KINDS))
    given = {key: value for key, value in reading.items() if key not in _NOT_SETTINGS}
    return _make(_KINDS[reader], given, "reading")


def _make(kind: type[_T], given: Mapping[str, Any], table: str) -> _T:
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := [key for key in given if key not in known]:
        raise StudyError(
            f"study.toml の [{table}]",
            f"知らない項目「{unknown[0]}」があります",
            f"書けるのは {'、'.join(known)} です",
        )
    if missing := [key for key in known if known[key].default is MISSING and key not in given]:
        raise StudyError(
            f"study.toml の [{table}]",
            f"項目「{missing[0]}」がありません",
            action="書き足してください",
        )
    hints = get_type_hints(kind)
    return kind(**{key: _checked(value, hints[key], table, key) for key, value in given.items()})


def _checked(value: Any, hint: Any, table: str, key: str) -> Any:
    options = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    kind = next(option for option in options if option is not NoneType)
    if isinstance(kind, type) and is_dataclass(kind):
        if isinstance(value, Mapping):
            return _make(kind, value, f"{table}.{key}")
        raise _error(table, key, value, f"[{table}.{key}] の下に続けて書いた項目")
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        if isinstance(value, list) and all(_is_a(part, item) for part in value):
            return tuple(value)
        raise _error(table, key, value, f"[ ] で囲んだ{_TYPE_NAMES[item]}の並び")
    if _is_a(value, kind):
        return value
    raise _error(table, key, value, _TYPE_NAMES[kind])


def _is_a(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _error(table: str, key: str, value: Any, allowed: str) -> StudyError:
    return StudyError(
        f"study.toml の [{table}] {key}", f"{value!r} とあります", f"書けるのは {allowed} です"
    )
