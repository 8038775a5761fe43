"""What is said where a notebook stops."""

import nbformat
import pytest

from kyodo_analysis.errors import OutputError
from kyodo_analysis.jobs.notebooks import run_notebook


def _run(tmp_path, code):
    path = tmp_path / "01_stops.ipynb"
    cells = [nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return run_notebook(path, study="town", target=tmp_path / "out.ipynb")


def _message(tmp_path, code):
    with pytest.raises(OutputError) as error:
        _run(tmp_path, code)
    assert not (tmp_path / "out.ipynb").exists()
    return str(error.value)


def test_what_is_said_in_japanese_already_is_passed_on_without_the_name_of_a_class(tmp_path):
    code = (
        "from kyodo_analysis.errors import OutputError\n"
        "raise OutputError('figures/a.png', '開かれています', action='閉じてください')"
    )
    assert _message(tmp_path, code) == (
        "notebooks/01_stops.ipynb: 実行の途中で止まりました。"
        "figures/a.png: 開かれています。閉じてください。"
    )


def test_a_kernel_that_dies_is_told_from_a_mistake(tmp_path):
    said = _message(tmp_path, "import os; os._exit(1)")
    assert "計算が終わる前に止まりました(メモリが足りない" in said


def test_what_a_kernel_says_while_it_ends_does_not_reach_the_command_line(tmp_path, capfd):
    made = _run(tmp_path, 'import atexit, os; atexit.register(os.write, 2, b"Traceback"); 6 * 7')
    (output,) = nbformat.read(made, as_version=4).cells[0].outputs
    assert output.data["text/plain"] == "42"
    assert capfd.readouterr().err == ""
