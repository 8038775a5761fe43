import re
from pathlib import Path

import pytest

from kyodo_analysis import desk
from kyodo_analysis.desk import DeskCell, widget
from kyodo_analysis.desk.choosing import Asked, Choosing
from kyodo_analysis.desk.coding import CodingDesk
from kyodo_analysis.desk.judging import JudgedVoices
from kyodo_analysis.desk.trying import RuleDesk
from kyodo_analysis.errors import StudyError
from kyodo_analysis.notebook import Sentence
from kyodo_analysis.notebook.desk import show_coding, show_rules, show_voices
from kyodo_analysis.themes import CodingSheetSettings

STATIC = Path(desk.__file__).parent / "static"


@pytest.fixture
def cell():
    return DeskCell("voices", {"open": lambda: {"n": 1}}, Sentence("住民の<b>声</b>"))


def test_without_a_screen_the_twin_stands_there(cell, monkeypatch):
    monkeypatch.delenv(widget.SESSION, raising=False)
    bundle = cell._repr_mimebundle_()
    assert bundle["text/plain"] == "住民の<b>声</b>"
    assert "住民の&lt;b&gt;声" in bundle["text/html"]


def test_without_anywidget_the_twin_stands_there(cell, monkeypatch):
    monkeypatch.setenv(widget.SESSION, "00_desk.ipynb")
    monkeypatch.setattr(widget, "find_spec", lambda _: None)
    assert "text/html" in cell._repr_mimebundle_()


def test_at_a_screen_no_words_are_in_what_is_saved(cell, monkeypatch):
    pytest.importorskip("anywidget")
    monkeypatch.setenv(widget.SESSION, "00_desk.ipynb")
    bundle = cell._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "声" not in str(bundle)


def test_a_question_is_answered_by_its_number():
    verbs = {"add": lambda a, b: a + b}
    asked = {"number": 7, "verb": "add", "given": {"a": 1, "b": 2}}
    assert widget.answer(verbs, asked) == {"number": 7, "result": 3}


@pytest.mark.parametrize(
    ("error", "said"),
    [(StudyError("町", "無い"), "町: 無い。"), (KeyError("x"), "うまくいきませんでした")],
)
def test_what_goes_wrong_is_a_sentence(error, said):
    def fail():
        raise error

    answer = widget.answer({"fail": fail}, {"number": 1, "verb": "fail", "given": {}})
    assert said in answer["refused"]


def test_the_screens_put_words_in_as_text_only():
    code = (STATIC / "desk.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)
    assert not re.search(r"https?://", code)


def test_every_question_of_the_screens_has_an_answer(made, bench, tmp_path):
    voices = JudgedVoices(Choosing(made, lambda: bench), Asked(), folder=tmp_path)
    rules = RuleDesk(made, lambda: bench, folder=tmp_path, draft=lambda: None)
    coding = CodingDesk(made.opinions, made.codes, folder=tmp_path, settings=CodingSheetSettings())
    cells = show_voices(voices), show_rules(rules), show_coding(coding)
    known = {verb for cell in cells for verb in cell.verbs}
    code = (STATIC / "desk.js").read_text(encoding="utf-8")
    assert set(re.findall(r'ask\("(\w+)"', code)) == known
