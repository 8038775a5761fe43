"""Person names, told by the dictionary and by the titles that follow them."""

import numpy as np
import pandas as pd

HONORIFICS = ("さん", "さま", "様", "氏", "君", "くん", "ちゃん", "殿")
TITLES = (
    *HONORIFICS,
    *("議員", "市議", "県議", "先生", "教授", "医師", "弁護士", "市長", "町長", "区長", "村長"),
    *("知事", "会長", "社長", "院長", "校長", "園長", "部長", "課長", "係長", "代表", "理事長"),
)
_PLACE_WORDS = (
    *("地区", "町", "市", "村", "区", "県", "線", "橋", "駅", "川", "港", "通り", "交差点"),
    *("小", "小学校", "中学校", "高校", "公園", "団地", "病院", "公民館", "方面", "経由", "行き"),
)
_PROPER, _PERSON = "名詞,固有名詞", "名詞,固有名詞,人名"
_SPACE = "記号,空白,*,*"


def find_names(tokens: pd.DataFrame) -> pd.DataFrame:
    """Find words that may be a person's name.

    A name is a run of words that the dictionary calls 人名 and that a title follows, or a family
    name and a given name in a row, or a family name of two or more kanji alone. Before さん, 様
    and the like any proper noun counts. A word that somewhere in the same opinions is followed
    by 地区, 駅 and the like is a place: it counts only before さん, 様 and the like.

    Parameters
    ----------
    tokens : TOKENS

    Returns
    -------
    DataFrame
        One row per place: ``opinion_id``, ``start``, ``end`` (code points in ``text``; the title
        is not part of the name), ``reason``.
    """
    runs = _runs_of_names(_with_next_word(tokens))
    is_place = runs["surface"].isin(runs.loc[_names_a_place(runs), "surface"])
    reason = pd.Series(pd.NA, index=runs.index, dtype="str")
    lone = runs["part_of_speech"].eq(f"{_PERSON},姓") & runs["surface"].str.fullmatch("[一-龥々]+")
    reason[lone & ~is_place & runs["surface"].str.len().ge(2)] = "辞書で人の姓とされる言葉"
    reason[runs["part_of_speech"].str.endswith("姓") & runs["last"].eq(f"{_PERSON},名")] = (
        "姓と名が続く"
    )
    titled = runs["next_word"].isin(HONORIFICS) | (runs["next_word"].isin(TITLES) & ~is_place)
    reason[titled] = "後に「" + runs["next_word"] + "」が続く"
    found = runs.assign(reason=reason).dropna(subset="reason")
    return found[["opinion_id", "start", "end", "reason"]].reset_index(drop=True)


def _with_next_word(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return the proper nouns and what follows each; the words after others are not used."""
    tags = tokens["part_of_speech"].astype("category").cat
    is_proper = np.array([tag.startswith(_PROPER) for tag in tags.categories], dtype=bool)
    is_word = np.array([tag != _SPACE for tag in tags.categories], dtype=bool)
    places = np.flatnonzero(is_word[tags.codes])
    proper = is_proper[tags.codes.iloc[places]]
    proper[1:] |= proper[:-1].copy()
    labels = ["opinion_id", "surface", "part_of_speech"]
    words: pd.DataFrame = tokens[[*labels, "start", "end"]].iloc[places[proper]]
    words = words.astype(dict.fromkeys(labels, "str"))
    following = words.shift(-1)
    # One code point between two words is a space that was left out: 山田 太郎.
    beside = following["opinion_id"].eq(words["opinion_id"]) & (
        following["start"].sub(words["end"]).le(1).fillna(False).astype(bool)
    )
    return words.assign(
        next_word=following["surface"].where(beside, ""),
        next_part_of_speech=following["part_of_speech"].where(beside, ""),
    )


def _runs_of_names(words: pd.DataFrame) -> pd.DataFrame:
    part_of_speech = words["part_of_speech"]
    is_name = part_of_speech.str.startswith(_PERSON) | (
        part_of_speech.str.startswith(_PROPER) & words["next_word"].isin(HONORIFICS)
    )
    goes_on = is_name.shift(1, fill_value=False) & words["next_word"].shift(1, fill_value="").ne("")
    names = words.assign(run=(is_name & ~goes_on).cumsum())[is_name]
    return names.groupby("run", as_index=False).agg(
        opinion_id=("opinion_id", "first"),
        surface=("surface", "sum"),
        part_of_speech=("part_of_speech", "first"),
        last=("part_of_speech", "last"),
        start=("start", "first"),
        end=("end", "last"),
        next_word=("next_word", "last"),
        next_part_of_speech=("next_part_of_speech", "last"),
    )


def _names_a_place(runs: pd.DataFrame) -> "pd.Series[bool]":
    return runs["next_word"].isin(_PLACE_WORDS) | runs["next_part_of_speech"].str.startswith(
        "名詞,接尾,地域"
    )
