"""A Word file of opinions: in tables, or as paragraphs under headings."""

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
from kyodo_analysis.reading.document.paragraphs import (
    EXPLANATION,
    HEADING,
    TEXT,
    find_headings,
    make_paragraph_grid,
)
from kyodo_analysis.reading.findings import NOTED, Finding, finding
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.word_file import WordFile, WordParagraph, read_word_file
from kyodo_analysis.reading.normalise import to_label
from kyodo_analysis.reading.opinion_table.headers import read_headers
from kyodo_analysis.reading.opinion_table.joined import join_readings
from kyodo_analysis.reading.opinion_table.reader import read_opinion_table
from kyodo_analysis.reading.opinion_table.sessions import sessions_of
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.tables import FINDINGS


def read_document(path: Path, *, settings: DocumentSettings, corrections: pd.DataFrame) -> Reading:
    """Read a .docx file of opinions.

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
        Every row or paragraph with any content is an opinion or set aside with its reason; what
        is outside them is named in the findings.

    Raises
    ------
    ReadingError
        When the file cannot be opened or read.
    StudyError
        When the settings or corrections do not fit it.
    """
    word = read_word_file(path)
    if settings.columns is None:
        reading, unread = _read_paragraphs(word, settings), word.tables
    else:
        reading, unread = _read_tables(word, settings, settings.columns)
    about_rest = FINDINGS.make(_find_unread(word, unread, settings))
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


def _read_paragraphs(word: WordFile, settings: DocumentSettings) -> Reading:
    grid = make_paragraph_grid(word, only_list_items=settings.only_list_items)
    table = _table_settings(settings, OpinionColumns(text=TEXT, category=HEADING))
    reading = read_opinion_table(
        grid, replace(table, header_rows=(grid.header_row,), fill_down=True)
    )
    is_explained = reading.findings["found"] == EXPLANATION
    return replace(reading, findings=reading.findings[~is_explained].reset_index(drop=True))


def _read_tables(
    word: WordFile, settings: DocumentSettings, columns: OpinionColumns
) -> tuple[Reading, tuple[Grid, ...]]:
    """Read the tables with the column of opinions; return those without it too."""
    fitting = [table for table in word.tables if _holds_opinions(table, settings, columns.texts[0])]
    if not fitting:
        raise ReadingError(
            word.name,
            f"「{columns.texts[0]}」という列のある表がありません",
            action="study.toml の [reading.columns] text を直してください。"
            "[reading.columns] を消すと、見出しの下の段落を意見として読みます",
        )
    readings = [read_opinion_table(table, _table_settings(settings, columns)) for table in fitting]
    if columns.category is None:
        readings = _with_headings(word, fitting, readings)
    joined = join_readings(readings, [table.name for table in fitting])
    return joined, tuple(table for table in word.tables if table not in fitting)


def _holds_opinions(table: Grid, settings: DocumentSettings, text: str) -> bool:
    try:
        read_headers(table, settings.header_rows).find(text, "")
    except StudyError:
        return False
    return True


def _with_headings(
    word: WordFile, tables: Sequence[Grid], readings: Sequence[Reading]
) -> list[Reading]:
    """Take the heading above each table as the category, where the headings differ."""
    headings = {heading.number for heading in find_headings(word.paragraphs)}
    above: dict[str, str | None] = {}
    heading = None
    for block in word.blocks:
        if isinstance(block, WordParagraph):
            heading = to_label(block.text) if block.number in headings else heading
        else:
            above[block.name] = heading
    categories = [above[table.name] for table in tables]
    if len(set(categories)) < 2:
        return list(readings)
    return [
        replace(
            reading, opinions=reading.opinions.assign(category=category).astype({"category": "str"})
        )
        for reading, category in zip(readings, categories, strict=True)
    ]


def _find_unread(
    word: WordFile, tables: Sequence[Grid], settings: DocumentSettings
) -> list[Finding]:
    paragraphs = [p.text.strip() for p in word.paragraphs if p.text.strip() and settings.columns]
    return [
        *(
            finding(
                "読まなかった表",
                NOTED,
                table.source,
                f"{len(table.cells)}行",
                "意見の列の無い表です",
            )
            for table in tables
        ),
        *(
            finding("読まなかった段落", NOTED, word.name, text, "意見の表の外にある段落です")
            for text in paragraphs
        ),
        *(
            finding("読まなかった文字", NOTED, word.name, text, "テキストボックスの中の文字です")
            for text in [word.in_boxes]
            if text
        ),
    ]
