import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.files import guard, unguard


@pytest.mark.parametrize(
    "text", ["=1+1", "+81-90", "-1", "@町", "＝1", "＋1", "－1", "＠町", "\t=1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "橋", "1=1", "○", "'90年代の橋"])
def test_what_was_never_guarded_is_not_changed_by_taking_the_guard_away(text):
    assert unguard(text) == text


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(st.sampled_from("'=+-@＝\t\n橋 "), max_size=5))
def test_taking_the_guard_away_gives_the_text_back(text):
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "＝", "\t", "\n"))
