from pathlib import Path

import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading import read_organizations
from kyodo_analysis.reading.decisions.organizations import split_organizations
from kyodo_analysis.reading.tables import ORGANIZATIONS

NAMES = ["S L F", "柏の葉", "柏の葉クラブ", "S L F 会", "会 東支部", "A(ア)"]


def _write(folder: Path, text: str) -> Path:
    path = folder / "organizations.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_type_that_is_not_written_is_missing(tmp_path):
    read = read_organizations(_write(tmp_path, "団体,種類\nNPO 法人 森 ,NPO法人\n 柏の会,\n"))
    assert list(read.columns) == ORGANIZATIONS.names
    assert read["organization"].tolist() == ["NPO 法人 森", "柏の会"]
    assert read["organization_type"].fillna("空").tolist() == ["NPO法人", "空"]


def test_a_name_that_stands_twice_is_refused_with_its_row(tmp_path):
    path = _write(tmp_path, "団体,種類\n柏の会,\n森の会,\n柏の会 ,NPO法人\n")
    with pytest.raises(StudyError, match="団体「柏の会」は2行目にもあります") as error:
        read_organizations(path)
    assert error.value.where.endswith("organizations.csv:4行")


@pytest.mark.parametrize(
    ("text", "found", "left_over"),
    [
        ("S L F 会 柏の葉", ["S L F 会", "柏の葉"], []),
        ("柏の葉クラブ 柏の葉", ["柏の葉クラブ", "柏の葉"], []),
        ("柏の葉、A(ア)", ["柏の葉", "A(ア)"], []),
        ("柏の葉ウォーキング S L F 会", ["S L F 会"], ["柏の葉ウォーキング"]),
        ("北の会 東支部", [], ["北の会 東支部"]),
        ("知らない会 柏の葉 別の会", ["柏の葉"], ["知らない会", "別の会"]),
        ("", [], []),
    ],
)
def test_names_are_found_whole_and_what_is_left_over_is_kept(text, found, left_over):
    assert split_organizations(text, NAMES) == (found, left_over)


def test_without_a_list_all_words_are_left_over():
    assert split_organizations(" 柏の会 森の会 ", []) == ([], ["柏の会 森の会"])


def test_the_reviewed_list_of_kashiwa_has_nineteen_names():
    study = Path(__file__).parents[3] / "studies" / "kashiwa-2019"
    organizations = read_organizations(study / "organizations.csv")
    types = organizations["organization_type"].value_counts(dropna=False).sort_index()
    assert len(organizations) == 19
    assert types.tolist() == [4, 1, 14]
    npo = organizations["organization"].str.contains("NPO")
    assert organizations["organization_type"].notna().equals(npo)
