"""Opinions written as words, so that no tokenizer is needed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from kyodo_analysis.tables import OPINIONS, TOKENS
from kyodo_analysis.themes.codebook import Codebook, read_codebook

_TAGS = {
    "名詞": "名詞,一般,*,*",
    "動詞": "動詞,自立,*,*",
    "形容詞": "形容詞,自立,*,*",
    "助詞": "助詞,格助詞,一般,*",
    "助動詞": "助動詞,*,*,*",
    "記号": "記号,句点,*,*",
    "代名詞": "名詞,代名詞,一般,*",
    "サ変": "名詞,サ変接続,*,*",
}


class Corpus(NamedTuple):
    opinions: pd.DataFrame
    tokens: pd.DataFrame


def _words(text: str) -> list[dict[str, object]]:
    """Read "橋 を:助詞 かけ/かける:動詞:連用形": surface/base form:part of speech:inflection."""
    tokens, start = [], 0
    for paragraph, line in enumerate(text.split("\n"), start=1):
        for word in line.split():
            form, _, rest = word.partition(":")
            surface, _, base_form = form.partition("/")
            tag, _, inflection = rest.partition(":")
            known = "記号" if surface in "。、" else tag or "名詞"
            tokens.append(
                {
                    "paragraph": paragraph,
                    "sentence": 1,
                    "position": len(tokens),
                    "surface": surface,
                    "base_form": base_form or surface,
                    "part_of_speech": _TAGS[known],
                    "inflection_type": "*",
                    "inflection_form": inflection or "*",
                    "unknown": False,
                    "start": start,
                    "end": (start := start + len(surface)),
                }
            )
        start += 1
    return tokens


def build_corpus(texts: Mapping[str, str], **columns: list[object]) -> Corpus:
    words = {opinion_id: _words(text) for opinion_id, text in texts.items()}
    plain = {
        opinion_id: "\n".join(
            "".join(word.partition(":")[0].partition("/")[0] for word in line.split())
            for line in text.split("\n")
        )
        for opinion_id, text in texts.items()
    }
    opinions = OPINIONS.make(
        {
            "opinion_id": opinion_id,
            "text": text,
            "raw_text": text,
            "source": f"opinions.txt:{row + 1}行",
            "source_start": 0,
            "source_end": len(text),
            **{name: values[row] for name, values in columns.items()},
        }
        for row, (opinion_id, text) in enumerate(plain.items())
    )
    tokens = TOKENS.make(
        {"opinion_id": opinion_id, **word}
        for opinion_id, listed in words.items()
        for word in listed
    )
    return Corpus(opinions, tokens)


@pytest.fixture
def write_codebook(tmp_path: Path) -> Callable[[str], Codebook]:
    def write(text: str) -> Codebook:
        path = tmp_path / "codebook.txt"
        path.write_text(text, encoding="utf-8")
        return read_codebook(path)

    return write


@pytest.fixture(name="build_corpus")
def _build_corpus() -> Callable[..., Corpus]:
    return build_corpus


@pytest.fixture
def bus() -> Corpus:
    return build_corpus(
        {
            "A1": "税 が:助詞 高い:形容詞 。 バス の:助詞 本数 を:助詞 増やす:動詞 。",
            "A2": "バス停 に:助詞 屋根 を:助詞 付ける:動詞",
            "B1": "橋 の:助詞 工事 を:助詞 知る:動詞 ない:助動詞 。 広報 で:助詞 知らせ/知らせる:動詞 。",
            "B2": "広報 は:助詞 読む:動詞 。\nバス も:助詞 税 も:助詞 大事 。",
        },
        category_code=["A", "A", "B", "B"],
        category=["交通", "交通", "広報", "広報"],
        session=[1, 2, 10, None],
    )
