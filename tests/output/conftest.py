"""A report in a temporary folder, and a small figure to put into it."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from kyodo_analysis.charts import plot_opinions_per_category
from kyodo_analysis.output import ReportContext

mpl.use("agg")


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def report(tmp_path) -> ReportContext:
    folder = tmp_path / "reports" / "sample"
    return ReportContext(
        folder, "reports/sample", "架空市「意見交換会の報告」", date(2019, 8, 30), 9, "ab" * 32
    )


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame({"group": ["交通", "広報"], "n_opinions": [2, 7]})


@pytest.fixture
def chart(table):
    return plot_opinions_per_category(table)


class Page(HTMLParser):
    """What a page loads, links to and says."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.links: list[str] = []
        self.alts: list[str] = []
        self.text = ""
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.loads += [given[name] for name in ("src", "srcset", "data", "poster") if name in given]
        self.loads += [given["href"]] if tag == "link" else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.alts += [given.get("alt", "")] if tag == "img" else []
        assert not any(name.startswith("on") for name in given)

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def read_page():
    return lambda path: Page(path.read_text(encoding="utf-8"))
