import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_toml


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("title = ”題名”", '半角の " に'),
        ("on = True", "小文字で"),
        ("on ＝ true", "半角の ="),
        ("on =　true", "全角の空白"),
        ("date = 令和元年8月30日", "暦にある日を 2019-08-30 の形"),
        ("date = 2019/8/30", "2019-08-30 の形"),
        ("date = 2019-8-30", "2019-08-30 の形"),
        ("date = 2019-02-30", "暦にある日を"),
        ('書き手 = "会議"', '人の名前などは " で囲み'),
        ("first = 2", "前にもあります"),
        ("title = 題名", '半角の " で囲んで'),
        ("題名 = 1", "半角の英字"),
        ('file = "C:\\意見"', "二つ続けて"),
        ('title = "題名', "閉じているか"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mistake_is_named_with_its_line_and_usual_cause(tmp_path, line, advice, end):
    path = tmp_path / "study.toml"
    path.write_bytes(end.join(["first = 1", line, "last = 3"]).encode())
    with pytest.raises(StudyError) as error:
        read_toml(path)
    assert f"study.toml:2行: 「{line}」に書き方の誤りがあります" in str(error.value)
    assert advice in str(error.value)


def test_what_is_sound_is_read_with_the_line_ends_of_windows(tmp_path):
    path = tmp_path / "study.toml"
    path.write_bytes('title = "題名　あり"\r\nnotes = [\r\n  "一",\r\n]\r\n'.encode("cp932"))
    assert read_toml(path) == {"title": "題名　あり", "notes": ["一"]}


@pytest.mark.parametrize(
    "value", ["9" * 5000, "[" * 5000 + "]" * 5000, "{a=" * 5000], ids=["digits", "arrays", "tables"]
)
def test_a_value_beyond_what_python_reads_is_refused_in_a_sentence(tmp_path, value):
    path = tmp_path / "study.toml"
    path.write_text(f"title = {value}\n", encoding="utf-8")
    with pytest.raises(StudyError) as error:
        read_toml(path)
    assert "けた数の多すぎる数か" in str(error.value)
    assert len(str(error.value)) < 200
