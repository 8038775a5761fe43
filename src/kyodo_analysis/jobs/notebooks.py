"""Running the notebooks on a study."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from kyodo_analysis.errors import KyodoError, OutputError
from kyodo_analysis.files import write_text
from kyodo_analysis.study import Study

PARAMETERS = "parameters"
AT_ONCE = 2
_CELL_SECONDS = 1800


def list_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks of a folder, in the order of their numbers."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def run_notebooks(study: Study, *, target: Path) -> tuple[list[Path], list[OutputError]]:
    """Execute the project's notebooks on a study, into the folder `target`.

    Returns
    -------
    list of Path
        The notebooks that ran, in order.
    list of OutputError
        Why the others did not.
    """
    notebooks = list_notebooks(study.root / "notebooks")

    def run(path: Path) -> Path | OutputError:
        try:
            return run_notebook(path, study=study.name, target=target / path.name)
        except OutputError as error:
            return error

    with ThreadPoolExecutor(AT_ONCE) as workers:
        ended = list(workers.map(run, notebooks))
    return (
        [each for each in ended if isinstance(each, Path)],
        [each for each in ended if isinstance(each, OutputError)],
    )


def run_notebook(path: Path, *, study: str, target: Path) -> Path:
    """Execute a notebook on a study; write it, with its outputs, to `target` and return that.

    The cell tagged ``parameters`` is replaced; nothing of this machine is kept in the result.

    Raises
    ------
    OutputError
        When a cell fails; names the notebook and says why.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    _set_study(notebook, study)
    client = NotebookClient(
        notebook,
        timeout=_CELL_SECONDS,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(stderr=DEVNULL)  # what a kernel says of its own end concerns nobody
    except CellExecutionError as error:
        raise _stopped(path, error.ename, error.evalue) from error
    except (CellTimeoutError, DeadKernelError) as error:
        raise OutputError(
            f"notebooks/{path.name}",
            "計算が終わる前に止まりました(メモリが足りないか、時間がかかりすぎています)",
            action="ほかのプログラムを閉じて、もう一度実行してください",
        ) from error
    notebook.metadata["language_info"] = {"name": "python"}
    return write_text(target, nbformat.writes(notebook) + "\n")


def _stopped(path: Path, kind: str, said: str) -> OutputError:
    """Say why a cell failed; what is said in Japanese already tells what to do."""
    where, found = f"notebooks/{path.name}", "実行の途中で止まりました"
    if kind in {each.__name__ for each in KyodoError.__subclasses__()}:
        return OutputError(where, found, said.removesuffix("。"))
    return OutputError(
        where,
        f"{found}({kind}: {said})",
        action="資料と設定を確かめ、python run.py check で点検してください",
    )


def _set_study(notebook: Any, study: str) -> None:
    for cell in notebook.cells:
        if PARAMETERS in cell.metadata.get("tags", ()):
            cell.source = f'STUDY = "{study}"'
