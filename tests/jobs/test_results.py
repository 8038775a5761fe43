import shutil
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from kyodo_analysis.jobs.results import write_results
from kyodo_analysis.study import open_study
from kyodo_analysis.study.pipeline import process

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").touch()
    for name in ("studies", "data/raw"):
        shutil.copytree(ROOT / name, root / name)
    study = open_study("sample-transport", root=root)
    made = process(study)
    return made, write_results(study, made, study.report)


def _sheet(path, name):
    return pd.read_excel(path, sheet_name=name, dtype={"意見番号": str}, engine="openpyxl")


def _names(path):
    with pd.ExcelFile(path, engine="openpyxl") as book:
        return book.sheet_names


def test_an_opinion_has_a_1_where_it_has_the_code_and_else_a_0(results):
    made, path = results
    matrix = _sheet(path, "意見×テーマ(0と1)").set_index("意見番号")
    assert list(matrix.index) == list(made.opinions["opinion_id"])
    ones = matrix.stack()
    assert set(ones[ones == 1].index) == set(
        zip(made.codings["opinion_id"], made.codings["code"], strict=True)
    )
    assert set(ones.unique()) == {0, 1}


def test_the_counts_are_the_words_of_the_evidence(results):
    made, path = results
    counts = _sheet(path, "意見×テーマ(根拠の数)").set_index("意見番号").stack()
    found = made.evidence.groupby(["opinion_id", "code"]).size()
    given = counts[counts > 0]
    assert given.reindex(found.index).to_list() == found.to_list()


def test_categories_are_described_and_sessions_are_tested(results):
    _, path = results
    names = _names(path)
    assert {"テーマ×分類", "テーマ×分類の残差", "テーマ×回の検定", "テーマ×年代の検定"} <= set(
        names
    )
    assert "テーマ×分類の検定" not in names


def test_every_sheet_is_a_csv_too(results):
    _, path = results
    made = {file.stem for file in (path.parent / "tables").glob("*.csv")}
    assert made == set(_names(path))


def test_every_opinion_is_found_in_the_input_and_the_other_way_round(results):
    made, path = results
    written = _sheet(path, "意見")["原文"].to_list()
    raw = pd.read_excel(
        ROOT / "data/raw/sample-transport/opinions.xlsx",
        engine="openpyxl",
        header=3,
        dtype=str,
        keep_default_na=False,
    )["ご意見"].to_list()
    shown = [text for text in written if "●" not in text]
    assert [text for text in shown if text not in raw] == []
    aside = set(made.set_aside["raw_text"])
    missing = [text for text in raw if text.strip() and text not in written and text not in aside]
    assert len(missing) == len(written) - len(shown)


def test_the_workbook_says_first_what_it_was_made_from_and_with(results):
    made, path = results
    assert _names(path)[0] == "この結果について"
    said = _sheet(path, "この結果について").set_index("項目")["内容"]
    raw = ROOT / "data/raw/sample-transport/opinions.xlsx"
    assert sha256(raw.read_bytes()).hexdigest() in said["元のファイル"]
    assert "Janome" in said["分かち書き"]
    assert (
        "5か所(人名2、電話番号1、メール1、住所1)のうち、3か所を●で伏せ、2か所は公開"
        in said["個人情報"]
    )
    assert f"{len(made.opinions)}件を意見として数え" in said["読み取り"]
