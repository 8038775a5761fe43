"""One person's decision on one opinion, written whole into ``decisions.csv``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyodo_analysis.desk.codebook_file import ChangedMeanwhileError, rows_to_bytes
from kyodo_analysis.errors import StudyError, shown
from kyodo_analysis.files import explained, write_bytes
from kyodo_analysis.themes.decisions import GIVE, HEADERS, TAKE, mark_text, read_decisions

DECISIONS = "decisions.csv"


@dataclass(frozen=True)
class Decision:
    """A theme given to an opinion or taken away, as a row of the file.

    Parameters
    ----------
    opinion_id, theme : str
    is_given : bool
    reason, who : str
    text : str
        Of the opinion, as it is, for its mark.
    day : date
    """

    opinion_id: str
    theme: str
    is_given: bool
    reason: str
    who: str
    text: str
    day: date

    @property
    def row(self) -> dict[str, str]:
        """The cells under HEADERS."""
        said = GIVE if self.is_given else TAKE
        cells = (
            self.opinion_id,
            self.theme,
            said,
            self.reason.strip(),
            self.day.isoformat(),
            self.who.strip(),
            mark_text(self.text),
        )
        return dict(zip(HEADERS, cells, strict=True))


def append_decision(folder: Path, decision: Decision) -> None:
    """Write a decision below those that stand in the file now; each of them stays.

    Raises
    ------
    StudyError
        The reason is empty, or the file holds what cannot be read: nothing is written.
    OutputError
        It cannot be written, as when Excel has it open: it is as it was.
    """
    if not decision.reason.strip():
        raise StudyError("理由", "空です", action="なぜそう判断したのかを、一言書いてください")
    path = folder / DECISIONS
    before = _bytes(path)
    rows = [*_rows(path), decision.row]
    _write(path, rows, before)


def withdraw_decision(folder: Path, decision: Decision) -> None:
    """Take a decision out of the file again; what came before and after it stays.

    Raises
    ------
    ChangedMeanwhileError
        Its row is no longer there as it was written.
    OutputError
        The file cannot be written: it is as it was.
    """
    path = folder / DECISIONS
    before, rows = _bytes(path), _rows(path)
    own = [at for at, row in enumerate(rows) if row == decision.row]
    if not own:
        raise ChangedMeanwhileError(
            shown(path),
            "取り消す行が、書いたときのままではありません",
            action="ファイルを開いて確かめてください。何も変えていません",
        )
    del rows[own[-1]]
    if rows:
        _write(path, rows, before)
    else:
        with explained(path):
            path.unlink()


def _rows(path: Path) -> list[dict[str, str]]:
    return [{name: row.cells.get(name, "") for name in HEADERS} for row in read_decisions(path)]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _write(path: Path, rows: list[dict[str, str]], before: bytes) -> None:
    if _bytes(path) != before:
        raise ChangedMeanwhileError(
            shown(path),
            "ちょうど今、ほかで書き換えられました。何も書いていません",
            action="もう一度、記録してください",
        )
    write_bytes(path, rows_to_bytes(HEADERS, rows))
