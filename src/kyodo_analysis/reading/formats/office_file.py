"""Whether a Word or Excel file may be opened: whole, not locked, without macros, not a bomb."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kyodo_analysis.errors import KyodoError, ReadingError
from kyodo_analysis.files import looks_like, read_bytes

LARGEST_UNPACKED_BYTES = 1_000_000_000
MOST_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
_MAIN_PARTS = {  # Word on the web calls its own document2.xml
    ".xlsx": re.compile(r"xl/workbook\.xml"),
    ".docx": re.compile(r"word/document\d*\.xml"),
    ".xlsb": re.compile(r"xl/workbook\.bin"),
    ".ods": re.compile(r"content\.xml"),
}
_OLD = (".xls",)
_STRICT = "{http://purl.oclc.org/ooxml/"
_SAVE_AGAIN = "Excel や Word で開けるかを確かめ、新しい名前で保存し直してください"
_RENAME_TEXT = (
    "表なら、名前の終わりを .csv に変えてください。それでも読めなければ、保存し直してください"
)


@contextmanager
def open_office_file(path: Path) -> Iterator[io.BytesIO]:
    """Open a file of an office program that is safe to open; what fails within it is a broken file.

    Raises
    ------
    ReadingError
        For all that :func:`~kyodo_analysis.files.read_bytes` refuses, for a file with a
        password or macros, for one that is no such file or is broken, for one that would unpack
        to more than `LARGEST_UNPACKED_BYTES`, and for one written as Strict Open XML.
    """
    content = _read(path)
    try:
        _refuse_strict(path, content)
        yield content
    except (KyodoError, MemoryError):
        raise
    except Exception:  # the parsers below openpyxl and python-docx raise whatever they stumble over
        raise broken_file(path) from None


def _read(path: Path) -> io.BytesIO:
    content = read_bytes(path)
    if path.suffix.lower() in _OLD:
        if not content.startswith(_OLE):
            raise broken_file(path, content)
        return io.BytesIO(content)
    if content.startswith(_OLE):
        raise ReadingError(
            path.name,
            "パスワードが付いているか、古い形式(.xls、.doc)のファイルの名前だけを変えたものです",
            f"読めるのは、パスワードの無い {path.suffix} です",
            f"パスワードを外すか、Excel や Word で開いて {path.suffix} で保存し直してください",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(path, package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise broken_file(path, content) from None
    return io.BytesIO(content)


def broken_file(path: Path, content: bytes = b"") -> ReadingError:
    """Say that a file is broken, or another kind of file than its name says."""
    is_new = content.startswith(b"PK") and path.suffix.lower() not in _OLD
    kind = None if is_new else looks_like(content)
    if content and kind is None and b"\0" not in content:
        found = f"{path.suffix} ではなく、テキスト(CSV など)のようです"
        return ReadingError(path.name, found, action=_RENAME_TEXT)
    found = f"{path.suffix} ではなく、{kind}のようです" if kind else "壊れているようです"
    return ReadingError(path.name, found, action=_SAVE_AGAIN)


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED_BYTES:
        raise ReadingError(
            path.name,
            f"広げると {unpacked / 1e6:,.0f} MB({len(parts):,} 個)になる、大きすぎるファイルです",
            f"開けるのは {LARGEST_UNPACKED_BYTES / 1e6:,.0f} MB までです",
            "必要なシートや表だけを新しいファイルに写してください",
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ReadingError(path.name, "暗号化されています", action="パスワードを外してください")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ReadingError(
            path.name,
            "マクロが入っています",
            "マクロの無い .xlsx と .docx だけを開きます",
            "Excel や Word で、マクロの無い形式(.xlsx、.docx)で保存し直してください",
        )
    if _main_part(path, names) is None:
        raise ReadingError(
            path.name,
            f"{path.suffix} の中身がありません(別の種類のファイルのようです)",
            action=_SAVE_AGAIN,
        )


def _main_part(path: Path, names: Iterable[str]) -> str | None:
    pattern = _MAIN_PARTS.get(path.suffix.lower())
    return next(filter(pattern.fullmatch, names), None) if pattern else None


def _refuse_strict(path: Path, content: io.BytesIO) -> None:
    """Refuse a file whose elements have other names than those that openpyxl and python-docx know."""
    from xml.etree.ElementTree import iterparse

    if path.suffix.lower() in _OLD:
        return
    with zipfile.ZipFile(content) as package:
        main = _main_part(path, package.namelist()) or ""
        if not main.endswith(".xml"):
            return
        with package.open(main) as stream:
            _, root = next(iterparse(stream, events=("start",)))
    if root.tag.startswith(_STRICT):
        raise ReadingError(
            path.name,
            "「Strict Open XML」(厳密な Open XML)という形式のファイルです",
            "読めるのは、ふつうの .xlsx と .docx です",
            "「Excel ブック(.xlsx)」か「Word 文書(.docx)」で保存し直してください",
        )
