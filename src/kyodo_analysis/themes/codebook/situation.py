"""Atoms that ask where a unit stands rather than what it says, and those that ask nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kyodo_analysis.themes.codebook.layout import Integers, Layout
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
    """The variables of the opinions: one row per opinion (its row number), name and value."""

    rows: pd.DataFrame
    _held: dict[tuple[str, str], Integers] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of the variables, in order of appearance."""
        return list(dict.fromkeys(self.rows["name"]))

    def holders(self, name: str, value: str) -> Integers:
        """List the row numbers of the opinions whose variable has that value."""
        if (name, value) not in self._held:
            rows = self.rows.query("name == @name and value == @value")["row"]
            self._held[name, value] = rows.to_numpy(np.int64)
        return self._held[name, value]


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
    return Variables(rows.reset_index(drop=True))


def _variable(layout: Layout, variables: Variables, atom: Variable) -> Values:
    if layout.coding_unit.startswith("h"):
        return np.zeros(layout.n_units, np.bool_)
    holders = variables.holders(atom.name, atom.value)
    return np.isin(layout.unit_opinion + layout.first_opinion, holders)


def _heading(layout: Layout, variables: Variables, atom: Heading) -> Values:
    path = layout.heading_paths[:, : atom.level]
    title = atom.title.replace(" ", "\u3000")
    named = (layout.heading_levels == atom.level) & (
        layout.opinions["text"].str.replace(r"[ \t]", "\u3000", regex=True) == title
    ).to_numpy()
    too_wide = layout.coding_unit.startswith("h") and int(layout.coding_unit[1]) < atom.level
    if too_wide or not named.any():
        return np.zeros(layout.n_units, np.bool_)
    under: Values = (path[:, None, :] == path[named]).all(axis=2).any(axis=1)
    return under[layout.unit_opinion]


def _length(layout: Layout, variables: Variables, atom: Length) -> Values:
    at = np.flatnonzero(layout.counted & (layout.unit >= 0))
    weights = None if atom.of == "words" else (layout.end - layout.start)[at]
    return np.bincount(layout.unit[at], weights, layout.n_units)


def _document_number(layout: Layout, variables: Variables, atom: DocumentNumber) -> Values:
    return layout.first_unit + np.arange(1, layout.n_units + 1)


def _number(layout: Layout, variables: Variables, atom: Number) -> Values:
    return np.full(layout.n_units, float(atom.value))


def _unreadable(layout: Layout, variables: Variables, atom: Unreadable) -> Values:
    return np.zeros(layout.n_units, np.bool_)


SITUATIONS: dict[type, Callable[[Layout, Variables, Any], Values]] = {
    Variable: _variable,
    Heading: _heading,
    Length: _length,
    DocumentNumber: _document_number,
    Number: _number,
    Unreadable: _unreadable,
}
