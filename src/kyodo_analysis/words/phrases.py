"""Negation and modality: what the grammar of a clause's end says, with the words that say it."""

import numpy as np
import pandas as pd

from kyodo_analysis.tables import PHRASES
from kyodo_analysis.words.patterns import match_rules

_NOT = "ます? ない/助動詞|ない/形容詞|無い/形容詞|ぬ/助動詞|ん/助動詞|まい/助動詞"
_NOT_HERE = f"で は|も? {_NOT}"
_GOOD = "良い|よい|いい"
_ASKED = "もの? です|だ? う? か ？? STOP"
_BE = "する|いたす|致す|です ます|たい?"
_SET_ASIDE = ""

# The first rule that fits wins and uses up its words: 〜ないか is looked for before a bare ない
# is taken for a denial, and what is no denial at all (かもしれない) is set aside.
RULES = (
    (_SET_ASIDE, f"かも しれる {_NOT}"),
    (_SET_ASIDE, f"か も しれる {_NOT}"),
    (_SET_ASIDE, "かもしれない"),
    (_SET_ASIDE, f"に 違い|ちがい {_NOT}"),
    (_SET_ASIDE, f"間違い {_NOT}"),
    (_SET_ASIDE, f"仕方|しかた|しよう が? {_NOT}"),
    (_SET_ASIDE, f"とんでも|さりげ|何気 {_NOT}"),
    (_SET_ASIDE, f"しか {_NOT}"),
    (_SET_ASIDE, f"に ほか なら {_NOT}"),
    (_SET_ASIDE, f"{_NOT} か どう か"),
    ("要望", f"もらえる|いただける|頂ける|くれる|下さる|くださる {_NOT} {_ASKED}"),
    ("提案", f"べし {_NOT_HERE} {_ASKED}"),
    ("提案", f"必要 {_NOT_HERE} {_ASKED}"),
    ("疑問", f"の|ん? {_NOT_HERE} {_ASKED}"),
    ("要望", f"/動詞 {_NOT} {_ASKED}"),
    ("疑問", f"{_NOT} {_ASKED}"),
    ("要望", "もらう|いただく|頂く|願う|れる/動詞 たい"),
    ("要望", "て|で ほしい|欲しい"),
    ("要望", "が ほしい|欲しい"),
    ("要望", "て|で ください|下さい"),
    ("要望", f"お願い|要望|希望|期待 {_BE} STOP"),
    ("要望", "を 求める|望む ます|たい? STOP"),
    ("要望", f"が あれ ば {_GOOD} です? STOP"),
    ("提案", f"ば {_GOOD} です? STOP"),
    ("提案", "たら|だら|したら|ば は? どう|いかが です|だ? う? か STOP"),
    ("提案", "て|で は どう|いかが です|だ? う? か STOP"),
    ("提案", f"た 方|ほう が|は {_GOOD}"),
    ("提案", f"の|こと が {_GOOD}|望ましい です? STOP"),
    ("提案", "も 考え られる"),
    ("提案", "/動詞 ましょ う END"),
    ("提案", "/動詞 う END"),
    ("義務", f"なけれ|ね ば なる|いける {_NOT}"),
    ("義務", f"なく て は なる|いける {_NOT}"),
    ("義務", f"ない と いける {_NOT}"),
    ("義務", f"ざる を 得る|える {_NOT}"),
    ("義務", f"て|で は なる|いける {_NOT}"),
    ("義務", f"べし {_NOT_HERE}"),
    ("義務", "べし"),
    ("義務", "必要 が ある"),
    ("義務", "必要 を 感じる"),
    ("義務", "必要 だ|です? STOP"),
    ("対比", f"に 限る {_NOT}"),
    ("対比", f"だけ|ばかり|のみ {_NOT_HERE}"),
    ("対比", "のみ なら ず"),
    ("対比", "で は? なく 、|て"),
    ("疑問", "の|ん で は ？? END"),
    ("疑問", "の|ん? です|だ? う? か ？? END"),
    ("疑問", "の|ん? ？ END"),
    ("否定", f"で は|も? {_NOT} た?"),
    ("否定", f"{_NOT} た?"),
    ("否定", "不/接頭詞|未/接頭詞|無/接頭詞|非/接頭詞 *"),
)


def find_phrases(tokens: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Find negation and modality (request, proposal, obligation, question, contrast).

    The kinds go by form, not by feeling: 〜のではないか is a question (疑問), whatever it hints at.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    opinions : DataFrame
        OPINIONS, for the words as they stand.

    Returns
    -------
    DataFrame
        PHRASES, one row per expression in reading order.
    """
    matches = match_rules(tokens, [rule for _, rule in RULES])
    kinds = np.array([kind for kind, _ in RULES], dtype=object)[matches.rules]
    counted = kinds != _SET_ASIDE
    first = tokens.iloc[matches.first[counted]]
    opinion_ids = first["opinion_id"].astype("str").array
    starts, ends = first["start"].to_numpy(), tokens["end"].to_numpy()[matches.last[counted]]
    texts = opinions.set_index("opinion_id")["text"].astype("object").loc[opinion_ids]
    quoted = [text[start:end] for text, start, end in zip(texts, starts, ends, strict=True)]
    found = {
        "opinion_id": opinion_ids,
        "sentence": first["sentence"].to_numpy(),
        "kind": pd.Series(kinds[counted], dtype="str"),
        "matched": pd.Series(quoted, dtype="str"),
        "start": starts,
        "end": ends,
    }
    return PHRASES.check(pd.DataFrame(found))
