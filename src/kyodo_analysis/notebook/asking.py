"""Questions to the data: an answer, or a sentence that says why there is none."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.study.contracts import label_of


@dataclass(frozen=True)
class Sentence:
    """A sentence, shown as a paragraph; nothing in it is markup or mathematics."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        ignored = 'class="tex2jax_ignore mathjax_ignore"'
        return "".join(f"<p {ignored}>{html.escape(line)}</p>" for line in self.text.splitlines())


def ask(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Call `function`; a question that the data cannot answer gives the reason as a sentence."""
    if refused := _refused(arguments):
        return refused
    try:
        return function(*arguments, **options)
    except NotInDataError as error:
        return Sentence(str(error))


def say(describe: Callable[..., str], *arguments: Any) -> Sentence | None:
    """Return what a function of :mod:`kyodo_analysis.study.sentences` says about its tables.

    Nothing, where :func:`ask` was refused: the reason stands above.
    """
    return None if _refused(arguments) else Sentence(describe(*arguments))


def part(result: Any, name: str) -> Any:
    """Return one table of a result that holds several; a refusal is passed on."""
    return ask(getattr, result, name)


def first(frame: pd.DataFrame, column: str) -> Any:
    """Return the first value of a column, to be changed by hand in the notebook.

    Raises
    ------
    NotInDataError
        The table is empty.
    """
    if frame.empty:
        raise NotInDataError(label_of(frame), "行が1つもありません")
    return frame[column].iloc[0]


def say_once(reason: Sentence) -> Sentence | None:
    """Return a reason for the cell that shows it first, and for that cell when it is run again.

    A page says once why something is missing, not below each of its headings.
    """
    cell = _current_cell()
    return reason if _said.setdefault(reason.text, cell) == cell else None


def forget_reasons() -> None:
    """Begin a notebook: no reason has been said yet."""
    _said.clear()


_said: dict[str, object] = {}


def _current_cell() -> object:
    """Return what tells the running cell from others; JupyterLab names it, others count."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None:
        return object()
    kernel = getattr(shell, "kernel", None)
    header = kernel.get_parent("shell") if kernel is not None else {}
    return header.get("metadata", {}).get("cellId") or shell.execution_count


def _refused(arguments: tuple[Any, ...]) -> Sentence | None:
    return next((each for each in arguments if isinstance(each, Sentence)), None)
