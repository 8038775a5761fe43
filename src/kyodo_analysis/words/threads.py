"""Engines that no two threads may share."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


def one_per_thread(make: Callable[[Key], Made]) -> Callable[[Key], Made]:
    """Let each thread have its own of what `make` makes, once for each argument."""
    threads = threading.local()

    def give(key: Key) -> Made:
        made: dict[Key, Made] = threads.__dict__.setdefault("made", {})
        if key not in made:
            made[key] = make(key)
        return made[key]

    return give
