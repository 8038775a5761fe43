"""No resident leaves by any table: the gate masks what the contracts declare."""

import pandas as pd
import pytest

from kyodo_analysis import charts, measures
from kyodo_analysis.contract import Column, Table
from kyodo_analysis.errors import TableError
from kyodo_analysis.jobs.results import write_results
from kyodo_analysis.output import save_chart
from kyodo_analysis.privacy import DECISIONS, PERSONAL_DATA
from kyodo_analysis.study import open_study, pipeline, publishing
from kyodo_analysis.study.contracts import all_contracts
from kyodo_analysis.study.pipeline import process, write_processed
from kyodo_analysis.study.publishing import find_personal_data, publish, publish_head
from kyodo_analysis.study.report_run import report_context
from kyodo_analysis.tables import (
    ATTENDANCE,
    ATTRIBUTES,
    CODINGS,
    EVIDENCE,
    FINDINGS,
    OPINIONS,
    REPLIES,
    SET_ASIDE,
    TERMS,
)
from planted import ADDRESS, NAME, PHONE, SECRETS, find_planted, find_secrets, plant_study

NO_DECISION = DECISIONS.make()


def _opinions(*texts, **columns):
    return OPINIONS.make(
        {
            "opinion_id": f"X{number}",
            "text": text,
            "raw_text": text,
            "source": f"意見!A{number}",
            "source_start": 0,
            "source_end": len(text),
            **{name: values[number - 1] for name, values in columns.items()},
        }
        for number, text in enumerate(texts, start=1)
    )


def _decided(*rows):
    return DECISIONS.make(
        {"matched": word, "treatment": treatment, "opinion_id": opinion_id, "row": row}
        for row, (word, treatment, opinion_id) in enumerate(rows, start=2)
    )


def _published(decisions=NO_DECISION, **tables):
    return publish(tables, find_personal_data(tables), decisions)


@pytest.mark.parametrize("table", all_contracts(), ids=lambda table: table.name)
def test_every_column_of_words_says_whose_words_it_holds(table):
    undeclared = [
        column.name
        for column in table.columns
        if column.kind in ("text", "label") and column.holds is None
    ]
    assert undeclared == []


def test_a_table_that_does_not_declare_its_columns_is_refused(monkeypatch):
    town = Table("town", "町", "1行 = 町", (Column("name", "text", "名前", "町の名前"),))
    monkeypatch.setattr(publishing, "_contracts", lambda: {"town": town})
    with pytest.raises(TableError, match="だれの言葉が入るか"):
        publish({"town": town.make([{"name": "北台"}])}, PERSONAL_DATA.make(), NO_DECISION)


def test_a_table_without_a_contract_and_personal_data_itself_are_refused():
    for name in ("nowhere", "personal_data"):
        with pytest.raises(TableError, match="公開できません"):
            publish({name: PERSONAL_DATA.make()}, PERSONAL_DATA.make(), NO_DECISION)


def _value(column):
    if column.kind in ("integer", "number", "share"):
        return 0
    if column.kind == "boolean":
        return False
    if column.kind == "date":
        return pd.Timestamp("2025-01-01")
    if column.name == "opinion_id":
        return "X1"
    if column.holds == "evidence":
        return f"{NAME}[2-7]"
    if column.holds in ("words", "excerpt"):
        return NAME
    return "x" if column.holds == "ours" else f"私は{NAME}と申します。{PHONE}、{ADDRESS}:3行"


@pytest.mark.parametrize(
    "table",
    [
        table
        for table in all_contracts()
        if not any(column.holds == "personal" for column in table.columns)
        and any(column.holds not in ("ours", None) for column in table.columns)
    ],
    ids=lambda table: table.name,
)
def test_a_resident_planted_in_every_column_of_a_contract_is_hidden(table):
    row = {column.name: _value(column) for column in table.columns}
    if {"start", "end"} <= set(table.names) and table is not OPINIONS:
        row |= {"start": 2, "end": 7} if table.name != "sessions" else {}
    opinions = _opinions(f"私は{NAME}と申します。{PHONE}、{ADDRESS}。")
    tables = {"opinions": opinions, table.name: table.make([row])}
    published = _published(**tables)[table.name].to_csv()
    assert find_secrets(published) == []
    assert find_secrets(tables[table.name].to_csv()) != []


def test_nothing_is_hidden_where_nothing_is_personal(opinions, codings):
    tables = {"opinions": opinions, "codings": codings}
    published = _published(**tables)
    pd.testing.assert_frame_equal(published["opinions"], opinions)
    pd.testing.assert_frame_equal(published["codings"], codings)
    assert published["treatment_counts"].empty


def test_two_hidden_labels_stay_two_groups_and_the_same_in_every_table():
    opinions = _opinions(
        "税が高い", "橋が古い", "川が汚い", category=["佐藤さんの件", "鈴木さんの件", "交通"]
    )
    values = [("X1", "鈴木さんの件"), ("X2", "佐藤さんの件"), ("X3", "30代")]
    attributes = ATTRIBUTES.make(
        {"opinion_id": i, "attribute": "担当", "value": value} for i, value in values
    )
    published = _published(opinions=opinions, attributes=attributes)
    assert published["opinions"]["category"].tolist() == ["●●さんの件(1)", "●●さんの件(2)", "交通"]
    assert published["attributes"]["value"].tolist() == ["●●さんの件(2)", "●●さんの件(1)", "30代"]


def test_a_label_keeps_its_categories_in_order():
    opinions = _opinions("税が高い", "橋が古い", category=["山田さん", "税"])
    ordered = pd.CategoricalDtype(["税", "山田さん"], ordered=True)
    published = _published(opinions=opinions.astype({"category": ordered}))
    assert published["opinions"]["category"].cat.categories.tolist() == ["税", "●●さん"]


def test_organisations_of_one_session_that_are_hidden_alike_stay_apart():
    attendance = ATTENDANCE.make(
        {"session": 1, "organization": f"{name}さんの会"} for name in ("佐藤", "鈴木")
    )
    published = _published(attendance=attendance)
    assert published["attendance"]["organization"].tolist() == ["●●さんの会(1)", "●●さんの会(2)"]


def test_what_is_published_by_decision_stays_and_only_there():
    opinions = _opinions("佐藤さんに聞いた", "佐藤さんが来た")
    decisions = _decided(("佐藤", "伏せる", None), ("佐藤", "公開", "X2"))
    published = _published(decisions, opinions=opinions)
    assert published["opinions"]["text"].tolist() == ["●●さんに聞いた", "佐藤さんが来た"]
    counts = published["treatment_counts"].set_index("kind").loc["人名"]
    assert counts.to_dict() == {"n_found": 2, "n_hidden": 1, "n_published": 1, "n_by_hand": 0}


def test_a_decision_counts_wherever_the_word_stands():
    tables = {
        "opinions": _opinions("小鳥遊さんに聞いた", "小鳥遊の家の前"),
        "replies": REPLIES.make([{"opinion_id": "X2", "reply": "小鳥遊宅を見ました"}]),
        "set_aside": SET_ASIDE.make(
            [
                {
                    "treatment": "特になし",
                    "raw_text": "小鳥遊",
                    "reason": "空欄",
                    "source": "小鳥遊.csv:3行",
                    "source_start": 0,
                    "source_end": 3,
                }
            ]
        ),
    }
    published = _published(**tables)
    assert published["opinions"]["text"].tolist() == ["●●●さんに聞いた", "●●●の家の前"]
    assert published["replies"]["reply"].tolist() == ["●●●宅を見ました"]
    assert published["set_aside"][["raw_text", "source"]].iloc[0].tolist() == ["●●●", "●●●.csv:3行"]
    assert published["treatment_counts"]["n_by_hand"].tolist() == [4]


def test_a_name_of_one_character_is_hidden_where_it_is_a_name_and_in_excerpts():
    finding = {"check": "文末の句点", "result": "参考", "source": "意見!A1", "note": "説明"}
    tables = {
        "opinions": _opinions("林さんが林道にいた", "林の手入れ"),
        "findings": FINDINGS.make([{**finding, "opinion_id": "X1", "found": "林さんが"}]),
    }
    published = _published(**tables)
    assert published["opinions"]["text"].tolist() == ["●さんが林道にいた", "林の手入れ"]
    assert published["findings"]["found"].tolist() == ["●さんが"]
    by_hand = _published(_decided(("林", "伏せる", None), ("林", "伏せる", "X1")), **tables)
    assert by_hand["opinions"]["text"].tolist() == ["●さんが●道にいた", "林の手入れ"]


def test_a_row_that_the_analyst_adds_is_honoured_and_one_that_fits_nothing_is_named():
    opinions = _opinions("赤い屋根の家の人", "赤い屋根の家の犬")
    decisions = _decided(
        ("赤い屋根の家", "伏せる", "X1"), ("青い屋根の家", "伏せる", None), ("犬", "公開", "X9")
    )
    published = _published(decisions, opinions=opinions)
    assert published["opinions"]["text"].tolist() == ["●●●●●●の人", "赤い屋根の家の犬"]
    assert published["unfitting"][["source", "result"]].to_numpy().tolist() == [
        ["privacy.csv:3行", "要確認"],
        ["privacy.csv:4行", "参考"],
    ]
    assert "屋根" not in published["unfitting"].to_csv()
    counts = published["treatment_counts"].set_index("kind")["n_by_hand"]
    assert counts.to_dict() == {"手で追加": 1}


def test_a_dropped_opinion_leaves_no_word_and_what_is_said_about_it_none_either():
    tables = {
        "opinions": _opinions("佐藤さんに\n聞いた", "橋が古い"),
        "replies": REPLIES.make([{"opinion_id": "X1", "reply": "お電話の件"}]),
    }
    published = _published(_decided(("佐藤", "除く", None)), **tables)
    assert published["opinions"]["text"].tolist() == ["●●●●●\n●●●", "橋が古い"]
    assert published["replies"]["reply"].tolist() == ["●●●●●"]


def test_an_opinion_may_be_dropped_by_its_number_alone():
    published = _published(_decided(("", "除く", "X2")), opinions=_opinions("橋", "川"))
    assert published["opinions"]["text"].tolist() == ["橋", "●"]
    assert published["unfitting"].empty


def test_words_and_evidence_that_touch_a_hidden_place_are_hidden_and_no_others():
    opinions = _opinions("佐藤さんの橋", "佐藤町の橋")
    spans = [("X1", "佐藤", 0, 2), ("X1", "橋", 5, 6), ("X2", "橋", 4, 5)]
    terms = TERMS.make(
        {"opinion_id": i, "term": t, "part_of_speech": "名詞,一般", "start": s, "end": e}
        for i, t, s, e in spans
    )
    evidence = EVIDENCE.make(
        {"opinion_id": i, "code": "橋", "matched": t, "start": s, "end": e} for i, t, s, e in spans
    )
    given = [("X1", "佐藤[0-2]、橋[5-6]"), ("X2", "橋[4-5]、X1:佐藤[0-2]"), ("X3", None)]
    codings = CODINGS.make(
        {"opinion_id": i, "code": "橋", "coder": "codebook", "method": "rule", "evidence": written}
        for i, written in given
    )
    published = _published(opinions=opinions, terms=terms, evidence=evidence, codings=codings)
    assert published["terms"]["term"].tolist() == ["●●", "橋", "橋"]
    assert published["evidence"]["matched"].tolist() == ["●●", "橋", "橋"]
    assert published["codings"]["evidence"].tolist()[:2] == [
        "●●[0-2]、橋[5-6]",
        "橋[4-5]、X1:●●[0-2]",
    ]
    assert published["codings"]["evidence"].isna().tolist() == [False, False, True]


def test_an_excerpt_that_cuts_a_hidden_word_is_hidden_and_its_explanation_stays_readable():
    findings = FINDINGS.make(
        [
            {
                "check": "文末の句点",
                "result": "参考",
                "opinion_id": "X1",
                "source": "意見!A1",
                "found": "0-1111です",
                "note": "「。」などで終わっていません",
            }
        ]
    )
    published = _published(opinions=_opinions("電話は00-0000-1111です"), findings=findings)
    row = published["findings"].iloc[0]
    assert row[["found", "note"]].tolist() == ["●●●●●●です", "「。」などで終わっていません"]


def test_places_found_in_other_tables_are_refused():
    found = find_personal_data({"opinions": _opinions("佐藤さん")})
    with pytest.raises(TableError, match="記録された場所にありません"):
        publish({"opinions": _opinions("税")}, found, NO_DECISION)


def test_publishing_changes_no_table_that_it_is_given():
    tables = {"opinions": _opinions("佐藤さんの橋", category=["佐藤さん"])}
    before = tables["opinions"].copy()
    first, second = (_published(**tables) for _ in range(2))
    pd.testing.assert_frame_equal(tables["opinions"], before)
    for name in first:
        pd.testing.assert_frame_equal(first[name], second[name])


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    plant_study(root)
    study = open_study("planted", root=root)
    made = process(study)
    write_processed(study, made)
    write_results(publish_head(study, made.personal_data), made, study.report)
    return root, made


def test_the_resident_stood_in_the_file_and_was_found(planted):
    _, made = planted
    assert {NAME, PHONE, ADDRESS} <= set(made.personal_data["matched"])
    assert len(made.opinions) == 7
    assert len(made.set_aside) >= 2


@pytest.mark.parametrize(
    "name",
    [
        *(
            "opinions",
            "set_aside",
            "sessions",
            "attendance",
            "attributes",
            "replies",
            "corrections",
        ),
        *("findings", "reconciliation", "files", "terms", "phrases", "codes", "codings"),
        *("evidence", "warnings", "theme_decisions", "human_codings"),
    ],
)
def test_the_resident_is_in_no_table_that_leaves_the_pipeline(planted, name):
    table = getattr(planted[1], name)
    assert find_secrets(table.to_csv()) == []


def test_the_resident_is_in_no_file_of_tables_and_not_in_the_workbook(planted):
    root, _ = planted
    assert find_planted(root / "reports") == []
    written = root / "data" / "processed" / "planted"
    assert len(list(written.glob("*.csv"))) > 10
    assert [each for each in find_planted(written) if ".csv:" in each] == []


def test_the_resident_is_in_no_figure_nor_beside_it(planted, tmp_path):
    root, made = planted
    head = publish_head(open_study("planted", root=root), made.personal_data)
    context = report_context(head, made, folder=tmp_path)
    groups = measures.groups_by(made.opinions, "category")
    counts = measures.count_themes(made.codings, made.opinions, made.themes)
    tables = {
        "cross": measures.count_themes_by_group(made.codings, groups, made.themes),
        "matrix": measures.opinion_matrix(made.codings, made.opinions, made.themes),
        "quotes": measures.select_quotes(made.opinions, made.codings, made.evidence, made.themes),
    }
    drawn = {
        "cross": charts.plot_counts_heatmap(tables["cross"]),
        "matrix": charts.plot_opinion_matrix(tables["matrix"]),
        "quotes": charts.plot_quotes_beside_counts(counts, tables["quotes"]),
    }
    for name, chart in drawn.items():
        said = tables[name].to_csv()
        save_chart(chart, name, report=context, table=tables[name], title=name, alt=said)
    assert len(list(tmp_path.rglob("*.svg"))) == 3
    assert "●" in "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.svg"))
    assert find_planted(tmp_path) == []


def test_what_leaves_the_pipeline_is_what_the_gate_gave(tmp_path, monkeypatch):
    gave = {}

    def note(tables, found, decisions):
        gave.update(publish(tables, found, decisions))
        return dict(gave)

    monkeypatch.setattr(pipeline, "publish", note)
    plant_study(tmp_path)
    made = vars(process(open_study("planted", root=tmp_path)))
    tables = {name for name, table in made.items() if isinstance(table, pd.DataFrame)}
    apart = {"personal_data", "code_counts", "findings"}
    assert tables - apart <= set(gave)
    for name in tables - apart:
        pd.testing.assert_frame_equal(made[name], gave[name])
    findings = pd.concat([gave["findings"], gave["unfitting"]], ignore_index=True)
    pd.testing.assert_frame_equal(made["findings"], findings)


def test_of_a_dropped_opinion_no_table_of_the_pipeline_keeps_a_word(tmp_path):
    plant_study(tmp_path)
    (tmp_path / "studies/planted/privacy.csv").write_text(
        "言葉,扱い,意見番号\n,除く,1\n", encoding="utf-8"
    )
    made = process(open_study("planted", root=tmp_path))
    for table, column in (
        (made.phrases, "matched"),
        (made.terms, "term"),
        (made.evidence, "matched"),
    ):
        words = table.loc[table["opinion_id"].eq("1"), column].astype("str")
        assert len(words)
        assert words.str.fullmatch("●+").all()


def test_the_reading_of_files_finds_the_resident_wherever_a_file_holds_one(tmp_path):
    plant_study(tmp_path)
    found = find_planted(tmp_path)
    assert {each.rpartition(": ")[0].rpartition("/")[2] for each in found} == {
        *(f"{NAME}様_{PHONE}.xlsx", "study.toml", "codebook.txt", "themes.csv", "corrections.csv")
    }
    assert {each.rpartition(": ")[2] for each in found} >= {*SECRETS} - {PHONE.replace("-", "")}


def test_what_is_hidden_in_a_raw_files_name_is_hidden_in_the_title_drafted_from_it(tmp_path):
    plant_study(tmp_path)
    study = open_study("planted", root=tmp_path)
    assert NAME in study.title
    assert NAME in study.source
    head = publish_head(study, process(study).personal_data)
    shown = "\n".join([head.title, head.source, *head.notes])
    assert not any(secret in shown for secret in SECRETS)
    assert "から届いた架空の意見です。" in shown, "and nothing else"


def test_a_title_hides_nothing_that_the_analyst_was_not_asked_about(tmp_path):
    plant_study(tmp_path)
    study = open_study("planted", root=tmp_path)
    head = publish_head(study, PERSONAL_DATA.make())
    assert (head.title, head.source, head.notes) == (study.title, study.source, study.notes)
