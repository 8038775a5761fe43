"""How well PDFs are read: rows exact, merged cells, characters unaccounted for, seconds a page.

Run by hand with LibreOffice, Chromium, IPAex fonts and reportlab at hand; with pdfplumber too if it
is installed::

    python benchmarks/pdf.py 300 FOLDER [SEED]
"""

import collections
import ctypes
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdf_files import Sample, make_files, make_samples

from kyodo_analysis.errors import KyodoError
from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.pdf.layout import TextBlock, lay_out
from kyodo_analysis.reading.formats.pdf.reader import read_pages, read_pdf_file

BULLETS = "・○•"


def bare(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def rows_of(document: Document, sample: Sample) -> list[list[str]]:
    """Return the rows below the headers in all tables that have them."""
    wanted = [bare(header) for header in sample.headers]
    found = []
    for grid in document.tables:
        rows = [[bare(text) for text in row] for row in grid.filled_texts.to_numpy().tolist()]
        if wanted in rows:
            found += [row for row in rows[rows.index(wanted) + 1 :] if row != wanted]
    return found


def items_of(document: Document, sample: Sample) -> list[tuple[str, str]]:
    """Return each paragraph below a heading with that heading."""
    headings = {bare(heading) for heading, _ in sample.groups}
    found, heading = [], ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = bare(block.text)
            if text in headings:
                heading = text
            elif heading:
                found.append((heading, text.lstrip(BULLETS)))
    return found


def truth_of(sample: Sample) -> list[Any]:
    """Return what reading a sample must give."""
    if sample.kind == "items":
        return [
            (bare(h), bare(text).lstrip(BULLETS)) for h, texts in sample.groups for text in texts
        ]
    return [[bare(text) for text in row] for row in sample.rows]


def count_same(truth: list[Any], found: list[Any]) -> int:
    """Return how many rows of the truth were found, each once."""
    left = collections.Counter(map(repr, found))
    same = 0
    for row in truth:
        if left[repr(row)]:
            left[repr(row)] -= 1
            same += 1
    return same


def count_merged(sample: Sample, found: list[list[str]]) -> tuple[int, int]:
    """Return how many merged values are right, and how many there are."""
    column = sample.merged_column
    if column is None:
        return 0, 0
    pairs = zip(truth_of(sample), found, strict=False)
    return sum(len(f) > column and t[column] == f[column] for t, f in pairs), len(sample.rows)


def characters_of_file(path: Path) -> collections.Counter[str]:
    """Return all characters that PDFium finds, the oracle."""
    counts: collections.Counter[str] = collections.Counter()
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text_page = page.get_textpage()
            raw = text_page.raw
            n = pdfium.FPDFText_CountChars(raw)
            units = [
                pdfium.FPDFText_GetUnicode(raw, i)
                for i in range(n)
                if pdfium.FPDFText_IsGenerated(raw, i) != 1
            ]
            text = b"".join(ctypes.c_uint16(u).value.to_bytes(2, "little") for u in units)
            counts.update(text.decode("utf-16-le", "replace").replace("\x02", "-"))
            text_page.close()
    return without_blanks(counts)


def without_blanks(counts: collections.Counter[str]) -> collections.Counter[str]:
    """Return the counts of what can be seen."""
    return collections.Counter({c: n for c, n in counts.items() if not c.isspace() and c != "\0"})


def count_unaccounted(path: Path) -> int:
    """Return how many characters are in no block, head, foot, header or list (or twice in one)."""
    pages = read_pages(path)
    layout = lay_out(pages)
    lines = [found.line for found in layout.running]
    for block in layout.blocks:
        if isinstance(block, TextBlock):
            lines += block.lines
        else:
            lines += [line for cell in block.cells for line in cell.lines]
            lines += [line for part in block.dropped for line in part.lines]
    kept: collections.Counter[str] = collections.Counter()
    for line in lines:
        for glyph in (*line.glyphs, *line.ruby):
            kept.update("" if glyph.is_drawn else glyph.text)
    for page in pages:
        for glyph in page.aside:
            kept.update(glyph.text)
    oracle, mine = characters_of_file(path), without_blanks(kept)
    return sum(((oracle - mine) + (mine - oracle)).values())


def measure(sample: Sample, folder: Path) -> dict[str, Any]:
    """Read one file and hold it against its truth."""
    path = folder / f"{sample.name}.pdf"
    truth = truth_of(sample)
    with pypdfium2.PdfDocument(path) as pdf:
        n_pages = len(pdf)
    begin = time.process_time()
    try:
        document = read_pdf_file(path)
    except KyodoError as error:
        said = {"refused": str(error), "rows": len(truth)}
        return {"name": sample.name, "made_by": sample.made_by, "kind": sample.kind, **said}
    seconds = time.process_time() - begin
    found: list[Any] = (items_of if sample.kind == "items" else rows_of)(document, sample)
    merged, n_merged = count_merged(sample, found) if sample.kind != "items" else (0, 0)
    return {
        "name": sample.name,
        "made_by": sample.made_by,
        "kind": sample.kind,
        "rows": len(truth),
        "found": len(found),
        "exact": count_same(truth, found),
        "merged": merged,
        "n_merged": n_merged,
        "unaccounted": count_unaccounted(path),
        "pages": n_pages,
        "seconds": seconds,
    }


def main() -> None:
    """Make the files, read them, and print the table."""
    n, folder = int(sys.argv[1]), Path(sys.argv[2])
    samples = make_samples(n, seed=int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    missing = [s for s in samples if not (folder / f"{s.name}.pdf").exists()]
    make_files(missing, folder)
    results = [measure(sample, folder) for sample in samples]
    report = folder / "results.json"
    report.write_text(json.dumps([results, [asdict(s) for s in samples]], ensure_ascii=False))
    groups = collections.defaultdict(list)
    for result in results:
        groups[result["kind"], result["made_by"]].append(result)
    for (kind, made_by), group in sorted(groups.items()):
        read = [r for r in group if "refused" not in r]
        total = {
            key: sum(r[key] for r in read)
            for key in ("rows", "exact", "merged", "n_merged", "unaccounted", "pages", "seconds")
        }
        print(
            f"{kind:10} {made_by:10} files {len(group)} refused {len(group) - len(read)} rows {total['exact']}/{total['rows']}"
            f" ({100 * total['exact'] / max(total['rows'], 1):.2f} %) merged {total['merged']}/{total['n_merged']}"
            f" unaccounted {total['unaccounted']} s/page {total['seconds'] / max(total['pages'], 1):.3f}"
        )
    for r in results:
        if "refused" in r:
            print(r["name"], r["refused"][:120])
        elif (
            r["exact"] < r["rows"]
            or r["found"] != r["rows"]
            or r["unaccounted"]
            or r["merged"] < r["n_merged"]
        ):
            print({k: v for k, v in r.items() if k not in ("made_by", "kind", "seconds")})


if __name__ == "__main__":
    main()
