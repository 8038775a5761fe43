"""The job that drafts a codebook, on a project of an analyst's own."""

import shutil
from pathlib import Path

import pytest

from kyodo_analysis.cli import main
from kyodo_analysis.study import open_study
from kyodo_analysis.study.pipeline import process
from kyodo_analysis.themes import read_codebook
from kyodo_analysis.themes.drafting import DraftSettings, draft

ROOT = Path(__file__).parent.parent.parent
STUDY = "sample-transport"
FILES = ("draft-codebook.txt", "draft-themes.csv")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A study without a codebook, drafted with few second looks so that the test is quick."""
    (tmp_path / "pyproject.toml").touch()
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    for name in ("codebook.txt", "themes.csv"):
        (tmp_path / "studies" / STUDY / name).unlink()
    monkeypatch.setattr(draft, "DraftSettings", lambda: DraftSettings(redrafts=1, shuffles=1))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "studies" / STUDY


def test_a_draft_is_written_printed_and_made_again_but_never_over_a_persons_hand(project, capsys):
    assert main(["draft", STUDY]) == 0
    said = capsys.readouterr().out
    assert "どれも機械が作った案です" in said
    assert "語をランダムに入れ替えた文から同じように作った案では" in said
    assert "分類「" in said  # the study has categories
    assert "バス(" in said  # in a third of the opinions: a person chooses
    assert not (project / "codebook.txt").exists()
    codebook = read_codebook(project / FILES[0], notes=project / FILES[1])
    assert codebook.warnings.empty
    assert all(f"{name}  " in said for name in codebook.codes["code"])
    first = [(project / name).read_bytes() for name in FILES]
    assert main(["draft", STUDY]) == 0
    assert [(project / name).read_bytes() for name in FILES] == first
    capsys.readouterr()
    edited = project / FILES[0]
    edited.write_text(edited.read_text("utf-8") + "＊橋\n橋\n", encoding="utf-8")
    kept = edited.read_bytes()
    assert main(["draft", STUDY]) == 1
    assert "手で直されているので、上書きしません" in capsys.readouterr().err
    assert edited.read_bytes() == kept


def test_an_accepted_draft_is_the_codebook_and_never_replaces_one(project, capsys):
    assert main(["draft", STUDY, "--accept"]) == 0
    assert "読んで直してから使ってください" in capsys.readouterr().out
    made = process(open_study(STUDY))
    drafted = read_codebook(project / FILES[0])
    assert made.themes == drafted.codes["code"].tolist()
    assert made.warnings.empty
    assert made.codes["definition"].str.startswith("案: ").all()
    assert not (project / "codebook.txt").read_text("utf-8").startswith("# 印")
    before = (project / "codebook.txt").read_bytes()
    assert main(["draft", STUDY, "--accept"]) == 1
    assert "もうあるので、案で置き換えません" in capsys.readouterr().err
    assert (project / "codebook.txt").read_bytes() == before


def test_thirty_opinions_are_needed(project, capsys):
    assert main(["draft", "kashiwa-2019"]) == 1
    assert "29件なので、案を作れません" in capsys.readouterr().err
    assert not (project.parent / "kashiwa-2019" / FILES[0]).exists()
