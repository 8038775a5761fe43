import re
import tomllib

import pytest

from kyodo_analysis.errors import OutputError, StudyError
from kyodo_analysis.jobs.new_study import add_study, guess
from kyodo_analysis.study import open_study
from kyodo_analysis.study.clustering import ClusterChoice
from kyodo_analysis.themes import CodingSheetSettings
from kyodo_analysis.words import WordSettings, read_stop_words


def test_the_settings_that_stand_as_comments_are_settings_once_uncommented(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "studies").mkdir()
    file = tmp_path / "opinions.csv"
    file.write_text("分類,意見\n交通,バスを増やしてほしい。\n福祉,手すりがほしい。\n", "utf-8")
    written = add_study("town", file, guess("town", file, root=tmp_path), root=tmp_path)
    text = written.read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) == {"title", "source", "date", "notes", "reading"}
    reading, rest = text.split("使います\n")
    written.write_text(f"{reading}使います\n" + re.sub("(?m)^# ", "", rest), encoding="utf-8")
    study = open_study("town", root=tmp_path)
    assert study.settings("words", WordSettings) == WordSettings()
    assert study.settings("clusters", ClusterChoice) == ClusterChoice()
    assert study.settings("coding_sheet", CodingSheetSettings).sample_size == 60


def test_a_new_study_leaves_out_words_that_would_lead_every_figure(tmp_path):
    (tmp_path / "studies").mkdir()
    file = tmp_path / "opinions.csv"
    file.write_text("分類,意見\n交通,バスを増やしてほしい。\n福祉,手すりがほしい。\n", "utf-8")
    written = add_study("town", file, guess("town", file, root=tmp_path), root=tmp_path)
    stop_words = written.with_name("stop_words.txt")
    assert stop_words.read_bytes().startswith(b"\xef\xbb\xbf")
    assert {"する", "ある", "なる", "ない", "思う"} <= read_stop_words(stop_words)


def test_nothing_is_left_when_a_new_study_cannot_be_written(tmp_path):
    (tmp_path / "studies").mkdir()
    file = tmp_path / "opinions.csv"
    file.write_text("分類,意見\n交通,バスを増やしてほしい。\n福祉,手すりがほしい。\n", "utf-8")
    proposal = guess("town", file, root=tmp_path)
    (tmp_path / "studies" / "town" / "study.toml").mkdir(parents=True)
    with pytest.raises(OutputError):
        add_study("town", file, proposal, root=tmp_path)
    assert not (tmp_path / "data" / "raw" / "town").exists()
    assert not (tmp_path / "studies" / "town" / "stop_words.txt").exists()


@pytest.mark.parametrize("n_written", [0, 1, 2])
def test_what_a_killed_run_left_does_not_stand_in_the_way_of_the_next(tmp_path, n_written):
    (tmp_path / "studies").mkdir()
    file = tmp_path / "opinions.csv"
    file.write_text("分類,意見\n交通,バスを増やしてほしい。\n福祉,手すりがほしい。\n", "utf-8")
    left = [tmp_path / "data/raw/town/opinions.csv", tmp_path / "studies/town/stop_words.txt"]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / f".{path.name}.123").write_text("half", "utf-8")
    for path in left[:n_written]:
        path.write_bytes(file.read_bytes())
    assert add_study("town", file, guess("town", file, root=tmp_path), root=tmp_path).exists()


def test_another_file_of_that_name_or_anything_of_the_analysts_stands_in_the_way(tmp_path):
    (tmp_path / "studies").mkdir()
    file = tmp_path / "opinions.csv"
    file.write_text("分類,意見\n交通,バスを増やしてほしい。\n福祉,手すりがほしい。\n", "utf-8")
    there = tmp_path / "data/raw/town/opinions.csv"
    there.parent.mkdir(parents=True)
    there.write_text("別の中身", "utf-8")
    with pytest.raises(StudyError, match="同じ名前の資料がもうあります"):
        guess("town", file, root=tmp_path)
    there.write_bytes(file.read_bytes())
    guess("town", file, root=tmp_path)
    (tmp_path / "studies/town").mkdir()
    (tmp_path / "studies/town/codebook.txt").write_text("＊橋\n橋\n", "utf-8")
    with pytest.raises(StudyError, match="同じ名前の資料がもうあります"):
        guess("town", file, root=tmp_path)
