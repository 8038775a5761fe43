"""A proposal for a Word file."""

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.decisions.settings import DocumentSettings
from kyodo_analysis.reading.document.paragraphs import find_headings
from kyodo_analysis.reading.formats.blocks import Document
from kyodo_analysis.reading.guess.choices import Choice, choice
from kyodo_analysis.reading.guess.columns import profile, weigh_text_columns
from kyodo_analysis.reading.guess.header_words import NONE, fit
from kyodo_analysis.reading.guess.table import propose_table


def propose_document(document: Document) -> tuple[DocumentSettings, list[Choice]]:
    """Propose to read the table with most opinions, or the paragraphs where there is none.

    Raises
    ------
    ReadingError
        When the file holds no words.
    """
    tables = [profile(table) for table in document.tables if not table.is_blank]
    weights = {
        (number, column): weight
        for number, table in enumerate(tables)
        for column, weight in weigh_text_columns(table).items()
        if fit(table.headers.own[column], "text") != NONE
    }
    if not weights:
        return _propose_paragraphs(document)
    number, column = max(weights, key=weights.__getitem__)
    proposed = propose_table(tables[number], column)
    settings = DocumentSettings(
        proposed.columns, header_rows=proposed.header_rows, fill_down=proposed.fill_down
    )
    reason = "意見らしい見出しの列がある表です"
    return settings, [choice("意見のある所", tables[number].grid.name, reason), *proposed.choices]


def _propose_paragraphs(document: Document) -> tuple[DocumentSettings, list[Choice]]:
    filled = [paragraph for paragraph in document.paragraphs if paragraph.text.strip()]
    if not filled:
        raise ReadingError(
            document.name, "文字がありません", action="画像だけの文書なら、文字に起こしてください"
        )
    headings = find_headings(filled)
    items = [paragraph for paragraph in filled if paragraph.is_item and paragraph not in headings]
    reason = f"見出しは{len(headings)}個、箇条書きの段落は{len(items)}個あります"
    chosen = "箇条書きの段落" if len(items) > 1 else "見出しの下の段落"
    return DocumentSettings(only_list_items=len(items) > 1), [
        choice("意見のある所", chosen, reason)
    ]
