"""Do the tests notice? Small faults are put into the code, one at a time, and the tests are run.

``python benchmarks/mutation.py ROOM N [SEED]``: N faults drawn at random from the modules of a room
of ``ROOMS``, each in a copy of the project, against that room's tests. Prints those that no test
noticed, and the share that was. Takes about as long as N runs of the tests.
"""

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parent.parent
PACKAGE = "src/kyodo_analysis"
ROOMS = {
    "privacy": (["privacy"], ["tests/privacy", "tests/study/test_publishing.py"]),
    "publishing": (["study/publishing.py"], ["tests/study/test_publishing.py", "tests/privacy"]),
    "guess": (["reading/guess"], ["tests/reading/guess", "tests/reading/test_cases.py"]),
    "opinion_table": (["reading/opinion_table"], ["tests/reading"]),
    "measures": (["measures"], ["tests/measures"]),
}
AT_ONCE = 2
SECONDS = 300
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Fault:
    """One fault: the module, the place of the node that it changes, and how."""

    path: Path
    number: int
    kind: str


def list_faults(paths: list[str]) -> list[Fault]:
    """Return every fault that can be put into the modules of a room."""
    modules = []
    for path in (ROOT / PACKAGE / each for each in paths):
        modules += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [
        Fault(module.relative_to(ROOT), number, kind)
        for module in modules
        for number, node in enumerate(_nodes(module))
        for kind in _kinds(node)
    ]


def _nodes(module: Path) -> list[ast.AST]:
    """Return the nodes that run: not annotations, defaults of contracts, imports or docstrings."""
    return list(_running(ast.parse(module.read_text(encoding="utf-8"))))


def _running(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom):
                yield from _running(child)


def _kinds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in SWAPS:
            yield "compare"
        case ast.BoolOp() | ast.BinOp() if type(node.op) in SWAPS:
            yield "operator"
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield "negation"
        case ast.Constant(value=bool()):
            yield "flip"
        case ast.Constant(value=int() | float()):
            yield "number"
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield "nothing"
        case ast.If():
            yield "always"
            yield "never"


def put_fault(fault: Fault) -> tuple[str, str]:
    """Return the module's source with the fault in it, and what was changed, for a person."""
    tree = ast.parse((ROOT / fault.path).read_text(encoding="utf-8"))
    node = list(_running(tree))[fault.number]
    before = ast.unparse(node).splitlines()[0]
    match fault.kind:
        case "compare":
            node.ops = [SWAPS[type(node.ops[0])]()]
        case "operator":
            node.op = SWAPS[type(node.op)]()
        case "negation":
            node.op = ast.UAdd() if isinstance(node.op, ast.Invert) else ast.Not()
            node.operand = node.operand if isinstance(node.op, ast.UAdd) else _not(node.operand)
        case "flip":
            node.value = not node.value
        case "number":
            node.value += 1
        case "nothing":
            node.value = ast.Constant(None)
        case "always" | "never":
            node.test = ast.Constant(fault.kind == "always")
    after = ast.unparse(node).splitlines()[0]
    return ast.unparse(ast.fix_missing_locations(tree)), f"{before}  ->  {after}"


def _not(operand: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), operand)


def is_noticed(project: Path, fault: Fault, source: str, tests: list[str]) -> bool:
    """Run the tests on a copy of the project with the fault in it."""
    target = project / fault.path
    kept = target.read_text(encoding="utf-8")
    target.write_text(source, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        ended = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(kept, encoding="utf-8")
    return ended.returncode != 0


def main(room: str, n: int, seed: int = 1) -> None:
    """Draw faults, try each and print what was not noticed."""
    paths, tests = ROOMS[room]
    tests = [each for each in tests if (ROOT / each).exists()]
    faults = list_faults(paths)
    drawn = random.Random(seed).sample(faults, min(n, len(faults)))
    with tempfile.TemporaryDirectory() as folder:
        projects: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            project = Path(folder) / str(number)
            skip = shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", "reports")
            shutil.copytree(ROOT, project, ignore=skip)
            projects.put(project)

        def attempt(fault: Fault) -> bool:
            source, change = put_fault(fault)
            project = projects.get()
            noticed = is_noticed(project, fault, source, tests)
            projects.put(project)
            if not noticed:
                print(f"not noticed: {fault.path} ({fault.kind}): {change}", flush=True)
            return noticed

        with ThreadPoolExecutor(AT_ONCE) as workers:
            noticed = sum(workers.map(attempt, drawn))
    print(
        f"{room}: {noticed} of {len(drawn)} noticed ({noticed / len(drawn):.0%}), of {len(faults)}"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:4]))
