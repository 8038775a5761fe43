"""Characters become lines: across or downwards, with ruby taken out."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.geometry import Box, around
from kyodo_analysis.reading.formats.pdf.glyphs import Glyph

_SAME_LINE = 0.3
_ASCENT, _DESCENT = 0.88, 0.12
_RAISED, _SMALL, _ADJACENT = 0.55, 0.75, 0.35
_RUBY_SIZE = 0.66
_RUBY_NEAREST, _RUBY_FARTHEST = 0.55, 1.45
_RUBY = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
_TAB = 1.4
_WORD_GAP = 0.12
_BACK = 0.5
_LATIN = re.compile(r"[!-~À-ɏ]")
_DOWN_SIZE = 0.3


@dataclass(frozen=True)
class Line:
    """The characters of one line in reading order.

    Parameters
    ----------
    glyphs : tuple of Glyph
        The characters; none of them ruby.
    is_down : bool
        Whether it runs downwards (縦書き).
    ruby : tuple of Glyph
        The small characters beside it.
    """

    glyphs: tuple[Glyph, ...]
    is_down: bool = False
    ruby: tuple[Glyph, ...] = ()

    @cached_property
    def box(self) -> Box:
        """What it covers."""
        return around(glyph.box for glyph in self.glyphs)

    @cached_property
    def start(self) -> float:
        """Where it starts along its direction."""
        return min(self.span(glyph)[0] for glyph in self.glyphs)

    @cached_property
    def end(self) -> float:
        """Where it ends along its direction; blanks at its end do not count."""
        inked = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        return max(self.span(glyph)[1] for glyph in inked or self.glyphs)

    @cached_property
    def level(self) -> float:
        """Where it stands across its direction; the next line stands further on."""
        return statistics.median(level_of(glyph, is_down=self.is_down) for glyph in self.glyphs)

    @cached_property
    def em(self) -> float:
        """The size of most of its characters."""
        return statistics.median(glyph.em for glyph in self.glyphs)

    @cached_property
    def text(self) -> str:
        """Its characters; a wide gap is a tab, one between Latin letters a space."""
        parts = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            parts.append(self._gap(before, after) + after.text)
        return "".join(parts)

    def _gap(self, before: Glyph, after: Glyph) -> str:
        if before.text.isspace() or after.text.isspace():
            return ""
        gap = self.span(after)[0] - self.span(before)[1]
        if gap > _TAB * max(before.em, after.em):
            return "\t"
        is_latin = _LATIN.match(before.text[-1]) and _LATIN.match(after.text)
        return " " if after.follows_gap and is_latin and gap > _WORD_GAP * after.em else ""

    def span(self, glyph: Glyph) -> tuple[float, float]:
        """Return where a character begins and ends along the line."""
        if self.is_down and glyph.turn:
            return glyph.box.top, glyph.box.bottom
        if self.is_down:  # by its place in the font's square: the box of 。 is only its ink
            return glyph.y - _ASCENT * glyph.em, glyph.y + _DESCENT * glyph.em
        return glyph.box.left, glyph.box.right


def level_of(glyph: Glyph, *, is_down: bool) -> float:
    """Return where a character stands across the direction of its line."""
    if not is_down:
        return glyph.y
    return -(glyph.middle[0] if glyph.turn else glyph.x + glyph.em / 2)


def runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether characters follow each other downwards, as most do in 縦書き."""
    across = down = 0
    for before, after in pairwise(glyphs):
        (x0, y0), (x1, y1) = before.middle, after.middle
        em = before.em
        if abs(y1 - y0) < _DOWN_SIZE * em and 0 < x1 - x0 < 2 * em:
            across += 1
        elif abs(x1 - x0) < _DOWN_SIZE * em and 0 < y1 - y0 < 1.3 * em:
            down += 1
    return down > 2 and down > 2 * across


def read_lines(glyphs: Sequence[Glyph], *, is_down: bool) -> list[Line]:
    """Return the lines of characters that belong together, from first to last."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: level_of(glyph, is_down=is_down)):
        level = level_of(glyph, is_down=is_down)
        before = groups[-1][-1] if groups else None
        room = _SAME_LINE * min(glyph.em, before.em) if before else 0
        if before and level - level_of(before, is_down=is_down) <= room:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    order = {id(glyph): number for number, glyph in enumerate(glyphs)}
    lines = [Line(tuple(_in_order(group, order, is_down=is_down)), is_down) for group in groups]
    inked = [line for line in lines if any(not glyph.text.isspace() for glyph in line.glyphs)]
    return _without_ruby(_with_raised(inked, order))


def _with_raised(lines: list[Line], order: dict[int, int]) -> list[Line]:
    """Put small characters that stand a little higher or lower into the line that they follow."""
    kept = list(lines)
    for small in lines:
        for line in kept:
            if _is_raised(small, line):
                glyphs = _in_order([*line.glyphs, *small.glyphs], order, is_down=line.is_down)
                kept[kept.index(line)] = replace(line, glyphs=tuple(glyphs))
                kept.remove(small)
                break
    return kept


def _is_raised(small: Line, line: Line) -> bool:
    is_smaller = small.em <= _SMALL * line.em
    if not is_smaller or abs(small.level - line.level) > _RAISED * line.em:
        return False
    ends = [line.span(glyph)[1] for glyph in line.glyphs]
    return any(abs(small.start - end) <= _ADJACENT * line.em for end in ends)


def _in_order(group: list[Glyph], order: dict[int, int], *, is_down: bool) -> list[Glyph]:
    """Sort by place, but keep the order of the file where it goes on (equal or nearly so)."""
    line = Line((group[0],), is_down)
    in_file = sorted(group, key=lambda glyph: order[id(glyph)])
    goes_back = any(
        line.span(after)[0] < line.span(before)[0] - _BACK * before.em
        for before, after in pairwise(in_file)
    )
    if not goes_back:
        return in_file
    return sorted(in_file, key=lambda glyph: line.span(glyph)[0])


def _without_ruby(lines: list[Line]) -> list[Line]:
    """Give each line of small kana to the line that it stands beside."""
    beside: dict[int, list[Glyph]] = {}
    taken: set[int] = set()
    for number, small in enumerate(lines):
        if not _RUBY.fullmatch(small.text):
            continue
        base = next((line for line in lines[number + 1 :] if _is_ruby(small, line)), None)
        if base:
            beside.setdefault(id(base), []).extend(small.glyphs)
            taken.add(id(small))
    return [
        replace(line, ruby=tuple(beside.get(id(line), ())))
        for line in lines
        if id(line) not in taken
    ]


def _is_ruby(small: Line, line: Line) -> bool:
    distance = line.level - small.level
    return (
        small.em <= _RUBY_SIZE * line.em
        and _RUBY_NEAREST * line.em <= distance <= _RUBY_FARTHEST * line.em
        and line.start - line.em <= small.start
        and small.end <= line.end + line.em
    )


def box_of(lines: Iterable[Line]) -> Box:
    """Return what `lines` cover."""
    return around(line.box for line in lines)
