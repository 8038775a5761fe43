"""What is said where a notebook stops."""

import time

import nbformat
import psutil
import pytest

from kyodo_analysis.jobs.kernels import Kernels
from kyodo_analysis.jobs.notebooks import run_notebooks


def _run(tmp_path, *codes, n=1):
    for number, code in enumerate(codes, start=1):
        cells = [nbformat.v4.new_code_cell(each) for each in code.split("\n---\n")]
        path = tmp_path / f"{number:02}_runs.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    with Kernels(tmp_path, n=n) as kernels:
        return run_notebooks(kernels, study="town", target=tmp_path / "out")


def _message(tmp_path, code):
    made, (error,) = _run(tmp_path, code)
    assert made == []
    assert not (tmp_path / "out").exists()
    return str(error)


def _shown(path):
    cells = nbformat.read(path, as_version=4).cells
    return [(cell.execution_count, cell.outputs[0].data["text/plain"]) for cell in cells]


def test_what_is_said_in_japanese_already_is_passed_on_without_the_name_of_a_class(tmp_path):
    code = (
        "from kyodo_analysis.errors import OutputError\n"
        "raise OutputError('figures/a.png', '開かれています', action='閉じてください')"
    )
    assert _message(tmp_path, code) == (
        "notebooks/01_runs.ipynb: 実行の途中で止まりました。"
        "figures/a.png: 開かれています。閉じてください。"
    )


def test_a_kernel_that_dies_is_told_from_a_mistake(tmp_path):
    said = _message(tmp_path, "import os; os._exit(1)")
    assert "計算が終わる前に止まりました(メモリが足りない" in said


def test_what_a_kernel_says_while_it_ends_does_not_reach_the_command_line(tmp_path, capfd):
    (made,), _ = _run(
        tmp_path, 'import atexit, os; atexit.register(os.write, 2, b"Traceback"); 6 * 7'
    )
    (output,) = nbformat.read(made, as_version=4).cells[0].outputs
    assert output.data["text/plain"] == "42"
    assert capfd.readouterr().err == ""


def test_one_kernel_gives_each_notebook_a_clean_namespace_and_counts_from_one(tmp_path):
    code = "'x' in globals()\n---\nx = 1; x"
    made, failures = _run(tmp_path, code, code, code)
    assert failures == []
    assert [path.name for path in made] == ["01_runs.ipynb", "02_runs.ipynb", "03_runs.ipynb"]
    assert [_shown(path) for path in made] == [[(1, "False"), (2, "1")]] * 3


def test_after_a_notebook_that_fails_or_kills_its_kernel_the_others_are_executed(tmp_path):
    made, failures = _run(tmp_path, "1 + 1", "1 / 0", "2 + 1", "import os; os._exit(1)", "3 + 1")
    assert [path.stem[:2] for path in made] == ["01", "03", "05"]
    assert [_shown(path)[0][1] for path in made] == ["2", "3", "4"]
    assert [str(each)[:22] for each in failures] == [
        "notebooks/02_runs.ipyn",
        "notebooks/04_runs.ipyn",
    ]


def test_no_kernel_outlives_the_work(tmp_path):
    made, _ = _run(tmp_path, "import os; os.getpid()", n=2)
    kernel = int(_shown(made[0])[0][1])
    assert not psutil.pid_exists(kernel)
    assert [each for each in psutil.Process().children() if "ipykernel" in each.cmdline()] == []


def test_an_interruption_ends_the_kernels_at_once(tmp_path):
    kernels = Kernels(tmp_path, n=2)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), kernels:
        raise KeyboardInterrupt
    assert time.monotonic() - started < 5
    assert [each for each in psutil.Process().children() if "ipykernel" in each.cmdline()] == []
