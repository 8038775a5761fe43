"""The verbs of a notebook: open a report, ask, show, say and draw.

What the data cannot carry comes back from :func:`ask` as a sentence; :func:`show` shows it and the
other verbs keep silent, so that every notebook runs on every study. Residents' words are escaped
wherever they are shown.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api import types

from kyodo_analysis.clustering import StudyClusters, describe_clusters, look_for_clusters
from kyodo_analysis.contracts import for_analyst
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.output import ReportContext, SavedChart, save_chart
from kyodo_analysis.pipeline import (
    StudyTables,
    compare_coders,
    compare_with_last_run,
    process,
    report_context,
)
from kyodo_analysis.sentences import describe_study
from kyodo_analysis.study import Study, open_study
from kyodo_analysis.themes import ClusterFinding

NOTHING = "該当するものはありません。"


@dataclass(frozen=True)
class Sentence:
    """A sentence, shown as a paragraph; nothing in it is markup."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())


@dataclass(frozen=True, eq=False)
class Listing:
    """A table as an analyst reads it: Japanese headers, whole sentences, no row numbers."""

    frame: pd.DataFrame
    n_left_out: int = 0

    def __repr__(self) -> str:
        return self.frame.to_string(index=False) + self._rest()

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            table: str = self.frame.to_html(index=False, border=0, justify="left")
        return table + self._rest()

    def _rest(self) -> str:
        return f"\nほかに{self.n_left_out}行あります。" if self.n_left_out else ""


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

    def codings(self) -> pd.DataFrame:
        """Return which opinion carries which theme (CODINGS); raises as :meth:`themes` does."""
        self.themes()
        return self.tables.codings

    def changes(self) -> pd.DataFrame:
        """Return what changed since this was last asked (CODING_CHANGES)."""
        return compare_with_last_run(self.study, self.tables)

    def agreement(self) -> pd.DataFrame:
        """Return how far the codebook and people agree, pair by pair (AGREEMENT)."""
        pairs = compare_coders(self.study, self.tables)
        return pd.concat([pair.scores for pair in pairs], ignore_index=True)

    def disagreements(self) -> pd.DataFrame:
        """Return on which opinions they differ, pair by pair (DISAGREEMENTS)."""
        pairs = compare_coders(self.study, self.tables)
        return pd.concat([pair.disagreements for pair in pairs], ignore_index=True)

    def look_for_clusters(self) -> ClusterFinding:
        """Return the clusters and the evidence for them; a second time they are read back."""
        return look_for_clusters(self.study, self.tables)

    def describe_clusters(self, finding: ClusterFinding) -> StudyClusters:
        """Return what the clusters are about; raises NotInDataError where none hold."""
        return describe_clusters(self.study, self.tables, finding)

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
            return drawn
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


def open_report(name: str) -> Report:
    """Read, tokenize and code a study; what is unchanged since the last time is not remade."""
    study = open_study(name)
    made = process(study)
    return Report(study, made, report_context(study, made.opinions))


def ask(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Call `function`; a question that the data cannot answer gives the reason as a sentence."""
    if refused := _refused(arguments):
        return refused
    try:
        return function(*arguments, **options)
    except NotInDataError as error:
        return Sentence(str(error))


def say(describe: Callable[..., str], *arguments: Any) -> Sentence | None:
    """Return what a function of :mod:`kyodo_analysis.sentences` says about its tables.

    Nothing, where :func:`ask` was refused: the reason stands above.
    """
    return None if _refused(arguments) else Sentence(describe(*arguments))


def part(result: Any, name: str) -> Any:
    """Return one table of a result that holds several; a refusal is passed on."""
    return ask(getattr, result, name)


def first(frame: pd.DataFrame, column: str) -> Any:
    """Return the first value of a column, to be changed by hand in the notebook.

    Raises
    ------
    NotInDataError
        The table is empty.
    """
    if frame.empty:
        raise NotInDataError("この表", "行が1つもありません")
    return frame[column].iloc[0]


def show(
    frame: pd.DataFrame | Sentence,
    columns: Sequence[str] | None = None,
    *,
    where: str | None = None,
    most: int | None = None,
    wide: tuple[str, str, str] | None = None,
) -> Listing | Sentence:
    """Show a table with the headers of its contract.

    Parameters
    ----------
    frame : DataFrame
        A table of this package. Where :func:`ask` was refused, the reason is shown.
    columns : sequence of str, optional
        The columns to show; by default those that hold anything.
    where : str, optional
        Which rows, as :meth:`pandas.DataFrame.query` takes it.
    most : int, optional
        How many of them; what is left out is said below the table.
    wide : tuple of three str, optional
        The columns that become rows, columns and cells of a cross table.
    """
    if isinstance(frame, Sentence):
        return frame
    rows = frame.query(where) if where else frame
    if rows.empty:
        return Sentence(NOTHING)
    if wide:
        return Listing(_crossed(rows, *wide))
    chosen = list(columns) if columns else list(rows.columns[rows.notna().any()])
    kept = rows.head(most) if most else rows
    return Listing(_written(for_analyst(kept, chosen)), n_left_out=len(rows) - len(kept))


def _refused(arguments: tuple[Any, ...]) -> Sentence | None:
    return next((each for each in arguments if isinstance(each, Sentence)), None)


def _crossed(frame: pd.DataFrame, rows: str, columns: str, cells: str) -> pd.DataFrame:
    crossed = frame.pivot(index=rows, columns=columns, values=cells)
    ordered = crossed.reindex(index=frame[rows].unique(), columns=frame[columns].unique())
    return ordered.rename_axis(columns=None).reset_index(names=for_analyst(frame).columns[0])


def _written(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.apply(_as_written)


def _as_written(values: "pd.Series[Any]") -> "pd.Series[str]":
    """Write dates and shares as a report does, and nothing where a value is missing."""
    if types.is_datetime64_any_dtype(values.dtype):
        text = values.dt.strftime("%Y-%m-%d")
    elif types.is_float_dtype(values.dtype):
        text = values.map("{:.3f}".format)
    else:
        text = values.astype("str")
    shown: pd.Series[str] = text.where(values.notna(), "").astype("str")
    return shown
