"""The verb of a notebook that shows where an opinion stands on the page."""

from types import SimpleNamespace

import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.notebook import Report


def report_on(path, place):
    opinions = pd.DataFrame({"opinion_id": ["1"], "source": [place]})
    study = SimpleNamespace(raw_file=path)
    return Report(study, SimpleNamespace(opinions=opinions), None)


def test_an_opinion_of_a_pdf_is_shown_as_a_picture(write_pdf):
    path = write_pdf(([(50, 700, 10, "道が暗い。")], []))
    image = report_on(path, "結果.pdf:1頁(50,132,100,144)").show_place("1")
    assert image.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(("name", "opinion_id"), [("結果.pdf", "9"), ("意見.xlsx", "1")])
def test_what_has_no_page_says_why(tmp_path, name, opinion_id):
    with pytest.raises(NotInDataError, match="示せるページがありません"):
        report_on(tmp_path / name, "結果.pdf:1頁(1,2,3,4)").show_place(opinion_id)
