"""Tags and entities of HTML that came along when a report was copied from a page."""

import html
import re

_ATTRIBUTES = r"(?:\s[ -;=?-~]*)?"
_INLINE_NAMES = "br|p|div|span|b|strong|i|em|u|s|font|a|sup|sub|small|table|tbody|thead|tr|td|th"

LIST_TAG = re.compile(rf"</?(?:ul|ol|li){_ATTRIBUTES}/?(?:>|$)", re.IGNORECASE)
INLINE_TAG = re.compile(rf"</?(?:{_INLINE_NAMES}){_ATTRIBUTES}/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_TAG = re.compile(f"{LIST_TAG.pattern}|{INLINE_TAG.pattern}", re.IGNORECASE)
_LINE_BREAK = re.compile(rf"<br{_ATTRIBUTES}/?>", re.IGNORECASE)

HTML_REMAINS = re.compile(f"{_TAG.pattern}|{_ENTITY.pattern}", re.IGNORECASE)


def without_html(raw_text: str) -> str:
    """Return the words without HTML remains; ``<br>`` becomes a line break."""
    lines = _LINE_BREAK.sub("\n", raw_text)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), _TAG.sub("", lines)).strip()
