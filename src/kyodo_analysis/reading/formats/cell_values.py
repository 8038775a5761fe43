"""What a cell of a workbook holds, by its type: words, numbers, days, times, truth."""

import re
from collections.abc import Callable, Sequence
from typing import Any

_CONTROL_CHARACTER = re.compile(r"_x00(0[1-9A-Fa-f]|1[0-9A-Fa-f])_")


def value_reader(workbook: Any, strings: Sequence[str]) -> Callable[[str, str, str], Any]:
    """Return what makes a cell's value of its type, its text and the number of its style.

    Parameters
    ----------
    workbook : openpyxl.Workbook
        Its styles and its first day.
    strings : sequence of str
        What the cells of the type ``s`` name by its number.
    """
    from openpyxl.utils.datetime import from_excel, from_ISO8601

    dates, durations = workbook._date_formats, workbook._timedelta_formats
    typed = [_as_typed(string) for string in strings]

    def read_number(text: str, style: str) -> Any:
        number = float(text) if {".", "E", "e"} & {*text} else int(text)
        if int(style) not in dates:
            return number
        try:
            return from_excel(number, workbook.epoch, timedelta=int(style) in durations)
        except (OverflowError, ValueError):
            return "#VALUE!"

    readers: dict[str, Callable[[str, str], Any]] = {
        "n": read_number,
        "s": lambda text, _: typed[int(text)],
        "b": lambda text, _: bool(int(text)),
        "d": lambda text, _: from_ISO8601(text),  # type: ignore[no-untyped-call]
    }

    def read(kind: str, text: str, style: str) -> Any:
        return readers[kind](text, style) if kind in readers else _as_typed(text)

    return read


def _as_typed(text: str) -> str:
    """Return the character that Excel keeps as e.g. ``_x000D_``."""
    if "_x00" in text:
        return _CONTROL_CHARACTER.sub(lambda code: chr(int(code[1], 16)), text)
    return text
