"""The words that a drafted rule may hold: readable, not too rare, and not the subject of it all."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kyodo_analysis.themes.codebook.atoms import read_atom
from kyodo_analysis.themes.codebook.parts_of_speech import name_parts_of_speech
from kyodo_analysis.themes.codebook.syntax import Word
from kyodo_analysis.themes.drafting.tables import FREQUENT_WORDS

if TYPE_CHECKING:
    from scipy import sparse

    Presence = sparse.csr_array

# Words that any consultation is written with: they say how or that something is meant, not what.
GENERIC = frozenset(
    re.findall(
        r"\S+",
        """
        する なる ある いる ない できる やる 行う 行なう おこなう かかる 出る 出す
        取る 思う 言う いう 考える 聞く 見る 書く 感じる 分かる わかる 行く 来る くる
        くれる もらう いただく ほしい 欲しい 良い いい よい 悪い 多い 少ない 高い 低い
        大きい 小さい 長い 短い 強い 弱い 早い 遅い 新しい 古い 難しい 使う 使える
        作る つくる 持つ もつ 入る 入れる 増やす 増える 減る 減らす 決める 決まる 知る
        知らせる 付ける つける 続ける 続く 置く おく 変える 変わる 困る 助かる 求める
        望む 願う 示す 進める 進む 図る 含める 含む 関する 対する よる 際する 伴う
        応じる 基づく 受ける 得る 与える 始める 始まる 終わる やめる 違う 異なる 合う
        合わせる 教える 伝える 伝わる 必要 重要 大切 大事 大変 不便 便利 可能 十分
        不十分 適切 具体 明確 積極 反対 賛成 意見 要望 提案 質問 回答 お願い 希望
        期待 検討 対応 実施 推進 促進 充実 確保 活用 利用 使用 設置 整備 改善 強化
        支援 取組 取り組み 理解 説明 記載 記述 表現 内容 部分 場合 状況 現状 課題
        問題 理由 結果 影響 効果 目的 方法 方向 考え 考え方 方針 案 点 件 数 面 形
        上 下 中 前 後 先 次 今 今後 現在 将来 最近 以前 日 年 月 週 時 時間
        時期 間 方 側 者 人 方々 皆 みんな 皆さん 自分 私 個人 市 町 村 県 国
        市民 町民 住民 区民 県民 行政 全体 全部 一部 一つ すべて 全て ひとつ 以上
        以下 以外 程度 普通 一番 結局 途中 場所 ところ もの こと ため よう さん 思い
        感じ 気 話 声 目 手 力 所 家 毎日 毎年 今年 来年 去年 昨年
        """,
    )
)
_PARTS = (
    "地名",
    "組織名",
    "固有名詞",
    "サ変名詞",
    "形容動詞",
    "名詞",
    "名詞B",
    "名詞C",
    "未知語",
    "動詞",
)
_VERB = "動詞"
_READABLE = re.compile(r"[ぁ-んァ-ヶー一-龥々A-Za-z0-9]*[ァ-ヶ一-龥々A-Za-zぁ-ん]")
_HIRAGANA = re.compile("[ぁ-ん]+")
_KANJI = re.compile("[一-龥々]")
_PAIR = re.compile("[一-龥々ァ-ヶー]{2}")
_FREQUENT, _IN_TITLE, _MOST = 0.2, 0.05, 0.6
_LEAST, _MANY = 4, 150


@dataclass(frozen=True, eq=False)
class Candidates:
    """Which opinion holds which word.

    Attributes
    ----------
    words : array of str
        How each word stands in a rule: a base form, or a compound in quotes.
    present : csr_array of 0/1
        Opinions in rows, words in columns; words of two and more opinions.
    signs : csr_array of 0/1
        Words in rows, their kanji and pairs of kanji or katakana in columns: 歩道 and 歩行者 share
        one, so that their opinions may meet.
    usable : array of bool
        Which words may stand in a rule: frequent enough, no verb (捨てる, 乗る say too little) and
        not mostly a part of one compound.
    """

    words: np.ndarray
    present: Presence
    signs: Presence
    usable: np.ndarray


def find_candidates(
    tokens: pd.DataFrame,
    terms: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    title: str,
    stop_words: Collection[str] = (),
) -> tuple[Candidates, pd.DataFrame]:
    """Find the words of a draft, and those that are too frequent for it (FREQUENT_WORDS).

    Parameters
    ----------
    tokens, terms, opinions : TOKENS, TERMS, OPINIONS
        Words that the opinions' text hides are passed over.
    title : str
        What the opinions are about; its words decide nothing.
    stop_words : collection of str
        The study's own.
    """
    numbers = pd.Series(np.arange(len(opinions)), index=opinions["opinion_id"].astype("str"))
    texts = dict(zip(numbers.index, opinions["text"], strict=True))
    single, verbs = _base_forms(tokens, texts)
    joined = _compounds(terms, single, texts)
    held = pd.concat([single, joined], ignore_index=True).drop_duplicates()
    n_holding = held.groupby("word").size()
    avoided = GENERIC | set(stop_words)
    meant = n_holding[[_plain(str(word)) not in avoided for word in n_holding.index]]
    in_title = np.array([_plain(str(word)) in title for word in meant.index], dtype=bool)
    frequent = (meant > _FREQUENT * len(opinions)).to_numpy()
    subject = in_title & (meant >= _IN_TITLE * len(opinions)).to_numpy()
    kept = meant[~frequent & ~subject & (meant >= 2).to_numpy()]
    candidates = _tabulate(held[held["word"].isin(kept.index)], numbers, verbs)
    return candidates, _list_frequent(meant, subject, frequent)


def _plain(word: str) -> str:
    return word.strip("'")


def _base_forms(tokens: pd.DataFrame, texts: dict[str, str]) -> tuple[pd.DataFrame, set[str]]:
    """Pair opinions and base forms that may stand in a rule; say which are only verbs."""
    parts = name_parts_of_speech(tokens)
    named = parts.isin((*_PARTS, _VERB)).to_numpy()
    forms = tokens["base_form"].astype("str")
    readable = forms.map({form: _may_stand(form) for form in forms.unique()}).to_numpy(dtype=bool)
    chosen = named & readable & ~_beside_nouns(tokens)
    verbal = (parts == _VERB).to_numpy()
    verbs = set(forms[chosen & verbal]) - set(forms[chosen & ~verbal])
    return _shown(tokens[chosen], forms[chosen], texts), verbs


def _may_stand(form: str) -> bool:
    if not _READABLE.fullmatch(form) or (_HIRAGANA.fullmatch(form) and len(form) < 2):
        return False
    return isinstance(read_atom(form), Word)


def _beside_nouns(tokens: pd.DataFrame) -> np.ndarray:
    """Mark one-character nouns that touch another noun: 染 of 汚|染, 華 of 中|華."""
    noun = tokens["part_of_speech"].astype("str").str.startswith("名詞").to_numpy()
    short = (tokens["surface"].astype("str").str.len() == 1).to_numpy() & noun
    opinion = tokens["opinion_id"].astype("category").cat.codes.to_numpy()
    follows = tokens["start"].to_numpy()[1:] == tokens["end"].to_numpy()[:-1]
    touches = (opinion[1:] == opinion[:-1]) & follows & noun[1:] & noun[:-1]
    beside: np.ndarray = short & (np.append(False, touches) | np.append(touches, False))
    return beside


def _compounds(terms: pd.DataFrame, single: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """Find compounds wherever they stand, as a quoted rule does."""
    names = terms["term"].astype("str")
    known = set(single["word"])
    wanted = [
        str(name)
        for name, n in terms.assign(term=names).groupby("term")["opinion_id"].nunique().items()
        if n >= 3
        and name not in known
        and len(str(name)) >= 3
        and _READABLE.fullmatch(str(name))
        and not str(name)[0].isdigit()
    ]
    rows = [
        {"opinion_id": opinion_id, "word": f"'{name}'"}
        for opinion_id, text in texts.items()
        for name in wanted
        if name in text
    ]
    return pd.DataFrame(rows, columns=["opinion_id", "word"], dtype="str")


def _shown(chosen: pd.DataFrame, words: pd.Series[Any], texts: dict[str, str]) -> pd.DataFrame:
    """Pair opinions and words whose characters the opinion's text still shows."""
    ids = chosen["opinion_id"].astype("str")
    places = zip(ids, chosen["surface"], chosen["start"], chosen["end"], strict=True)
    shown = [texts.get(each, "")[start:end] == surface for each, surface, start, end in places]
    pairs = pd.DataFrame({"opinion_id": ids.to_numpy(), "word": words.astype("str").to_numpy()})
    return pairs[np.array(shown, dtype=bool)].drop_duplicates()


def _tabulate(held: pd.DataFrame, numbers: pd.Series[Any], verbs: set[str]) -> Candidates:
    columns, words = pd.factorize(held["word"], sort=True)
    rows = numbers[held["opinion_id"]].to_numpy()
    present = _ones(rows, columns, (len(numbers), len(words)))
    pairs = [(at, sign) for at, word in enumerate(words) for sign in _signs_of(_plain(word))]
    signs, kinds = pd.factorize(np.array([sign for _, sign in pairs], dtype=object), sort=True)
    holders = np.array([at for at, _ in pairs], dtype=int)
    names = np.array(words, dtype=object)
    least = _LEAST if len(numbers) >= _MANY else _LEAST - 1
    usable = np.asarray(present.sum(axis=0)).ravel() >= least
    usable &= ~pd.Index(names).isin(sorted(verbs))
    return Candidates(
        names,
        present,
        _ones(holders, signs, (len(words), max(1, len(kinds)))),
        usable & ~_parts_of_compounds(names, present, usable),
    )


def _ones(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> Presence:
    from scipy import sparse

    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def _signs_of(word: str) -> list[str]:
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sorted({*_KANJI.findall(word), *(pair for pair in pairs if _PAIR.fullmatch(pair))})


def _parts_of_compounds(words: np.ndarray, present: Presence, usable: np.ndarray) -> np.ndarray:
    """Mark words of which most opinions hold one compound with it: the compound says more."""
    sizes = np.asarray(present.sum(axis=0)).ravel()
    both = (present.T @ present).tocoo()
    marked = np.zeros(len(words), dtype=bool)
    for part, whole, n in zip(*both.coords, both.data, strict=True):
        if part != whole and usable[whole] and n >= _MOST * sizes[part]:
            marked[part] |= _plain(words[part]) in _plain(words[whole])
    return marked


def _list_frequent(
    meant: pd.Series[Any], subject: np.ndarray, frequent: np.ndarray
) -> pd.DataFrame:
    listed = meant[subject | frequent].sort_values(ascending=False, kind="stable")
    titled = set(meant.index[subject].astype("str"))
    return FREQUENT_WORDS.make(
        {
            "word": _plain(str(word)),
            "n_opinions": int(n),
            "reason": "題名の言葉" if str(word) in titled else "多くの意見にある言葉",
        }
        for word, n in listed.items()
    )
