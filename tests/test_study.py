from pathlib import Path

import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.study import checked_name, find_root, list_studies, open_study

HEAD = 'title = "意見"\nsource = "架空市"\ndate = 2025-06-03\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "studies" / "town").mkdir(parents=True)
    return tmp_path


def _write(root: Path, text: str) -> None:
    (root / "studies" / "town" / "study.toml").write_text(text, encoding="utf-8")


def test_a_study_knows_its_places(root):
    _write(root, HEAD + '[reading]\nfile = "opinions.xlsx"\n')
    study = open_study("town", root=root)
    assert study.raw_file == root / "data" / "raw" / "town" / "opinions.xlsx"
    assert study.processed == root / "data" / "processed" / "town"
    assert list_studies(root) == ["town"]


def test_the_project_is_found_from_a_folder_inside_it(root):
    assert find_root(root / "studies" / "town") == root.resolve()


def test_a_missing_study_is_answered_with_those_that_exist(root):
    _write(root, HEAD)
    with pytest.raises(StudyError, match="あるのは town です"):
        open_study("village", root=root)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "書き方に誤りがあります"),
        ('title = "意見"', "項目「source」がありません"),
        (HEAD + "colour = 1", "知らない項目「colour」"),
        (HEAD.replace('"架空市"', "3"), "書けるのは 文字列 です"),
        (HEAD + "words = 3", "words が表ではありません"),
    ],
)
def test_a_wrong_study_file_is_named_with_what_may_stand_there(root, text, said):
    _write(root, text)
    with pytest.raises(StudyError, match=said) as error:
        open_study("town", root=root)
    assert "studies/town/study.toml" in str(error.value)


@pytest.mark.parametrize(
    "name", ["../secret", "a/b", "a\\b", ".hidden", "", "con", "NUL.txt", "end."]
)
def test_a_name_cannot_leave_its_folder(name):
    with pytest.raises(StudyError, match="名前に使えません"):
        checked_name(name, "資料名")


def test_a_japanese_name_is_a_name():
    assert checked_name("令和7年度_意見", "資料名") == "令和7年度_意見"
