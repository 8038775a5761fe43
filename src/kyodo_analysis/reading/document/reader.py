"""A document of opinions: in tables, or as paragraphs under headings."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import ReadingError, StudyError
from kyodo_analysis.reading.checks.last_steps import correct_and_check
from kyodo_analysis.reading.decisions.settings import (
    DocumentSettings,
    OpinionColumns,
    SpreadsheetSettings,
)
from kyodo_analysis.reading.document.checks import check_entries, find_unanswered
from kyodo_analysis.reading.document.copied_text import find_recorded_talk, refuse_copied_pdf
from kyodo_analysis.reading.document.paragraphs import (
    EXPLANATION,
    HEADING,
    REPLY,
    TEXT,
    Entry,
    find_headings,
    make_paragraph_grid,
    name_sessions,
    sort_paragraphs,
)
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.document_file import read_document_file
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.normalise import to_label
from kyodo_analysis.reading.not_opinions import WORDLESS
from kyodo_analysis.reading.opinion_table.headers import read_headers
from kyodo_analysis.reading.opinion_table.joined import join_readings
from kyodo_analysis.reading.opinion_table.reader import read_opinion_table
from kyodo_analysis.reading.opinion_table.sessions import sessions_of
from kyodo_analysis.reading.opinion_table.unlike import CONTINUED, has_column_of_sentences
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.tables import FINDINGS


def read_document(path: Path, *, settings: DocumentSettings, corrections: pd.DataFrame) -> Reading:
    """Read a Word file (.docx) of opinions, or a text with one in each line.

    Parameters
    ----------
    path : Path
        The raw file.
    settings : DocumentSettings
        Whether tables or paragraphs hold the opinions, and which columns hold what.
    corrections : CORRECTIONS
        What is read differently from the raw words.

    Returns
    -------
    Reading
        Every row or paragraph with any content is an opinion, an answer of the city or set aside
        with its reason; what is outside them is named in the findings.

    Raises
    ------
    ReadingError
        When the file cannot be opened or read, or is a text copied from a PDF.
    StudyError
        When the settings or corrections do not fit it.
    """
    document = read_document_file(path)
    if settings.columns is None:
        reading = _read_paragraphs(document, settings)
        unread = [_about_table(table) for table in document.tables]
    else:
        reading, unread = _read_tables(document, settings, settings.columns)
    about_rest = FINDINGS.make([*unread, *document.unread])
    findings = pd.concat([about_rest, reading.findings], ignore_index=True)
    sessions = sessions_of(reading.opinions)
    return correct_and_check(replace(reading, sessions=sessions, findings=findings), corrections)


def _table_settings(settings: DocumentSettings, columns: OpinionColumns) -> SpreadsheetSettings:
    return SpreadsheetSettings(
        columns,
        header_rows=settings.header_rows,
        fill_down=settings.fill_down,
        split_items=settings.split_items,
        nothing_phrases=settings.nothing_phrases,
        count_phrases=settings.count_phrases,
    )


def _read_paragraphs(document: Document, settings: DocumentSettings) -> Reading:
    refuse_copied_pdf(document)
    entries = sort_paragraphs(document, settings)
    grid = make_paragraph_grid(document.name, entries)
    columns = OpinionColumns(text=TEXT, reply=REPLY, category=HEADING)
    if name_sessions(entries):
        columns = replace(columns, category=None, session=HEADING)
    table = replace(
        _table_settings(settings, columns), header_rows=(grid.header_row,), fill_down=True
    )
    reading = read_opinion_table(grid, table)
    is_explained = reading.findings["found"] == EXPLANATION
    is_about_rows = reading.findings["check"] == CONTINUED
    about = FINDINGS.make(
        [
            *find_recorded_talk(document),
            *check_entries(entries, settings),
            *find_unanswered(entries, {*reading.opinions["source"]}),
        ]
    )
    findings = pd.concat(
        [about, reading.findings[~is_explained & ~is_about_rows]], ignore_index=True
    )
    return _behind_marks(replace(reading, findings=findings), entries)


def _behind_marks(reading: Reading, entries: Sequence[Entry]) -> Reading:
    """Move the places of words to where they stand in their paragraphs, behind bullet and speaker.

    A heading or explanation of figures alone, beside an empty cell of opinions, keeps its words.
    """
    shifts = {
        entry.paragraph.place: entry.mark.end
        for entry in entries
        if entry.column not in (HEADING, EXPLANATION)
    }
    moved = {}
    for name in ("opinions", "set_aside"):
        table = getattr(reading, name)
        shift = table["source"].map(shifts).fillna(0).astype("Int64")
        moved[name] = table.assign(
            source_start=table["source_start"] + shift, source_end=table["source_end"] + shift
        )
    explained = {
        entry.paragraph.place: entry.words for entry in entries if entry.column not in (TEXT, REPLY)
    }
    aside = moved["set_aside"]
    rows = aside[["source", "raw_text"]].itertuples(index=False, name=None)
    words = pd.Series(
        [text or explained.get(source, "") for source, text in rows], aside.index, dtype="str"
    )
    is_new = words != aside["raw_text"]
    moved["set_aside"] = aside.assign(
        treatment=aside["treatment"].mask(is_new, WORDLESS),
        reason=aside["reason"].mask(is_new, "数字と記号だけで、言葉がありません"),
        raw_text=words,
        source_end=aside["source_start"] + words.str.len().astype("Int64"),
    )
    return replace(reading, **moved)


def _read_tables(
    document: Document, settings: DocumentSettings, columns: OpinionColumns
) -> tuple[Reading, list[Finding]]:
    """Read the tables with the column of opinions; name those without it and the paragraphs."""
    fitting = [
        table for table in document.tables if _holds_opinions(table, settings, columns.texts[0])
    ]
    if not fitting:
        raise ReadingError(
            document.name,
            f"「{columns.texts[0]}」という列のある表がありません",
            action="study.toml の [reading.columns] text を直してください。"
            "[reading.columns] を消すと、見出しの下の段落を意見として読みます",
        )
    readings = [read_opinion_table(table, _table_settings(settings, columns)) for table in fitting]
    headings = set(find_headings(document.paragraphs))
    named: list[Paragraph] = []
    if columns.category is None:
        readings, named = _with_headings(document, headings, fitting, readings)
    unread = [
        *(
            _about_table(table, columns.texts[0])
            for table in document.tables
            if table not in fitting
        ),
        *(
            finding("読まなかった段落", NOTED, each.place, text, "意見の表の外にある段落です")
            for each in document.paragraphs
            if (text := each.text.strip()) and each not in named
        ),
    ]
    return join_readings(readings, [table.name for table in fitting]), unread


def _holds_opinions(table: Grid, settings: DocumentSettings, text: str) -> bool:
    try:
        read_headers(table, settings.header_rows).find(text, "")
    except StudyError:
        return False
    return True


def _with_headings(
    document: Document,
    headings: set[Paragraph],
    tables: Sequence[Grid],
    readings: Sequence[Reading],
) -> tuple[list[Reading], list[Paragraph]]:
    """Take the heading above each table as the category, where the headings differ."""
    above: dict[str, Paragraph | None] = {}
    heading = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            heading = block if block in headings else heading
        else:
            above[block.name] = heading
    named = [above[table.name] for table in tables]
    categories = [to_label(each.text) if each else None for each in named]
    if len(set(categories)) < 2:
        return list(readings), []
    return [
        replace(
            reading, opinions=reading.opinions.assign(category=category).astype({"category": "str"})
        )
        for reading, category in zip(readings, categories, strict=True)
    ], [each for each in named if each]


def _about_table(table: Grid, text: str = "") -> Finding:
    """Name a table that is not read, with the words of all its cells; doubt one of sentences.

    `text` is the header of the opinions in the tables that are read, empty if none is.
    """
    cells = [" ".join(text.split()) for row in table.texts.to_numpy() for text in row]
    note = f"{len(table.cells)}行の、意見の列の無い表です。意見なら、study.toml の text を直してください"
    result = NOTED
    if text and has_column_of_sentences(table):
        result = DOUBTFUL
        note = (
            f"「{text}」という見出しの列が無い表ですが、文章が書かれています。意見なら、"
            f"元のファイルで、その列の見出しを「{text}」に直してください"
        )
    return finding("読まなかった表", result, table.source, "、".join(filter(None, cells)), note)
