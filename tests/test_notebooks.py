"""What nbval does not see: cleared outputs, missing tags, logic in cells, paths of a machine."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from kyodo_analysis.jobs.notebooks import PARAMETERS, list_notebooks

ROOT = Path(__file__).parent.parent
NOTEBOOKS = list_notebooks(ROOT / "notebooks")
CHECKED = "nbval-check-output"
LONGEST_CELL = 10
MACHINE_PATH = re.compile(r"(/home/|/root/|/Users/|/tmp/|/work/|[A-Za-z]:\\\\)")


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _tagged(notebook, tag):
    return [cell for cell in _code(notebook) if tag in cell.metadata.get("tags", [])]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def test_the_story_has_its_chapters():
    assert [path.stem for path in NOTEBOOKS][:6] == [
        "00_desk",
        "01_overview",
        "02_terms",
        "03_themes",
        "04_categories",
        "05_sessions",
    ]


def test_a_notebook_is_valid_and_begins_with_a_title_in_japanese(notebook):
    nbformat.validate(notebook)
    assert re.match(r"# \d\d [ぁ-んァ-ヶ一-龠]", notebook.cells[0].source)


def test_every_cell_was_executed_in_order(notebook):
    counts = [cell.execution_count for cell in _code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_checked_cells_exist_and_hold_something_to_check(notebook):
    checked = _tagged(notebook, CHECKED)
    assert len(checked) >= 3
    assert all(cell.outputs for cell in checked)


def test_no_output_is_an_error_or_a_warning(notebook):
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    assert outputs
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


def test_nothing_of_a_machine_is_kept(notebook):
    without_pictures = re.sub(r'"image/[a-z+]+": "[^"]*"', "", json.dumps(notebook))
    assert not MACHINE_PATH.search(without_pictures)


def test_the_study_is_the_one_parameter(notebook):
    (cell,) = _tagged(notebook, PARAMETERS)
    assert cell.source == 'STUDY = "kashiwa-2019"'


def test_no_state_of_a_screen_is_kept(notebook):
    assert "widgets" not in notebook.metadata
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert not [kind for kind in kinds if "widget" in kind]


def test_cells_are_short_and_hold_no_logic(notebook):
    logic = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    for cell in _code(notebook):
        assert len(cell.source.splitlines()) <= LONGEST_CELL
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, logic)]


def test_every_chart_follows_the_table_that_it_draws(notebook):
    sources = [cell.source for cell in _code(notebook)]
    for number, source in enumerate(sources):
        if "report.draw(" in source:
            assert any("show(" in earlier for earlier in sources[: number + 1])
