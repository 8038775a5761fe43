"""``python -m kyodo_analysis``."""

import os
import signal
import sys
from types import FrameType


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Answer Ctrl-C; within an import, which cannot pass it on, by ending at once."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            os._exit(_say_interrupted())
        frame = frame.f_back
    raise KeyboardInterrupt


def _say_interrupted() -> int:
    """Say that the work was ended, where ``run.py`` does not, and return the exit status."""
    if "KYODO_PARENT" not in os.environ:
        os.write(2, "中断しました。前にできた結果は、そのまま残っています。\n".encode())
    return 130


def _run() -> int:
    signal.signal(signal.SIGINT, _interrupt)
    try:
        from kyodo_analysis.cli import end_with_parent, main

        end_with_parent()
        return main()
    except KeyboardInterrupt:
        return _say_interrupted()


sys.exit(_run())
