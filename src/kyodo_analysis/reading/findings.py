"""How a check says what it found."""

from typing import TypedDict

from kyodo_analysis.reading.normalise import is_invisible

MATCHES, DOUBTFUL, NOTED = "一致", "要確認", "参考"
UNREAD_CHECKS = (
    *(f"読まなかった{what}" for what in ("シート", "列", "行", "表", "段落", "文字", "画像")),
    *(
        "読み取らなかった行",
        "読み取らなかった語",
        "脚注",
        "文末脚注",
        "コメント",
        "ヘッダー",
        "フッター",
    ),
    *(
        "テキストボックス",
        "隠し文字",
        "結合された欄の文字",
        "フィールド",
        "読めない部品",
        "読まない部品",
    ),
    *(
        "読まなかった文章の列",
        "メモ",
        "ヘッダー・フッター",
        "離れたセル",
        "横に並んだ表",
        "確かめられないこと",
    ),
)
"""The checks whose findings name what is in no opinion, in no other field and not set aside."""


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
