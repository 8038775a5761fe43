"""How far long work is: tqdm's line, in Japanese."""

from collections.abc import Callable
from typing import Any, TextIO

Progress = Callable[[int, int], None]
"""Called with the number of texts done and the number in all."""

_FORMAT = (
    "{desc}: {n:,}/{total:,}{unit}({percentage:.0f}%) 毎秒{rate_noinv:,.0f}{unit} 残り{remaining}"
)
_SECONDS_OF_SILENCE, _SECONDS_BETWEEN = 2.0, 1.0


class ProgressLine:
    """Writes ``分かち書き: 12,000/100,000件(12%) 毎秒3,400件 残り00:26`` over and over.

    Work that is done within two seconds is not mentioned.

    Parameters
    ----------
    label : str
        What is being done.
    unit : str, default 件
        What is counted.
    stream : text stream, optional
        Where to write; standard error if not given.
    """

    def __init__(self, label: str, *, unit: str = "件", stream: TextIO | None = None) -> None:
        self._options = {"desc": label, "unit": unit, "file": stream}
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, if it is time to say so."""
        if self._bar is None:
            self._bar = _open_bar(total, self._options)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()


def _open_bar(total: int, options: dict[str, Any]) -> Any:
    from tqdm import tqdm

    class Bar(tqdm):  # type: ignore[misc]
        monitor_interval = 0  # no thread that looks after it

    return Bar(
        total=total,
        bar_format=_FORMAT,
        delay=_SECONDS_OF_SILENCE,
        mininterval=_SECONDS_BETWEEN,
        smoothing=0,
        miniters=1,
        **options,
    )
