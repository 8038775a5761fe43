"""The study's reviewed list of organisations, and a cell of names split by it."""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kyodo_analysis.files import read_study_csv
from kyodo_analysis.reading.tables import ORGANIZATIONS

ORGANIZATIONS_FILE = "organizations.csv"

_BEFORE_A_NAME = r"(?<![^\s、,，;；/／])"
_AFTER_A_NAME = r"(?![^\s、,，;；/／])"
_SEPARATORS = " \t\u3000、,，;；/／"


def read_organizations(path: Path) -> pd.DataFrame:
    """Read ``organizations.csv``, whose headers are 団体 and 種類; 種類 may be empty.

    Returns
    -------
    ORGANIZATIONS
        One row per organisation, in the order of the file.

    Raises
    ------
    StudyError
        When the file cannot be read, a header differs, or a name is empty or stands twice.
    """
    labels = [column.label for column in ORGANIZATIONS.columns]
    cells = read_study_csv(path, labels, may_be_empty=labels[1:], key=labels[0])
    table = cells.set_axis(ORGANIZATIONS.names, axis="columns").apply(
        lambda names: names.str.strip()
    )
    has_type = table["organization_type"] != ""
    return ORGANIZATIONS.check(
        table.assign(organization_type=table["organization_type"].where(has_type))
    )


def split_organizations(text: str, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split a cell that lists organisations, whose names may hold spaces.

    Parameters
    ----------
    text : str
        The cell without its 計N団体N名.
    names : sequence of str
        The reviewed names; where several fit, the longest counts. Nothing need stand between
        them: a PDF keeps no blank at the end of a line.

    Returns
    -------
    found : list of str
        The names in `text`, in order.
    left_over : list of str
        The pieces of `text` between them that are no reviewed name.
    """
    if not names:
        return [], _not_blank([text])
    longest_first = sorted(names, key=len, reverse=True)
    any_name = "|".join(re.escape(name) for name in longest_first)
    parts = re.split(f"{_BEFORE_A_NAME}({any_name}){_AFTER_A_NAME}", text)
    found: list[str] = []
    left_over: list[str] = []
    for number, part in enumerate(parts):
        between = re.split(any_name, part)
        is_only_names = number % 2 or not _not_blank(between)
        if is_only_names:
            found += re.findall(any_name, part)
        else:
            left_over.append(part)
    return found, _not_blank(left_over)


def _not_blank(parts: Sequence[str]) -> list[str]:
    return [stripped for part in parts if (stripped := part.strip(_SEPARATORS))]
