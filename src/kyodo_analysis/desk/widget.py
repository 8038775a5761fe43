"""A screen in the browser, where a person is at it; everywhere else its static twin."""

import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import KyodoError

SESSION = "JPY_SESSION_NAME"
"""What a Jupyter server names to the kernels that it starts for a person's notebook (a variable)."""

_STATIC = Path(__file__).parent / "static"

Verbs = Mapping[str, Callable[..., Any]]


def is_at_a_screen() -> bool:
    """Say whether a person's browser shows this kernel's cells, and the extra `lab` is there."""
    return SESSION in os.environ and find_spec("anywidget") is not None


def answer(verbs: Verbs, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one message of a screen: its number, and a result or a sentence that says why not."""
    try:
        result = verbs[asked["verb"]](**asked["given"])
    except KyodoError as error:
        return {"number": asked["number"], "refused": str(error)}
    except Exception as error:  # a screen has no traceback to show, and must not fall silent
        said = f"うまくいきませんでした({type(error).__name__}: {error})。何も書いていません。"
        return {"number": asked["number"], "refused": said}
    return {"number": asked["number"], "result": result}


class DeskCell:
    """What a cell of the desk shows.

    Residents' words reach the browser only as answers to what is asked there; no state of the
    screen holds them, so that none is saved with a notebook.

    Parameters
    ----------
    kind : str
        Which of the screens.
    verbs : mapping
        What the screen can ask.
    twin : Any
        What stands there without a browser; shown as pages and nbval see it.
    """

    def __init__(self, kind: str, verbs: Verbs, twin: Any) -> None:
        self.kind, self.verbs, self.twin = kind, verbs, twin

    def __repr__(self) -> str:
        return repr(self.twin)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        if is_at_a_screen():
            shown = _screen_class()(self.kind, self.verbs)
            bundle = shown._repr_mimebundle_()
            data = bundle[0] if isinstance(bundle, tuple) else bundle
            return {**data, "text/plain": "机の画面です。もう一度このセルを実行すると開きます。"}
        return {"text/plain": repr(self.twin), "text/html": self.twin._repr_html_()}


@cache
def _screen_class() -> Any:
    import anywidget
    import traitlets

    class Screen(anywidget.AnyWidget):
        _esm = (_STATIC / "desk.js").read_text(encoding="utf-8")
        _css = (_STATIC / "desk.css").read_text(encoding="utf-8")
        kind = traitlets.Unicode().tag(sync=True)

        def __init__(self, kind: str, verbs: Verbs) -> None:
            super().__init__(kind=kind)
            self.on_msg(lambda _, asked, __: self.send(answer(verbs, asked)))

    return Screen
