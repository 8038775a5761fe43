"""Every shape of study goes the whole way: tables, and all notebooks' calls."""

import re

import matplotlib.pyplot as plt
import pytest

from kyodo_analysis.jobs.results import write_results
from kyodo_analysis.study import open_study
from kyodo_analysis.study.pipeline import process, write_processed
from shapes import ROOT, Shape, cover_pairs, run_cells, write_study

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
NOTHING_TO_READ = re.compile(r"\b(nan|NaN|NaT|None|<NA>|inf)\b")


@pytest.fixture
def _undrawn(monkeypatch):
    """Lay every figure out as a saved one would be, and draw none: pictures have tests of their own."""

    def lay_out(chart, *_, **__):
        figure = chart.get_figure(root=True)
        figure.draw_without_rendering()
        plt.close(figure)

    monkeypatch.setattr("kyodo_analysis.notebook.report.save_chart", lay_out)


@pytest.mark.usefixtures("_undrawn")
@pytest.mark.parametrize("shape", cover_pairs(), ids=lambda shape: shape.name)
def test_a_study_of_any_shape_goes_the_whole_way(tmp_path, monkeypatch, shape):
    name = write_study(tmp_path, shape)
    monkeypatch.chdir(tmp_path)
    study = open_study(name)
    made = process(study)
    assert len(made.opinions) == (0 if shape.set_aside else shape.n)
    assert len(made.set_aside) == (shape.n if shape.set_aside else 0)
    write_processed(study, made)
    write_results(study, made, study.report)
    for path in NOTEBOOKS:
        shown = run_cells(path, name)
        text = re.sub(r"<[^>]*>", " ", "\n".join(shown))
        assert not NOTHING_TO_READ.search(text), (path.name, NOTHING_TO_READ.search(text))


@pytest.mark.usefixtures("_undrawn")
def test_a_study_without_a_codebook_says_so_once_a_page_and_what_to_do(tmp_path, monkeypatch):
    name = write_study(tmp_path, Shape(codebook=False))
    monkeypatch.chdir(tmp_path)
    for path in NOTEBOOKS:
        text = "\n".join(run_cells(path, name))
        assert text.count("コードブックがありません") <= 1, path.name
        if path.name.startswith("03"):
            assert "codebook.txt" in text


@pytest.mark.usefixtures("_undrawn")
def test_where_nobody_coded_the_page_says_once_how_to_for_this_study(tmp_path, monkeypatch):
    name = write_study(tmp_path, Shape())
    monkeypatch.chdir(tmp_path)
    text = "\n".join(run_cells(next(each for each in NOTEBOOKS if "06" in each.name), name))
    assert text.count("人がテーマを付けたシートがありません") == 1
    assert f"python run.py sheet {name} で" in text
    assert f"studies/{name}/coders/" in text
    assert "全29件を読んでください" in text, "and how many to read"
