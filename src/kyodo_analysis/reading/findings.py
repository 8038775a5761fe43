"""How a check says what it found."""

from typing import TypedDict

from kyodo_analysis.reading.normalise import is_invisible

MATCHES, DOUBTFUL, NOTED = "一致", "要確認", "参考"


class Finding(TypedDict):
    """One row of the table FINDINGS."""

    check: str
    result: str
    opinion_id: str | None
    source: str
    found: str
    note: str


def visible(text: str) -> str:
    """Return `text` with ``U+....`` for each character that cannot be seen."""
    return "".join(f"U+{ord(c):04X}" if is_invisible(c) or not c.isprintable() else c for c in text)


def finding(
    check: str, result: str, source: str, found: str, note: str, *, opinion_id: str | None = None
) -> Finding:
    """Make one row of FINDINGS; `result` is MATCHES, DOUBTFUL or NOTED."""
    return Finding(
        check=check, result=result, opinion_id=opinion_id, source=source, found=found, note=note
    )
