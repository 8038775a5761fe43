"""A report under way: what it is made from, held still, and what it leaves for the next one."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import write_bytes, write_text
from kyodo_analysis.output import FRONT_PAGE, ReportContext, read_made_from
from kyodo_analysis.study.opening import Study, open_study
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.study.store import Store, digest, digest_file

RUN_FOLDER = "KYODO_REPORT_RUN"
"""Names, to the kernels of a report under way, the folder in which it is built."""

_CODINGS = ".codings.parquet"
_NEWER = re.compile(r"<!--newer-->.*?<!--/newer-->", re.DOTALL)


@dataclass(frozen=True)
class ReportRun:
    """One run of ``report``: the study with its decisions held still, and where it is built.

    Parameters
    ----------
    study : Study
        As it was when the run began.
    folder : Path
        Belongs to the run alone; ``report/`` below it becomes the report.
    """

    study: Study
    folder: Path

    @property
    def report(self) -> Path:
        """Where the run writes what becomes the report."""
        return self.folder / "report"

    @property
    def environment(self) -> dict[str, str]:
        """What kernels of this run need to know (variables)."""
        return {RUN_FOLDER: str(self.folder)}

    def keep(self, made: StudyTables) -> None:
        """Leave the tables for the notebooks of this run, and the codings for the next report."""
        Store(self.folder / "tables").remember("all", "run", made.to_frames())
        write_bytes(self.report / _CODINGS, made.codings.to_parquet(index=False))

    def recall(self) -> StudyTables:
        """Return the tables of this run.

        Raises
        ------
        StudyError
            When they are no longer there: the run has ended.
        """
        kept = Store(self.folder / "tables").recall("all", "run")
        if kept is None:
            raise StudyError(self.study.name, "報告の表がありません(報告づくりが終わっています)")
        return StudyTables.from_frames(kept)


def begin_run(study: Study, folder: Path) -> ReportRun:
    """Hold a study's decisions still in a folder of a new run."""
    return ReportRun(study.hold(folder), folder)


def current_run(name: str) -> ReportRun | None:
    """Return the run that this kernel works for; None in JupyterLab and everywhere else."""
    folder = os.environ.get(RUN_FOLDER)
    if not folder:
        return None
    return ReportRun(open_study(name, held=Path(folder)), Path(folder))


def is_report_under_way() -> bool:
    """Say whether this kernel executes notebooks for a report, and not for a person."""
    return RUN_FOLDER in os.environ


def report_context(study: Study, made: StudyTables, *, folder: Path | None = None) -> ReportContext:
    """Return what stands below every figure of a study.

    Figures go into the report when a run builds it in `folder`; those that are drawn in JupyterLab
    have a place of their own, ``data/processed/<study>/``.
    """
    place = study.processed if folder is None else study.report
    return ReportContext(
        folder=folder or place,
        shown_as=place.relative_to(study.root).as_posix(),
        source=study.source,
        date=study.date,
        n=len(made.opinions),
        data_sha256=made.data_sha256,
    )


def list_inputs(study: Study) -> dict[str, str]:
    """Return what a report of a study depends on: files as the analyst knows them, and digests."""
    raw = digest(study.raw_file.name, digest_file(study.raw_file))
    listed = {f"data/raw/{study.name}": raw}  # its name may hold a resident's
    for path in sorted(study.decisions.rglob("*")):
        place = path.relative_to(study.decisions)
        if path.is_file() and not any(part.startswith((".", "~$")) for part in place.parts):
            listed[f"studies/{study.name}/{place.as_posix()}"] = digest_file(path)
    return listed


def list_newer_inputs(study: Study) -> list[str]:
    """Return the files that changed, came or went since the study's report was made, sorted."""
    before = read_made_from(study.report)
    if not before:
        return []
    now = list_inputs(replace(study, held=None))
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def mark_report(study: Study) -> list[str]:
    """Say on a report's front page which files are newer than it, or that none are any more.

    Returns
    -------
    list of str
        These files.
    """
    newer, page = list_newer_inputs(study), study.report / FRONT_PAGE
    with suppress(OSError):
        text = page.read_text(encoding="utf-8")
        marked = _NEWER.sub(lambda _: describe_newer(newer, study.name), text)
        if marked != text:
            write_text(page, marked)
    return newer


def describe_newer(newer: list[str], name: str) -> str:
    """Return the part of a front page that says what is newer than the report."""
    if not newer:
        return "<!--newer--><!--/newer-->"
    listed = "、".join(newer)
    said = (
        f"このページより新しい決定や資料があります: {listed}。"
        f"python run.py report {name} で作り直すと、図と表に反映されます。"
    )
    return f'<!--newer--><p role="alert"><strong>{escape(said)}</strong></p><!--/newer-->'


def read_last_codings(study: Study) -> pd.DataFrame | None:
    """Return the codings (CODINGS) of the last finished report; None where there is none."""
    with suppress(OSError, ValueError):
        return pd.read_parquet(study.report / _CODINGS)
    return None
