"""Text that a spreadsheet would run as a formula, made harmless in CSV and made as it was again.

An apostrophe goes before it, as OWASP advises against CSV injection. Text that begins with an
apostrophe of its own gets one more, so that taking one away always gives the text back.
"""

RUNS_AS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")

_GUARD = "'"
_GUARDED = (*RUNS_AS_FORMULA, _GUARD)


def guard(text: str) -> str:
    """Return `text` so that no spreadsheet runs it."""
    return _GUARD + text if text.startswith(_GUARDED) else text


def unguard(text: str) -> str:
    """Return what :func:`guard` was given; an apostrophe that stands before other words stays."""
    return text[1:] if text.startswith(_GUARD) and text[1:].startswith(_GUARDED) else text
