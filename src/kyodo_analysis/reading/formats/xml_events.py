"""The XML inside a workbook, heard element by element, so that no tree of it fills the memory."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import IO, Any, NoReturn
from xml.parsers import expat

Starts = Mapping[str, Callable[[dict[str, str]], None]]
Ends = Mapping[str, Callable[[Sequence[str]], None]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_N_BYTES = 1 << 16


def hear_elements(stream: IO[bytes], starts: Starts, ends: Ends) -> None:
    """Parse `stream`, calling for each element what `starts` and `ends` have for its name.

    A start is told the attributes, an end the pieces of text since the last start of any element.

    Raises
    ------
    ExpatError
        When this is no well-formed XML.
    ValueError
        When it declares entities, which could unfold without end.
    """
    heard: list[str] = []
    opened = {f"{_MAIN} {name}": call for name, call in starts.items()}
    closed = {f"{_MAIN} {name}": call for name, call in ends.items()}

    def start(name: str, attributes: dict[str, str]) -> None:
        heard.clear()
        if name in opened:
            opened[name](attributes)

    def end(name: str) -> None:
        if name in closed:
            closed[name](heard)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    parser.CharacterDataHandler = heard.append
    parser.StartElementHandler, parser.EndElementHandler = start, end
    for part in iter(partial(stream.read, _N_BYTES), b""):
        parser.Parse(part)
    parser.Parse(b"", True)


def _refuse_entity(name: str, *_: Any) -> NoReturn:
    raise ValueError(f"entity {name}")
