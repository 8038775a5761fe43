"""A study's whole report: processed tables, executed notebooks, pages, workbook, index."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kyodo_analysis import privacy, themes
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.files import remove_tree
from kyodo_analysis.jobs.kernels import Kernels
from kyodo_analysis.jobs.notebooks import DESK, run_notebooks
from kyodo_analysis.jobs.results import write_results
from kyodo_analysis.output import (
    alone_on,
    begin_report,
    finish_report,
    notebook_to_html,
    write_index,
    write_voices,
)
from kyodo_analysis.study import Study
from kyodo_analysis.study.clustering import look_for_clusters
from kyodo_analysis.study.pipeline import StudyTables, process, write_processed
from kyodo_analysis.study.publishing import (
    PRIVACY_FILE,
    prepare_decisions,
    publish_head,
    read_privacy,
)
from kyodo_analysis.study.report_run import (
    ReportRun,
    begin_run,
    list_inputs,
    list_newer_inputs,
)
from kyodo_analysis.study.sentences import describe_engine
from kyodo_analysis.words import ProgressLine

_SAVED_FIGURE = re.compile(r"/figures/(\w+)\.png")
_NOTEBOOKS = "notebooks"

Tell = Callable[[str], None]


def make_report(study: Study, *, tell: Tell = print) -> Path:
    """Make everything in ``reports/<study>/`` and return the page to open first.

    The report is built beside the earlier one and takes its place when it is whole; whatever
    happens before, the earlier one stays as it was.

    Parameters
    ----------
    study : Study
    tell : callable
        Is told, in Japanese, what is done next.

    Raises
    ------
    KyodoError
        When the study cannot be read, personal data is still undecided, a notebook stopped, or
        another run is at work on this report.
    """
    with alone_on(study.report):
        folder = begin_report(study.report)
        try:
            run = begin_run(study, folder)
            made_from = list_inputs(run.study)
            made = _build(study, run, tell)
            gone = finish_report(run.report, study.report, made_from=made_from)
            write_processed(study, made)
        finally:
            remove_tree(folder)
    for name in gone:
        tell(f"  前回の {name} は、今回は作られないので、ありません。")
    if newer := list_newer_inputs(study):
        tell(
            f"  作っている間に変わったものがあります(この報告には入っていません): {'、'.join(newer)}"
        )
    return study.report / "index.html"


def _build(study: Study, run: ReportRun, tell: Tell) -> StudyTables:
    """Make all of a report in its run's folder; return the tables that it was made of."""
    with Kernels(study.root / _NOTEBOOKS, environment=run.environment) as kernels:
        tell("  意見を読んでいます …")
        made = process(run.study, progress=ProgressLine("  分かち書き"))
        refuse_undecided(run.study, made.personal_data)
        head = publish_head(run.study, made.personal_data)
        run.keep(made)
        write_results(head, made, run.report)
        with suppress(NotInDataError):  # the notebook says why
            look_for_clusters(run.study, made, progress=ProgressLine("  自動分類の確認", unit="回"))
        tell("  ノートブックを実行しています …")

        def turn_into_page(notebook: Path, done: int, n: int) -> None:
            notebook_to_html(notebook, run.report / f"{notebook.stem}.html")
            tell(f"    {done}/{n} {notebook.stem}")

        notebooks, failures = run_notebooks(
            kernels,
            study=study.name,
            target=run.report / _NOTEBOOKS,
            skip=(DESK,),
            tell=turn_into_page,
        )
    if failures:
        raise failures[0]
    _write_front(run, head, made, list_figures(notebooks))
    return made


def _write_front(run: ReportRun, head: Study, made: StudyTables, figures: list[str]) -> None:
    """Write the pages that are no notebook's: the voices, and the one to open first."""
    write_voices(
        run.report,
        title=head.title,
        opinions=made.opinions,
        codings=made.codings,
        evidence=made.evidence,
        attributes=made.attributes,
        replies=made.replies,
    )
    write_index(
        run.report,
        title=head.title,
        notes=(*head.notes, describe_engine(made.engine)),
        figures=figures,
    )


def list_figures(notebooks: Sequence[Path]) -> list[str]:
    """Return the stems of the figures that executed notebooks saved, in the order they show."""
    saved = (_SAVED_FIGURE.findall(path.read_text(encoding="utf-8")) for path in notebooks)
    return list(dict.fromkeys(stem for stems in saved for stem in stems))


def refuse_undecided(study: Study, personal_data: pd.DataFrame) -> None:
    """Raise while personal data waits for a decision; the file to decide in is made ready."""
    prepare_decisions(replace(study, held=None), personal_data)
    path = study.decisions / PRIVACY_FILE
    privacy.check_decided(personal_data, read_privacy(study), path=path)


def write_blank_sheet(study: Study) -> Path:
    """Write the sheet in which a person codes the opinions without seeing the rules' results."""
    made = process(study, progress=ProgressLine("分かち書き"))
    refuse_undecided(study, made.personal_data)
    settings = study.settings("coding_sheet", themes.CodingSheetSettings)
    return themes.write_coding_sheet(
        study.report / "coding-sheet.xlsx", made.opinions, made.codes, settings=settings
    )
