import numpy as np
import pytest

from kyodo_analysis.words.lexicon import load_lexicon
from kyodo_analysis.words.possible_words import list_possible_words


@pytest.mark.parametrize(
    ("line", "lengths"),
    [
        ("橋が古い。" * 250, [500, 500, 250]),
        ("橋" * 1500, [1024, 476]),
        ("橋が古い。" * 100, [500]),
    ],
    ids=["after a stop", "anywhere", "short enough"],
)
def test_a_long_line_is_cut_where_janome_cuts_it(line, lengths):
    possible = list_possible_words([line, "橋"], load_lexicon(()))
    assert np.diff(possible.bounds).ravel().tolist() == [*lengths, 1]
    assert possible.lines.tolist() == [0] * len(lengths) + [1]


def test_unknown_kanji_run_to_three_and_no_shorter():
    possible = list_possible_words(["龘龘龘龘市"], load_lexicon(()))
    spans = set(zip(possible.nodes.starts.tolist(), possible.nodes.ends.tolist(), strict=True))
    assert spans == {(0, 3), (3, 5)}
