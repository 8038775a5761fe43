import pytest

from kyodo_analysis.words.texts import find_sentence_starts, split_lines


def _sentences(text):
    starts = find_sentence_starts(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["橋が古い。", "直してほしい"],
        ["なぜ？！", "わからない。"],
        ["「橋は。まだか」と聞いた。", "返事はない。"],
        ["（高い。）と思う。", "税も。"],
        ["「閉じない。", "次の文。"],
        ["閉じるだけ」。", "次の文。"],
        ["「一つ目。", "「二つ目。まだ」中。", "終わり"],
    ],
)
def test_sentences_end_outside_brackets_and_survive_unbalanced_ones(sentences):
    assert _sentences("".join(sentences)) == sentences


def test_a_newline_ends_a_sentence_and_a_bracket():
    assert _sentences("「橋が\n古い。」\n") == ["「橋が\n", "古い。", "」\n"]


def test_lines_that_hold_nothing_are_no_paragraphs():
    assert list(split_lines("一\n\n\r\n二")) == [(0, "一"), (5, "二")]
