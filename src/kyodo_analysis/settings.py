"""A table of ``study.toml`` becomes a settings dataclass, or a sentence that says why not."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from kyodo_analysis.errors import StudyError

Settings = TypeVar("Settings")

_TYPE_NAMES = {
    bool: "true か false",
    int: "整数",
    float: "数",
    str: "文字列",
    date: "日付",
}
_EXAMPLES: dict[Any, str] = {
    str: '(例: "意見")',
    tuple[str, ...]: '(例: ["意見", "要望"])',
    str | tuple[str, ...]: '(例: "意見"、["問1", "問2"])',
    date: '(例: 2019-08-30。" では囲みません)',
}


def settings_from(
    kind: type[Settings], given: Mapping[str, Any], *, file: str, table: str = ""
) -> Settings:
    """Make a settings dataclass from a table of ``study.toml``.

    A field that is a dataclass itself is a table below; a list becomes a tuple.

    Parameters
    ----------
    kind : type
        The dataclass. Its fields are text, numbers, truths, dates, literals, tuples of these, or
        dataclasses, each of which may be optional.
    given : mapping
        The table as TOML gives it.
    file : str
        What messages call the file.
    table : str, optional
        The table's name without brackets; the head of the file by default.

    Raises
    ------
    StudyError
        Names the key that is unknown, missing or of the wrong type, what was found and what is
        allowed.
    """
    where = f"{file} の [{table}]" if table else file
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(given) - set(known)):
        raise StudyError(
            where, f"知らない項目「{unknown[0]}」があります", f"書けるのは {'、'.join(known)} です"
        )
    if missing := [key for key in known if _is_required(known[key]) and key not in given]:
        raise StudyError(where, f"項目「{missing[0]}」がありません", action="書き足してください")
    hints = get_type_hints(kind)
    return kind(**{key: _value(given[key], hints[key], file, table, key) for key in given})


def _is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value(value: Any, hint: Any, file: str, table: str, key: str) -> Any:
    kind = _without_none(hint)
    below = f"{table}.{key}" if table else key
    if is_dataclass(kind) and isinstance(kind, type):
        if isinstance(value, Mapping):
            return settings_from(kind, value, file=file, table=below)
        allowed = f"[{below}] の下に続けて書いた項目"
    elif _fits(value, kind):
        return tuple(value) if isinstance(value, list) else value
    else:
        allowed = _describe(kind) + _EXAMPLES.get(kind, "")
    place = f"{file} の [{table}] {key}" if table else f"{file} の {key}"
    raise StudyError(place, f"{_as_written(value)} とあります", f"書けるのは {allowed} です")


def _as_written(value: Any) -> str:
    """Return a value nearly as TOML writes it."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) is not UnionType:
        return hint
    return reduce(or_, (option for option in get_args(hint) if option is not NoneType))


def _fits(value: Any, kind: Any) -> bool:
    if get_origin(kind) is UnionType:
        return any(_fits(value, option) for option in get_args(kind))
    if get_origin(kind) is tuple:
        return isinstance(value, list) and all(_fits(item, get_args(kind)[0]) for item in value)
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _describe(kind: Any) -> str:
    if get_origin(kind) is UnionType:
        return " か ".join(map(_describe, get_args(kind)))
    if get_origin(kind) is tuple:
        return f"[ ] で囲んだ{_describe(get_args(kind)[0])}の並び"
    if get_origin(kind) is Literal:
        return " / ".join(map(str, get_args(kind)))
    return _TYPE_NAMES[kind]
