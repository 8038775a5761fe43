"""Opinions to tokens: every morpheme with its place in the opinion's own words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.tables import TOKENS
from kyodo_analysis.words.characters import (
    BLANK,
    find_outer_blanks,
    find_sentence_starts,
    split_lines,
)
from kyodo_analysis.words.morphemes import Word
from kyodo_analysis.words.page import Integers, Page, make_page
from kyodo_analysis.words.tokenizers import Tokenizer

_BLANK_WORD = Word(BLANK, BLANK, "記号,空白,*,*", "*", "*", unknown=False)


def tokenize_opinions(opinions: pd.DataFrame, *, tokenizer: Tokenizer) -> pd.DataFrame:
    """Cut every opinion into morphemes.

    Parameters
    ----------
    opinions : DataFrame
        OPINIONS; only ``opinion_id`` and ``text`` are used.
    tokenizer : Tokenizer
        The engine.

    Returns
    -------
    DataFrame
        TOKENS, one row per morpheme in reading order. ``text[start:end] == surface`` always
        holds, and the surfaces of an opinion join to its text without newlines: blanks that an
        engine drops are put back. Label columns are categorical; ``opinion_id`` keeps every
        opinion as a category, also those without a token.
    """
    tokens = tokenize_texts(opinions["text"].tolist(), tokenizer=tokenizer)
    return name_opinions(tokens, opinions["opinion_id"])


def name_opinions(tokens: pd.DataFrame, opinion_ids: "pd.Series[str]") -> pd.DataFrame:
    """Give TOKENS for tokens whose ``text`` numbers the opinions."""
    named = pd.Categorical.from_codes(tokens["text"], categories=pd.Index(opinion_ids))
    columns = {name: tokens[name] for name in TOKENS.names if name != "opinion_id"}
    return TOKENS.check(pd.DataFrame({"opinion_id": named, **columns}))


def tokenize_texts(texts: Sequence[str], *, tokenizer: Tokenizer) -> pd.DataFrame:
    """Cut texts into morphemes.

    Returns
    -------
    DataFrame
        The columns of TOKENS, but ``text``, the number of the text from 0, for the opinion.
    """
    page = make_page(texts)
    content = page.content
    lines = list(split_lines(content))
    words, codes, places = _analyze(content, lines, tokenizer)
    lengths = np.array([len(word.surface) for word in words], dtype=np.int64)
    text = page.find_texts(places)
    starts = page.lead_back(places, text)
    ends = page.lead_back(places + lengths[codes], text)
    line_marks = np.array([start for start, _ in lines], dtype=np.int64)
    sentence_marks = np.array(find_sentence_starts(content), dtype=np.int64)
    numbers = {
        "text": text,
        "paragraph": page.count_marks(line_marks, places),
        "sentence": page.count_marks(sentence_marks, places),
        "position": np.arange(len(text)) - np.searchsorted(text, text),
    }
    return pd.DataFrame(
        {name: values.astype(np.int32) for name, values in numbers.items()}
        | {"surface": _surfaces(page, words, codes, text, starts, ends)}
        | {name: _label(words, codes, name) for name in Word._fields[1:-1]}
        | {"unknown": np.array([word.unknown for word in words], dtype=bool)[codes]}
        | {"start": starts.astype(np.int32), "end": ends.astype(np.int32)}
    )


def _analyze(
    content: str, lines: list[tuple[int, str]], tokenizer: Tokenizer
) -> tuple[list[Word], npt.NDArray[np.int32], Integers]:
    """Return the distinct words, and for each token its word and its place on the page.

    The engines would drop the blanks at both ends of a line, and are not shown them.
    """
    cores = [line.strip(BLANK) for _, line in lines]
    morphemes = tokenizer.analyze(cores)
    words, codes = [*morphemes.words, _BLANK_WORD], morphemes.codes
    lengths = np.array([len(word.surface) for word in words], dtype=np.int64)[codes]
    core_starts = np.array(
        [start + len(line) - len(line.lstrip(BLANK)) for start, line in lines], dtype=np.int64
    )
    core_lengths = np.array([len(core) for core in cores], dtype=np.int64)
    ahead = np.cumsum(core_lengths) - core_lengths
    places = np.cumsum(lengths) - lengths + np.repeat(core_starts - ahead, morphemes.counts)
    blanks = np.array(find_outer_blanks(content), dtype=np.int64)
    codes = np.append(codes, np.full(len(blanks), len(words) - 1, dtype=np.int32))
    places = np.append(places, blanks)
    order = np.argsort(places, kind="stable")
    return words, codes[order], places[order]


def _label(words: list[Word], codes: npt.NDArray[Any], field: str) -> pd.Categorical:
    return _categorical([getattr(word, field) for word in words], codes)


def _categorical(values: Sequence[str], codes: npt.NDArray[Any]) -> pd.Categorical:
    """Return ``values[codes]`` as a categorical whose categories are in use and sorted."""
    used = np.unique(codes)
    categories = sorted({values[code] for code in used})
    numbers = {value: number for number, value in enumerate(categories)}
    recode = np.array([numbers.get(value, -1) for value in values], dtype=np.int32)
    return pd.Categorical.from_codes(recode[codes], categories=pd.Index(categories, dtype="str"))


def _surfaces(
    page: Page,
    words: list[Word],
    codes: npt.NDArray[np.int32],
    text: Integers,
    starts: Integers,
    ends: Integers,
) -> pd.Categorical:
    """Return the words as they stand in the texts: folded ones are looked up there."""
    folded = np.array(
        [one.text != original for one, original in zip(page.folded, page.texts, strict=True)]
    )
    differing = np.flatnonzero(folded[text])
    originals = [
        page.texts[number][start:end]
        for number, start, end in zip(
            text[differing].tolist(),
            starts[differing].tolist(),
            ends[differing].tolist(),
            strict=True,
        )
    ]
    extra = {value: number for number, value in enumerate(dict.fromkeys(originals), len(words))}
    codes = codes.copy()
    codes[differing] = [extra[value] for value in originals]
    return _categorical([word.surface for word in words] + list(extra), codes)
