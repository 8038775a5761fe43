from datetime import date, datetime, time

import pytest

from kyodo_analysis.reading.normalise import (
    plain,
    to_count,
    to_date,
    to_session,
    to_times,
    to_weekday,
)


@pytest.mark.parametrize(
    "written", ["第１０回", "10回目", "10", "10.0", "第 10 回", "第十回(7/5)", "令和元年度第10回"]
)
def test_a_session_is_read_however_it_is_written(written: str) -> None:
    assert to_session(written) == 10


@pytest.mark.parametrize("written", ["", "未定", "第1回、第2回", "10月", "約10"])
def test_what_names_no_single_session_gives_none(written: str) -> None:
    assert to_session(written) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("一〇", 10),
        ("二〇", 20),
        ("一二", 12),
        ("一〇一", 101),
        ("〇", None),
        ("〇一", None),
        ("百二十", None),
        ("三百", None),
        ("十二十", None),
    ],
)
def test_kanji_numbers_are_read_with_tens_or_digit_by_digit(
    written: str, number: int | None
) -> None:
    assert to_session(f"第{written}回") == to_session(f"{written}回目") == number
    assert to_session(written) == to_session(f"第{written}") == number


@pytest.mark.parametrize(
    "written",
    [
        "令和元年６月２６日（水）",
        "R1.6.26",
        "平成31年6月26日",
        "2019/6/26",
        "2019-06-26T14:00:00",
        "2019/06/26 2:03:04 午後 GMT+9",
        "2019年 6月 26日 14:00~16:00",
        "20190626",
        "43642",
        43642,
        43642.5,
        datetime(2019, 6, 26, 14),
        date(2019, 6, 26),
    ],
)
def test_a_date_is_read_however_it_is_written(written: object) -> None:
    assert to_date(written) == date(2019, 6, 26)


@pytest.mark.parametrize(
    "written",
    ["", "6月26日", "6/26/2019", "2019/2/30", "2019年6月26日～7月5日", "12345", "201906261"],
)
def test_what_names_no_single_day_gives_none(written: str) -> None:
    assert to_date(written) is None


def test_a_weekday_is_read_from_brackets_or_from_a_cell_of_its_own() -> None:
    written = ["6月26日(水)", "（水・祝）", "水曜日", "水", "日時", ""]
    assert [to_weekday(text) for text in written] == ["水", "水", "水", "水", None, None]


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("14:00~16:00", ("14:00", "16:00")),
        ("午後２時～４時半", ("14:00", "16:30")),
        ("午前9時30分から午後0時", ("09:30", "12:00")),
        (time(9, 5), ("09:05",)),
        ("未定", ()),
    ],
)
def test_times_are_read_in_order(written: object, times: tuple[str, ...]) -> None:
    assert to_times(written) == times


def test_a_count_is_read_with_its_unit_but_not_from_an_estimate() -> None:
    written = ["10名", "１，２３４", "計 9 団体", "10.0", "約10名", ""]
    assert [to_count(text) for text in written] == [10, 1234, 9, 10, None, None]


def test_plain_text_compares_widths_and_spaces_as_equal() -> None:
    assert plain(" ご意　見\n(自由)") == plain("ご意見（自由）")
