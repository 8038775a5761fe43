import pytest

from kyodo_analysis.words.janome_tokenizer import analyze_one_by_one, analyze_together


@pytest.mark.parametrize("lines", [[], [""], ["", "橋"]])
def test_lines_without_words_are_cut_alike_one_by_one_and_together(lines):
    together, alone = analyze_together(lines), analyze_one_by_one(lines)
    assert together.vocabulary.words == alone.vocabulary.words
    assert together.codes.tolist() == alone.codes.tolist()
    assert together.counts.tolist() == alone.counts.tolist()
