"""Kashiwa's report made into a PDF by Writer, its two tables as they were, read like the text."""

from pathlib import Path

import pytest

from kyodo_analysis.reading import guess_settings, read_meeting_report, read_organizations
from kyodo_analysis.tables import CORRECTIONS

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def readings(made):
    organizations = read_organizations(ROOT / "studies/kashiwa-2019/organizations.csv")
    return [
        read_meeting_report(path, organizations=organizations, corrections=CORRECTIONS.make())
        for path in (ROOT / "data/raw/kashiwa-2019/report.txt", made / "kashiwa.pdf")
    ]


def test_each_opinion_is_the_same(readings):
    text, pdf = (
        reading.opinions.drop(columns=["source", "source_start", "source_end"])
        for reading in readings
    )
    assert len(pdf) == 29
    assert pdf.equals(text)


def test_sessions_attendance_and_title_are_the_same(readings):
    text, pdf = readings
    assert pdf.sessions.equals(text.sessions)
    assert pdf.attendance.equals(text.attendance)
    assert len(pdf.attendance) == 20
    assert pdf.header == text.header


def test_its_form_is_recognised(made):
    guess = guess_settings(made / "kashiwa.pdf")
    assert (guess.reader, guess.title) == (
        "meeting_report",
        "柏市協働事業に関する意見交換会の実施報告",
    )
