"""Damage real files at random, and see whether every reader reads them whole or says why not.

By hand: ``python benchmarks/fuzz.py --minutes 10``. It prints a table for ``docs/reliability.md``:
for each reader the files tried, read and refused, the exceptions that no sentence caught, the
files that took more than 10 s of CPU, and the characters that were accounted for nowhere.
"""

import argparse
import csv
import io
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "reading"))

from accounting import unaccounted  # noqa: E402

from kyodo_analysis.errors import KyodoError  # noqa: E402
from kyodo_analysis.reading import guess_settings, read_spreadsheet  # noqa: E402
from kyodo_analysis.tables import CORRECTIONS  # noqa: E402

MOST_SECONDS = 10
_ROWS = [
    ["番号", "受付日", "年代", "ご意見", "市の考え方"],
    *(
        [n, f"2026/4/{n}", f"{n % 5 + 2}0代", text, "検討します。"]
        for n, text in enumerate(
            [
                "朝のバスの本数を増やしてほしい。",
                "公園のベンチが古い。\n座れません。",
                "特になし",
                '"橋"の名前, 読めない。',
                "図書館を夜も開けてほしい。",
                "同上",
                "歩道が狭い。",
            ],
            start=1,
        )
    ),
]
_PIECES = [
    b"<",
    b'">',
    b"&#0;",
    b"\x00",
    b"_x0001_",
    b'"',
    b",",
    b"\n",
    b"99999999",
    b"A1",
    b"\xff",
]


def _csv(encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_ROWS)
    return text.getvalue().encode(encoding)


def _workbook() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in _ROWS:
        sheet.append(row)
    sheet.merge_cells("E2:E3")
    sheet["A2"].number_format = "0000"
    sheet["D4"].comment = openpyxl.comments.Comment("電話で追記", "担当")
    sheet.row_dimensions[5].hidden = True
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _through_libreoffice(kind: str) -> Callable[[], bytes]:
    def make() -> bytes:
        import subprocess

        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.xlsx"
            path.write_bytes(_workbook())
            command = ["soffice", "--headless", "--convert-to", kind, "--outdir", folder, str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            return path.with_suffix(f".{kind}").read_bytes()

    return make


def _read_table(path: Path) -> int:
    """Read a table as a stranger's, and return how many characters are accounted for nowhere."""
    guess = guess_settings(path)
    if guess.reader != "spreadsheet":
        return 0
    settings = guess.settings
    reading = read_spreadsheet(path, settings=settings, corrections=CORRECTIONS.make())  # type: ignore[arg-type]
    if path.suffix not in (".xlsx", ".csv"):
        return 0
    missing = unaccounted(path, settings, reading)  # type: ignore[arg-type]
    return sum(map(len, missing.values()))


READERS: dict[str, tuple[Callable[[], bytes], Callable[[Path], int]]] = {
    ".csv": (lambda: _csv("utf-8-sig"), _read_table),
    "cp932.csv": (lambda: _csv("cp932"), _read_table),
    ".xlsx": (_workbook, _read_table),
    ".xls": (_through_libreoffice("xls"), _read_table),
    ".ods": (_through_libreoffice("ods"), _read_table),
}
"""By the end of the file's name: how a sound file is made, and how one is read."""


def damage(content: bytes, chance: random.Random) -> bytes:
    """Change, remove or put in some bytes; of a package, inside one of its parts."""
    if content.startswith(b"PK") and chance.random() < 0.9:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = chance.choice([name for name in parts if parts[name]])
        parts[name] = _damage_bytes(parts[name], chance)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            for part, inside in parts.items():
                package.writestr(part, inside)
        return packed.getvalue()
    return _damage_bytes(content, chance)


def _damage_bytes(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        at = chance.randrange(len(changed) + 1)
        how = chance.randrange(5)
        if how == 0:
            changed[at : at + chance.randrange(1, 40)] = b""
        elif how == 1:
            changed[at:at] = chance.choice(_PIECES)
        elif how == 2:
            other = chance.randrange(len(changed) + 1)
            changed[at:at] = changed[other : other + chance.randrange(1, 200)]
        elif how == 3 and changed:
            changed[at % len(changed)] = chance.randrange(256)
        else:
            digits = [i for i, byte in enumerate(changed) if 48 <= byte < 58]
            if digits:
                changed[chance.choice(digits)] = chance.randrange(48, 58)
    return bytes(changed)


@contextmanager
def _limited():
    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def try_one(path: Path, read: Callable[[Path], int], counts: Counter[str]) -> str:
    """Read one file and count what came of it; return what went wrong, if anything."""
    counts["ファイル"] += 1
    try:
        with _limited():
            n_missing = read(path)
    except KyodoError:
        counts["理由を言って断った"] += 1
        return ""
    except TimeoutError:
        counts["10秒を超えた"] += 1
        return "timeout"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        counts["扱われない例外"] += 1
        return traceback.format_exc()
    counts["読めた"] += 1
    counts["行方の分からない文字"] += n_missing
    return f"{n_missing} characters" if n_missing else ""


def main() -> None:
    """Try files of each kind in turn until the time is over, and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="where to keep the files that went wrong")
    given = options.parse_args()
    chance = random.Random(given.seed)
    sound = {name: make() for name, (make, _) in READERS.items()}
    counts = {name: Counter[str]() for name in READERS}
    end = time.monotonic() + given.minutes * 60
    with TemporaryDirectory() as folder:
        while time.monotonic() < end:
            for name, (_, read) in READERS.items():
                path = Path(folder) / f"a{name}"
                content = damage(sound[name], chance)
                path.write_bytes(content)
                if wrong := try_one(path, read, counts[name]):
                    print(name, wrong, file=sys.stderr)
                    if given.keep:
                        number = sum(counts[name].values())
                        (given.keep / f"{number}{name}").write_bytes(content)
    table = pd.DataFrame(counts).T.fillna(0).astype(int)
    print(table.to_markdown() if hasattr(pd, "tabulate") else table.to_string())
    print(f"最大のメモリ: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
