import json
import signal
import subprocess
import sys

import pytest

from kyodo_analysis.errors import OutputError
from kyodo_analysis.output import (
    alone_on,
    begin_report,
    finish_report,
    read_made_from,
    restore_report,
)


def _write(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_x_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "report.json"
    }


@pytest.fixture
def place(tmp_path):
    """A report that a run has made, with a file of the analyst's own in it."""
    place = tmp_path / "reports" / "town"
    built = begin_report(place) / "report"
    _write(built, index_x_html="一", figures__old_x_png="絵")
    finish_report(built, place, made_from={"studies/town/codebook.txt": "1"})
    _write(place, memo_x_txt="私のメモ", figures__mine_x_png="私の絵")
    return place


def test_the_new_report_takes_the_place_of_the_earlier_one(place):
    built = begin_report(place) / "report"
    _write(built, index_x_html="二")
    gone = finish_report(built, place, made_from={"studies/town/codebook.txt": "2"})
    assert gone == ["figures/old.png"]
    assert _texts(place) == {
        "index.html": "二",
        "memo.txt": "私のメモ",
        "figures/mine.png": "私の絵",
    }
    assert read_made_from(place) == {"studies/town/codebook.txt": "2"}


def test_a_report_from_before_there_was_a_list_keeps_only_what_no_run_makes(tmp_path):
    place = tmp_path / "town"
    _write(place, index_x_html="一", figures__a_x_png="絵", memo_x_txt="私", results_x_xlsx="表")
    built = begin_report(place) / "report"
    _write(built, index_x_html="二")
    assert finish_report(built, place, made_from={}) == ["figures/a.png", "results.xlsx"]
    assert _texts(place) == {"index.html": "二", "memo.txt": "私"}


def test_an_own_file_of_a_name_that_is_made_now_gives_way(place):
    built = begin_report(place) / "report"
    _write(built, index_x_html="二", memo_x_txt="作ったもの")
    finish_report(built, place, made_from={})
    assert _texts(place)["memo.txt"] == "作ったもの"


def test_nothing_is_known_of_a_report_whose_list_is_damaged(place):
    for text in ("", "[]", "{"):
        (place / "report.json").write_text(text, encoding="utf-8")
        assert read_made_from(place) == {}


def test_a_second_run_says_that_one_is_under_way(place):
    with alone_on(place), pytest.raises(OutputError, match="もう動いています"), alone_on(place):
        pass
    with alone_on(place):
        pass


def test_a_run_that_was_killed_locks_nobody_out(place):
    code = (
        "import sys, time; from pathlib import Path;"
        "from kyodo_analysis.output import alone_on\n"
        "with alone_on(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(place)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputError), alone_on(place):
            pass
        other.kill()
    with alone_on(place):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself by a signal")
@pytest.mark.parametrize("step", range(1, 40))
def test_a_kill_at_any_moment_leaves_the_earlier_or_the_new_report_whole(place, step):
    """Kill a run at the n-th call into the file system; then begin anew, as the next run does."""
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from kyodo_analysis.output import begin_report, finish_report\n"
        "place, last = Path(sys.argv[1]), int(sys.argv[2])\n"
        "n = 0\n"
        "def count(event, arguments):\n"
        "    global n\n"
        "    if event in ('open', 'os.rename', 'os.remove', 'os.rmdir', 'os.mkdir', 'os.link',\n"
        "                 'shutil.rmtree'):\n"
        "        n += 1\n"
        "        if n == last: os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(count)\n"
        "built = begin_report(place) / 'report'; built.mkdir()\n"
        "(built / 'index.html').write_text('二', encoding='utf-8')\n"
        "finish_report(built, place, made_from={})\n"
    )
    earlier = _texts(place)
    new = {"index.html": "二", "memo.txt": "私のメモ", "figures/mine.png": "私の絵"}
    ended = subprocess.run([sys.executable, "-c", code, str(place), str(step)], check=False)
    assert ended.returncode in (-signal.SIGKILL, 0)
    restore_report(place)
    assert _texts(place) in (earlier, new)
    begin_report(place)
    assert sorted(path.name for path in place.parent.iterdir()) == [".town.new", "town"]


def test_a_folder_that_cannot_be_moved_stays(place, monkeypatch):
    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    built = begin_report(place) / "report"
    _write(built, index_x_html="二")
    monkeypatch.setattr("pathlib.Path.rename", refuse)
    before = _texts(place)
    with pytest.raises(OutputError, match="前の結果はそのまま残っています"):
        finish_report(built, place, made_from={})
    assert _texts(place) == before


def test_the_list_is_readable(place):
    kept = json.loads((place / "report.json").read_text(encoding="utf-8"))
    assert kept["made"] == ["figures/old.png", "index.html"]
