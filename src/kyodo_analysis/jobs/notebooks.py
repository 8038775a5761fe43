"""Running the notebooks on a study."""

from collections.abc import Callable, Collection
from concurrent.futures import Future, as_completed
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import KyodoError, OutputError
from kyodo_analysis.files import write_text
from kyodo_analysis.jobs.kernels import Kernels

PARAMETERS = "parameters"
DESK = "00_desk"
"""The notebook that a person works in; a report has no use for it."""


def list_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks of a folder, in the order of their numbers."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def run_notebooks(
    kernels: Kernels,
    *,
    study: str,
    target: Path,
    skip: Collection[str] = (),
    tell: Callable[[Path, int, int], None] = lambda path, done, n: None,
) -> tuple[list[Path], list[OutputError]]:
    """Execute the notebooks of the kernels' folder on a study, into the folder `target`.

    The cell tagged ``parameters`` is replaced; nothing of this machine is kept in the results.

    Parameters
    ----------
    kernels : Kernels
    study : str
    target : Path
    skip : collection of str
        The notebooks, by their stems, that are not run.
    tell : callable
        Called with each notebook written, how many have ended, and how many there are.

    Returns
    -------
    list of Path
        The notebooks that ran, in order.
    list of OutputError
        Why the others did not; it names the notebook.
    """
    import nbformat

    paths = [path for path in list_notebooks(kernels.folder) if path.stem not in skip]
    notebooks = {path: nbformat.read(path, as_version=4) for path in paths}
    for notebook in notebooks.values():
        _set_study(notebook, study)
    longest_first = dict(reversed(notebooks.items()))  # maps and clusters come last
    futures = dict(zip(kernels.execute(longest_first.values()), longest_first, strict=True))
    ended: dict[Path, Path | OutputError] = {}
    for future in as_completed(futures):
        path = futures[future]
        ended[path] = _outcome(future, path, notebooks[path], target / path.name)
        if not isinstance(ended[path], OutputError):
            tell(target / path.name, len(ended), len(paths))
    results = [ended[path] for path in paths]
    return (
        [each for each in results if isinstance(each, Path)],
        [each for each in results if isinstance(each, OutputError)],
    )


def _outcome(future: "Future[None]", path: Path, notebook: Any, target: Path) -> Path | OutputError:
    """Write a notebook that was executed to `target`, or say why it was not."""
    import nbformat
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        future.result()
    except CellExecutionError as error:
        return _stopped(path, error.ename, error.evalue)
    except (CellTimeoutError, DeadKernelError):
        return OutputError(
            f"notebooks/{path.name}",
            "計算が終わる前に止まりました(メモリが足りないか、時間がかかりすぎています)",
            action="ほかのプログラムを閉じて、もう一度実行してください",
        )
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
