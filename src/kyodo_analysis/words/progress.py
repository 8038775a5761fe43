"""How far long work is: a rate and what remains, on one line."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[int, int], None]
"""Called with the number of texts done and the number in all."""

_SECONDS_OF_SILENCE = 2.0
_SECONDS_BETWEEN = 1.0


class ProgressLine:
    """Writes ``分かち書き: 12,000/100,000件(12%) 毎秒3,400件 残り約26秒`` over and over.

    Work that is done within two seconds is not mentioned.

    Parameters
    ----------
    label : str
        What is being done.
    unit : str, default 件
        What is counted.
    stream : text stream, optional
        Where to write; standard error if not given.
    clock : callable
        What tells the time in seconds.
    """

    def __init__(
        self,
        label: str,
        *,
        unit: str = "件",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.label, self.unit, self.stream, self.clock = label, unit, stream, clock
        self.started = clock()
        self.said = self.started + _SECONDS_OF_SILENCE - _SECONDS_BETWEEN

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, if it is time to say so and anything is done."""
        if not done:
            return
        now = self.clock()
        has_spoken = self.said > self.started + _SECONDS_OF_SILENCE - _SECONDS_BETWEEN
        is_over = done >= total
        if now - self.said < _SECONDS_BETWEEN and not (is_over and has_spoken):
            return
        self.said = now
        rate = done / (now - self.started)
        rest = "終わりました" if is_over else f"残り{_describe_seconds((total - done) / rate)}"
        stream = self.stream or sys.stderr
        stream.write(
            f"\r{self.label}: {done:,}/{total:,}{self.unit}({done / total:.0%})"
            f" 毎秒{rate:,.0f}{self.unit} {rest}" + (" " * 10 + "\n") * is_over
        )
        stream.flush()


def _describe_seconds(seconds: float) -> str:
    return f"約{seconds / 60:.0f}分" if seconds >= 90 else f"約{seconds:.0f}秒"
