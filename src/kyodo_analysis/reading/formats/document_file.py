"""Whichever document an analyst has, as paragraphs and tables."""

from pathlib import Path

from kyodo_analysis.files import read_text
from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.pdf.reader import read_pdf_file
from kyodo_analysis.reading.formats.word_file import read_word_file


def read_document_file(path: Path) -> Document:
    """Read a .docx or .pdf file, or any other as a text whose lines are the paragraphs.

    Raises
    ------
    ReadingError
        When the file may not be opened, is broken or too large, or is no text.
    """
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return read_word_file(path)
    if suffix == ".pdf":
        return read_pdf_file(path)
    file = read_text(path)
    lines = enumerate(file.lines, start=1)
    return Document(file.name, tuple(Paragraph(file.place(number), line) for number, line in lines))
