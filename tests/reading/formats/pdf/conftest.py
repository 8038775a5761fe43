"""PDFs for tests: those that programs made, with their truth, and ones written character by character."""

import json
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

ARCHIVE = Path(__file__).with_name("files.tar.xz")

Page = tuple[Sequence[tuple[float, float, float, str]], Sequence[tuple[float, float, float, float]]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the PDFs that Writer, Chromium and reportlab made, and their truth."""
    folder = tmp_path_factory.mktemp("made")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="session")
def truth_of(made: Path) -> Callable[[str], Any]:
    """Return what stands in one of those PDFs, as it was before it became one."""
    return lambda name: json.loads((made / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def write_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Write a PDF of A4 pages, each given as texts (x, y from below, size, words) and lines (x0, y0, x1, y1)."""

    def write(
        *pages: Page, name: str = "結果.pdf", rotate: int = 0, extra: bytes = b"", mode: int = 0
    ) -> Path:
        contents = [_content(*page, mode=mode) + extra for page in pages]
        (tmp_path / name).write_bytes(make_pdf(contents, rotate=rotate))
        return tmp_path / name

    return write


def _content(texts: Any, lines: Any, *, mode: int = 0) -> bytes:
    parts = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in lines]
    for x, y, size, words in texts:
        code = words.encode("utf-16-be").hex()
        parts.append(f"BT {mode} Tr /F {size} Tf {x} {y} Td <{code}> Tj ET")
    return "\n".join(parts).encode()


def make_pdf(contents: Sequence[bytes], *, rotate: int = 0) -> bytes:
    """Return a PDF whose pages hold `contents`; its font is Adobe's Japanese one, not embedded."""
    n = len(contents)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(n))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {n}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UTF16-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 6/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}"
            f"/Contents {7 + 2 * i} 0 R/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer
