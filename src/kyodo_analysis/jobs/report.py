"""A study's whole report: processed tables, executed notebooks, pages, workbook, index."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from kyodo_analysis import privacy, themes
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.jobs.notebooks import run_notebooks
from kyodo_analysis.jobs.results import write_results
from kyodo_analysis.output import note_start, notebook_to_html, remove_earlier, write_index
from kyodo_analysis.study import Study
from kyodo_analysis.study.clustering import look_for_clusters
from kyodo_analysis.study.pipeline import (
    process,
    write_processed,
)
from kyodo_analysis.study.publishing import PRIVACY_FILE, prepare_decisions, read_privacy
from kyodo_analysis.study.sentences import describe_engine
from kyodo_analysis.words import ProgressLine

_SAVED_FIGURE = re.compile(r"/figures/(\w+)\.png")


def make_report(study: Study, *, tell: Callable[[str], None] = print) -> Path:
    """Make everything in ``reports/<study>/`` and return the page to open first.

    Parameters
    ----------
    study : Study
    tell : callable
        Is told, in Japanese, what is done next.

    Raises
    ------
    KyodoError
        When the study cannot be read, personal data is still undecided, or, after all else is
        written, a notebook stopped; then what an earlier run made stays.
    """
    tell("  意見を読んでいます …")
    made = process(study, progress=ProgressLine("  分かち書き"))
    refuse_undecided(study, made.personal_data)
    started = note_start(study.report)
    write_processed(study, made)
    write_results(study, made)
    with suppress(NotInDataError):  # the notebook says why
        look_for_clusters(study, made, progress=ProgressLine("  自動分類の確認", unit="回"))
    tell("  ノートブックを実行しています …")
    notebooks, failures = run_notebooks(study, target=study.report / "notebooks")
    for notebook in notebooks:
        notebook_to_html(notebook, study.report / f"{notebook.stem}.html")
    if not failures:
        for path in remove_earlier(study.report, started=started):
            tell(f"  前回の {path.name} は、今回は作られないので消しました。")
    index = write_index(
        study.report,
        title=study.title,
        notes=(*study.notes, describe_engine(made.engine)),
        figures=list_figures(notebooks),
    )
    if failures:
        raise failures[0]
    return index


def list_figures(notebooks: Sequence[Path]) -> list[str]:
    """Return the stems of the figures that executed notebooks saved, in the order they show."""
    saved = (_SAVED_FIGURE.findall(path.read_text(encoding="utf-8")) for path in notebooks)
    return list(dict.fromkeys(stem for stems in saved for stem in stems))


def refuse_undecided(study: Study, personal_data: pd.DataFrame) -> None:
    """Raise while personal data waits for a decision; the file to decide in is made ready."""
    prepare_decisions(study, personal_data)
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
