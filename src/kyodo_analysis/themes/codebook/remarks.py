"""One remark on a codebook, and the table of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

from kyodo_analysis.themes.codebook.tables import WARNINGS


@dataclass(frozen=True)
class Remark:
    """A warning or an error at one line of a codebook."""

    level: Literal["警告", "誤り"]
    file: str
    line: int
    code: str | None
    found: str
    action: str


def tabulate_remarks(remarks: Iterable[Remark]) -> pd.DataFrame:
    """Table the remarks in the order of their lines (WARNINGS)."""
    return WARNINGS.make(asdict(remark) for remark in sorted(remarks, key=lambda each: each.line))
