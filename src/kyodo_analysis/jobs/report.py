"""A study's whole report: processed tables, executed notebooks, pages, workbook, index."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from kyodo_analysis import privacy, themes
from kyodo_analysis.files import write_bytes
from kyodo_analysis.jobs.notebooks import run_notebooks
from kyodo_analysis.jobs.results import write_results
from kyodo_analysis.output import notebook_to_html, write_index
from kyodo_analysis.pipeline import (
    PRIVACY_FILE,
    process,
    read_privacy,
    write_processed,
)
from kyodo_analysis.study import Study
from kyodo_analysis.words import ProgressLine


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
        When the study cannot be read, or personal data is still undecided.
    """
    tell("  意見を読んでいます …")
    made = process(study, progress=ProgressLine("  分かち書き"))
    refuse_undecided(study, made.personal_data)
    write_processed(study, made)
    write_results(study, made)
    tell("  ノートブックを実行しています …")
    for notebook in run_notebooks(study, target=study.report / "notebooks"):
        notebook_to_html(notebook, study.report / f"{notebook.stem}.html")
    return write_index(study.report, title=study.title, notes=study.notes)


def refuse_undecided(study: Study, personal_data: pd.DataFrame) -> None:
    """Raise while personal data waits for a decision; the file to decide in is made ready."""
    path = study.decisions / PRIVACY_FILE
    decisions = read_privacy(study)
    if not personal_data["finding_id"].isin(decisions["finding_id"]).all():
        privacy.write_decisions(path, personal_data, decisions)
    privacy.check_decided(personal_data, read_privacy(study), path=path)


def write_blank_sheet(study: Study) -> Path:
    """Write the sheet in which a person codes the opinions without seeing the rules' results."""
    made = process(study, progress=ProgressLine("分かち書き"))
    refuse_undecided(study, made.personal_data)
    settings = study.settings("coding_sheet", themes.CodingSheetSettings)
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "coding-sheet.xlsx"
        themes.write_coding_sheet(sheet, made.opinions, made.codes, settings=settings)
        return write_bytes(study.report / sheet.name, sheet.read_bytes())
