"""One whole report of a study that holds a resident in every place: she stands in no file of it."""

import shutil
from pathlib import Path

import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.jobs.report import make_report, write_blank_sheet
from kyodo_analysis.study import open_study
from planted import decide_to_hide, find_planted, plant_study

ROOT = Path(__file__).parent.parent.parent


def test_a_resident_who_is_to_be_hidden_stands_in_no_file_of_a_report(tmp_path):
    plant_study(tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    study = open_study("planted", root=tmp_path)
    with pytest.raises(StudyError, match="扱いが決まっていません"):
        make_report(study, tell=lambda said: None)
    decide_to_hide(tmp_path)
    make_report(study, tell=lambda said: None)
    write_blank_sheet(study)
    written = {path.suffix for path in study.report.rglob("*")}
    assert written >= {".html", ".ipynb", ".xlsx", ".csv", ".svg", ".png"}
    assert find_planted(tmp_path / "reports") == []
    tables = [path for path in study.processed.glob("*.csv") if find_planted_in(path)]
    assert tables == []


def find_planted_in(path: Path) -> list[str]:
    """Return where the resident stands in one file."""
    alone = path.parent / "alone"
    alone.mkdir(exist_ok=True)
    shutil.copy(path, alone)
    try:
        return find_planted(alone)
    finally:
        shutil.rmtree(alone)
