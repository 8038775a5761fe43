"""Whether a PDF may be opened: whole, not locked, not too large."""

import atexit
import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import looks_like, read_bytes

MOST_PAGES = 3_000
MOST_OBJECTS = 100_000
MOST_CHARACTERS = 200_000
MOST_SECONDS = 3.0

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
        raise ReadingError(
            path.name, found, action="名前の終わり(.pdf)が正しいかを確かめてください"
        )
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


def check_page(path: Path, page: Any, number: int) -> None:
    """Refuse a page that holds more than any page that a person reads.

    Raises
    ------
    ReadingError
        For more than `MOST_OBJECTS` lines, pictures and pieces of text, or more than
        `MOST_CHARACTERS` characters.
    """
    import pypdfium2.raw as pdfium

    n_objects = pdfium.FPDFPage_CountObjects(page.raw)
    if n_objects > MOST_OBJECTS:
        raise _too_much(path, f"{number}頁に {n_objects:,} 個の線や図があります")
    text_page = page.get_textpage()
    n_characters = text_page.count_chars()
    text_page.close()
    if n_characters > MOST_CHARACTERS:
        raise _too_much(path, f"{number}頁に {n_characters:,} 字あります")


def _too_much(path: Path, found: str) -> ReadingError:
    action = "意見のあるページだけを「印刷」で別の PDF に保存するか、元の Word や Excel をもらってください"
    return ReadingError(path.name, found, "人の読む1ページとしては多すぎます", action)


def page_by_page(path: Path, task: Callable[[], Iterator[Any]]) -> list[Any]:
    """Return what `task` yields for each page, unless one page takes far longer than any does.

    PDFium cannot be interrupted: a page made to keep it busy for hours goes on in a thread that
    ends with the program.

    Parameters
    ----------
    path : Path
        The file, for the message.
    task : callable
        Yields something for each page, and None between to show that it gets on.

    Raises
    ------
    ReadingError
        When a page takes more than `MOST_SECONDS` of the processor, or what `task` raises.
    """
    done: list[Any] = []
    failed: list[BaseException] = []
    given_up = threading.Event()

    def work() -> None:
        try:
            for page in task():
                done.append(page)
                if given_up.is_set():
                    return
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    n_done, begun = 0, time.process_time()
    while thread.is_alive() and time.process_time() - begun < MOST_SECONDS:
        thread.join(0.2)
        if len(done) > n_done:
            n_done, begun = len(done), time.process_time()
    if failed:
        raise failed[0]
    if thread.is_alive():
        given_up.set()
        _leave_library_open()
        n_pages = sum(page is not None for page in done)
        raise _too_much(path, f"{n_pages + 1}頁を {MOST_SECONDS:.0f}秒かけても読み終わりません")
    return [page for page in done if page is not None]


def _leave_library_open() -> None:
    """Keep pypdfium2 from closing anything at the end of the program while a thread is inside."""
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, _library_scope

    atexit.unregister(_library_scope.destroy_lib)
    for held in gc.get_objects():
        if isinstance(held, PdfDocument | PdfPage | PdfTextPage) and held._finalizer:
            held._finalizer.atexit = False
