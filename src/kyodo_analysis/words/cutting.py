"""Texts cut into morphemes, each with its place in the text as it stands."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kyodo_analysis.folding import BLANK
from kyodo_analysis.words.columns import Columns
from kyodo_analysis.words.lines import find_outer_blanks, find_sentence_starts, split_lines
from kyodo_analysis.words.morphemes import Vocabulary, Word, gather_morphemes
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
    cut = _analyze(page.content, lines, tokenizer)
    spans = page.locate(cut.places, cut.lengths)
    changed = page.find_changed(cut.places, cut.lengths)
    paragraphs = [start for start, _ in lines]
    sentences = find_sentence_starts(page.content)
    first = np.searchsorted(spans.texts, np.arange(len(texts))).astype(np.int32)
    codes = _restore_originals(cut, changed, page.quote(spans, changed))
    return {
        "text": spans.texts,
        "paragraph": page.count_marks(paragraphs, cut.places, spans.texts),
        "sentence": page.count_marks(sentences, cut.places, spans.texts),
        "position": np.arange(len(codes), dtype=np.int32) - first[spans.texts],
        "start": spans.starts,
        "end": spans.ends,
        "word": write_words(cut.vocabulary, codes),
    }


class _Cut(NamedTuple):
    """The distinct words, and each morpheme's number, its place on the page and its length."""

    vocabulary: Vocabulary
    codes: Integers
    places: Integers
    lengths: Integers


def _analyze(content: str, lines: Sequence[tuple[int, str]], tokenizer: Tokenizer) -> _Cut:
    """Cut lines into morphemes.

    Engines drop the blanks at both ends of a line; they are not shown them.
    """
    starts = [start + len(line) - len(line.lstrip(BLANK)) for start, line in lines]
    cores = [line.strip(BLANK) for _, line in lines]
    morphemes = tokenizer.analyze(cores) if any(cores) else gather_morphemes([] for _ in cores)
    vocabulary = morphemes.vocabulary
    blank = vocabulary.number(_BLANK_WORD)
    length_of = vocabulary.lengths
    codes, lengths = morphemes.codes, length_of[morphemes.codes]
    ahead = list(accumulate(map(len, cores), initial=0))[:-1]
    shifts = np.array(starts, dtype=np.int32) - np.array(ahead, dtype=np.int32)
    places = np.cumsum(lengths, dtype=np.int32) - lengths + np.repeat(shifts, morphemes.counts)
    blanks = np.array(find_outer_blanks(content), dtype=np.int32)
    if len(blanks):
        codes = np.append(codes, np.full(len(blanks), blank, dtype=np.int32))
        places = np.append(places, blanks)
        order = np.argsort(places, kind="stable")
        codes, places = codes[order], places[order]
    return _Cut(vocabulary, codes, places, length_of[codes])


def _restore_originals(
    cut: _Cut, changed: npt.NDArray[np.intp], originals: Sequence[str]
) -> Integers:
    """Give the morphemes that folding changed the characters that stand in the texts."""
    spelled = list(zip(cut.codes[changed].tolist(), originals, strict=True))
    restored = {
        (code, original): cut.vocabulary.number(
            cut.vocabulary.words[code]._replace(surface=original)
        )
        for code, original in dict.fromkeys(spelled)
    }
    codes = cut.codes.copy()
    codes[changed] = [restored[key] for key in spelled]
    return codes
