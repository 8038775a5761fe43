"""A report's folder as one thing: built beside the one that is there, and put in its place at the end."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kyodo_analysis.errors import OutputError, shown
from kyodo_analysis.files import explained, remove_tree, write_text

MADE = "report.json"
"""Lists what a run made and from what; other files in the folder are the analyst's own."""

_MADE_BEFORE_THERE_WAS_A_LIST = (
    "figures/*.png",
    "figures/*.svg",
    "figures/*.csv",
    "figures/*.txt",
    "tables/*.csv",
    "notebooks/*.ipynb",
    "*.html",
    "results.xlsx",
)


@contextmanager
def alone_on(report: Path) -> Iterator[None]:
    """Hold a report's folder for this run; the lock ends with the process, however that ends.

    Raises
    ------
    OutputError
        When another run is at work on it.
    """
    path = _beside(report, "lock")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a")
    with stream:
        try:
            _lock(stream.fileno())
        except OSError:
            raise OutputError(
                shown(report),
                "この資料の report が、ほかの画面でもう動いています",
                action="それが終わるのを待つか、止めてから、もう一度実行してください",
            ) from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def begin_report(report: Path) -> Path:
    """Return an empty folder beside `report`, to build the next one in.

    What an interrupted run left is removed; a report that it had already moved aside comes back.
    """
    restore_report(report)
    building = _beside(report, "new")
    remove_tree(building)
    with explained(building):
        building.mkdir(parents=True)
    return building


def restore_report(report: Path) -> None:
    """Put the earlier report back where a run was stopped between moving it and its successor."""
    earlier = _beside(report, "old")
    if earlier.exists() and not report.exists():
        with explained(report):
            earlier.rename(report)
    remove_tree(earlier)


def finish_report(built: Path, report: Path, *, made_from: Mapping[str, str]) -> list[str]:
    """Put the folder `built` in the place of `report`; files that no run made are taken along.

    Parameters
    ----------
    built, report : Path
    made_from : mapping
        What it was made from, kept in ``report.json``.

    Returns
    -------
    list of str
        What the earlier report had and this one no longer has, to be told.

    Raises
    ------
    OutputError
        When the earlier folder cannot be moved; then it is still there, whole.
    """
    made = _files(built)
    earlier = _list_made(report)
    with explained(report):
        for name in _files(report) - earlier - made:
            _take_along(report / name, built / name)
    kept = {"made": sorted(made), "made_from": dict(made_from)}
    write_text(built / MADE, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    _swap(built, report)
    return sorted(earlier - made - {MADE})


def read_made_from(report: Path) -> dict[str, str]:
    """Return what a report was made from; nothing where there is none or it does not say."""
    return dict(_read(report).get("made_from", {}))


def _swap(built: Path, report: Path) -> None:
    earlier = _beside(report, "old")
    if report.exists():
        with explained(report):
            report.rename(earlier)
    try:
        with explained(report):
            report.parent.mkdir(parents=True, exist_ok=True)
            built.rename(report)
    except OutputError:
        with suppress(OSError):
            earlier.rename(report)
        raise
    remove_tree(earlier)


def _take_along(own: Path, target: Path) -> None:
    """Put the analyst's own file into the next report too, by a second name where that works."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(own, target)
    except OSError:
        target.write_bytes(own.read_bytes())


def _beside(report: Path, kind: str) -> Path:
    return report.with_name(f".{report.name}.{kind}")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _read(report: Path) -> Mapping[str, Mapping[str, str]]:
    with suppress(OSError, ValueError):
        kept = json.loads((report / MADE).read_text(encoding="utf-8"))
        if isinstance(kept, dict):
            return kept
    return {}


def _list_made(report: Path) -> set[str]:
    listed = _read(report).get("made")
    if listed is not None:
        return {*listed, MADE}
    found = (report.glob(pattern) for pattern in _MADE_BEFORE_THERE_WAS_A_LIST)
    return {path.relative_to(report).as_posix() for paths in found for path in paths}
