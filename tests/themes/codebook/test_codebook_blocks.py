from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from kyodo_analysis.themes.codebook import Codebook, apply_codebook, numbering

_RULES = """＊バス
バス or near(橋-広報)[0] or 税+が
＊否定
not バス and No. > 1
＊文字
'広報' and <>分類-->広報
＊両方
<＊否定> and lw > 2
＊なし
空港 or 協働 or 知らせ or ない or 停
"""


@pytest.mark.parametrize("unit", ["opinion", "paragraph", "sentence"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_blocks_of_any_size_give_the_tables_of_the_whole(
    write_codebook: Callable[[str], Codebook],
    bus: Any,
    monkeypatch: pytest.MonkeyPatch,
    unit: Any,
    size: int,
) -> None:
    codebook = write_codebook(_RULES)
    whole = apply_codebook(codebook, bus.tokens, bus.opinions, unit=unit)
    monkeypatch.setattr(numbering, "OPINIONS_AT_ONCE", size)
    parts = apply_codebook(codebook, bus.tokens, bus.opinions, unit=unit)
    for name in ("codings", "evidence", "units", "counts", "warnings"):
        pd.testing.assert_frame_equal(getattr(parts, name), getattr(whole, name))
    assert len(whole.warnings) == 3


def test_tokens_in_any_order_are_coded_alike(
    write_codebook: Callable[[str], Codebook], bus: Any
) -> None:
    codebook = write_codebook(_RULES)
    in_order = apply_codebook(codebook, bus.tokens, bus.opinions)
    shuffled = apply_codebook(codebook, bus.tokens.sample(frac=1, random_state=1), bus.opinions)
    pd.testing.assert_frame_equal(shuffled.codings, in_order.codings)
    pd.testing.assert_frame_equal(shuffled.counts, in_order.counts)


def test_opinions_without_a_token_are_coded_all_the_same(
    write_codebook: Callable[[str], Codebook], bus: Any
) -> None:
    coded = apply_codebook(write_codebook(_RULES), bus.tokens.head(0), bus.opinions)
    assert coded.codings["code"].tolist() == ["否定"] * 3
