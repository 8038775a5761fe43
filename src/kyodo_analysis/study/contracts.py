"""Every table contract of the package, and the data dictionary that they make.

``python -m kyodo_analysis.study.contracts`` writes ``docs/data-dictionary.md`` anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pandas as pd

from kyodo_analysis import tables
from kyodo_analysis.contract import MARK, Column, Kind, Table
from kyodo_analysis.measures import tables as measures
from kyodo_analysis.privacy import tables as privacy
from kyodo_analysis.reading import tables as reading
from kyodo_analysis.themes import decisions
from kyodo_analysis.themes import tables as agreement
from kyodo_analysis.themes.clusters import tables as clusters
from kyodo_analysis.themes.codebook import tables as codebook
from kyodo_analysis.themes.drafting import tables as drafting
from kyodo_analysis.words import tables as words

_ROOMS = (
    tables,
    reading,
    privacy,
    words,
    codebook,
    drafting,
    agreement,
    decisions,
    clusters,
    measures,
)

_KINDS: dict[Kind, str] = {
    "text": "文字",
    "label": "文字(区分)",
    "integer": "整数",
    "number": "数",
    "share": "割合(0から1)",
    "boolean": "はい・いいえ",
    "date": "日付",
}
_HEAD = """# 表の説明(データ辞書)

表はすべて、1行が何を表すかを決めてあります。`data/processed/` の CSV の見出しは「見出し」の列の言葉、
コードの中の名前は「列」の言葉です。このページはコードの決まりから作られます
(`python -m kyodo_analysis.study.contracts`)。
"""


def all_contracts() -> tuple[Table, ...]:
    """Return the contracts of the tables that travel and of every room's results, by room."""
    found = (each for room in _ROOMS for each in vars(room).values() if isinstance(each, Table))
    return tuple(dict.fromkeys(found))


@cache
def _by_name() -> Mapping[str, Table]:
    return {table.name: table for table in all_contracts()}


def find_columns(frame: pd.DataFrame) -> dict[str, Column]:
    """Return what the columns of a frame are, as far as tables of this package have them.

    A frame of chosen, reordered, added or joined columns is known by the mark of the table that it
    was made from; what that does not have is a column of another table only where no two tables
    mean different things by its name (a joined ``definition`` is one, an analyst's own ``x`` is
    not). A frame without a mark is known by the tables that share most columns with it.
    """
    names = set(frame.columns)
    alike = sorted(all_contracts(), key=lambda table: -len(names.intersection(table.names)))
    known = {column.name: column for table in reversed(alike) for column in table.columns}
    if marked := _by_name().get(frame.attrs.get(MARK, "")):
        clear = {name: column for name, column in known.items() if name not in _ambiguous()}
        known = clear | {column.name: column for column in marked.columns}
    return {name: known[name] for name in frame.columns if name in known}


@cache
def _ambiguous() -> frozenset[str]:
    """Return the names of columns by which tables mean different things."""
    labels: dict[str, set[str]] = {}
    for table in all_contracts():
        for column in table.columns:
            labels.setdefault(column.name, set()).add(column.label)
    return frozenset(name for name, meant in labels.items() if len(meant) > 1)


def label_of(frame: pd.DataFrame) -> str:
    """Return what an analyst calls a table, in brackets; この表 where it has no name."""
    table = _by_name().get(frame.attrs.get(MARK, ""))
    return f"「{table.label}」" if table else "この表"


def for_analyst(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return chosen columns of a table of this package under the headers of its contract."""
    labels = {name: column.label for name, column in find_columns(frame).items()}
    chosen = frame if columns is None else frame[list(columns)]
    return chosen.rename(columns=labels)


def describe_contracts() -> str:
    """Return the data dictionary as Markdown."""
    return "\n".join([_HEAD, *(line for table in all_contracts() for line in _section(table))])


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.label}(`{table.name}`)\n"
    yield f"{table.grain}\n"
    yield "| 列 | 見出し | 型 | 空 | 意味 |\n|---|---|---|---|---|"
    yield from map(_row, table.columns)
    yield ""


def _row(column: Column) -> str:
    empty = "あり" if column.optional else "なし"
    return (
        f"| `{column.name}` | {column.label} | {_KINDS[column.kind]} | {empty} | {column.meaning} |"
    )


def main() -> None:
    """Write ``docs/data-dictionary.md``."""
    from kyodo_analysis.files import write_text
    from kyodo_analysis.study import find_root

    write_text(find_root() / "docs" / "data-dictionary.md", describe_contracts())


if __name__ == "__main__":
    main()
