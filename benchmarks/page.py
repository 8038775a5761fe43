"""The tables of docs/speed.md, each between two marks with its name."""

import re

import pandas as pd

from kyodo_analysis.study import find_root

_PAGE = find_root() / "docs" / "speed.md"


def read_table(name: str) -> pd.DataFrame:
    """Read a table as text."""
    mark = f"<!-- {name} -->"
    _, table, _ = _PAGE.read_text(encoding="utf-8").split(mark)
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()
    ]
    header, _, *body = rows
    return pd.DataFrame(body, columns=header, dtype="str")


def write_table(name: str, table: pd.DataFrame) -> None:
    """Put a table between its marks."""
    page = _PAGE.read_text(encoding="utf-8")
    rows = [table.columns, ["---"] * len(table.columns), *table.itertuples(index=False)]
    lines = "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
    mark = f"<!-- {name} -->"
    page = re.sub(f"{mark}.*?{mark}", lambda _: f"{mark}\n{lines}\n{mark}", page, flags=re.DOTALL)
    _PAGE.write_text(page, encoding="utf-8", newline="\n")
