"""How long a whole report takes, beside a floor: eight notebooks that hold nothing, one kernel each.

``python benchmarks/report.py [rounds] [study ...]``: each round runs the floor and then every
study, each as a process of its own, in a copy of the project. A study's first report makes and
remembers everything; what is printed are the later ones and their ratio to the floor of the same
round, and beside them the first.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
N_NOTEBOOKS, AT_ONCE = 8, 2
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1"}


def execute_empty_notebooks() -> None:
    """Execute notebooks of two cells, two at once, and turn them into pages."""
    from concurrent.futures import ThreadPoolExecutor

    from nbclient import NotebookClient
    from nbconvert import HTMLExporter
    from nbformat.v4 import new_code_cell, new_notebook

    def execute(_: int):
        cells = [new_code_cell("import pandas, matplotlib.pyplot"), new_code_cell("1 + 1")]
        notebook = new_notebook(cells=cells)
        NotebookClient(notebook, timeout=300).execute()
        return notebook

    with ThreadPoolExecutor(AT_ONCE) as workers:
        notebooks = list(workers.map(execute, range(N_NOTEBOOKS)))
    for notebook in notebooks:
        HTMLExporter().from_notebook_node(notebook)


def seconds(*arguments: str, cwd: Path) -> float:
    """Return how long a process of Python takes."""
    begun = time.monotonic()
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=cwd, env=ENVIRONMENT, check=True, capture_output=True)
    return time.monotonic() - begun


def main(rounds: int, studies: list[str]) -> None:
    """Print each round and the medians."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        for name in ("studies", "notebooks", "data/raw"):
            shutil.copytree(ROOT / name, project / name)
        (project / "pyproject.toml").touch()
        for study in studies:
            first = seconds("-m", "kyodo_analysis", "report", study, cwd=project)
            print(f"{study}: the first report {first:.1f} s", flush=True)
        ratios: dict[str, list[float]] = {study: [] for study in studies}
        for _ in range(rounds):
            floor = seconds(__file__, "floor", cwd=project)
            print(f"floor {floor:.1f} s", end="")
            for study in studies:
                took = seconds("-m", "kyodo_analysis", "report", study, cwd=project)
                ratios[study].append(took / floor)
                print(f"  {study} {took:.1f} s = {took / floor:.2f}", end="", flush=True)
            print()
    for study, each in ratios.items():
        print(f"{study}: median {statistics.median(each):.2f} of the floor")


if __name__ == "__main__":
    if sys.argv[1:] == ["floor"]:
        execute_empty_notebooks()
    else:
        given = sys.argv[1:]
        main(int(given[0]) if given else 3, given[1:] or ["kashiwa-2019", "sample-transport"])
