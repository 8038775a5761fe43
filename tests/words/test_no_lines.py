import pytest

from kyodo_analysis.words.fast_janome import analyze_together
from kyodo_analysis.words.janome import analyze_one_by_one


@pytest.mark.parametrize("lines", [[], [""], ["", "橋"]])
def test_lines_without_words_are_cut_alike_one_by_one_and_together(lines):
    together, alone = analyze_together(lines), analyze_one_by_one(lines)
    assert together.index.morphemes == alone.index.morphemes
    assert together.codes.tolist() == alone.codes.tolist()
    assert together.counts.tolist() == alone.counts.tolist()
