from pathlib import Path

import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.khcoder_text import read_khcoder_text
from kyodo_analysis.tables import HEADINGS, OPINIONS

_TEXT = """まえがき。

<h1>上　川</h1>
<H2>一</H2>
橋が落ちた。
直した。

<h2>二</h2>
<h1>下</h1>
<h2>一</h2>
また落ちた。
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "river.txt"
    path.write_bytes(_TEXT.replace("\n", "\r\n").encode("cp932"))
    return path


def test_headings_and_what_stands_between_them_become_rows(path: Path) -> None:
    opinions = OPINIONS.check(read_khcoder_text(path).opinions)
    assert opinions[["opinion_id", "text", "source"]].to_dict("split")["data"] == [
        ["行1", "まえがき。", "river.txt:1行"],
        ["行3", "上　川", "river.txt:3行"],
        ["行4", "一", "river.txt:4行"],
        ["行5", "橋が落ちた。\n直した。", "river.txt:5行から6行"],
        ["行8", "二", "river.txt:8行"],
        ["行9", "下", "river.txt:9行"],
        ["行10", "一", "river.txt:10行"],
        ["行11", "また落ちた。", "river.txt:11行"],
    ]
    assert opinions["raw_text"][1] == "<h1>上　川</h1>"


def test_every_row_knows_its_headings_and_a_higher_one_restarts_the_lower(path: Path) -> None:
    headings = HEADINGS.check(read_khcoder_text(path).headings)
    assert headings["level"].fillna(0).tolist() == [0, 1, 2, 0, 2, 1, 2, 0]
    assert headings["h1"].tolist() == [0, 1, 1, 1, 1, 2, 2, 2]
    assert headings["h2"].tolist() == [0, 0, 1, 1, 2, 0, 1, 1]
    assert headings[["h3", "h4", "h5"]].to_numpy().sum() == 0


@pytest.mark.parametrize("line", ["<h1>題</h1>本文", "<h1>題", "<h1>題</h2>", "本文<h5>題</h5>"])
def test_a_heading_that_does_not_fill_its_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "river.txt"
    path.write_text(f"本文。\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"river\.txt:2行.*1行に1つ"):
        read_khcoder_text(path)
