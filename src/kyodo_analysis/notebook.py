"""The verbs of a notebook: open a report, ask, show, say and draw.

What the data cannot carry comes back from :func:`ask` as a sentence, and the other verbs pass
that sentence on, so that every notebook runs on every study. Residents' words are escaped
wherever they are shown.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api import types

from kyodo_analysis.contracts import all_contracts
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.output import ReportContext, SavedChart, save_chart
from kyodo_analysis.pipeline import StudyTables, process, report_context
from kyodo_analysis.sentences import describe_study
from kyodo_analysis.study import Study, open_study

NOTHING = "該当するものはありません。"

_CONTRACTS = {tuple(table.names): table for table in all_contracts()}


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

    def __repr__(self) -> str:
        return self.frame.to_string(index=False)

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_html(index=False, border=0, justify="left")


@dataclass(frozen=True, eq=False)
class Report:
    """One study on the desk: its decisions, its tables, and where its figures go."""

    study: Study
    tables: StudyTables
    context: ReportContext

    def introduce(self) -> Sentence:
        """Say what was read, from where, and what to bear in mind."""
        return Sentence(describe_study(self.study, self.tables.opinions))

    def draw(
        self,
        plot: Callable[..., Any],
        *frames: pd.DataFrame | Sentence,
        name: str,
        title: str,
        alt: Sentence,
        **options: Any,
    ) -> SavedChart | Sentence:
        """Draw tables with one of the chart functions and save the chart into the report.

        Parameters
        ----------
        plot : callable
            Of :mod:`kyodo_analysis.charts`.
        *frames : DataFrame
            What `plot` draws; the numbers of the first are saved beside the picture. A sentence
            in place of one is passed on, and an empty first one is said to be so.
        name : str
            The stem of the files.
        title : str
            Above the figure.
        alt : Sentence
            What the figure shows, for those who cannot see it.
        **options
            For `plot` (style and the like).
        """
        if isinstance(frames[0], pd.DataFrame) and frames[0].empty:
            return Sentence(NOTHING)
        drawn = ask(plot, *frames, **options)
        if isinstance(drawn, Sentence):
            return drawn
        numbers, words = for_analyst(frames[0]), f"{title}。{alt.text}"
        return save_chart(drawn, name, report=self.context, table=numbers, title=title, alt=words)


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


def say(describe: Callable[..., str], *arguments: Any) -> Sentence:
    """Return what a function of :mod:`kyodo_analysis.sentences` says about its tables."""
    return _refused(arguments) or Sentence(describe(*arguments))


def show(
    frame: pd.DataFrame | Sentence,
    columns: Sequence[str] | None = None,
    *,
    wide: tuple[str, str, str] | None = None,
) -> Listing | Sentence:
    """Show a table with the headers of its contract.

    Parameters
    ----------
    frame : DataFrame
        A table of this package; a sentence is passed on.
    columns : sequence of str, optional
        The columns to show.
    wide : tuple of three str, optional
        The columns that become rows, columns and cells of a cross table.
    """
    if isinstance(frame, Sentence):
        return frame
    if frame.empty:
        return Sentence(NOTHING)
    if wide:
        return Listing(_crossed(frame, *wide))
    return Listing(_written(for_analyst(frame, columns)))


def for_analyst(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return chosen columns of a table under the headers of its contract."""
    chosen = frame if columns is None else frame[list(columns)]
    contract = _CONTRACTS.get(tuple(frame.columns))
    return contract.for_analyst(chosen) if contract else chosen


def _refused(arguments: tuple[Any, ...]) -> Sentence | None:
    return next((each for each in arguments if isinstance(each, Sentence)), None)


def _crossed(frame: pd.DataFrame, rows: str, columns: str, cells: str) -> pd.DataFrame:
    crossed = frame.pivot(index=rows, columns=columns, values=cells)
    ordered = crossed.reindex(index=frame[rows].unique(), columns=frame[columns].unique())
    return ordered.rename_axis(columns=None).reset_index(names=for_analyst(frame, None).columns[0])


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
