"""Texts cut into morphemes, each with its place in the text as it stands."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.characters import (
    BLANK,
    find_outer_blanks,
    find_sentence_starts,
    split_lines,
)
from kyodo_analysis.words.columns import Columns
from kyodo_analysis.words.morphemes import Word, gather_morphemes
from kyodo_analysis.words.page import Integers, make_page
from kyodo_analysis.words.tokenizers import Tokenizer
from kyodo_analysis.words.word_column import write_words

_BLANK_WORD = Word(BLANK, BLANK, "記号,空白,*,*", "*", "*", unknown=False)


def cut_texts(texts: Sequence[str], *, tokenizer: Tokenizer) -> Columns:
    """Cut texts into morphemes.

    Returns
    -------
    dict
        The columns of TOKENS, but ``text``, the number of the text from 0, for the opinion, and
        ``word`` (see :mod:`~kyodo_analysis.words.word_column`) for all that a word tells.
    """
    page = make_page(texts)
    lines = list(split_lines(page.content))
    words, codes, places = _analyze(page.content, lines, tokenizer)
    lengths = _lengths(words)[codes]
    spans = page.locate(places, lengths)
    changed = page.find_changed(places, lengths)
    paragraphs = [start for start, _ in lines]
    sentences = find_sentence_starts(page.content)
    first = np.searchsorted(spans.texts, np.arange(len(texts)))
    integers = {
        "text": spans.texts,
        "paragraph": page.count_marks(paragraphs, places, spans.texts),
        "sentence": page.count_marks(sentences, places, spans.texts),
        "position": np.arange(len(places)) - first[spans.texts],
        "start": spans.starts,
        "end": spans.ends,
    }
    words, codes = _restore_originals(words, codes, changed, page.quote(spans, changed))
    return {
        **{name: values.astype(np.int32) for name, values in integers.items()},
        "word": write_words(words, codes),
    }


def _analyze(
    content: str, lines: Sequence[tuple[int, str]], tokenizer: Tokenizer
) -> tuple[list[Word], npt.NDArray[np.int32], Integers]:
    """Return the distinct words, and for each morpheme its word and its place on the page.

    Engines drop the blanks at both ends of a line; they are not shown them.
    """
    starts = [start + len(line) - len(line.lstrip(BLANK)) for start, line in lines]
    cores = [line.strip(BLANK) for _, line in lines]
    morphemes = tokenizer.analyze(cores) if any(cores) else gather_morphemes([] for _ in cores)
    words = [*morphemes.words, _BLANK_WORD]
    lengths = _lengths(words)[morphemes.codes]
    before = np.cumsum([0, *map(len, cores)])[:-1]
    shifts = np.array(starts, dtype=np.int64) - before
    places = np.cumsum(lengths) - lengths + np.repeat(shifts, morphemes.counts)
    blanks = np.array(find_outer_blanks(content), dtype=np.int64)
    codes = np.append(morphemes.codes, np.full(len(blanks), len(words) - 1, dtype=np.int32))
    places = np.append(places, blanks)
    order = np.argsort(places, kind="stable")
    return words, codes[order], places[order]


def _lengths(words: Sequence[Word]) -> Integers:
    return np.array([len(word.surface) for word in words], dtype=np.int64)


def _restore_originals(
    words: list[Word],
    codes: npt.NDArray[np.int32],
    changed: Integers,
    originals: Sequence[str],
) -> tuple[list[Word], npt.NDArray[np.int32]]:
    """Give the morphemes that folding changed the characters that stand in the texts."""
    spelled = list(zip(codes[changed].tolist(), originals, strict=True))
    extra = {key: number for number, key in enumerate(dict.fromkeys(spelled), len(words))}
    codes = codes.copy()
    codes[changed] = [extra[key] for key in spelled]
    return words + [words[code]._replace(surface=original) for code, original in extra], codes
