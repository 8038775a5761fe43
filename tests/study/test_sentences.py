import pandas as pd

from kyodo_analysis.measures import count_themes, find_returning
from kyodo_analysis.privacy import TREATMENT_COUNTS
from kyodo_analysis.study.sentences import (
    describe_attendance,
    describe_corrections,
    describe_cross,
    describe_findings,
    describe_groups,
    describe_hidden,
    describe_phrases,
    describe_reading,
    describe_terms,
    describe_themes,
    describe_uncoded,
)
from kyodo_analysis.tables import (
    ATTENDANCE,
    CORRECTIONS,
    FINDINGS,
    PHRASES,
    RECONCILIATION,
    TERMS,
)


def _reconciliation(n_read, n_kept, n_set_aside):
    return RECONCILIATION.make(
        [{"part": "意見", "n_read": n_read, "n_kept": n_kept, "n_set_aside": n_set_aside}]
    )


def test_the_balance_is_said_only_where_it_holds():
    assert "合計は一致しています" in describe_reading(_reconciliation(5, 3, 2))
    assert "合計が一致しません" in describe_reading(_reconciliation(5, 3, 1))


def test_sums_are_called_equal_only_where_nothing_was_left_unread():
    rows = [
        {"check": c, "result": "要確認", "source": "x", "found": "水", "note": "y"}
        for c in ("脚注", "読まなかった列", "曜日")
    ]
    said = describe_reading(_reconciliation(5, 3, 2), FINDINGS.make(rows))
    assert "合計は一致しています" not in said
    assert "読んでいない所が2か所あります(脚注、読まなかった列)" in said
    assert "合計は一致しています" in describe_reading(
        _reconciliation(5, 3, 2), FINDINGS.make(rows[2:])
    )


def test_findings_are_counted_by_their_result():
    rows = [("一致", 2), ("要確認", 1)]
    findings = FINDINGS.make(
        {"check": "曜日", "result": result, "source": "x", "found": "水", "note": "暦"}
        for result, times in rows
        for _ in range(times)
    )
    assert "一致2件、要確認1件、参考0件" in describe_findings(findings)


def test_nothing_is_asked_of_the_reader_where_no_check_wants_a_look():
    findings = FINDINGS.make(
        [{"check": "曜日", "result": "一致", "source": "x", "found": "水", "note": "暦"}]
    )
    assert describe_findings(findings) == "点検の結果は、一致1件、要確認0件、参考0件です。"


def _terms(*words):
    return TERMS.make(
        {
            "opinion_id": "1",
            "term": word,
            "part_of_speech": "名詞,一般",
            "start": 0,
            "end": len(word),
        }
        for word in words
    )


def test_hidden_places_and_the_words_not_counted_for_them_are_said():
    counts = TREATMENT_COUNTS.make(
        [
            {"kind": "人名", "treatment": "伏せる", "n": 2},
            {"kind": "人名", "treatment": "公開", "n": 4},
            {"kind": "電話番号", "treatment": "除く", "n": 1},
        ]
    )
    assert describe_hidden(counts, _terms("●●", "税", "●", "●●", "●バス")) == (
        "個人情報かもしれない7か所のうち、3か所を●で伏せ、4か所は公開してよいと判断しました。"
        "伏せたため、のべ3語は語の数に入っていません。"
    )
    assert describe_hidden(counts.iloc[1:2], _terms("税")) == (
        "個人情報かもしれない4か所のうち、0か所を●で伏せ、4か所は公開してよいと判断しました。"
    )


def test_no_candidate_of_personal_data_is_said_to_be_none():
    said = describe_hidden(TREATMENT_COUNTS.make(), _terms())
    assert said == "個人情報の候補は見つかりませんでした。"


def test_no_correction_is_said_to_be_none():
    assert "すべて原文のまま" in describe_corrections(CORRECTIONS.make())


def test_all_groups_with_the_most_and_the_fewest_opinions_are_named():
    counts = pd.DataFrame({"group": ["税", "橋", "道"], "n_opinions": [4, 1, 1]})
    assert describe_groups(counts) == (
        "6件は3組に分かれ、最も多いのは「税」(4件)、最も少ないのは「橋」、「道」(1件)です。"
    )


def test_equal_groups_have_neither_most_nor_fewest():
    counts = pd.DataFrame({"group": ["税", "橋"], "n_opinions": [2, 2]})
    assert describe_groups(counts) == "4件は2組に2件ずつあります。"


def test_a_repeated_term_shows_why_opinions_are_counted():
    counts = pd.DataFrame({"term": ["税", "橋"], "n_opinions": [3, 2], "n": [3, 5]})
    assert "「橋」は5回、2件" in describe_terms(counts, 4)


def test_few_voices_are_named_and_none_are_passed_over(opinions, codings):
    counts = count_themes(codings, opinions, ["バス", "負担", "知らせ方", "騒音"])
    said = describe_themes(counts)
    assert "「バス」2件、「知らせ方」2件、「負担」1件です(全5件)" in said
    assert "1件も付かなかったテーマは「騒音」" in said


def test_uncoded_opinions_are_counted(opinions):
    assert describe_uncoded(opinions.head(0), 5).startswith("5件すべてに")
    assert "5件のうち2件" in describe_uncoded(opinions.head(2), 5)


def test_a_cross_table_is_described_without_a_test():
    cross = pd.DataFrame(
        {"theme": ["税", "橋"], "group": ["A", "A"], "n_opinions": [1, 2], "n_group": [2, 2]}
    )
    assert describe_cross(cross) == (
        "重なりが多いのは、「A」の「橋」(2件中2件)、「A」の「税」(2件中1件)です。"
    )


def test_a_returning_organisation_is_counted_once():
    attendance = ATTENDANCE.make(
        {"session": session, "organization": name}
        for session, name in [(1, "橋の会"), (1, "森の会"), (2, "橋の会")]
    )
    counts = pd.DataFrame({"n_organizations": [2, 1], "n_people_stated": [3, None]})
    said = describe_attendance(counts, find_returning(attendance))
    assert "2回に、のべ3団体が参加しました" in said
    assert "団体の数は2です" in said
    assert "「橋の会」(第1回、第2回)" in said


def test_where_nobody_is_listed_nobody_is_said_to_have_come():
    counts = pd.DataFrame({"n_organizations": [], "n_people_stated": []}, dtype="Int64")
    said = describe_attendance(counts, find_returning(ATTENDANCE.make()))
    assert said == "参加した団体の記録はありません。"


def test_an_opinion_with_two_requests_is_one_request():
    phrases = PHRASES.make(
        {
            "opinion_id": "A1",
            "sentence": 1,
            "kind": "要望",
            "matched": "ほしい",
            "start": n,
            "end": n + 3,
        }
        for n in (0, 9)
    )
    assert "要望1件です" in describe_phrases(phrases)
