"""All sheets that came back; one that cannot be used yet stops none of the others."""

from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.tables import CODINGS, FINDINGS
from kyodo_analysis.themes.human.returned import read_coding_sheet
from kyodo_analysis.themes.human.sample import ALL_OPINIONS, CodingSheetSettings

_MOST_LINES = 4


def read_coding_sheets(
    folder: Path,
    opinions: pd.DataFrame,
    codes: list[str],
    *,
    settings: CodingSheetSettings = ALL_OPINIONS,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every coding sheet in `folder`; the coder is named by the file.

    Of two files for one coder, a workbook goes before a CSV file.

    Parameters
    ----------
    folder : Path
        Where the sheets are put, and no other files; it may be missing.
    opinions, codes, settings
        As for :func:`~kyodo_analysis.themes.human.returned.read_coding_sheet`.

    Returns
    -------
    codings : CODINGS
        One row per ○ of the sheets that can be used.
    findings : FINDINGS
        One row per sheet that was left out, with the first of the reasons.
    """
    codings: dict[str, pd.DataFrame] = {}
    findings = []
    for path in _returned_files(folder):
        try:
            if path.stem in codings:
                raise StudyError(path.name, f"「{path.stem}」の表は、ほかにもあります")
            codings[path.stem] = read_coding_sheet(
                path, opinions, codes, coder=path.stem, settings=settings
            )
        except StudyError as error:
            findings.append(_left_out(path, error))
    given = pd.concat([CODINGS.make(), *codings.values()], ignore_index=True)
    return given, FINDINGS.make(findings)


def _returned_files(folder: Path) -> list[Path]:
    """List what a person put into `folder`, a workbook before a CSV file of the same name."""
    files = [path for path in folder.glob("[!~.]*") if path.is_file()]
    return sorted(files, key=lambda path: (path.stem, path.suffix.lower() == ".csv", path.suffix))


def _left_out(path: Path, error: StudyError) -> dict[str, str]:
    lines = [line.strip() for line in error.found.splitlines()]
    row = error.where.partition(f"{path.name}:")[2]
    return {
        "check": "コーディングの表",
        "result": "要確認",
        "source": f"coders/{path.name}" + (f":{row}" if row else ""),
        "found": "、".join(lines[:_MOST_LINES]) + ("、…" if len(lines) > _MOST_LINES else ""),
        "note": "この表を使わずに進みました。直すか、coders の外へ移してください",
    }
