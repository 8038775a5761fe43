"""Voices on which a person decides, one opinion at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from kyodo_analysis.desk.choosing import Asked, Choosing
from kyodo_analysis.desk.deciding import DECISIONS, Decision, append_decision, withdraw_decision
from kyodo_analysis.desk.voices import Row, Voices
from kyodo_analysis.errors import StudyError
from kyodo_analysis.themes import apply_decisions, only_rules, read_decisions


class JudgedVoices(Voices):
    """Voices whose themes a person may give and take.

    Parameters
    ----------
    choosing : Choosing
    asked : Asked
    folder : Path
        ``studies/<study>/``.
    today : callable
        Returns the date of a decision.
    """

    def __init__(
        self,
        choosing: Choosing,
        asked: Asked,
        *,
        folder: Path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(choosing, asked)
        self.folder, self.today = folder, today
        self._made: list[Decision] = []
        made = choosing.made
        self._by_rules = only_rules(made.codings, made.theme_decisions)

    def decide(
        self, opinion_id: str, theme: str, is_given: bool, reason: str, who: str = ""
    ) -> Row:
        """Write a decision and return the opinion as it is now.

        Raises
        ------
        KyodoError
            Nothing is written; the sentence says why.
        """
        opinions = self.choosing.bench().opinions.set_index("opinion_id")["text"]
        text = str(opinions[opinion_id])
        decision = Decision(opinion_id, theme, is_given, reason, who, text, self.today())
        append_decision(self.folder, decision)
        self._made.append(decision)
        return self._after(decision, f"記録しました: {_describe(decision)}")

    def undo(self) -> Row:
        """Take the last decision of this screen out of the file again.

        Raises
        ------
        KyodoError
            Nothing is written; the sentence says why.
        """
        if not self._made:
            raise StudyError("取り消し", "この画面で記録した判断は、もうありません")
        withdraw_decision(self.folder, self._made[-1])
        decision = self._made.pop()
        return self._after(decision, f"取り消しました: {_describe(decision)}")

    def _after(self, decision: Decision, said: str) -> Row:
        made = self.choosing.made
        decided = apply_decisions(
            read_decisions(self.folder / DECISIONS),
            self._by_rules,
            self.choosing.bench().opinions,
            made.themes,
        )
        self.choosing.made = replace(made, codings=decided.codings)
        self.forget()
        (row,) = self.rows.of([decision.opinion_id], self.chosen.places)
        told = f"{said}(studies/{self.folder.name}/{DECISIONS})。"
        return {
            "said": told + "ほかの表と図には、ノートブックを上から実行し直すと入ります。",
            "row": row,
        }


def _describe(decision: Decision) -> str:
    particle, done = ("に", "付ける") if decision.is_given else ("から", "外す")
    return f"{decision.opinion_id} {particle}「{decision.theme}」を{done}"
