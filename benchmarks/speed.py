"""How fast words are cut, against plain loops and MeCab's own limit, and how each stage grows.

Run: python benchmarks/speed.py                            everything (about 30 minutes)
     python benchmarks/speed.py start                      start-up and Kashiwa's report
     python benchmarks/speed.py ways [OPINIONS] [ROUNDS]   the ways of cutting (100000 3)
     python benchmarks/speed.py janome [SIZE ...]          the stages (100 1000 ... 1000000)
     python benchmarks/speed.py mecab [SIZE ...]           the same with MeCab

Each part writes its table of docs/speed.md when it is done, the stages after each size: rows of
other sizes stay. All ways of cutting run in turn, round after round, so that a busy machine is
busy for all; each is compared with the plain loop over Janome of its own round. Needs the extras
``fast`` and ``cluster`` (psutil comes with it).
"""

import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
from opinions import make_opinions
from page import read_table, write_table
from stages import PER_TOKEN, measure_memory
from ways import READ_BACK, WAYS

from kyodo_analysis.study import find_root

_HERE = Path(__file__).parent
_N_COMPARED, _N_ROUNDS = 100_000, 3
_ENGINES = "janome", "mecab"
_SIZES = 100, 1_000, 10_000, 100_000, 1_000_000
_SIZE, _GROWTH, _PEAK, _TOTAL = "意見の数", "増え方(べき)", "最大メモリ(MB)", "合計"
_KASHIWA = "kashiwa-2019"
_PROCESS = (
    "import sys; from pathlib import Path; from kyodo_analysis import study; from kyodo_analysis.study import pipeline;"
    f" pipeline.process(study.open_study('{_KASHIWA}', root=Path(sys.argv[1])))"
)


def run(*command: str) -> tuple[str, float, float]:
    """Run Python; return what it prints, its seconds and the peak memory of its processes in MB."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    peak = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, measure_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed, _ = process.communicate()
    done.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return printed, time.perf_counter() - began, peak


def compare_ways(n_opinions: int = _N_COMPARED, n_rounds: int = _N_ROUNDS) -> None:
    """Time all ways in turn; table opinions per second and the ratio to the plain loop."""
    rates, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        path, store = Path(folder, "opinions.parquet"), Path(folder, "store")
        opinions = make_opinions(n_opinions)
        opinions.to_parquet(path)
        run(str(_HERE / "ways.py"), READ_BACK, str(path), str(store))
        for number in range(n_rounds):
            rates.append({})
            peaks.append({})
            for way in WAYS:
                printed, _, peak = run(str(_HERE / "ways.py"), way, str(path), str(store))
                timed = json.loads(printed)
                rates[-1][way], peaks[-1][way] = timed["n"] / timed["seconds"], peak
                print(f"{number + 1}/{n_rounds} {way}: {rates[-1][way]:,.0f}/s", flush=True)
    rate = pd.DataFrame(rates)
    ratios = rate.div(rate[WAYS[0]], axis="index")
    table = {
        "方法": WAYS,
        "毎秒の意見数": rate.median().map("{:,.0f}".format),
        "単純なループの何倍か": ratios.median().map("{:.1f}".format),
        _PEAK: pd.DataFrame(peaks).median().map("{:,.0f}".format),
    }
    write_table("ways", pd.DataFrame(table))
    mean = opinions["text"].str.len().mean()
    machine = (
        os.cpu_count(),
        platform.python_version(),
        f"{n_opinions:,}",
        f"{mean:.0f}",
        n_rounds,
    )
    columns = ["コア", "Python", "比べた意見の数", "平均の文字数", "くり返し"]
    write_table("machine", pd.DataFrame([machine], columns=columns))


def compare_sizes(engine: str, *sizes: int) -> None:
    """Table the stages by size, and with which power of the size the last step grew."""
    for size in sizes or _SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "opinions.xlsx")
            write_sheet(make_opinions(size), path)
            printed, _, peak = run(str(_HERE / "stages.py"), str(path), engine)
        stages = [json.loads(line) for line in printed.splitlines()]
        timed = {stage: value for stage, value, _ in stages}
        per_token = timed.pop(PER_TOKEN)
        seconds = {_SIZE: size} | timed | {_TOTAL: sum(timed.values())}
        memory = {_SIZE: size} | {stage: megabytes for stage, _, megabytes in stages[:-1]}
        memory |= {_PEAK: peak, PER_TOKEN: per_token}
        for table, row in ((engine, seconds), (f"{engine}-memory", memory)):
            print(table, {name: round(value, 2) for name, value in row.items()}, flush=True)
            write_sizes(table, row)


def write_sheet(opinions: pd.DataFrame, path: Path) -> None:
    """Write opinions as a city hall would send them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ご意見")
    sheet.append(["番号", "ご意見"])
    for row in zip(opinions["opinion_id"], opinions["text"], strict=True):
        sheet.append(row)
    book.save(path)


def write_sizes(table: str, row: dict[str, float]) -> None:
    """Put a row among those of other sizes, with the growth from the last but one to the last."""
    before = read_table(table)
    if list(before) != list(row):  # a page of other stages
        before = pd.DataFrame(columns=list(row), dtype="str")
    sizes = before[before[_SIZE] != _GROWTH]
    runs = sizes.apply(lambda values: pd.to_numeric(values.str.replace(",", "")))
    runs = pd.concat([runs[runs[_SIZE] != row[_SIZE]], pd.DataFrame([row])]).sort_values(_SIZE)
    written = runs.map("{:,.2f}".format).assign(**{_SIZE: runs[_SIZE].map("{:,.0f}".format)})
    if len(runs) > 1:
        last, previous = runs.iloc[-1], runs.iloc[-2]
        growth = np.log(last / previous) / np.log(last[_SIZE] / previous[_SIZE])
        written.loc[-1] = growth.map("{:.2f}".format)
        written.loc[-1, _SIZE] = _GROWTH
        if PER_TOKEN in written:
            written.loc[-1, PER_TOKEN] = ""
    write_table(table, written)


def time_start() -> None:
    """Time the import, and Kashiwa's report from its raw file with and without stored tokens."""
    root = find_root()
    _, empty, _ = run("-c", "")
    _, imported, _ = run("-c", "import kyodo_analysis")
    with tempfile.TemporaryDirectory() as folder:
        for part in ("data/raw", "studies"):
            shutil.copytree(root / part / _KASHIWA, Path(folder, part, _KASHIWA))
        (_, first, peak), (_, again, _) = (run("-c", _PROCESS, folder) for _ in range(2))
    rows = [
        ("Python を起動する", empty, ""),
        ("import kyodo_analysis", imported, ""),
        ("柏市の資料を読み、すべての表を作る(はじめて)", first, f"{peak:,.0f}"),
        ("同じく、2回目から", again, ""),
    ]
    table = pd.DataFrame(rows, columns=["すること", "秒", _PEAK])
    write_table("start", table.assign(秒=table["秒"].map("{:.2f}".format)))


def main() -> None:
    """Time what is asked for, or everything."""
    found = find_spec("janome")
    assert found is not None
    assert found.origin is not None
    compileall.compile_dir(Path(found.origin).parent, quiet=1)  # as installing it does
    part, *numbers = sys.argv[1:] or ["everything"]
    given = [int(number) for number in numbers]
    if part in ("start", "everything"):
        time_start()
    if part in ("ways", "everything"):
        compare_ways(*given)
    for engine in _ENGINES:
        if part in (engine, "everything"):
            compare_sizes(engine, *given)


if __name__ == "__main__":
    main()
