"""Files that an analyst has or is given: read with care, written whole, safe in a spreadsheet.

This is the ground floor that every room stands on: nothing here knows what a file is about.
"""

from kyodo_analysis.files.atomic import (
    copy_tree,
    explained,
    remove_tree,
    write_all,
    write_bytes,
    write_text,
)
from kyodo_analysis.files.formula_guard import guard, unguard
from kyodo_analysis.files.study_csv import (
    StudyRow,
    read_study_csv,
    read_study_rows,
    read_study_text,
)
from kyodo_analysis.files.text import TextFile, looks_like, read_bytes, read_text
from kyodo_analysis.files.toml_file import read_toml
from kyodo_analysis.files.workbook import LONGEST_CELL, put_text, save_to_bytes

__all__ = [
    "LONGEST_CELL",
    "StudyRow",
    "TextFile",
    "copy_tree",
    "explained",
    "guard",
    "looks_like",
    "put_text",
    "read_bytes",
    "read_study_csv",
    "read_study_rows",
    "read_study_text",
    "read_text",
    "read_toml",
    "remove_tree",
    "save_to_bytes",
    "unguard",
    "write_all",
    "write_bytes",
    "write_text",
]
