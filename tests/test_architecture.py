"""Arrows only run down: the rooms meet through the tables, never through each other."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "kyodo_analysis"
ROOMS = ("reading", "words", "themes", "measures", "privacy", "charts", "output")
GROUND = {
    "__version__",
    "errors",
    "contract",
    "tables",
    "files",
    "folding",
    "labels",
    "lettering",
    "memory",
    "near_copies",
    "settings",
    "shuffling",
}
HEAVY = {
    "janome": "words",
    "fugashi": "words",
    "openpyxl": ("reading", "themes", "output", "files"),
    "docx": "reading",
    "anywidget": "desk",
    "pypdfium2": "reading",
    "matplotlib": ("charts", "output", "lettering.py"),
}


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from names if node.module == "kyodo_analysis" else [node.module]
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _modules(room):
    return sorted((SOURCE / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_the_ground_floor_and_itself(room):
    for path in _modules(room):
        own = [name.split(".")[1] for name in _imports(path) if name.startswith("kyodo_analysis.")]
        assert set(own) <= GROUND | {room}, path


@pytest.mark.parametrize("ground", sorted(GROUND - {"__version__"}))
def test_the_ground_floor_knows_only_itself(ground):
    paths = _modules(ground) or [SOURCE / f"{ground}.py"]
    for path in paths:
        own = [name.split(".")[1] for name in _imports(path) if name.startswith("kyodo_analysis.")]
        assert set(own) <= GROUND, path


@pytest.mark.parametrize("library", HEAVY)
def test_a_library_is_known_only_in_its_rooms(library):
    allowed = HEAVY[library]
    for path in SOURCE.rglob("*.py"):
        if any(name.split(".")[0] == library for name in _imports(path)):
            assert path.relative_to(SOURCE).parts[0] in allowed, path


READING = ("formats", "decisions", "checks", "opinion_table")
READERS = ("spreadsheet", "document", "meeting_report")


def _folders_of_reading(folder):
    for path in _modules(f"reading/{folder}"):
        for name in _imports(path):
            parts = name.split(".")
            if (
                parts[:2] == ["kyodo_analysis", "reading"]
                and (SOURCE / "reading" / parts[2]).is_dir()
            ):
                yield parts[2]


@pytest.mark.parametrize("place", range(len(READING)))
def test_within_reading_a_folder_knows_those_below_it(place):
    assert set(_folders_of_reading(READING[place])) <= set(READING[: place + 1])


@pytest.mark.parametrize("reader", READERS)
def test_the_readers_do_not_know_each_other(reader):
    assert set(_folders_of_reading(reader)) <= {*READING, reader}


def test_every_folder_of_reading_has_its_place():
    folders = {path.parent.name for path in (SOURCE / "reading").glob("*/__init__.py")}
    assert folders == {*READING, *READERS, "guess"}
