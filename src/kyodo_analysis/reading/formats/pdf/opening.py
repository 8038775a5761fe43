"""Whether a PDF may be opened: whole, not locked, not too large."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import looks_like, read_bytes

MOST_PAGES = 3_000

_HEAD = 1024
_SAVE_AGAIN = (
    "Adobe Acrobat Reader などで開けるかを確かめ、開けるなら「印刷」から PDF に保存し直してください"
)


@contextmanager
def open_pdf(path: Path) -> Iterator[Any]:
    """Open a PDF as a ``pypdfium2.PdfDocument``, which is closed afterwards.

    Raises
    ------
    ReadingError
        For all that :func:`~kyodo_analysis.files.read_bytes` refuses, for a file that is no PDF,
        is broken or asks for a password, and for one of more than `MOST_PAGES` pages.
    """
    import pypdfium2 as pdfium

    content = read_bytes(path)
    if b"%PDF-" not in content[:_HEAD]:
        kind = looks_like(content)
        found = f"PDF ではなく、{kind}のようです" if kind else "PDF ではないようです"
        raise ReadingError(path.name, found, action="名前の終わり(.pdf)が正しいかを確かめてください")
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _cannot_open(path, error) from None
    try:
        _check_pages(path, len(pdf))
        yield pdf
    except pdfium.PdfiumError as error:
        raise _cannot_open(path, error) from None
    finally:
        pdf.close()


def _cannot_open(path: Path, error: Exception) -> ReadingError:
    import pypdfium2.raw as pdfium

    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return ReadingError(
            path.name,
            "パスワードが付いています",
            "読めるのは、パスワードの無い PDF です",
            "作った人にパスワードの無いものをもらうか、開いて「印刷」から PDF に保存し直してください",
        )
    return ReadingError(path.name, "壊れているようです", action=_SAVE_AGAIN)


def _check_pages(path: Path, n_pages: int) -> None:
    if n_pages == 0:
        raise ReadingError(path.name, "ページがありません", action=_SAVE_AGAIN)
    if n_pages > MOST_PAGES:
        raise ReadingError(
            path.name,
            f"{n_pages:,}ページあります",
            f"読めるのは {MOST_PAGES:,}ページまでです",
            "意見のあるページだけを「印刷」で別の PDF に保存してください",
        )
