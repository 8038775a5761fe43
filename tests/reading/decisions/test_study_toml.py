from typing import Any

import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading import (
    AttendanceSheet,
    DocumentSettings,
    OpinionColumns,
    SessionSheet,
    SpreadsheetSettings,
    settings_from,
)

COLUMNS = {"text": "ご意見"}


def spreadsheet(**given: Any) -> dict[str, Any]:
    return {"reader": "spreadsheet", "file": "意見.xlsx", "columns": COLUMNS, **given}


def test_the_tables_of_the_study_become_settings() -> None:
    given = spreadsheet(
        sheet="一覧",
        header_rows=[3, 4],
        split_items=True,
        columns={"text": "ご意見", "attributes": ["年代", "地区"]},
        sessions={"sheet": "日程", "session": "回", "header_rows": [2]},
        attendance={"sheet": "団体", "session": "回", "organization": "団体名"},
    )
    assert settings_from(given) == SpreadsheetSettings(
        OpinionColumns("ご意見", attributes=("年代", "地区")),
        sheet="一覧",
        header_rows=(3, 4),
        split_items=True,
        sessions=SessionSheet("日程", "回", (2,)),
        attendance=AttendanceSheet("団体", "回", "団体名"),
    )


def test_a_document_needs_no_columns() -> None:
    assert settings_from({"reader": "document", "file": "意見.docx"}) == DocumentSettings()


@pytest.mark.parametrize(
    ("given", "where", "said"),
    [
        ({"reader": "excel"}, "[reading] reader", "'excel' とあります。書けるのは spreadsheet"),
        ({"reader": ["spreadsheet"]}, "[reading] reader", "とあります"),
        ({}, "[reading]", "項目「reader」がありません。書けるのは spreadsheet、document、meeting"),
        ({"reader": "spreadsheet"}, "[reading]", "「columns」がありません"),
        (spreadsheet(columns="ご意見"), "[reading] columns", "[reading.columns] の下"),
        (spreadsheet(columns={}), "[reading.columns]", "「text」がありません"),
        (
            spreadsheet(columns={"text": 3}),
            "[reading.columns] text",
            "3 とあります。書けるのは 文字列",
        ),
        (spreadsheet(columns={"tekst": "a"}), "[reading.columns]", "知らない項目「tekst」"),
        (spreadsheet(columns={**COLUMNS, "attributes": "年代"}), "attributes", "文字列の並び"),
        (spreadsheet(header_rows=["1"]), "[reading] header_rows", "整数の並び"),
        (spreadsheet(header_rows=[True]), "[reading] header_rows", "整数の並び"),
        (spreadsheet(split_items="yes"), "[reading] split_items", "true か false"),
        (spreadsheet(sheet=1), "[reading] sheet", "文字列"),
        (spreadsheet(sessions={"sheet": "日程"}), "[reading.sessions]", "「session」がありません"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_may_stand_there(
    given: dict[str, Any], where: str, said: str
) -> None:
    with pytest.raises(StudyError) as error:
        settings_from(given)
    assert error.value.where.startswith("study.toml の ")
    assert where in error.value.where
    assert said in str(error.value)
