"""Negation and modality: what the grammar of a clause's end says, with the words that say it."""

from itertools import chain

import numpy as np
import pandas as pd

from kyodo_analysis.tables import PHRASES
from kyodo_analysis.words.patterns import match_rules

_NOT = "ます? ない/助動詞|ない/形容詞|無い/形容詞|ぬ/助動詞|ん/助動詞|まい/助動詞"
_NOT_HERE = f"で は|も? ある? {_NOT}"
_GOOD = "良い|よい|いい|宜しい|よろしい|望ましい"
_ASKED = "もの? です|だ? う? か ？? STOP"
_FAVOUR = "もらえる|いただける|頂ける|くれる|下さる|くださる"
_GLAD = "ありがたい|有難い|有り難い|うれしい|嬉しい|助かる|幸い|さいわい"
_IS = "だ|です|で? ある? ます? う?"
_DO = "強い? する|いたす|致す|申し上げる ます|たい? て? いる|おる|まいる? ます?"
_CLOSE = "ところ|もの|次第? だ|です|で? ある|ござる? ます? STOP"
_BETTER = "/形容詞|/名詞,形容動詞語幹|効果|効率|合理|現実"
_HOW = "どう|いかが|如何 です|だ? う? か? STOP"
_WISH = "お願い|要望|要求|要請|希望|期待|切望|熱望|懇願"
_MUST = "なる|いける"
_NAMES = (
    "未/接頭詞 成年|就学|就園",
    "非/接頭詞 正規|常勤|課税|営利",
    "無/接頭詞 人|料|電柱|農薬|線|作為|償",
    "不/接頭詞 登校|動産|審|在|燃|織",
)
_SET_ASIDE, _AND = "", "・"

# The first rule that fits wins and uses up its words: 〜ないか is looked for before a bare ない
# is taken for a denial, and what is no denial at all (かもしれない) is set aside.
RULES = (
    (_SET_ASIDE, f"かも しれる {_NOT}"),
    (_SET_ASIDE, f"か も しれる {_NOT}"),
    (_SET_ASIDE, "かもしれない"),
    (_SET_ASIDE, f"に 違い|ちがい {_NOT}"),
    (_SET_ASIDE, f"間違い|まちがい は|が|も? ある? {_NOT}"),
    (_SET_ASIDE, f"仕方|しかた|しよう|申し訳|申しわけ が|も|は? ある? {_NOT}"),
    (_SET_ASIDE, f"とんでも|さりげ|何気 {_NOT}"),
    (_SET_ASIDE, f"しか ある? {_NOT}"),
    (_SET_ASIDE, f"に? ほか|他|ほかなら なら? {_NOT}"),
    (_SET_ASIDE, f"に 過ぎる|すぎる {_NOT}"),
    (_SET_ASIDE, f"に も? かかわる|関わる {_NOT}"),
    (_SET_ASIDE, f"構う|かまう {_NOT}"),
    (_SET_ASIDE, f"やむ を 得る|える {_NOT}"),
    (_SET_ASIDE, f"言う|いう|考える|思う|感じる|見る ざる を 得る|える {_NOT}"),
    (_SET_ASIDE, f"{_NOT} か どう か"),
    (_SET_ASIDE, f"{_NOT} よう !だ|です|で"),
    (_SET_ASIDE, "必要 と する !れる|られる"),
    *((_SET_ASIDE, name) for name in _NAMES),
    ("要望", f"{_FAVOUR} {_NOT} {_ASKED}"),
    ("要望", f"{_FAVOUR} ます? です|だ? う? か ？? STOP"),
    ("要望", f"て い た だけ ます? {_NOT} {_ASKED}"),
    ("要望", "て い た だけ ます か ？? STOP"),
    ("要望", f"て い た だけ た? ば|と|たら|ら {_GLAD}|と|STOP"),
    ("要望", f"{_FAVOUR} ば|と|たら と|{_GLAD}|{_GOOD}"),
    ("要望", f"ば|と|たら {_GLAD}"),
    ("要望", "お願い できる"),
    ("提案", f"べし {_NOT_HERE} {_ASKED}"),
    ("提案", f"必要 {_NOT_HERE} {_ASKED}"),
    ("提案", f"て|で も {_GOOD} の|ん で は"),
    ("提案", "て|で|として|ば は と 思う|考える|存じる"),
    ("提案", "て は END"),
    ("提案", "べし|必要 で は と|END"),
    ("提案", f"たら|だら|したら|ば は? {_HOW}"),
    ("提案", f"て|で|として は {_HOW}"),
    ("疑問", f"の|ん? {_NOT_HERE} {_ASKED}"),
    ("要望", f"!すぎる|過ぎる /動詞 {_NOT} {_ASKED}"),
    ("疑問", f"{_NOT} {_ASKED}"),
    ("要望", "もらう|いただく|頂く|願う|れる/動詞|られる/動詞 たい"),
    ("要望", "て|で ほしい|欲しい"),
    ("要望", "が|も|は|を ほしい|欲しい"),
    ("要望", "て|で ください|下さい"),
    ("要望", "ください|下さい"),
    ("要望", "て|で くれ END"),
    ("要望・否定", "ない で END"),
    ("要望", "!なる|なくなる|困る|できる|いる|ある|思う /動詞,自立 て|で END"),
    ("要望", f"{_WISH} を? {_DO} {_CLOSE}"),
    ("要望", f"{_WISH} です STOP"),
    ("要望", f"を {_WISH} END"),
    ("要望", f"願う/動詞 ます? て? いる|おる|やむ? ます? {_CLOSE}"),
    ("要望", f"を 強い|切に|心から|改めて? 求める|望む ます|たい? て? いる|おる? ます? {_CLOSE}"),
    ("要望", "望む れる て? いる|おる? ます? STOP"),
    ("要望", f"が あれ ば {_GOOD} です? STOP"),
    ("提案", f"ば|たら {_GOOD} です? STOP"),
    ("提案", f"ば|たら {_GOOD} の|ん で は"),
    ("提案", f"/動詞 と {_GOOD} です? STOP"),
    ("提案", f"/動詞 と {_GOOD} の|ん で は"),
    ("提案", f"ある て も {_GOOD}"),
    ("提案", f"た|ない|/動詞 方|ほう が|は !多い|少ない {_BETTER}"),
    ("提案", "た|/動詞 方|ほう が|は /動詞 やすい|にくい"),
    ("提案", f"の|こと が {_GOOD}"),
    ("提案", "望ましい です? STOP"),
    ("提案", "も 考え られる"),
    ("提案", "という 方法|手|案|やり方|手段|選択肢 も|が ある"),
    ("提案", "と いう 方法|手|案|やり方|手段|選択肢 も|が ある"),
    ("提案", "/動詞 方法|手|案|やり方|手段|選択肢 も ある"),
    ("提案", "検討 の 余地 が|は|も ある"),
    ("提案", "検討 に 値する"),
    ("提案", f"も 一案|一つ|ひとつ の? 案|方法|手|手段? {_IS} STOP"),
    ("提案", f"提案|提言 を? {_DO} STOP"),
    ("提案", "/動詞 ましょ う END"),
    ("提案", "/動詞 う END"),
    ("義務", f"で なく て は {_MUST} {_NOT}"),
    ("義務", f"で なけれ|ね ば {_MUST} {_NOT}"),
    ("義務", f"なけれ|ね ば {_MUST} {_NOT}"),
    ("義務", f"なく て は {_MUST} {_NOT}"),
    ("義務", f"ない と {_MUST} {_NOT}"),
    ("義務", "ない と|ば だめ|ダメ|駄目|困る"),
    ("義務", "なけれ ば だめ|ダメ|駄目|困る"),
    ("義務", f"ざる を 得る|える {_NOT}"),
    ("義務・否定", f"て|で は {_MUST} {_NOT}"),
    ("義務・否定", f"べし {_NOT_HERE}"),
    ("義務", "べし"),
    ("義務", "必要 性? が|も ある|出る|生じる"),
    ("義務", "必要 性? を 感じる"),
    ("義務", "必要 不可欠|不可欠|必須 !な|の"),
    ("義務", "必要|不可欠|必須 !な|なら だ|です|で|に !は|も|た|応じる"),
    ("義務", "必要|不可欠|必須 STOP"),
    ("義務", "必要|不可欠|必須 か と 思う|考える"),
    ("義務・疑問", "必要|不可欠|必須 か ？? END"),
    ("義務", f"欠かす|欠く せる|れる? {_NOT} STOP"),
    (_SET_ASIDE, f"欠かす|欠く せる|れる? {_NOT}"),
    ("義務", "求める られる て? いる|おる? ます? STOP"),
    ("対比", f"に 限る {_NOT}"),
    ("対比", f"に も? とどまる|留まる {_NOT}"),
    ("対比", f"だけ|ばかり|のみ {_NOT_HERE} !の|か"),
    ("対比", f"だけ|ばかり|のみ じゃ {_NOT}"),
    ("対比", "のみ なら ず"),
    ("対比", "ばかり か"),
    ("否定", "<わけ|訳|/名詞,形容動詞語幹|/副詞 で|じゃ は|も? なく"),
    ("対比", "で は? なく !なる|なり|て 、?"),
    ("対比", "で は? なく て"),
    ("対比", "じゃ なく て?"),
    ("疑問", "の|ん で は ？? STOP"),
    ("疑問", "の|ん? です|だ? う? か ？? END"),
    ("疑問", "の です う ？? END"),
    ("疑問", "の|ん? ？ END"),
    ("疑問", "の? か な? 疑問"),
    ("疑問", "疑問 だ|です|に|が !ある|答える"),
    ("否定", f"で は|も? ある? {_NOT} た?"),
    ("否定", f"{_NOT} た?"),
    ("否定", "不/接頭詞|未/接頭詞|無/接頭詞|非/接頭詞 *"),
)


def find_phrases(tokens: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Find negation and modality (request, proposal, obligation, question, contrast).

    The kinds go by form, not by feeling: 〜のではないか is a question (疑問), whatever it hints at.
    An obligation not to do something (〜べきではない) is two rows of the same words, 義務 and 否定.

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
    kinds = [RULES[rule][0] for rule in matches.rules]
    several = [kind.split(_AND) if kind else [] for kind in kinds]
    rows = np.repeat(np.arange(len(kinds)), list(map(len, several)))
    first = tokens.iloc[matches.first[rows]]
    opinion_ids = first["opinion_id"].astype("str").array
    starts, ends = first["start"].to_numpy(), tokens["end"].to_numpy()[matches.last[rows]]
    texts = opinions.set_index("opinion_id")["text"].astype("object").loc[pd.Index(opinion_ids)]
    quoted = [text[start:end] for text, start, end in zip(texts, starts, ends, strict=True)]
    found = {
        "opinion_id": opinion_ids,
        "sentence": first["sentence"].to_numpy(),
        "kind": pd.Series(list(chain.from_iterable(several)), dtype="str"),
        "matched": pd.Series(quoted, dtype="str"),
        "start": starts,
        "end": ends,
    }
    return PHRASES.check(pd.DataFrame(found))
