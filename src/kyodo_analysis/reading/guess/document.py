"""A proposal for a document: a Word file, or a text with one opinion in each line."""

from pathlib import Path

from kyodo_analysis.errors import KyodoError, ReadingError
from kyodo_analysis.reading.decisions.settings import DocumentSettings
from kyodo_analysis.reading.document.copied_text import find_recorded_talk
from kyodo_analysis.reading.document.paragraphs import EXPLANATION, REPLY, TEXT, sort_paragraphs
from kyodo_analysis.reading.formats.blocks import Document
from kyodo_analysis.reading.formats.delimited import read_delimited
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.guess.choices import Choice, choice
from kyodo_analysis.reading.guess.columns import profile, weigh_text_columns
from kyodo_analysis.reading.guess.table import propose_table
from kyodo_analysis.reading.opinion_table.header_words import EXACT, NONE, fit, is_header_word


def is_text_of_lines(path: Path) -> bool:
    """Tell whether a .txt file holds lines, not a table with columns."""
    if path.suffix.lower() != ".txt":
        return False
    try:
        grid = read_delimited(path)
    except KyodoError:
        return True
    lines = path.read_bytes()
    has_tabs = 2 * lines.count(b"\t") >= lines.count(b"\n") > 0
    return grid.cells.shape[1] < 2 or not (has_tabs or profile(grid).header_rows)


def propose_document(document: Document) -> tuple[DocumentSettings, list[Choice]]:
    """Propose to read the table with most opinions, or the paragraphs where there is none.

    Raises
    ------
    ReadingError
        When the file holds no words.
    """
    tables = [profile(table) for table in document.tables if not table.is_blank]
    forms = [table.grid.name for table in tables if _is_form(table.grid)]
    if forms:
        raise ReadingError(
            document.name,
            f"項目が縦に並ぶ回答用紙の表のようです({'、'.join(forms[:3])}{'など' if len(forms) > 3 else ''})",
            "読めるのは、いちばん上に見出しがあり、1行に1件の意見がある表です",
            "回答を、Excel か Word で1行に1人の表に書き写してください",
        )
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


def _is_form(table: Grid) -> bool:
    """Tell whether the headers stand at the left: ご意見 beside what one person answered."""
    texts = table.texts
    names, above = texts[0].tolist(), texts.iloc[0].tolist()[1:]
    is_named = len(texts) > 1 and sum(map(is_header_word, names)) > 1
    asks = any(fit(name, "text") == EXACT for name in names[1:])
    return is_named and asks and not any(map(is_header_word, above))


def _propose_paragraphs(document: Document) -> tuple[DocumentSettings, list[Choice]]:
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        raise ReadingError(
            document.name,
            "文字がありません",
            action="画像だけの文書なら、文字に起こしてください",
        )
    entries = sort_paragraphs(document, DocumentSettings())
    columns = [entry.column for entry in entries]
    labelled = {entry.column for entry in entries if entry.mark.label}
    n_marked = sum(entry.column == TEXT and entry.is_marked for entry in entries)
    n_headings, n_replies = (columns.count(name) for name in ("見出し", REPLY))
    n_others = columns.count(TEXT) - n_marked + columns.count(EXPLANATION)
    is_list = n_marked > 1 and 2 * (n_marked + n_replies) >= n_others
    settings = DocumentSettings(only_list_items=is_list or labelled >= {TEXT, REPLY})
    chosen = "箇条書きの段落" if settings.only_list_items else "見出しの下の段落"
    reason = f"見出しは{n_headings}個、箇条書き・番号・発言者の付いた段落は{n_marked}個あります"
    replies = f"{n_replies}段落"
    why = "発言者や「回答」の印から、市の言葉とみました。意見とは分けて置きます"
    return settings, [
        choice("意見のある所", chosen, reason),
        *([choice("市の回答", replies, why)] if n_replies else []),
        *about_talk(document),
    ]


def about_talk(document: Document) -> list[Choice]:
    """Warn of a text of captions, a chat or a mail."""
    return [choice("注意", each["check"], each["note"]) for each in find_recorded_talk(document)]
