"""Numbers, sessions, dates and times as people write them in Japanese, turned into values.

Each function gives None where the writing does not say one thing for certain; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate

_ERA_STARTS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_TO_ARABIC = str.maketrans("〇一二三四五六七八九", "0123456789")
_EXCEL_EPOCH = datetime(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 80_000)  # the years 1954 to 2119

_MONTH_AND_DAY = r"\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)\s*日?+"
_WEEKDAY = r"(?:\s*\([^()]{1,7}\))?+"
_NOT_A_PERIOD = r"(?!\s*(?:[~〜–—-]|から))"
_DATES = tuple(
    re.compile(start + _NOT_A_PERIOD)
    for start in (
        rf"(?P<year>\d{{4}}){_MONTH_AND_DAY}{_WEEKDAY}",
        rf"(?P<era>令和|平成|昭和|[RHS])\.?\s*(?P<year>元|\d{{1,2}}){_MONTH_AND_DAY}{_WEEKDAY}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
    )
)
_VARIATION = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_NOT_CIRCLED = re.compile("[^①-⓿❶-➓]+")
_NUMBER = (
    r"\d{1,4}|[一二三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九][〇一二三四五六七八九]{0,2}"
)
_SESSION = re.compile(rf"(?<![\d〇一二三四五六七八九十百千])({_NUMBER})回")
_BARE_SESSION = re.compile(rf"第?({_NUMBER})(?:\.0)?")
_COUNT = re.compile(r"計?(\d{1,9})(?:\.0)?(?:名|人|団体|件)?")
_TIME = re.compile(r"(午前|午後)?\s*(\d{1,2})(?::(\d\d)|時(?:(\d{1,2})分|(半))?)")


def plain(text: str) -> str:
    """Return `text` for comparing: NFKC, without any whitespace or what cannot be seen."""
    return "".join(unicodedata.normalize("NFKC", without_invisible(text)).split())


def without_invisible(text: str) -> str:
    """Return `text` without the characters that nobody sees: zero-width, directions, controls."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if not is_invisible(c))


def is_invisible(character: str) -> bool:
    """Tell whether a character neither shows nor parts words."""
    if character.isprintable():
        return bool(_VARIATION.match(character))
    return not character.isspace() and unicodedata.category(character) in ("Cf", "Cc")


def to_label(text: str) -> str:
    """Return a category or an attribute's value with one writing: ``３０代`` is ``30代``.

    What cannot be seen goes. Circled digits stay, since NFKC would make ``③窓口`` a ``3窓口``.
    """
    one_line = "".join(line.strip() for line in without_invisible(text).splitlines())
    return " ".join(
        _NOT_CIRCLED.sub(lambda run: unicodedata.normalize("NFKC", run[0]), one_line).split()
    )


def to_count(text: str) -> int | None:
    """Return the number in e.g. ``１０名``, ``1,234``, ``計 9 団体``, ``10.0``."""
    found = _COUNT.fullmatch(plain(text).replace(",", ""))
    return int(found[1]) if found else None


def to_session(text: str) -> int | None:
    """Return the session in e.g. ``第１０回``, ``10回目``, ``第十回(7/5)``, ``一〇``, ``10``.

    Two different sessions in one cell say nothing for certain.
    """
    written = plain(text)
    named = {_to_integer(number) for number in _SESSION.findall(written)}
    if len(named) == 1:
        return named.pop()
    bare = _BARE_SESSION.fullmatch(written)
    return _to_integer(bare[1]) if bare and not named else None


def to_date(value: object) -> date | None:
    """Return the day in a date, an Excel serial number, or a Japanese or western date as text.

    A date without a year and a period give None; so does month/day/year, which may be either.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(text[:5]) in _EXCEL_SERIALS:
        return (_EXCEL_EPOCH + timedelta(days=int(text[:5]))).date()
    found = next((match for pattern in _DATES if (match := pattern.match(text))), None)
    return _day(found.groupdict()) if found else None


def to_weekday(text: str) -> str | None:
    """Return 水 from ``6月26日(水)``, ``(水・祝)``, ``水曜日`` or ``水``."""
    found = re.search(
        r"(?:\(|^)([月火水木金土日])(?:曜日?)?(?:[・)]|$)|([月火水木金土日])曜", plain(text)
    )
    return (found[1] or found[2]) if found else None


def to_times(value: object) -> tuple[str, ...]:
    """Return every time of day, in order, as HH:MM: ``14:00~16:00``, ``午後2時半``, an Excel time."""
    if isinstance(value, (time, datetime)):
        return (f"{value:%H:%M}",)
    parts = [match.groups() for match in _TIME.finditer(unicodedata.normalize("NFKC", str(value)))]
    half_days: Iterator[str] = accumulate(
        (part[0] or "" for part in parts), lambda before, own: own or before
    )
    clocks = (_clock(half_day, *part[1:]) for half_day, part in zip(half_days, parts, strict=True))
    return tuple(clock for clock in clocks if clock)


def _clock(half_day: str, hour: str, *minutes: str | None) -> str | None:
    is_afternoon = half_day == "午後" and int(hour) < 12
    minute = next((30 if part == "半" else int(part) for part in minutes if part), 0)
    hours = int(hour) + 12 * is_afternoon
    return f"{hours:02}:{minute:02}" if hours < 25 and minute < 60 else None


def _day(parts: dict[str, str | None]) -> date | None:
    year = 1 if parts["year"] == "元" else int(parts["year"] or 0)
    try:
        return date(
            year + _ERA_STARTS.get(parts.get("era") or "", 0),
            int(parts["month"] or 0),
            int(parts["day"] or 0),
        )
    except ValueError:
        return None


def _to_integer(number: str) -> int:
    tens, has_ten, ones = number.partition("十")
    digits = (tens or "一") + (ones or "〇") if has_ten else number
    return int(digits.translate(_TO_ARABIC))
