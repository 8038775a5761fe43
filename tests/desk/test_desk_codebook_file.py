import csv
from datetime import date

import pytest

from kyodo_analysis.desk.codebook_file import (
    ChangedMeanwhileError,
    OpenedCodebook,
    find_block,
    put_rule,
    read_history,
)
from kyodo_analysis.errors import OutputError, RuleError, StudyError

CODEBOOK = "# 架空の町\r\n\r\n＊乗り物\r\nバス | 電車\r\n\r\n# 次は灯り\r\n＊灯り\r\n街灯 & 暗い"
DAY = date(2026, 4, 1)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "studies" / "town" / "codebook.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(CODEBOOK.encode())
    return path


def _save(opened, theme="乗り物", rule="バス | 船", *, reason="船も乗り物", who="山"):
    return opened.save_rule(theme, rule, counts=(3, 4), reason=reason, who=who, today=DAY)


def test_one_theme_is_written_and_every_other_character_stays(path):
    _save(OpenedCodebook.open(path))
    assert path.read_bytes().decode() == CODEBOOK.replace("バス | 電車", "バス | 船")


def test_the_last_theme_is_closed_by_a_line_end_and_a_new_one_comes_below(path):
    opened = _save(OpenedCodebook.open(path), "灯り", "街灯\n| 灯り")
    assert path.read_bytes().decode().endswith("＊灯り\r\n街灯\r\n| 灯り\r\n")
    _save(opened, "道", "道")
    assert path.read_bytes().decode().endswith("| 灯り\r\n\r\n＊道\r\n道\r\n")


def test_a_study_without_a_codebook_gets_one(path):
    path.unlink()
    _save(OpenedCodebook.open(path), "道", "道 | 歩道")
    assert path.read_text(encoding="utf-8") == "＊道\n道 | 歩道\n"


def test_what_was_there_stands_in_the_history_with_date_and_reason(path):
    opened = _save(OpenedCodebook.open(path), rule="'バス' | 船")
    _save(opened, rule="船", reason="=広すぎた")
    with (path.parent / "codebook-history.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [
        "日付",
        "誰",
        "テーマ",
        "理由",
        "前のルール",
        "後のルール",
        "前の件数",
        "後の件数",
    ]
    assert rows[1][:5] == ["2026-04-01", "山", "乗り物", "船も乗り物", "バス | 電車"]
    assert rows[2][3] == "'=広すぎた"
    latest, first = read_history(path.parent)
    assert latest["理由"] == "=広すぎた"
    assert (latest["前のルール"], first["後のルール"]) == ("'バス' | 船", "'バス' | 船")


def test_a_file_changed_meanwhile_is_not_written_over(path):
    opened = OpenedCodebook.open(path)
    path.write_bytes(CODEBOOK.encode() + b"\r\n# mine")
    with pytest.raises(ChangedMeanwhileError, match="上書きはしていません"):
        _save(opened)
    assert path.read_bytes() == CODEBOOK.encode() + b"\r\n# mine"
    assert read_history(path.parent) == []


def test_a_file_that_came_meanwhile_is_not_written_over(path):
    path.unlink()
    opened = OpenedCodebook.open(path)
    path.write_text("＊橋\n橋\n", encoding="utf-8")
    with pytest.raises(ChangedMeanwhileError):
        _save(opened)
    assert path.read_text(encoding="utf-8") == "＊橋\n橋\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_a_codebook_keeps_its_encoding(path, encoding):
    path.write_bytes(CODEBOOK.encode(encoding))
    _save(OpenedCodebook.open(path))
    assert path.read_bytes() == CODEBOOK.replace("電車", "船").encode(encoding)


def test_a_character_that_the_encoding_lacks_is_named_and_nothing_is_written(path):
    path.write_bytes(CODEBOOK.encode("cp932"))
    with pytest.raises(StudyError, match="「𠮷」は、このファイルの文字コードでは書けません"):
        _save(OpenedCodebook.open(path), rule="𠮷")
    assert path.read_bytes() == CODEBOOK.encode("cp932")


def test_a_locked_file_is_a_sentence_and_all_stays(path, monkeypatch):
    opened = OpenedCodebook.open(path)

    def locked(*_):
        raise PermissionError(13, "locked")

    monkeypatch.setattr("pathlib.Path.replace", locked)
    with pytest.raises(OutputError):
        _save(opened)
    assert [each.name for each in path.parent.iterdir()] == ["codebook.txt"]
    assert path.read_bytes() == CODEBOOK.encode()


@pytest.mark.parametrize("rule", ["", " \n# 注", "バス\n＊道\n道"])
def test_what_is_no_rule_of_one_theme_is_refused(path, rule):
    with pytest.raises(RuleError):
        _save(OpenedCodebook.open(path), rule=rule)


@pytest.mark.parametrize(
    ("theme", "reason"), [("", "x"), (" 道", "x"), ("道\n橋", "x"), ("道", " ")]
)
def test_a_theme_needs_a_name_on_one_line_and_a_change_a_reason(path, theme, reason):
    with pytest.raises(StudyError):
        _save(OpenedCodebook.open(path), theme, reason=reason)


def test_a_block_ends_before_the_remarks_of_the_next_theme_and_holds_its_own():
    text = "*道\n道\n# 細い道も\n| 歩道\n\n# 橋のこと\n*橋\n橋\n"
    assert find_block(text, "道").rule == "道\n# 細い道も\n| 歩道"
    assert put_rule(text, "道", "道") == "*道\n道\n\n# 橋のこと\n*橋\n橋\n"
    assert put_rule(text, "川", "川").endswith("橋\n\n*川\n川\n")
