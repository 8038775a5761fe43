"""The desk in a notebook: its screens, and what stands in their place without a browser."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kyodo_analysis.desk import DeskCell
from kyodo_analysis.desk.coding import CodingDesk
from kyodo_analysis.desk.judging import JudgedVoices
from kyodo_analysis.desk.trying import RuleDesk
from kyodo_analysis.desk.widget import Verbs
from kyodo_analysis.notebook.asking import Sentence
from kyodo_analysis.notebook.showing import Listing, show
from kyodo_analysis.themes.drafting import CodebookDraft

_LISTED = 20
_HEADERS = ["意見番号", "意見", "当たった言葉", "テーマ", "分類・回・属性", "出典位置"]
_TRY = "JupyterLab では、ここでルールを直し、何件が増えて何件が減るかを、保存する前に見られます。"
_CODE = (
    "JupyterLab では、ここでルールの結果を見ずに、キーだけでテーマを付けられます。"
    "付けるたびに coders/名前.csv に残り、途中でやめても続きから始められます。"
)
_NO_RULES = "コードブックは、まだありません。"


@dataclass(frozen=True)
class Stack:
    """A sentence above what it is about."""

    sentence: Sentence
    below: Any

    def __repr__(self) -> str:
        return f"{self.sentence!r}\n{self.below!r}"

    def _repr_html_(self) -> str:
        return f"{self.sentence._repr_html_()}{self.below._repr_html_()}"


def show_voices(voices: JudgedVoices) -> DeskCell:
    """Show the voices behind a number, and let a person decide on them."""
    verbs: Verbs = {
        "open": voices.open,
        "page": voices.page,
        "copy": voices.copy,
        "decide": voices.decide,
        "undo": voices.undo,
    }
    return DeskCell("voices", verbs, _list_voices(voices))


def show_rules(rules: RuleDesk) -> DeskCell:
    """Show the rules of a codebook, and let a person try others."""
    verbs: Verbs = {
        "open": rules.open,
        "try_rule": rules.try_rule,
        "save": rules.save,
        "reload": rules.reload,
        "history": rules.history,
        "proposals": rules.proposals,
    }
    listed = pd.DataFrame(rules.open()["rules"].items(), columns=["テーマ", "ルール"])
    below = Listing(listed, ("テーマ", "ルール")) if len(listed) else Sentence(_NO_RULES)
    return DeskCell("rules", verbs, Stack(Sentence(_TRY), below))


def show_coding(coding: CodingDesk) -> DeskCell:
    """Let a person code the sample without seeing what the rules say."""
    verbs: Verbs = {"start": coding.start, "opinion": coding.opinion, "mark": coding.mark}
    return DeskCell("coding", verbs, Sentence(_CODE))


def show_draft(draft: CodebookDraft) -> Stack:
    """Show the proposals of a draft, and how much chance alone would cover."""
    said = (
        f"機械が作ったテーマの案 {len(draft.themes)}件です。結果ではありません。"
        f"案のどれかが当たる意見は{draft.coverage:.1%}、"
        f"語をランダムに入れ替えた文から作った案では{draft.shuffled_coverage:.1%}です。"
        "使う案は、下の「ルールを試す」で選び、読んで直してから保存します。"
    )
    return Stack(Sentence(said), show(draft.themes))


def _list_voices(voices: JudgedVoices) -> Stack:
    chosen = voices.chosen
    said = Sentence(f"{chosen.said}: {len(chosen.ids)}件")
    if not chosen.ids:
        return Stack(said, Sentence("当てはまる意見はありません。"))
    rows = voices.rows.of(chosen.ids[:_LISTED], chosen.places)
    frame = pd.DataFrame([_as_cells(row) for row in rows], columns=_HEADERS)
    return Stack(said, Listing(frame, tuple(_HEADERS), len(chosen.ids) - len(rows)))


def _as_cells(row: dict[str, Any]) -> list[str]:
    marked = dict.fromkeys(words for words, label in row["pieces"] if label)
    words = "".join(words for words, _ in row["pieces"])
    listed = "、".join(marked) or row["note"]
    return [
        row["id"],
        words,
        listed,
        "、".join(row["themes"]),
        " / ".join(row["facts"]),
        row["source"],
    ]
