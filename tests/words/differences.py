"""Where MeCab's words are not Janome's, and why: each difference is proved by the engines' rules."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, chain, groupby
from typing import NamedTuple

from mecab_guesses import classify, find_mecab_ends

from kyodo_analysis.words import DictionaryWord, MecabTokenizer
from kyodo_analysis.words.fast_janome import analyze_together, build_lattices, load_lexicon
from kyodo_analysis.words.fast_janome.lexicon import Lexicon
from kyodo_analysis.words.morphemes import CutLines, Morpheme

_OUTSIDE = 0  # the context number of what lies before and after a line
_LONGEST_WORD = 50  # of a dictionary; Janome looks no farther
_SYMBOL = "記号,一般,*,*"
_SYMBOL_AND_KANJI = set("々〇")


class Kind(StrEnum):
    """Why the engines differ."""

    KANJI = "辞書に無い漢字の続き"
    NUMERAL = "漢数字の次に続く漢字"
    REPEAT = "々・〇のとなり"
    LABEL = "々・〆の入った記号の続き"
    OWN = "dictionary.csvの語で始まる続き"
    LONG = "500文字をこえる行"
    TIE = "重みが同じ切り方"
    UNEXPLAINED = "説明できないもの"


class Difference(NamedTuple):
    """A stretch of a line that is cut in two ways."""

    line: int
    kind: Kind
    janome: list[Morpheme]
    mecab: list[Morpheme]


class _Placed(NamedTuple):
    start: int
    word: Morpheme

    @property
    def end(self) -> int:
        return self.start + len(self.word.surface)


_Way = list[_Placed]
_Found = Iterator[tuple[Kind, list[Morpheme], list[Morpheme]]]


def list_differences(
    lines: Sequence[str], dictionary: tuple[DictionaryWord, ...]
) -> list[Difference]:
    """List every stretch of folded lines that MeCab cuts otherwise than Janome."""
    judge = _Judge(load_lexicon(dictionary), dictionary)
    return [
        Difference(number, *found)
        for number, (line, *ways) in enumerate(zip(lines, *judge.cut(lines), strict=True))
        for found in judge.explain(line, *ways)
    ]


def spell(cut: CutLines) -> list[list[Morpheme]]:
    """Return the words of each line."""
    words = iter([cut.index.morphemes[code] for code in cut.codes])
    return [[next(words) for _ in range(count)] for count in cut.counts]


class _Judge:
    """Knows what either engine could have made of a line, and what it would have cost."""

    def __init__(self, lexicon: Lexicon, dictionary: tuple[DictionaryWord, ...]) -> None:
        self.lexicon, self.dictionary = lexicon, dictionary
        self.own = {word.surface for word in dictionary}

    def cut(self, lines: Sequence[str]) -> tuple[list[list[Morpheme]], list[list[Morpheme]]]:
        """Return the words of each line from Janome and from MeCab."""
        mecab = MecabTokenizer(self.dictionary).analyze(lines)
        return spell(analyze_together(lines, self.dictionary)), spell(mecab)

    def explain(self, line: str, janome: list[Morpheme], mecab: list[Morpheme]) -> _Found:
        """Yield the kind and both readings of each stretch where two ways through a line part."""
        if janome == mecab:
            return
        ways = _place(janome), _place(mecab)
        parts = self._cut_as_janome_does(line)
        if not all(self._is_of_the_dictionaries(line, way) for way in ways):
            yield Kind.UNEXPLAINED, janome, mecab
        elif len(parts) > 1:
            yield from self._explain_long(parts, janome, mecab)
        else:
            common = set(ways[0]) & set(ways[1])
            for ours, theirs in zip(*(_list_stretches(way, common) for way in ways), strict=True):
                kind = self._explain_stretch(line, ways, ours, theirs)
                yield kind, [word for _, word in ours], [word for _, word in theirs]

    def _is_of_the_dictionaries(self, line: str, way: _Way) -> bool:
        spelt = "".join(word.surface for _, word in way)
        return spelt == line and all(self._list_entries(line, one) for one in way)

    def _cut_as_janome_does(self, line: str) -> list[str]:
        lattices = build_lattices([line], self.lexicon)
        return [lattices.text[start:end] for start, end in lattices.bounds]

    def _explain_long(
        self, parts: list[str], janome: list[Morpheme], mecab: list[Morpheme]
    ) -> _Found:
        """Yield what Janome's cut alone changes, and what differs within the parts."""
        ours, theirs = self.cut(parts)
        if [*chain.from_iterable(ours)] != janome:
            yield Kind.UNEXPLAINED, janome, mecab
        if [*chain.from_iterable(theirs)] != mecab:
            yield Kind.LONG, janome, mecab
        for part in zip(parts, ours, theirs, strict=True):
            yield from self.explain(*part)

    def _explain_stretch(
        self, line: str, ways: tuple[_Way, _Way], ours: _Way, theirs: _Way
    ) -> Kind:
        """Name what keeps an engine from the other's words; each must have found the cheapest."""
        if _is_only_labelled_otherwise(ours, theirs):
            return Kind.LABEL
        mecab_only = [one for one in theirs if one.word.unknown and not self._can_janome(line, one)]
        janome_only = [one for one in ours if one.word.unknown and not self._can_mecab(line, one)]
        dearer_for_janome = self._compare(line, ways[0], ours, theirs)
        dearer_for_mecab = self._compare(line, ways[1], theirs, ours)
        if (not mecab_only and dearer_for_janome < 0) or (not janome_only and dearer_for_mecab < 0):
            return Kind.UNEXPLAINED
        if mecab_only or janome_only:
            return self._name([*mecab_only, *janome_only][0], line)
        return Kind.UNEXPLAINED if dearer_for_janome else Kind.TIE

    def _can_janome(self, line: str, one: _Placed) -> bool:
        is_listed = self._is_listed(line, one.start)
        rules = self.lexicon.find_rules(line[one.start], is_listed=is_listed)
        return any(self.lexicon.find_end(line, one.start, rule) == one.end for rule in rules)

    def _can_mecab(self, line: str, one: _Placed) -> bool:
        is_listed = self._is_listed(line, one.start) or self._is_own(line, one.start)
        return one.end in find_mecab_ends(line, one.start, is_listed=is_listed)

    def _is_listed(self, line: str, start: int) -> bool:
        """Tell whether a word of IPADIC starts here."""
        codes, n_ipadic = self.lexicon.codes, self.lexicon.n_ipadic
        return any(codes.get(surface, n_ipadic) < n_ipadic for surface in _list_heads(line, start))

    def _is_own(self, line: str, start: int) -> bool:
        """Tell whether a word of the study's dictionary starts here."""
        return not self.own.isdisjoint(_list_heads(line, start))

    def _name(self, odd: _Placed, line: str) -> Kind:
        """Name the rule by which only one engine guesses a word."""
        first = classify(line[odd.start]).name
        if first == "KANJINUMERIC":
            return Kind.NUMERAL
        if _SYMBOL_AND_KANJI & {*line[odd.start : odd.end + 1]}:
            return Kind.REPEAT
        if self._is_own(line, odd.start) and not self._is_listed(line, odd.start):
            return Kind.OWN
        return Kind.KANJI if first == "KANJI" else Kind.UNEXPLAINED

    def _compare(self, line: str, way: _Way, stretch: _Way, instead: _Way) -> int:
        """Return how much more a way costs with another stretch put in."""
        other = sorted({*way} - {*stretch} | {*instead})
        return self._add_costs(line, other) - self._add_costs(line, way)

    def _add_costs(self, line: str, way: _Way) -> int:
        """Add up what words and their neighbourhoods cost, by the cheapest entries."""
        totals = {_OUTSIDE: 0}
        for one in way:
            rows = self.lexicon.entries[self._list_entries(line, one)].tolist()
            reached = [(self._join(totals, left) + cost, end) for _, left, end, cost, _ in rows]
            totals = {end: min(total for total, at in reached if at == end) for _, end in reached}
        return self._join(totals, _OUTSIDE)

    def _join(self, totals: dict[int, int], left: int) -> int:
        """Return the least cost of what ends here, with a left context next."""
        joins = self.lexicon.connections[:, left]
        return min(int(joins[right]) + total for right, total in totals.items())

    def _list_entries(self, line: str, one: _Placed) -> list[int]:
        """Return the entries that say what a word says; all symbols are the same entry."""
        code, bounds = self._find_code(line, one), self.lexicon.bounds
        rows = [] if code is None else [*range(bounds[code], bounds[code + 1])]
        if one.word.unknown and classify(line[one.start]).name == "SYMBOL":
            return rows
        return [row for row in rows if self.lexicon.describe(row, one.word.surface) == one.word]

    def _find_code(self, line: str, one: _Placed) -> int | None:
        if not one.word.unknown:
            return self.lexicon.codes.get(one.word.surface)
        name = classify(line[one.start]).name
        rules = self.lexicon.find_rules(line[one.start], is_listed=False)
        return next(rule.code for rule in rules if rule.category == name)


def _place(words: list[Morpheme]) -> _Way:
    starts = accumulate((len(word.surface) for word in words[:-1]), initial=0)
    return [_Placed(*pair) for pair in zip(starts, words, strict=True)]


def _list_stretches(way: _Way, common: set[_Placed]) -> list[_Way]:
    return [list(run) for shared, run in groupby(way, common.__contains__) if not shared]


def _list_heads(line: str, start: int) -> Iterator[str]:
    ends = range(start + 1, min(len(line), start + _LONGEST_WORD) + 1)
    return (line[start:end] for end in ends)


def _is_only_labelled_otherwise(ours: _Way, theirs: _Way) -> bool:
    """Tell whether runs of symbols are MeCab's symbols, but verbal nouns for Janome."""
    relabelled = [
        (start, word._replace(part_of_speech=_SYMBOL))
        for start, word in ours
        if word.unknown and classify(word.surface[0]).name == "SYMBOL"
    ]
    return relabelled == theirs
