"""Rules edited at the desk: seen before they are saved, saved one theme at a time."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from kyodo_analysis.desk.codebook_file import (
    CODEBOOK,
    HISTORY,
    OpenedCodebook,
    check_rule,
    check_theme,
    find_block,
    read_history,
)
from kyodo_analysis.desk.rules import RuleBench, parse_or_none, split_alternatives
from kyodo_analysis.desk.voices import Row, Rows
from kyodo_analysis.errors import RuleError, StudyError
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.themes.drafting import CodebookDraft

_SHOWN = 50


class RuleDesk:
    """Answers what the screen for rules asks, and writes what is saved there.

    Parameters
    ----------
    made : StudyTables
        As published: the words that are shown.
    bench : callable
        Returns the RuleBench.
    folder : Path
        ``studies/<study>/``.
    draft : callable
        Returns the draft of a codebook; asked only when proposals are.
    today : callable
        Returns the date of a change.
    """

    def __init__(
        self,
        made: StudyTables,
        bench: Callable[[], RuleBench],
        *,
        folder: Path,
        draft: Callable[[], CodebookDraft],
        today: Callable[[], date] = date.today,
    ) -> None:
        self.bench, self.folder, self.today, self.draft = bench, folder, today, draft
        self.rows = Rows(made)
        self.opened = OpenedCodebook.open(folder / CODEBOOK)

    def open(self) -> Row:
        """Return the themes of the codebook and the history of its rules."""
        book = parse_or_none(self.opened.text)
        left_out = [] if book is None else list(book.warnings.query("level == '誤り'")["code"])
        names = [] if book is None else list(book.codes["code"])
        themes = [*names, *(name for name in dict.fromkeys(left_out) if pd.notna(name))]
        rules = {name: find_block(self.opened.text, name).rule for name in themes}
        return {"rules": rules, "file": f"studies/{self.folder.name}/{CODEBOOK}"}

    def proposals(self) -> list[Row]:
        """Return the proposals of a draft: rules to try, none of them a theme yet.

        Raises
        ------
        NotInDataError
            The study is too small for a draft.
        """
        return [
            {
                "name": str(each["code"]),
                "rule": str(each["rule"]),
                "said": f"{each['code']}({each['n_opinions']}件、この案だけ{each['n_alone']}件、"
                f"再現{each['n_redrafts']}回中{each['n_came_back']}回)",
            }
            for each in self.draft().themes.to_dict("records")
        ]

    def try_rule(self, theme: str, rule: str) -> Row:
        """Return what a rule would do: counts, opinions gained and lost, remarks, parts.

        Raises
        ------
        StudyError
            A theme cannot be called so.
        """
        check_theme(theme)
        trial = self.bench().try_rule(self.opened.text, theme, rule)
        return {
            "is_broken": trial.error is not None,
            "before": trial.n_before,
            "after": trial.n_after,
            "n_gained": len(trial.gained),
            "n_lost": len(trial.lost),
            "gained": self._marked(trial.gained, trial.after),
            "lost": self._marked(trial.lost, trial.before),
            "remarks": trial.remarks,
            "parts": [[part.text, part.n, part.n_alone] for part in trial.parts],
        }

    def _marked(self, ids: Sequence[str], evidence: pd.DataFrame) -> list[Row]:
        places = evidence.assign(label=evidence["code"].astype("str"))
        return self.rows.of(ids[:_SHOWN], places)

    def save(self, theme: str, rule: str, reason: str, who: str = "", is_new: bool = False) -> Row:
        """Write one theme into the codebook, and its change into the history.

        Raises
        ------
        KyodoError
            Nothing is written; the sentence says why.
        """
        check_theme(theme)
        check_rule(rule)
        if is_new and find_block(self.opened.text, theme).header_line:
            raise StudyError(
                "新しいテーマの名前",
                f"「{theme}」は、もうあります",
                action="別の名前にするか、「テーマ」の欄でそのテーマを選んで直してください",
            )
        trial = self.bench().try_rule(self.opened.text, theme, rule)
        if error := trial.error:
            where = f"ルールの{error['line']}行目"
            raise RuleError(where, error["found"], action=f"{error['action']}。まだ書いていません")
        self.opened = self.opened.save_rule(
            theme,
            rule,
            counts=(trial.n_before, trial.n_after),
            reason=reason,
            who=who,
            today=self.today(),
        )
        return {
            "said": f"テーマ「{theme}」を {CODEBOOK} に書きました"
            f"({trial.n_before}件 → {trial.n_after}件)。前のルールは {HISTORY} にあります。"
            "ほかの表と図には、ノートブックを上から実行し直すと反映されます。"
        }

    def reload(self) -> Row:
        """Read the codebook again as it is now."""
        self.opened = OpenedCodebook.open(self.folder / CODEBOOK)
        return self.open()

    def history(self, theme: str) -> list[Row]:
        """Return how a theme's rule was changed, the latest first, each with its words."""
        now = find_block(self.opened.text, theme).rule
        own = [row for row in read_history(self.folder) if row["テーマ"] == theme]
        return [
            {
                "said": f"{row['日付']} {row['誰']} {row['理由']}"
                f"({row['前の件数']}件 → {row['後の件数']}件)",
                "rule": row["前のルール"],
                "difference": describe_difference(row["前のルール"], now),
            }
            for row in own
        ]


def describe_difference(earlier: str, now: str) -> str:
    """Say in words which alternatives a rule has got and lost since an earlier state."""
    before, after = split_alternatives(earlier), split_alternatives(now)
    added = "、".join(each for each in after if each not in before)
    gone = "、".join(each for each in before if each not in after)
    if not added and not gone:
        return "このときのルールから、いまのルールまで、言葉の出入りはありません。"
    return (
        "このときのルールから、いまのルールまでに"
        + "、".join([f"加えた言葉: {added}"] * bool(added) + [f"外した言葉: {gone}"] * bool(gone))
        + "。"
    )
