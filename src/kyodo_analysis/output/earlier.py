"""What an earlier run left in a report's folder and a later one no longer makes."""

from pathlib import Path

from kyodo_analysis.files import remove_file, write_bytes
from kyodo_analysis.output.index import FRONT_PAGE

_MADE_BY_A_RUN = ("figures/*.png", "figures/*.svg", "figures/*.csv", "figures/*.txt", "*.html")


def note_start(folder: Path) -> int:
    """Return the time in nanoseconds by the clock of the disk that `folder` is on.

    A shared drive may keep another time than the computer, so a file that is written there says it.

    Raises
    ------
    OutputError
        Nothing can be written there.
    """
    mark = write_bytes(folder / ".started", b"")
    started = mark.stat().st_mtime_ns
    remove_file(mark)
    return started


def remove_earlier(folder: Path, *, started: int) -> list[Path]:
    """Remove the figures and pages of a report that are older than its last run.

    The front page stays; it is written last.

    Parameters
    ----------
    folder : Path
        Holds the report; figures in ``figures/``.
    started : int
        What :func:`note_start` returned before the run.

    Returns
    -------
    list of Path
        What was removed, sorted, to be told.

    Raises
    ------
    OutputError
        One of them is open in another program.
    """
    found = {path for pattern in _MADE_BY_A_RUN for path in folder.glob(pattern)}
    found.discard(folder / FRONT_PAGE)
    earlier = sorted(path for path in found if path.stat().st_mtime_ns < started)
    for path in earlier:
        remove_file(path)
    return earlier
