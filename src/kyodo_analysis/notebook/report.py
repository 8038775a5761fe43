"""One study on the desk of whoever works in a notebook."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pandas as pd

from kyodo_analysis.desk import Asked, Desk, DeskCell
from kyodo_analysis.errors import KyodoError, NotInDataError
from kyodo_analysis.notebook.asking import Sentence, ask, forget_reasons, say_once
from kyodo_analysis.notebook.desk import Stack, show_coding, show_draft, show_rules, show_voices
from kyodo_analysis.notebook.progress import report_in_cell
from kyodo_analysis.output import ReportContext, SavedChart, save_chart
from kyodo_analysis.reading import draw_place
from kyodo_analysis.study import Study, open_study
from kyodo_analysis.study.clustering import StudyClusters, describe_clusters, look_for_clusters
from kyodo_analysis.study.comparing import (
    compare_coders,
    compare_with_last_report,
    correct_counts,
)
from kyodo_analysis.study.contracts import for_analyst
from kyodo_analysis.study.pipeline import StudyTables, process
from kyodo_analysis.study.publishing import publish_head
from kyodo_analysis.study.report_run import (
    current_run,
    mark_report,
    report_context,
)
from kyodo_analysis.study.sentences import describe_study
from kyodo_analysis.themes import ClusterSearch


@dataclass(frozen=True, eq=False)
class Report:
    """One study on the desk: its decisions, its tables, and where its figures go."""

    study: Study
    tables: StudyTables
    context: ReportContext

    def introduce(self) -> Sentence:
        """Say what was read, from where, and what to bear in mind."""
        return Sentence(describe_study(self.study, self.tables.opinions))

    def themes(self) -> list[str]:
        """Return the names of the themes, in the codebook's order.

        Raises
        ------
        NotInDataError
            The study has no codebook yet.
        """
        if self.tables.themes:
            return self.tables.themes
        raise NotInDataError(
            "テーマの集計",
            "この資料には、まだコードブックがありません",
            action=f"studies/{self.study.name}/codebook.txt にテーマのルールを書くと、ここに出ます",
        )

    def codes(self) -> pd.DataFrame:
        """Return the codebook (CODES); raises as :meth:`themes` does."""
        self.themes()
        return self.tables.codes

    def warnings(self) -> pd.DataFrame:
        """Return what the codebook's author should know; raises where there is no codebook."""
        if self.tables.warnings.empty:
            self.themes()
        return self.tables.warnings

    def codings(self) -> pd.DataFrame:
        """Return which opinion carries which theme (CODINGS); raises as :meth:`themes` does."""
        self.themes()
        return self.tables.codings

    def show_place(self, opinion_id: str) -> Any:
        """Return the picture of the page of a PDF on which an opinion stands, its place marked.

        Raises
        ------
        NotInDataError
            The raw file is no PDF, or there is no such opinion.
        """
        from IPython.display import Image

        path, opinions = self.study.raw_file, self.tables.opinions
        places = opinions.loc[opinions["opinion_id"] == opinion_id, "source"]
        if path.suffix.lower() == ".pdf" and len(places):
            return Image(draw_place(path, places.iloc[0]))
        raise NotInDataError(
            "意見の場所の絵",
            f"{path.name} には、意見「{opinion_id}」を示せるページがありません",
            "示せるのは、PDF から読んだ意見です",
            "意見番号と、元のファイルの種類を確かめてください",
        )

    def changes(self) -> pd.DataFrame:
        """Return what changed since the last finished report (CODING_CHANGES)."""
        return compare_with_last_report(self.study, self.tables)

    def agreement(self) -> pd.DataFrame:
        """Return how far the codebook and people agree, pair by pair (AGREEMENT)."""
        pairs = compare_coders(self.study, self.tables)
        return pd.concat([pair.scores for pair in pairs], ignore_index=True)

    def disagreements(self) -> pd.DataFrame:
        """Return on which opinions they differ, pair by pair (DISAGREEMENTS)."""
        pairs = compare_coders(self.study, self.tables)
        return pd.concat([pair.disagreements for pair in pairs], ignore_index=True)

    def corrected_counts(self) -> pd.DataFrame:
        """Return the counts by rules, mended by what people read (CORRECTED_COUNTS)."""
        return correct_counts(self.study, self.tables)

    def voices(self, *, cluster: int | None = None, **asked: Any) -> DeskCell | Sentence:
        """Show the opinions behind a number, in their own words, with what was asked marked.

        In JupyterLab they can be filtered, searched, copied and decided on; elsewhere they are a
        table.

        Parameters
        ----------
        cluster : int, optional
            A cluster that holds.
        **asked
            ``theme``, ``category``, ``session``, ``attribute=(name, value)``, ``term`` (one or
            several), ``said`` (a way of saying), ``ids``, ``uncoded``, ``rule`` (in KH Coder's syntax) and
            ``word``, as :class:`~kyodo_analysis.desk.Asked` takes them. All that is given holds.
        """
        if refused := next((each for each in asked.values() if isinstance(each, Sentence)), None):
            return refused
        try:
            clusters = None if cluster is None else self.look_for_clusters().clusters
            wanted = Asked(cluster=cluster, **asked)
            return show_voices(self._desk.voices(wanted, clusters=clusters))
        except KyodoError as error:
            return Sentence(str(error))

    def try_rules(self) -> DeskCell:
        """Show the rules; in JupyterLab they can be tried before they are saved, one by one."""
        return show_rules(self._desk.rules())

    def code_blind(self) -> DeskCell | Sentence:
        """Let a person code the sample by keyboard without seeing what the rules say."""
        try:
            return show_coding(self._desk.coding())
        except KyodoError as error:
            return Sentence(str(error))

    def drafts(self) -> Stack | Sentence:
        """Show proposals for themes, drafted from the opinions; nothing is written."""
        try:
            return show_draft(self._desk.draft)
        except KyodoError as error:
            return Sentence(str(error))

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.study, self.tables)

    def look_for_clusters(self) -> ClusterSearch:
        """Return the clusters and the evidence for them; a second time they are read back."""
        progress = report_in_cell("自動分類の確認", unit="回")
        return look_for_clusters(self.study, self.tables, progress=progress)

    def describe_clusters(self, search: ClusterSearch) -> StudyClusters:
        """Return what the clusters are about; raises NotInDataError where none hold."""
        return describe_clusters(self.study, self.tables, search)

    def draw(
        self,
        plot: Callable[..., Any],
        table: pd.DataFrame | Sentence,
        *more: pd.DataFrame | Sentence,
        name: str,
        title: str,
        alt: Sentence | None,
        n: int | None = None,
        counted: str = "意見",
        **options: Any,
    ) -> SavedChart | Sentence | None:
        """Draw tables with one of the chart functions and save the chart into the report.

        Parameters
        ----------
        plot : callable
            Of :mod:`kyodo_analysis.charts`.
        table : DataFrame
            What is drawn; its numbers are saved beside the picture. Where :func:`ask` was
            refused or nothing was found, no chart is drawn.
        *more : DataFrame
            What `plot` takes besides.
        name : str
            The stem of the files.
        title : str
            Above the figure.
        alt : Sentence
            What the figure shows, for those who cannot see it.
        n, counted : int, str
            How many of what are counted; by default the opinions of the study.
        **options
            For `plot` (style and the like).
        """
        if isinstance(table, Sentence) or table.empty:
            return None
        drawn = ask(plot, table, *more, **options)
        if isinstance(drawn, Sentence):
            return say_once(drawn)
        return save_chart(
            drawn,
            name,
            report=self.context,
            table=for_analyst(table),
            title=title,
            alt=f"{title}。{alt or ''}",
            n=n,
            counted=counted,
        )


@cache
def _open_run(name: str) -> Report | None:
    """Return the report under way that this kernel works for, read once for all notebooks."""
    if (run := current_run(name)) is None:
        return None
    made = run.recall()
    study = publish_head(run.study, made.personal_data)
    return Report(study, made, report_context(study, made, folder=run.report))


def open_report(name: str) -> Report:
    """Read, tokenize and code a study; what is unchanged since the last time is not remade.

    Within a run of ``report`` these are the tables of that run, whatever was edited meanwhile.
    """
    forget_reasons()
    if report := _open_run(name):
        return report
    study = open_study(name)
    made = process(study, progress=report_in_cell("分かち書き"))
    mark_report(study)
    study = publish_head(study, made.personal_data)
    return Report(study, made, report_context(study, made))
