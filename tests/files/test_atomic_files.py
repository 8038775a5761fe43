import errno
from pathlib import Path

import pytest

from kyodo_analysis.errors import OutputError
from kyodo_analysis.files import copy_tree, write_all, write_bytes, write_text


def fail_with(monkeypatch, method, error):
    def failing(*_, **__):
        raise error

    monkeypatch.setattr(Path, method, failing)


def test_a_file_is_written_with_its_folders(tmp_path):
    path = write_text(tmp_path / "図" / "表.txt", "改行は\nそのまま\r\n")
    assert path.read_bytes() == "改行は\nそのまま\r\n".encode()
    assert [each.name for each in path.parent.iterdir()] == ["表.txt"]


def test_an_existing_file_is_replaced(tmp_path):
    path = tmp_path / "a.csv"
    write_bytes(path, b"old and longer")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("method", "error", "sentence"),
    [
        ("write_bytes", OSError(errno.ENOSPC, "full"), "ディスクがいっぱい"),
        ("write_bytes", OSError(errno.EROFS, "read-only"), "書き込みのできない場所"),
        ("replace", PermissionError(errno.EACCES, "locked"), "開かれているため"),
        ("write_bytes", OSError(errno.EIO, "broken"), "書けません(broken)"),
    ],
)
def test_what_fails_is_said_and_the_earlier_result_stays(
    tmp_path, monkeypatch, method, error, sentence
):
    path = tmp_path / "表.csv"
    write_bytes(path, b"earlier")
    with monkeypatch.context() as failing:
        fail_with(failing, method, error)
        with pytest.raises(OutputError, match="前の結果はそのまま残っています") as raised:
            write_bytes(path, b"later")
    assert sentence in str(raised.value)
    assert "表.csv" in raised.value.where
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_where_nothing_may_be_written_is_told_from_an_open_file(tmp_path, monkeypatch):
    fail_with(monkeypatch, "write_bytes", PermissionError(errno.EACCES, "denied"))
    with pytest.raises(OutputError, match="書き込みが許されていません"):
        write_bytes(tmp_path / "new.csv", b"")


def test_a_folder_of_the_same_name_is_said(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OutputError, match="同じ名前のフォルダ"):
        write_bytes(tmp_path / "a.csv", b"")


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path):
    write_bytes(tmp_path / "figures", b"")
    with pytest.raises(OutputError, match="フォルダではない同じ名前のファイル"):
        write_bytes(tmp_path / "figures" / "a.png", b"")


def test_no_absolute_path_is_shown(tmp_path):
    (tmp_path / "reports" / "sample" / "a.csv").mkdir(parents=True)
    with pytest.raises(OutputError) as raised:
        write_bytes(tmp_path / "reports" / "sample" / "a.csv", b"")
    assert raised.value.where == "reports/sample/a.csv"


def test_all_files_are_written_or_none(tmp_path, monkeypatch):
    for name in ("a.csv", "b.csv"):
        write_bytes(tmp_path / name, b"before")
    (tmp_path / "c.csv").mkdir()
    full = [(tmp_path / name, b"after") for name in ("a.csv", "b.csv")]

    def contents():
        yield from full
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        write_all(contents())
    assert [path.read_bytes() for path, _ in full] == [b"before"] * 2
    write_all(full)
    assert [path.read_bytes() for path, _ in full] == [b"after"] * 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "c.csv"]


def test_a_folder_is_copied_without_what_programs_hide_beside_files(tmp_path):
    for name in ("codebook.txt", ".codebook.txt.1", "~$coder.xlsx"):
        write_text(tmp_path / "town" / name, name)
    copy_tree(tmp_path / "town", tmp_path / "held")
    assert [path.name for path in (tmp_path / "held").iterdir()] == ["codebook.txt"]
