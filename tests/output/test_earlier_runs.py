import os

import pytest

from kyodo_analysis.errors import OutputError
from kyodo_analysis.files import write_text
from kyodo_analysis.output import note_start, remove_earlier, save_chart, write_index


def _age(path, seconds):
    then = path.stat().st_mtime_ns - seconds * 10**9
    os.utime(path, ns=(then, then))


@pytest.fixture
def folder(chart, report, table):
    save_chart(chart, "前の図", report=report, table=table, title="題", alt="説明")
    for name in ("09_old.html", "01_overview.html", "results.xlsx", "memo.txt"):
        write_text(report.folder / name, "<title>題</title>")
    for path in [*report.folder.glob("figures/*"), *report.folder.glob("*.*")]:
        _age(path, 60)
    return report.folder


def test_what_a_run_does_not_make_again_is_removed_and_named(folder, chart, report, table):
    started = note_start(folder)
    write_text(folder / "01_overview.html", "<title>題</title>")
    save_chart(chart, "今の図", report=report, table=table, title="題", alt="説明")
    removed = remove_earlier(folder, started=started)
    assert [path.name for path in removed] == [
        "09_old.html",
        "前の図.csv",
        "前の図.png",
        "前の図.svg",
        "前の図.txt",
    ]
    assert sorted(path.name for path in folder.glob("*.*")) == [
        "01_overview.html",
        "memo.txt",
        "results.xlsx",
    ]
    assert len(list((folder / "figures").iterdir())) == 4
    assert "前の図" not in write_index(folder, title="題").read_text(encoding="utf-8")


def test_the_start_of_a_run_leaves_no_file_and_goes_by_the_disks_clock(tmp_path):
    started = note_start(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
    later = write_text(tmp_path / "new" / "a.html", "")
    assert started <= later.stat().st_mtime_ns
    assert remove_earlier(tmp_path / "new", started=started) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    write_text(tmp_path / "new", "")
    with pytest.raises(OutputError):
        note_start(tmp_path / "new")
