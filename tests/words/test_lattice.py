import numpy as np
import pytest

from kyodo_analysis.words.fast_janome import build_lattices, load_lexicon


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
    lattices = build_lattices([line, "橋"], load_lexicon(()))
    assert np.diff(lattices.bounds).ravel().tolist() == [*lengths, 1]
    assert lattices.lines.tolist() == [0] * len(lengths) + [1]


def test_unknown_kanji_run_to_three_and_no_shorter():
    lattices = build_lattices(["龘龘龘龘市"], load_lexicon(()))
    spans = set(zip(lattices.nodes.starts.tolist(), lattices.nodes.ends.tolist(), strict=True))
    assert spans == {(0, 3), (3, 5)}
