"""What the styles of a Word file say of a paragraph or a run."""

import re
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from kyodo_analysis.reading.formats.word_names import W, is_on, value_of

SWITCHES = frozenset(("vanish", "strike", "dstrike"))

_STYLE = f"{W}pPr/{W}pStyle"
_HEADING = re.compile(r"(?:heading|見出し)\s*[1-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Styles:
    """The styles by their ids."""

    elements: dict[str, Any]
    _found: dict[tuple[str | None, str], str | None] = field(default_factory=dict)

    def is_heading(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is a heading by its outline level or by its style."""
        style = value_of(paragraph, "pPr/pStyle")
        level = value_of(paragraph, "pPr/outlineLvl") or self._find(style, "pPr/outlineLvl")
        if level is not None:
            return level in "012345678"
        return any(_HEADING.match(value_of(each, "name") or "") for each in self._chain(style))

    def is_item(self, paragraph: Any) -> bool:
        """Tell whether Word puts a bullet or number before a paragraph."""
        own = value_of(paragraph, "pPr/numPr/numId")
        style = value_of(paragraph, "pPr/pStyle")
        return (own or self._find(style, "pPr/numPr/numId") or "0") != "0"

    def look(self, run: Any, paragraph: Any) -> Set[str]:
        """Return which of `SWITCHES` are on for a run, by itself or by the styles around it."""
        own = run.find(f"{W}rPr")
        if own is None and paragraph.find(_STYLE) is None:
            return frozenset()
        styles = value_of(own, "rStyle"), value_of(paragraph, "pPr/pStyle")
        on = {
            switch
            for switch in SWITCHES
            if any(style and is_on(self._find(style, f"rPr/{switch}")) for style in styles)
        }
        for element in own if own is not None else ():
            switch = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
            if switch in SWITCHES:
                (on.add if is_on(element.get(f"{W}val", "true")) else on.discard)(switch)
        return on

    def _find(self, style: str | None, path: str) -> str | None:
        if (style, path) not in self._found:
            values = (value_of(element, path) for element in self._chain(style))
            self._found[style, path] = next((value for value in values if value is not None), None)
        return self._found[style, path]

    def _chain(self, style: str | None) -> list[Any]:
        """Return a style and those that it is based on; a circle ends where it closes."""
        chain: dict[str, Any] = {}
        while style in self.elements and style not in chain:
            chain[style] = self.elements[style]
            style = value_of(self.elements[style], "basedOn")
        return [*chain.values()]


def read_styles(root: Any) -> Styles:
    """Read the part ``styles.xml``; None gives no styles."""
    styles = [] if root is None else root.findall(f"{W}style")
    return Styles({style.get(f"{W}styleId", ""): style for style in styles})
