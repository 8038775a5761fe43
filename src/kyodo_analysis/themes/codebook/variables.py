"""Atoms that ask where a unit stands rather than what it says, and those that ask nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kyodo_analysis.folding import fold_word
from kyodo_analysis.themes.codebook.index import Integers, PositionalIndex
from kyodo_analysis.themes.codebook.matching import Values
from kyodo_analysis.themes.codebook.syntax import (
    DocumentNumber,
    Heading,
    Length,
    Number,
    Unreadable,
    Variable,
)


@dataclass(frozen=True, eq=False)
class Variables:
    """The variables of the opinions: one row per opinion (its row number), name and value, also folded."""

    rows: pd.DataFrame
    _held: dict[tuple[str, str], Integers] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of the variables, in order of appearance."""
        return list(dict.fromkeys(self.rows["name"]))

    def values(self, name: str) -> list[str]:
        """List the values of a variable as written, one writing of each; none if unknown."""
        own = self.rows.loc[self.rows["folded_name"] == fold_word(name)]
        return own.drop_duplicates("folded_value")["value"].tolist()

    def holders(self, name: str, value: str) -> Integers:
        """List the row numbers of the opinions whose variable has that value, in any writing."""
        key = fold_word(name), fold_word(value)
        if key not in self._held:
            held = (self.rows["folded_name"] == key[0]) & (self.rows["folded_value"] == key[1])
            self._held[key] = self.rows.loc[held, "row"].to_numpy(np.int64)
        return self._held[key]


def collect_variables(opinions: pd.DataFrame, attributes: pd.DataFrame | None) -> Variables:
    """Take the attributes (ATTRIBUTES), and each opinion's 分類 (name or letter) and 回."""
    numbers = pd.Series(np.arange(len(opinions)), index=opinions["opinion_id"])
    own = [
        pd.DataFrame({"row": numbers.to_numpy(), "name": name, "value": opinions[column]})
        for name, column in (("分類", "category"), ("分類", "category_code"), ("回", "session"))
    ]
    if attributes is not None:
        known = attributes[attributes["opinion_id"].isin(numbers.index)]
        own.append(
            pd.DataFrame(
                {
                    "row": numbers[known["opinion_id"]].to_numpy(),
                    "name": known["attribute"].to_numpy(),
                    "value": known["value"].to_numpy(),
                }
            )
        )
    rows = pd.concat([part.dropna().astype({"name": str, "value": str}) for part in own])
    folded = {
        f"folded_{column}": rows[column].map({one: fold_word(one) for one in rows[column].unique()})
        for column in ("name", "value")
    }
    return Variables(rows.assign(**folded).reset_index(drop=True))


def _variable(index: PositionalIndex, variables: Variables, atom: Variable) -> Values:
    if index.coding_unit.startswith("h"):
        return np.zeros(index.n_units, np.bool_)
    holders = variables.holders(atom.name, atom.value)
    return np.isin(index.unit_opinion + index.first_opinion, holders)


def _heading(index: PositionalIndex, variables: Variables, atom: Heading) -> Values:
    path = index.heading_paths[:, : atom.level]
    named = index.heading_levels == atom.level
    titles = [fold_word(text) for text in index.texts[named].tolist()]
    named[named] = np.array(titles, dtype=object) == fold_word(atom.title)
    too_wide = index.coding_unit.startswith("h") and int(index.coding_unit[1]) < atom.level
    if too_wide or not named.any():
        return np.zeros(index.n_units, np.bool_)
    under: Values = (path[:, None, :] == path[named]).all(axis=2).any(axis=1)
    return under[index.unit_opinion]


def _length(index: PositionalIndex, variables: Variables, atom: Length) -> Values:
    at = np.flatnonzero(index.counted & (index.unit >= 0))
    weights = None if atom.of == "words" else (index.end - index.start)[at]
    return np.bincount(index.unit[at], weights, index.n_units)


def _nowhere(index: PositionalIndex, variables: Variables, atom: Unreadable) -> Values:
    return np.zeros(index.n_units, np.bool_)


SITUATIONS: dict[type, Callable[[PositionalIndex, Variables, Any], Values]] = {
    Variable: _variable,
    Heading: _heading,
    Length: _length,
    DocumentNumber: lambda index, *_: index.first_unit + np.arange(1, index.n_units + 1),
    Number: lambda index, _, atom: np.full(index.n_units, float(atom.value)),
    Unreadable: _nowhere,
}
