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
    study.raw.mkdir(parents=True)
    (study.raw / "opinions.xlsx").touch()
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
        ("title = ", "study.toml:1行: 「title =」に書き方の誤りがあります"),
        ('title = "意見"', "項目「source」がありません"),
        (HEAD.replace("意見", " "), "study.toml の title: 空です"),
        (HEAD + "colour = 1", "知らない項目「colour」"),
        (HEAD.replace('"架空市"', "3"), '3 とあります。書けるのは 文字列\\(例: "意見"\\) です'),
        (HEAD.replace("架空市", ""), "study.toml の source: 空です。図の下に書く出典"),
        (HEAD + "words = 3", "words が表ではありません"),
        (HEAD + "[word]", r"知らない \[word\] があります。書けるのは \[reading\]、\[words\]"),
    ],
)
def test_a_wrong_study_file_is_named_with_what_may_stand_there(root, text, said):
    _write(root, text)
    with pytest.raises(StudyError, match=said) as error:
        open_study("town", root=root)
    assert "studies/town/study.toml" in str(error.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "",
            r"study.toml の \[reading\] file: ファイルの名前がありません。data/raw/town/ に置いた",
        ),
        ("file = 3", "ファイルの名前がありません"),
        ('file = "../town.xlsx"', "名前に使えません"),
        (
            'file = "town.xlsx"',
            "「town.xlsx」が data/raw/town/ にありません。そこにあるのは 「一.csv」、「二.csv」 です",
        ),
    ],
)
def test_a_raw_file_that_is_not_there_is_answered_with_those_that_are(root, line, said):
    _write(root, f"{HEAD}[reading]\n{line}\n")
    study = open_study("town", root=root)
    study.raw.mkdir(parents=True)
    for name in ("二.csv", "一.csv", ".DS_Store"):
        (study.raw / name).touch()
    with pytest.raises(StudyError, match=said):
        _ = study.raw_file


def test_a_raw_folder_that_is_not_there_holds_nothing(root):
    _write(root, HEAD + '[reading]\nfile = "town.xlsx"\n')
    with pytest.raises(StudyError, match="そこには何もありません"):
        _ = open_study("town", root=root).raw_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_study_file_is_read_however_notepad_saved_it(root, encoding):
    (root / "studies/town/study.toml").write_text(HEAD, encoding=encoding)
    assert open_study("town", root=root).title == "意見"


def test_a_folder_instead_of_a_study_file_is_said(root):
    (root / "studies/town/study.toml").mkdir()
    with pytest.raises(StudyError, match=r"studies/town/study\.toml: .*フォルダです"):
        open_study("town", root=root)


@pytest.mark.parametrize(
    "name",
    [
        "意見・要望.xlsx",
        "【最終】意見一覧（公開用）.xlsx",
        "意見　一覧.xlsx",
        "意見&要望 (1).xlsx",
        "〇〇市「意見」.xlsx",
        "R7～意見.xlsx",
        "意見" * 27,
    ],
)
def test_a_file_may_be_called_as_city_halls_call_theirs(name):
    assert checked_name(name, "ファイル名") == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("意" * 86, "日本語で60文字まで"),
        ("意見\u202e.xlsx", "目に見えない文字"),
        ("意見?.xlsx", "使えません"),
        ("nul.csv", "Windows が使う名前"),
    ],
)
def test_a_name_that_cannot_be_used_is_answered_with_the_reason(name, said):
    with pytest.raises(StudyError, match=said) as error:
        checked_name(name, "ファイル名")
    assert "名前を変えて" in str(error.value)


@pytest.mark.parametrize(
    "name", ["../secret", "a/b", "a\\b", ".hidden", "", "con", "NUL.txt", "end."]
)
def test_a_name_cannot_leave_its_folder(name):
    with pytest.raises(StudyError, match="名前に使えません"):
        checked_name(name, "資料名")


def test_a_japanese_name_is_a_name():
    assert checked_name("令和7年度_意見", "資料名") == "令和7年度_意見"
