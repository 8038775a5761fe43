"""What goes wrong in an analyst's hands, said in one Japanese voice."""

from pathlib import Path

_SHOWN_PARTS = 3


def shown(path: Path) -> str:
    """Return the last parts of a path, as an analyst is shown them."""
    return "/".join(path.parts[-_SHOWN_PARTS:])


class KyodoError(Exception):
    """Something that the analyst can mend herself.

    The message always answers four questions in this order; the last two may be empty.

    Parameters
    ----------
    where : str
        File, row, cell or setting, as the analyst knows it.
    found : str
        What is there, as a Japanese clause without the final 。
    allowed : str, optional
        What may stand there.
    action : str, optional
        What to do next.
    """

    def __init__(self, where: str, found: str, allowed: str = "", action: str = "") -> None:
        self.where, self.found, self.allowed, self.action = where, found, allowed, action
        sentences = "".join(f"{part}。" for part in (found, allowed, action) if part)
        super().__init__(f"{where}: {sentences}")

    def _render_traceback_(self) -> list[str]:
        """Say the sentence alone in a notebook, where IPython would show the code that failed."""
        return [str(self)]


class StudyError(KyodoError):
    """A file in ``studies/`` says something that cannot be used."""


class ReadingError(KyodoError):
    """A raw file cannot be read as what it was said to be."""


class RuleError(KyodoError):
    """A coding rule cannot be understood."""


class TableError(KyodoError):
    """A table does not keep its contract."""


class NotInDataError(KyodoError):
    """The question is a fair one, but these data do not hold the answer."""


class OutputError(KyodoError):
    """A figure cannot be drawn, or a file cannot be written."""
