"""How a check says what it found."""

from typing import TypedDict

MATCHES, DOUBTFUL, NOTED = "一致", "要確認", "参考"


class Finding(TypedDict):
    """One row of the table FINDINGS."""

    check: str
    result: str
    opinion_id: str | None
    source: str
    found: str
    note: str


def finding(
    check: str, result: str, source: str, found: str, note: str, *, opinion_id: str | None = None
) -> Finding:
    """Make one row of FINDINGS; `result` is MATCHES, DOUBTFUL or NOTED."""
    return Finding(
        check=check, result=result, opinion_id=opinion_id, source=source, found=found, note=note
    )
