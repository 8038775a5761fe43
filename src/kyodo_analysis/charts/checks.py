"""The check that a map stands behind: without it no map, with it a line that says how far."""

import pandas as pd

from kyodo_analysis.charts.canvas import require_columns
from kyodo_analysis.errors import NotInDataError


def require_holding(check: pd.DataFrame) -> None:
    """Raise NotInDataError with the check's sentence unless the map holds.

    Parameters
    ----------
    check : DataFrame
        One row: ``map``, ``n_opinions``, ``n_texts``, ``measure``, ``observed``, ``reference``,
        ``n_shuffles``, ``seed``, ``holds``, ``sentence``.
    """
    require_columns(
        check,
        *("map", "n_opinions", "n_texts", "measure", "observed", "reference"),
        *("n_shuffles", "seed", "holds", "sentence"),
    )
    row = check.iloc[0]
    if not row["holds"]:
        sentence = str(row["sentence"]).removeprefix(f"{row['map']}: ")
        raise NotInDataError(str(row["map"]), sentence.removesuffix("。"))


def say_check(check: pd.DataFrame) -> str:
    """Say in one line on what a map rests."""
    row = check.iloc[0]
    return (
        f"意見{row['n_opinions']}件(異なる文{row['n_texts']})。"
        f"{row['measure']}{row['observed']:.3f}は、ランダムに入れ替えた{row['n_shuffles']}回の"
        f"95%点{row['reference']:.3f}を上回る(乱数の種{row['seed']})"
    )
