"""KH Coder's names of the parts of speech over IPADIC's tags."""

import re
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

_ANY, _HIRAGANA, _ONE = (re.compile(p) for p in (r"", r"[ぁ-ん]+\Z", r".\Z"))
_NEGATION = re.compile(r"(?:ない|まい|ぬ|ん)\Z")
OTHER = "その他"

# The first row whose tag begins the token's tag and whose pattern fits its base form decides.
_PARTS = (
    ("地名", "名詞,固有名詞,地域", _ANY),
    ("人名", "名詞,固有名詞,人名", _ANY),
    ("組織名", "名詞,固有名詞,組織", _ANY),
    ("固有名詞", "名詞,固有名詞", _ANY),
    ("サ変名詞", "名詞,サ変接続", _ANY),
    ("形容動詞", "名詞,形容動詞語幹", _ANY),
    ("ナイ形容", "名詞,ナイ形容詞語幹", _ANY),
    ("名詞B", "名詞,一般", _HIRAGANA),
    ("名詞C", "名詞,一般", _ONE),
    ("否定助動詞", "助動詞", _NEGATION),
    ("代名詞", "名詞,代名詞", _ANY),
    ("名詞", "名詞,一般", _ANY),
    ("副詞可能", "名詞,副詞可能", _ANY),
    ("感動詞", "感動詞", _ANY),
    ("感動詞", "フィラー", _ANY),
    ("HTMLタグ", "タグ", re.compile(r"</?h[1-5]>\Z", re.IGNORECASE)),
    ("タグ", "タグ", _ANY),
    ("動詞B", "動詞,自立", _HIRAGANA),
    ("動詞", "動詞,自立", _ANY),
    ("形容詞（非自立）", "形容詞,非自立", _ANY),
    ("形容詞B", "形容詞", _HIRAGANA),
    ("形容詞", "形容詞", _ANY),
    ("副詞B", "副詞", _HIRAGANA),
    ("副詞", "副詞", _ANY),
)
UNKNOWN = "未知語"
UNUSED_NAMES = (OTHER, "代名詞", "HTMLタグ")
USED_NAMES = (
    *dict.fromkeys(name for name, _, _ in _PARTS if name not in UNUSED_NAMES),
    UNKNOWN,
)


@cache
def name_part_of_speech(tag: str, base_form: str) -> str:
    """Name the part of speech of one base form with one IPADIC tag (four levels, commas)."""
    return next(
        (
            name
            for name, prefix, pattern in _PARTS
            if tag.startswith(prefix) and pattern.match(base_form)
        ),
        OTHER,
    )


def name_parts_of_speech(tokens: pd.DataFrame) -> "pd.Series[Any]":
    """Name the part of speech of every token of a table (TOKENS), as a categorical."""
    tags, forms = (tokens[name].astype("category").cat for name in ("part_of_speech", "base_form"))
    pairs = tags.codes.to_numpy(np.int64) * len(forms.categories) + forms.codes.to_numpy()
    numbers, distinct = pd.factorize(pairs)
    tag_of, form_of = np.divmod(distinct, max(1, len(forms.categories)))
    names = map(
        name_part_of_speech,
        tags.categories.take(tag_of),
        forms.categories.take(form_of),
    )
    codes, categories = pd.factorize(np.array([*names, UNKNOWN], dtype=object))
    named = np.where(tokens["unknown"], codes[-1], codes[numbers])
    return pd.Series(pd.Categorical.from_codes(named, pd.Index(categories)), index=tokens.index)
