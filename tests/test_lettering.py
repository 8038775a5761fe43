from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from kyodo_analysis import lettering
from kyodo_analysis.errors import OutputError
from kyodo_analysis.lettering import readable, stacked, width_mm, wrap, wrap_evenly

EM_MM = 8 * 25.4 / 72

japanese = st.text(alphabet="協働の、。「」ーッabc (12", max_size=60)
anything = st.text(max_size=60)


def test_a_full_width_character_is_one_em_wide():
    assert width_mm("協働") == pytest.approx(2 * EM_MM)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(japanese, st.floats(EM_MM * 3, 60))
def test_wrapping_loses_nothing_and_keeps_the_width(text, mm):
    lines = wrap(text, mm)
    assert "".join(lines) == text
    assert all(width_mm(line.rstrip()) <= mm + 1e-9 for line in lines)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(japanese, st.floats(EM_MM * 3, 60))
def test_wrapping_evenly_loses_nothing_and_takes_no_more_lines(text, mm):
    even = wrap_evenly(text, mm)
    assert "".join(even) == text
    assert all(width_mm(line.rstrip()) <= mm + 1e-9 for line in even)


def test_closing_marks_do_not_begin_a_line():
    assert wrap("市民の声。次の声", 4 * EM_MM) == ["市民の", "声。次の", "声"]


def test_latin_words_stay_whole_where_they_fit():
    assert wrap("市のPDCA手法", 4 * EM_MM) == ["市の", "PDCA手", "法"]


def test_an_endless_word_is_broken_rather_than_cut():
    address = "a" * 200
    lines = wrap(address, 10)
    assert "".join(lines) == address
    assert len(lines) > 10


def test_labels_break_into_lines_of_about_the_same_length_after_hiragana():
    assert wrap_evenly("市職員の協働意識", 6 * EM_MM) == ["市職員の", "協働意識"]
    assert wrap_evenly("2019年7月29日(月)", 5.5 * EM_MM) == ["2019年7月", "29日(月)"]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(anything)
def test_whatever_is_written_becomes_drawable(text):
    drawn, lacking = readable(text)
    known = FT2Font(str(lettering.font_file())).get_charmap()
    assert {ord(character) for character in drawn} <= set(known)
    assert drawn.count("〓") - text.count("〓") == lacking.total()


def test_characters_without_a_glyph_are_counted_and_marks_without_a_shape_are_not():
    assert readable("𠮷野≥\u200b5\ufe0f\n税\x00") == ("〓野〓5 税〓", Counter("𠮷≥\x00"))


def test_decomposed_kana_are_drawn_as_one_character():
    assert readable("カ\u3099") == ("ガ", Counter())


def test_stacked_letters_stand_one_below_the_other_and_short_numbers_side_by_side():
    assert stacked("第10回サーバ(PR)") == "第\n10\n回\nサ\n︱\nバ\n︵\nPR\n︶"


def test_a_missing_font_says_what_to_do(monkeypatch):
    monkeypatch.setattr(lettering.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(OutputError, match="環境を作り直してください"):
        lettering.font_file.__wrapped__()
