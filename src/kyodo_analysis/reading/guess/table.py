"""A proposal for one table of opinions, in a sheet or a document."""

from dataclasses import dataclass

from kyodo_analysis.reading.decisions.settings import OpinionColumns
from kyodo_analysis.reading.guess.choices import (
    Choice,
    about_attributes,
    about_columns,
    about_headers,
    about_multiple_choice,
    about_text,
    about_the_rest,
    choice,
)
from kyodo_analysis.reading.guess.columns import (
    TableProfile,
    find_attributes,
    find_multiple_choice,
)

_FACTS = ("reply", "category_code", "category", "session", "date", "id", "respondent")


@dataclass(frozen=True)
class ProposedTable:
    """How a table of opinions is probably to be read, and why.

    Parameters
    ----------
    columns : OpinionColumns
        Which column holds what.
    header_rows : tuple of int
        The rows of the headers.
    fill_down : bool
        Whether an empty category seems to mean the one above.
    choices : tuple of Choice
        The reasons.
    """

    columns: OpinionColumns
    header_rows: tuple[int, ...]
    fill_down: bool
    choices: tuple[Choice, ...]


def propose_table(table: TableProfile, text: int) -> ProposedTable:
    """Propose how to read `table`, whose opinions stand in the column `text`."""
    facts: dict[str, int] = {}
    for name in _FACTS:
        found = table.find(name, {text, *facts.values()})
        if found is not None:
            facts[name] = found
    lists = find_multiple_choice(table, {text, *facts.values()})
    attributes = find_attributes(table, {text, *facts.values(), *lists})
    label = table.headers.label
    fill_down = "category" in facts and _is_written_once(table, facts["category"])
    return ProposedTable(
        OpinionColumns(
            label(text),
            attributes=tuple(map(label, attributes)),
            multiple_choice=tuple(map(label, lists)),
            **{name: label(column) for name, column in facts.items()},
        ),
        table.header_rows,
        fill_down,
        (
            about_headers(table),
            about_text(table, text),
            *about_columns(table, facts),
            *about_attributes(table, attributes),
            *about_multiple_choice(table, lists),
            *about_the_rest(table, {text, *facts.values(), *attributes, *lists}),
            *([_about_fill_down(table, facts["category"])] if fill_down else []),
        ),
    )


def _is_written_once(table: TableProfile, column: int) -> bool:
    """Tell whether each value stands once, above the blank cells that it also means."""
    is_merged = any(merge.left <= column <= merge.right for merge in table.grid.merged)
    texts = table.texts(column)
    has_blanks = len(texts) < len(table.below)
    starts_at_top = texts.index[0] == table.below.index[0]
    return has_blanks and starts_at_top and texts.is_unique and not is_merged


def _about_fill_down(table: TableProfile, column: int) -> Choice:
    reason = f"「{table.headers.label(column)}」が、まとまりの初めの行にだけ書かれているようです"
    return choice("空いた分類", "上の分類と同じ", reason)
