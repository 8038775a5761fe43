"""Points, boxes, and a page's coordinates as a person sees the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A box in points from the upper left corner of the page as shown."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def holds(self, x: float, y: float, *, slack: float = 0) -> bool:
        """Tell whether a point lies inside, or no further outside than `slack`."""
        is_beside = self.left - slack <= x <= self.right + slack
        return is_beside and self.top - slack <= y <= self.bottom + slack


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all `boxes`, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True)
class Frame:
    """How a page is shown: its crop box, and by how many degrees it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation % 180 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is shown, from the upper left corner."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a box of the page is shown."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def turn(self, degrees: float) -> float:
        """Return how far clockwise a line is turned that runs at `degrees` counter-clockwise."""
        return (self.rotation - degrees) % 360
