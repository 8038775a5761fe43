"""Texts cut into morphemes, each with its place in the text as it stands.

Several texts are written below each other, so that arrays do for all what a loop would.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kyodo_analysis.folding import (
    BLANK,
    NEWLINES,
    find_marks,
    fold_one_by_one,
    join_marks,
    list_code_points,
)
from kyodo_analysis.words.morphemes import CutLines, Morpheme, MorphemeIndex, gather_morphemes
from kyodo_analysis.words.tokenizers import Tokenizer

Integers = npt.NDArray[np.int32]

_BLANK_MORPHEME = Morpheme(BLANK, BLANK, "記号,空白,*,*", "*", "*", unknown=False)
_BRACKETS = ("「」", "『』", "（）", "()", "［］", "【】", "〈〉", "《》", "〔〕", "“”")
_QUOTED = "|".join(
    f"{re.escape(first)}[^{re.escape(first + last)}{NEWLINES}]*{re.escape(last)}"
    for first, last in map(tuple, _BRACKETS)
)
_LINE = re.compile(f"[^{NEWLINES}]+")
_PLAIN = f"[^。！？{NEWLINES}{re.escape(''.join(pair[0] for pair in _BRACKETS))}]++"
_SENTENCE = re.compile(f"(?:{_PLAIN}|{_QUOTED}|[^。！？{NEWLINES}])*+[。！？]*")
_OUTER_BLANKS = re.compile(f"^{BLANK}+|{BLANK}+$")


def cut_texts(texts: Sequence[str], *, tokenizer: Tokenizer) -> pa.Table:
    """Cut texts into morphemes.

    Returns
    -------
    pyarrow.Table
        The columns of TOKENS, but ``text``, the number of the text from 0, for the opinion, and
        ``word`` for all that a morpheme tells: its fields in one string, each distinct one once.
    """
    folded = fold_texts(texts)
    lines = list(split_lines(folded.content))
    cut = _analyze(lines, tokenizer)
    spans = folded.locate(cut.places, cut.lengths)
    changed = folded.find_changed(cut.places, cut.lengths)
    codes = _restore_originals(cut, changed, folded.quote(spans, changed))
    first = np.searchsorted(spans.texts, np.arange(len(texts))).astype(np.int32)
    paragraphs, sentences = [start for start, _ in lines], find_sentence_starts(folded.content)
    return pa.table(
        {
            "text": spans.texts,
            "paragraph": folded.count_up_to(paragraphs, cut.places, spans.texts),
            "sentence": folded.count_up_to(sentences, cut.places, spans.texts),
            "position": np.arange(len(codes), dtype=np.int32) - first[spans.texts],
            "start": spans.starts,
            "end": spans.ends,
            "word": _write_morphemes(cut.index, codes),
        }
    )


def split_lines(folded: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each line that holds anything: a paragraph."""
    return ((line.start(), line[0]) for line in _LINE.finditer(folded))


def find_sentence_starts(folded: str) -> list[int]:
    """Return where sentences start: after 。！？ outside brackets, and after a newline.

    A bracket that is never closed in its line, or closed without being opened, counts as an
    ordinary character, so that one slip does not swallow the rest.
    """
    return [sentence.start() for sentence in _SENTENCE.finditer(folded) if sentence[0]]


class Spans(NamedTuple):
    """Stretches of the original texts: for each the number of its text, its start and its end."""

    texts: Integers
    starts: Integers
    ends: Integers


@dataclass(frozen=True)
class FoldedTexts:
    """Folded texts, joined by newlines.

    Parameters
    ----------
    texts : sequence of str
        The texts as they are.
    content : str
        All of them, as the engines see them.
    starts : array of int, one per text and one for the end
        Where each text starts in `content`.
    origins : mapping
        For the number of each text in which marks were joined, the place in the original of each
        of its characters, and of its end.
    n_changed : array of int, one per character and one for the end
        How many characters before this one are not those of the original.
    """

    texts: Sequence[str]
    content: str
    starts: Integers
    origins: Mapping[int, Integers]
    n_changed: Integers

    def locate(self, places: Integers, lengths: Integers) -> Spans:
        """Lead stretches, in reading order, back to the original texts."""
        texts = np.searchsorted(self.starts, places, side="right").astype(np.int32) - np.int32(1)
        starts = places - self.starts[texts]
        ends = starts + lengths
        for number, origins in self.origins.items():
            here = slice(*np.searchsorted(texts, [number, number + 1]))
            starts[here], ends[here] = origins[starts[here]], origins[ends[here]]
        return Spans(texts, starts, ends)

    def count_up_to(self, marks: Sequence[int], places: Integers, texts: Integers) -> Integers:
        """Return how many marks its text has up to each place."""
        marked = np.array(marks, dtype=np.int32)
        before = np.searchsorted(marked, self.starts).astype(np.int32)
        return np.searchsorted(marked, places, side="right").astype(np.int32) - before[texts]

    def find_changed(self, places: Integers, lengths: Integers) -> npt.NDArray[np.intp]:
        """Return which stretches read otherwise in the original."""
        return np.flatnonzero(self.n_changed[places + lengths] > self.n_changed[places])

    def quote(self, spans: Spans, which: npt.NDArray[np.intp]) -> list[str]:
        """Return the original characters of some spans."""
        columns = (part[which].tolist() for part in spans)
        return [self.texts[text][start:end] for text, start, end in zip(*columns, strict=True)]


def fold_texts(texts: Sequence[str]) -> FoldedTexts:
    """Fold texts and join them."""
    before = "\n".join(texts)
    starts = _find_starts(texts)
    marked = np.unique(np.searchsorted(starts, find_marks(before), side="right") - 1).tolist()
    joined = {number: join_marks(texts[number]) for number in marked}
    if joined:
        written = [joined[at].text if at in joined else text for at, text in enumerate(texts)]
        before, starts = "\n".join(written), _find_starts(written)
    content = fold_one_by_one(before)
    changed = list_code_points(before) != list_code_points(content)
    origins = {
        number: np.array(one.origins, dtype=np.int32)
        for number, one in joined.items()
        if one.origins
    }
    for number in origins:
        changed[starts[number] : starts[number + 1] - 1] = True
    n_changed = np.cumsum(np.concatenate([[False], changed]), dtype=np.int32)
    return FoldedTexts(texts, content, starts, origins, n_changed)


def _find_starts(texts: Sequence[str]) -> Integers:
    return np.cumsum([0, *(len(text) + 1 for text in texts)], dtype=np.int32)


@dataclass(frozen=True)
class _Cut:
    """The distinct morphemes, and each token's number, its place in the content and its length."""

    index: MorphemeIndex
    codes: Integers
    places: Integers
    lengths: Integers


def _analyze(lines: Sequence[tuple[int, str]], tokenizer: Tokenizer) -> _Cut:
    """Cut lines into morphemes.

    Engines drop the blanks at both ends of a line; they are not shown them.
    """
    cores = [line.strip(BLANK) for _, line in lines]
    cut = tokenizer.analyze(cores) if any(cores) else gather_morphemes([] for _ in cores)
    blank, length_of = cut.index.number(_BLANK_MORPHEME), cut.index.lengths
    codes, places = cut.codes, _place(cut, lines, cores, length_of)
    blanks = [
        start + at
        for start, line in lines
        if line[0] == BLANK or line[-1] == BLANK
        for run in _OUTER_BLANKS.finditer(line)
        for at in range(*run.span())
    ]
    if blanks:
        codes = np.append(codes, np.full(len(blanks), blank, dtype=np.int32))
        places = np.append(places, np.array(blanks, dtype=np.int32))
        order = np.argsort(places, kind="stable")
        codes, places = codes[order], places[order]
    return _Cut(cut.index, codes, places, length_of[codes])


def _place(
    cut: CutLines, lines: Sequence[tuple[int, str]], cores: Sequence[str], length_of: Integers
) -> Integers:
    """Return where each token stands in the content."""
    starts = [start + len(line) - len(line.lstrip(BLANK)) for start, line in lines]
    ahead = list(accumulate(map(len, cores), initial=0))[:-1]
    shifts = np.array(starts, dtype=np.int32) - np.array(ahead, dtype=np.int32)
    lengths = length_of[cut.codes]
    return np.cumsum(lengths, dtype=np.int32) - lengths + np.repeat(shifts, cut.counts)


def _restore_originals(
    cut: _Cut, changed: npt.NDArray[np.intp], originals: Sequence[str]
) -> Integers:
    """Give the morphemes that folding changed the characters that stand in the texts."""
    spelled = list(zip(cut.codes[changed].tolist(), originals, strict=True))
    restored = {
        (code, original): cut.index.number(cut.index.morphemes[code]._replace(surface=original))
        for code, original in dict.fromkeys(spelled)
    }
    codes = cut.codes.copy()
    codes[changed] = [restored[key] for key in spelled]
    return codes


def _write_morphemes(index: MorphemeIndex, codes: Integers) -> pa.DictionaryArray:
    """Return tokens as one column of labels, of which those in use are kept."""
    used = np.bincount(codes, minlength=len(index.written)) > 0
    written = [index.written[number] for number in np.flatnonzero(used).tolist()]
    numbers = np.cumsum(used, dtype=np.int32) - np.int32(1)
    return pa.DictionaryArray.from_arrays(numbers[codes], pa.array(written, pa.string()))
