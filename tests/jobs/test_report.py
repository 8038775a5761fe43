"""The main job, end to end, on Kashiwa's report."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from kyodo_analysis.charts import plot_opinions_per_category
from kyodo_analysis.errors import OutputError
from kyodo_analysis.jobs.report import make_report
from kyodo_analysis.measures import count_opinions_by_group, groups_by
from kyodo_analysis.notebook import open_report
from kyodo_analysis.study import open_study

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


def _contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _start_report(project):
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "kyodo_analysis", "report"],
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def _wait_for(started, sign):
    while sign not in (line := started.stdout.readline()):
        assert line, "it ended before"


def test_a_second_run_gives_the_same_bytes_whatever_is_edited_while_it_runs(report, project):
    before = _contents(report)
    codebook = project / "studies" / "kashiwa-2019" / "codebook.txt"
    kept = codebook.read_bytes()
    with _start_report(project) as started:
        _wait_for(started, "意見を読んでいます")
        _wait_for(started, "ノートブックを実行しています")
        codebook.unlink()
        said = started.stdout.read()
    codebook.write_bytes(kept)
    assert started.returncode == 0
    assert "(この報告には入っていません): studies/kashiwa-2019/codebook.txt" in said
    assert before == _contents(report)


def test_a_report_that_is_killed_leaves_the_earlier_one_and_the_next_run_works(report, project):
    before = _contents(report)
    with _start_report(project) as started:
        _wait_for(started, "ノートブックを実行しています")
        second = _make_report(project)
        started.kill()
    assert second.returncode == 1
    assert "もう動いています" in second.stderr
    assert _contents(report) == before
    assert _make_report(project).returncode == 0
    assert _contents(report) == before
    assert sorted(path.name for path in report.parent.iterdir()) == [
        ".kashiwa-2019.lock",
        "kashiwa-2019",
    ]


def test_figures_drawn_in_the_lab_do_not_touch_the_published_ones(report, project, monkeypatch):
    before = _contents(report)
    monkeypatch.chdir(project / "notebooks")
    desk = open_report("kashiwa-2019")
    counts = count_opinions_by_group(groups_by(desk.tables.opinions, "category"))
    saved = desk.draw(
        plot_opinions_per_category,
        counts.head(3),
        name="opinions_per_category",
        title="題",
        alt=None,
    )
    assert saved.png == desk.study.processed / "figures" / "opinions_per_category.png"
    assert _contents(report) == before


def test_a_full_disk_leaves_the_earlier_report(report, project, monkeypatch):
    before = _contents(report)
    study = open_study("kashiwa-2019", root=project)
    real = Path.write_bytes

    def full(path, content):
        if "results.xlsx" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match=r"ディスクがいっぱい.*前の結果はそのまま残っています"):
        make_report(study, tell=lambda _: None)
    assert _contents(report) == before


def test_a_notebook_that_fails_is_named_and_leaves_the_earlier_report(report, project):
    before = _contents(report)
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(broken, project / "notebooks" / "01_overview.ipynb")
    done = _make_report(project)
    assert done.returncode == 1
    assert "notebooks/01_overview.ipynb: 実行の途中で止まりました(ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    assert _contents(report) == before
