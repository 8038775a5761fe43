"""What a meeting report says of its opinions, held against what it holds."""

from collections.abc import Sequence

import pandas as pd

from kyodo_analysis.reading.checks.words import SENTENCE_END
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding

_SELECTION = {
    "主な": "資料に選ばれて載った意見です。出された意見のすべてではなく、件数は意見の多さを表しません",
    "順不同": "並び順に意味はありません。どの回で述べられたかも分かりません",
}


def check_selection(title: str, *, source: str) -> list[Finding]:
    """Say what the title of the opinions table says about how they were chosen and ordered."""
    return [
        finding("意見の載せ方", NOTED, source, title, note)
        for word, note in _SELECTION.items()
        if word in title
    ]


def check_categories(
    codes: Sequence[str], reconciliation: pd.DataFrame, *, source: str
) -> list[Finding]:
    """Look for letters left out (A, B, D), letters of two categories, categories without items."""
    letters = [code for code in codes if len(code) == 1 and "A" <= code <= "Z"]
    up_to_last = range(ord("A"), ord(max(letters, default="A")))
    left_out = [chr(number) for number in up_to_last if chr(number) not in letters]
    twice = [code for code in dict.fromkeys(codes) if codes.count(code) > 1]
    empty = reconciliation.loc[reconciliation["n_read"] == 0, "part"]
    missing = "資料が途中で切れていないか、写し漏れがないかを確かめてください"
    shared = "意見番号は通し番号にしました。元の資料の記号を確かめてください"
    doubts = [
        *(("分類の続き", f"分類{letter}がありません", missing) for letter in left_out),
        *(("分類の記号", f"名前の違う分類に同じ記号{code}があります", shared) for code in twice),
        *(("分類の中身", f"「{part}」に意見がありません", missing) for part in empty),
    ]
    return [finding(check, DOUBTFUL, source, found, note) for check, found, note in doubts]


def check_end(opinions: pd.DataFrame, text: str) -> list[Finding]:
    """Doubt the last opinion if the file stops in the middle of its sentence."""
    last = opinions.iloc[-1]
    words = str(last["raw_text"])
    if not text.rstrip().endswith(words) or SENTENCE_END.search(words):
        return []
    note = "資料の最後が文の途中で終わっています。後ろが欠けていないかを元の資料で確かめてください"
    return [
        finding(
            "資料の終わり",
            DOUBTFUL,
            last["source"],
            words[-20:],
            note,
            opinion_id=last["opinion_id"],
        )
    ]
