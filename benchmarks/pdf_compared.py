"""The reading of ruled tables beside pdfplumber's, in one run on the same files.

Run by hand after ``pdf.py``, with pdfplumber at hand::

    python benchmarks/pdf_compared.py 100 FOLDER SEED
"""

import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from pdf import bare, count_same, rows_of, truth_of
from pdf_files import Sample, make_samples

from kyodo_analysis.errors import KyodoError
from kyodo_analysis.reading.formats.pdf.reader import read_pdf_file


def rows_of_pdfplumber(path: Path, sample: Sample) -> list[list[str]]:
    """Return the rows below the headers; a row without its first cell goes on from the last."""
    import pdfplumber

    wanted = [bare(header) for header in sample.headers]
    rows: list[list[str]] = []
    begun = False
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                for cells in table:
                    row = [bare(cell or "") for cell in cells]
                    if row == wanted:
                        begun = True
                    elif begun and len(row) == len(wanted):
                        _add(rows, row, key=_key(sample))
    return _filled(rows, sample)


def _key(sample: Sample) -> int:
    return next((i for i, h in enumerate(sample.headers) if h in ("No.", "番号")), 0)


def _add(rows: list[list[str]], row: list[str], *, key: int) -> None:
    if rows and not row[key]:
        rows[-1] = [before + after for before, after in zip(rows[-1], row, strict=True)]
    else:
        rows.append(row)


def _filled(rows: list[list[str]], sample: Sample) -> list[list[str]]:
    column = sample.merged_column
    for before, row in pairwise(rows):
        if column is not None and not row[column]:
            row[column] = before[column]
    return rows


def main() -> None:
    """Read the ruled files with both, and print rows and seconds."""
    samples = make_samples(int(sys.argv[1]), seed=int(sys.argv[3]))
    total: dict[str, Any] = {"rows": 0, "ours": 0, "theirs": 0, "fewer": [], "s": [0.0, 0.0]}
    for sample in samples:
        path = Path(sys.argv[2]) / f"{sample.name}.pdf"
        if sample.kind not in ("ruled", "lines"):
            continue
        begin = time.process_time()
        try:
            ours = rows_of(read_pdf_file(path), sample)
        except KyodoError:
            ours = []
        middle = time.process_time()
        theirs = rows_of_pdfplumber(path, sample)
        total["s"][0] += middle - begin
        total["s"][1] += time.process_time() - middle
        n, m = (count_same(truth_of(sample), found) for found in (ours, theirs))
        total["rows"] += len(sample.rows)
        total["ours"] += n
        total["theirs"] += m
        total["fewer"] += [sample.name] if n < m else []
    print(total)


if __name__ == "__main__":
    main()
