"""The main job, end to end, on Kashiwa's report."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

ROOT = Path(__file__).parent.parent.parent


def _make_report(project):
    return subprocess.run(
        [sys.executable, "-m", "kyodo_analysis", "report"],
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").touch()
    shutil.copytree(ROOT / "studies", root / "studies")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw")
    notebooks = shutil.ignore_patterns(".*")
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=notebooks)
    return root


@pytest.fixture(scope="module")
def report(project):
    done = _make_report(project)
    assert done.returncode == 0, done.stderr
    return project / "reports" / "kashiwa-2019"


def test_the_report_holds_pages_figures_and_results(report):
    made = {path.relative_to(report).as_posix() for path in report.rglob("*")}
    assert {"index.html", "01_overview.html", "results.xlsx"} <= made
    assert {f"figures/themes_by_category.{kind}" for kind in ("png", "svg", "csv", "txt")} <= made


def test_the_workbook_holds_every_opinion_as_it_stands_in_the_raw_file(report, project):
    opinions = pd.read_excel(
        report / "results.xlsx", sheet_name="意見", dtype=str, engine="openpyxl"
    )
    raw = (project / "data/raw/kashiwa-2019/report.txt").read_text(encoding="utf-8")
    assert len(opinions) == 29
    assert all(text in raw for text in opinions["原文"])


def _files(folder, kind):
    return {path.name: path for path in folder.glob(f"*.{kind}")}


def test_the_committed_tables_are_those_that_the_code_makes(report, project):
    place = "data/processed/kashiwa-2019"
    committed, made = _files(ROOT / place, "csv"), _files(project / place, "csv")
    assert set(committed) == set(made)
    for name, path in made.items():
        assert committed[name].read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), name


def test_the_committed_figures_show_the_numbers_that_the_code_makes(report):
    folder = ROOT / "reports" / "kashiwa-2019" / "figures"
    committed, made = _files(folder, "csv"), _files(report / "figures", "csv")
    assert set(committed) == set(made)
    for name, path in made.items():
        pd.testing.assert_frame_equal(pd.read_csv(committed[name]), pd.read_csv(path))
    drawn = {Path(name).stem for name in made}
    assert {Path(name).stem for name in _files(folder, "png")} == drawn
    assert {Path(name).stem for name in _files(folder, "txt")} == drawn


def test_a_second_run_gives_the_same_bytes(report, project):
    before = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    _make_report(project)
    after = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    assert before == after


def test_a_notebook_that_fails_is_named_and_leaves_the_earlier_result(report, project):
    kept = (report / "notebooks" / "01_overview.ipynb").read_bytes()
    figures = sorted((report / "figures").iterdir())
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(broken, project / "notebooks" / "01_overview.ipynb")
    done = _make_report(project)
    assert done.returncode == 1
    assert "notebooks/01_overview.ipynb: 実行の途中で止まりました(ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    assert (report / "notebooks" / "01_overview.ipynb").read_bytes() == kept
    assert sorted((report / "figures").iterdir()) == figures
