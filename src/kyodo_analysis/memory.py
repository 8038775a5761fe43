"""Memory that large tables left behind."""

import ctypes
import sys


def release_memory() -> None:
    """Give memory that is no longer used back to the computer.

    Linux's C library and Arrow keep what large tables freed, for later ones of the same kind; a
    study of a million opinions would seem to need twice of what it holds.
    """
    if (arrow := sys.modules.get("pyarrow")) is not None:
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
