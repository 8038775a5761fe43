"""What a study's ``[words]`` may say."""

from dataclasses import dataclass
from typing import Final, Literal

LeftOut = Literal["動詞B", "形容詞B", "副詞B", "名詞B", "否定助動詞", "形容詞（非自立）"]

KH_CODER_LEAVES_OUT: Final[tuple[LeftOut, ...]] = (
    "動詞B",
    "形容詞B",
    "副詞B",
    "名詞B",
    "否定助動詞",
    "形容詞（非自立）",
)
"""What KH Coder's word lists leave out unless told otherwise: する, ある, なる, ない lead no figure."""


@dataclass(frozen=True)
class WordSettings:
    """How opinions are cut, and which of the words are counted.

    Parameters
    ----------
    parts_of_speech : tuple of str
        Beginnings of IPADIC tags. Independent verbs and adjectives only: requests such as
        ほしい (形容詞,非自立) are found by :func:`~kyodo_analysis.words.find_phrases`.
    join_compounds : bool
        Whether nouns that follow each other are one term: 協働|事業 -> 協働事業.
    leave_out : tuple of str
        KH Coder's names of words that are not counted although their part of speech is:
        verbs, adjectives, adverbs and nouns in hiragana alone (動詞B: する; 名詞B: ごみ), and so
        on. Compounds are counted, and coding rules see every word all the same.
    engine : {"janome", "mecab", "auto"}
        What cuts the opinions, as :func:`~kyodo_analysis.words.make_tokenizer` takes it.
    """

    parts_of_speech: tuple[str, ...] = (
        "名詞,一般",
        "名詞,サ変接続",
        "名詞,形容動詞語幹",
        "名詞,固有名詞",
        "名詞,副詞可能",
        "名詞,ナイ形容詞語幹",
        "動詞,自立",
        "形容詞,自立",
    )
    join_compounds: bool = True
    leave_out: tuple[LeftOut, ...] = ()
    engine: Literal["janome", "mecab", "auto"] = "janome"

    def _repr_markdown_(self) -> str:
        rows = [
            ("数える品詞", "、".join(part.replace(",", "-") for part in self.parts_of_speech)),
            ("続く名詞", "まとめて1語に数える" if self.join_compounds else "分けて数える"),
        ]
        if self.leave_out:
            rows.append(("数えない語", "、".join(self.leave_out)))
        body = "".join(f"\n| {name} | {value} |" for name, value in rows)
        return f"| 語の設定 | |\n|---|---|{body}"
