"""The whole way on the two bundled studies, held to what their raw files say."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError, StudyError
from kyodo_analysis.jobs.report import refuse_undecided
from kyodo_analysis.measures import groups_by
from kyodo_analysis.output import finish_report, write_index
from kyodo_analysis.study import open_study
from kyodo_analysis.study.comparing import compare_coders, compare_with_last_report
from kyodo_analysis.study.pipeline import process
from kyodo_analysis.study.report_run import (
    begin_run,
    list_inputs,
    list_newer_inputs,
    mark_report,
)
from kyodo_analysis.study.sentences import describe_coders
from kyodo_analysis.study.store import Store

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Copy the studies, so that no test writes into the project."""
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").touch()
    for name in ("studies", "data/raw"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def kashiwa(root):
    return process(open_study("kashiwa-2019", root=root))


@pytest.fixture(scope="module")
def transport(root):
    return process(open_study("sample-transport", root=root))


def test_kashiwa_has_29_opinions_in_8_categories(kashiwa):
    assert kashiwa.opinions["category_code"].value_counts(sort=False).to_dict() == {
        "A": 5,
        "B": 3,
        "C": 7,
        "D": 4,
        "E": 2,
        "F": 3,
        "G": 3,
        "H": 2,
    }


def test_kashiwas_raw_words_stand_at_their_place_in_the_raw_file(kashiwa):
    lines = (ROOT / "data/raw/kashiwa-2019/report.txt").read_text(encoding="utf-8").split("\n")
    for opinion in kashiwa.opinions.itertuples():
        number = int(opinion.source.split(":")[1].removesuffix("行"))
        line = lines[number - 1]
        assert line[opinion.source_start : opinion.source_end] == opinion.raw_text


def test_the_words_of_every_table_stand_in_the_opinions(kashiwa, transport):
    for made in (kashiwa, transport):
        texts = made.opinions.set_index("opinion_id")["text"]
        for table, column in ((made.evidence, "matched"), (made.phrases, "matched")):
            for row in table.itertuples():
                assert texts[row.opinion_id][row.start : row.end] == getattr(row, column)


def test_themes_by_session_are_refused_where_no_session_is_recorded(kashiwa):
    with pytest.raises(NotInDataError, match="29件中0件"):
        groups_by(kashiwa.opinions, "session")


def test_every_kashiwa_theme_is_given_to_its_own_example(kashiwa):
    given = set(zip(kashiwa.codings["code"], kashiwa.codings["opinion_id"], strict=True))
    assert set(zip(kashiwa.codes["code"], kashiwa.codes["example"], strict=True)) <= given


def test_the_fictional_study_says_that_it_is_fictional(root):
    study = open_study("sample-transport", root=root)
    assert "架空" in study.title
    assert "架空" in study.source


def test_what_is_to_be_hidden_is_nowhere_in_the_tables_that_leave(transport):
    hidden = ["00-0000-0000", "minato.bus@example.com", "山田"]
    tables = [
        table.drop(columns=["source"], errors="ignore")
        for name, table in vars(transport).items()
        if isinstance(table, pd.DataFrame) and name not in ("tokens", "personal_data")
    ]
    everything = "\n".join(table.to_csv() for table in tables)
    assert [word for word in hidden if word in everything] == []
    assert "●●" in everything


def test_a_report_is_refused_until_every_candidate_is_decided(root, transport):
    study = open_study("sample-transport", root=root)
    refuse_undecided(study, transport.personal_data)
    decided = study.decisions / "privacy.csv"
    kept = decided.read_bytes()
    decided.unlink()
    try:
        with pytest.raises(StudyError, match="個人情報"):
            refuse_undecided(study, transport.personal_data)
        assert decided.exists(), "the file to decide in is made ready"
    finally:
        decided.write_bytes(kept)


def test_a_study_without_a_codebook_has_no_themes_and_no_error(root):
    folder = root / "studies" / "bare"
    folder.mkdir()
    toml = (root / "studies/kashiwa-2019/study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    shutil.copy(root / "studies/kashiwa-2019/organizations.csv", folder)
    shutil.copytree(root / "data/raw/kashiwa-2019", root / "data/raw/bare")
    made = process(open_study("bare", root=root))
    assert (len(made.opinions), made.themes, len(made.codings)) == (29, [], 0)
    with pytest.raises(NotInDataError, match="シートがありません"):
        compare_coders(open_study("bare", root=root), made)


def test_a_sheet_that_cannot_be_used_is_not_called_missing(root):
    study = open_study("kashiwa-2019", root=root)
    added = study.decisions / "privacy.csv"
    added.write_text("種類,言葉,扱い\n人名,柏,伏せる\n", encoding="utf-8")
    try:
        made = process(study)
        assert made.human_codings.empty, "its texts are no longer those that were read"
        with pytest.raises(NotInDataError, match="シートはありますが、使えませんでした"):
            compare_coders(study, made)
        said = describe_coders(study, made.human_codings)
        assert said.startswith("coders に置いたシートから読めた判定はありません。")
    finally:
        added.unlink()


def _finish_report(study, made):
    """Leave what a finished report leaves for the next one."""
    run = begin_run(study, study.root / "run")
    run.keep(made)
    finish_report(run.report, study.report, made_from=list_inputs(run.study))


def test_a_report_tells_what_changed_since_the_last_finished_one(root, kashiwa):
    study = open_study("kashiwa-2019", root=root)
    assert compare_with_last_report(study, kashiwa).empty, "there is none yet"
    _finish_report(study, kashiwa)
    codebook = study.decisions / "codebook.txt"
    kept = codebook.read_text(encoding="utf-8")
    codebook.write_text(kept.replace("育成 | 育てる", "育成"), encoding="utf-8")
    try:
        made = process(study)
        for _ in range(2):  # looking does not make it the last one
            changes = compare_with_last_report(study, made)
            assert changes[["change", "opinion_id", "code"]].to_numpy().tolist() == [
                ["消えた", "H1", "団体と担い手の育成"]
            ]
        assert list_newer_inputs(study) == ["studies/kashiwa-2019/codebook.txt"]
    finally:
        codebook.write_text(kept, encoding="utf-8")
    assert list_newer_inputs(study) == []


def test_a_broken_memory_of_the_last_report_counts_for_nothing(root, kashiwa):
    study = open_study("kashiwa-2019", root=root)
    (study.report / ".codings.parquet").write_text("x", encoding="utf-8")
    assert compare_with_last_report(study, kashiwa).empty


def test_the_front_page_says_what_is_newer_and_stops_saying_so(root, kashiwa):
    study = open_study("kashiwa-2019", root=root)
    _finish_report(study, kashiwa)
    page = write_index(study.report, title="題")
    plain = page.read_text(encoding="utf-8")
    added = study.decisions / "memo<b>.txt"
    added.write_text("x", encoding="utf-8")
    assert mark_report(study) == ["studies/kashiwa-2019/memo<b>.txt"]
    said = page.read_text(encoding="utf-8")
    assert "このページより新しい決定や資料があります" in said
    assert "memo&lt;b&gt;.txt" in said
    added.unlink()
    assert mark_report(study) == []
    assert page.read_text(encoding="utf-8") == plain


def test_a_decision_that_is_edited_while_a_run_is_under_way_does_not_reach_it(root, tmp_path):
    study = open_study("kashiwa-2019", root=root)
    run = begin_run(study, tmp_path)
    codebook = study.decisions / "codebook.txt"
    kept = codebook.read_bytes()
    codebook.unlink()
    try:
        assert len(process(run.study).themes) == 12
        assert process(study).themes == []
    finally:
        codebook.write_bytes(kept)


def _made(monkeypatch):
    """Count how often each stage is made."""
    made = []
    keep = Store.remember
    monkeypatch.setattr(
        Store, "remember", lambda self, stage, *rest: made.append(stage) or keep(self, stage, *rest)
    )
    return made


@pytest.mark.parametrize(
    ("file", "line", "stages"),
    [
        (None, "", []),
        ("codebook.txt", "\n＊橋\n橋\n", ["coded", "published"]),
        ("stop_words.txt", "\n市民\n", ["said", "published"]),
        ("synonyms.csv", "\n", ["said", "published"]),
        ("corrections.csv", "\n", ["read", "said", "coded", "published"]),
        ("decisions.csv", "意見番号,テーマ,判断,理由\n", ["published"]),
        ("privacy.csv", "番号,意見番号,種類,言葉,扱い\n", ["published"]),
    ],
)
def test_what_changed_is_made_anew_no_further_than_it_reaches(
    root, kashiwa, monkeypatch, file, line, stages
):
    study = open_study("kashiwa-2019", root=root)
    process(study)
    made = _made(monkeypatch)
    if file is None:
        process(study)
        assert made == []
        return
    path = study.decisions / file
    kept = path.read_bytes() if path.exists() else None
    path.write_bytes((kept or b"") + line.encode())
    try:
        process(study)
    finally:
        path.write_bytes(kept) if kept is not None else path.unlink()
    assert sorted(made) == sorted(stages)


def test_the_same_study_gives_the_same_tables_twice(root, kashiwa):
    again = process(open_study("kashiwa-2019", root=root))
    for name, table in vars(kashiwa).items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(getattr(again, name), table)


def test_a_study_may_name_its_engine_and_keeps_its_words(root, kashiwa):
    shutil.copytree(root / "studies/kashiwa-2019", root / "studies/mecab")
    shutil.copytree(root / "data/raw/kashiwa-2019", root / "data/raw/mecab")
    toml = root / "studies/mecab/study.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + '\n[words]\nengine = "mecab"\n', "utf-8")
    made = process(open_study("mecab", root=root))
    assert made.engine.startswith("MeCab")
    assert kashiwa.engine.startswith("Janome")
    pd.testing.assert_frame_equal(made.terms, kashiwa.terms)
