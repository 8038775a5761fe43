import pandas as pd
import pytest

from kyodo_analysis.measures import count_themes, find_returning
from kyodo_analysis.privacy import TREATMENT_COUNTS
from kyodo_analysis.study.sentences import (
    describe_agreement,
    describe_attendance,
    describe_corrected,
    describe_corrections,
    describe_cross,
    describe_decisions,
    describe_findings,
    describe_groups,
    describe_hidden,
    describe_phrases,
    describe_reading,
    describe_rule_words,
    describe_sample_sizes,
    describe_saturation,
    describe_terms,
    describe_tests,
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
from kyodo_analysis.themes import THEME_DECISIONS


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


READ = "機械が見つけられない個人情報もあるので、公開する前に人が読んで確かめてください。"


def _treated(kind, n_found, n_hidden, n_published, n_by_hand=0):
    return {
        "kind": kind,
        "n_found": n_found,
        "n_hidden": n_hidden,
        "n_published": n_published,
        "n_by_hand": n_by_hand,
    }


def test_hidden_places_and_the_words_not_counted_for_them_are_said():
    counts = TREATMENT_COUNTS.make([_treated("人名", 6, 2, 4), _treated("電話番号", 1, 1, 0)])
    assert describe_hidden(counts, _terms("●●", "税", "●", "●●", "●バス")) == (
        "個人情報かもしれない7か所(人名6、電話番号1)のうち、3か所を●で伏せ、4か所は公開してよいと判断しました。"
        f"伏せたため、のべ3語は語の数に入っていません。{READ}"
    )


def test_what_the_analyst_added_is_said_beside_what_was_found():
    counts = TREATMENT_COUNTS.make([_treated("人名", 1, 1, 0, 2), _treated("手で追加", 0, 0, 0, 3)])
    assert describe_hidden(counts, _terms("税")) == (
        "個人情報かもしれない1か所(人名1)のうち、1か所を●で伏せ、0か所は公開してよいと判断しました。"
        f"手で足した言葉と、伏せた言葉がほかにもあった5か所も伏せました。{READ}"
    )
    assert describe_hidden(counts.iloc[1:], _terms("税")) == (
        f"手で足した言葉と、伏せた言葉がほかにもあった3か所も伏せました。{READ}"
    )


def test_no_candidate_of_personal_data_is_said_to_be_none():
    said = describe_hidden(TREATMENT_COUNTS.make(), _terms())
    assert said == f"個人情報の候補は見つかりませんでした。{READ}"


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


def test_where_only_numbers_are_stated_no_organisation_is_said_to_be_missing():
    none = find_returning(ATTENDANCE.make())
    counts = pd.DataFrame({"n_organizations": [0, 0], "n_people_stated": [12, 8]}, dtype="Int64")
    assert describe_attendance(counts, none) == (
        "参加した団体の名前の記録はありません。資料に書かれた参加者は、2回にのべ20名です。"
    )
    partly = counts.assign(n_people_stated=pd.array([12, None], dtype="Int64"))
    assert describe_attendance(partly, none) == "参加した団体の名前の記録はありません。"


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


def _theme_counts(**columns):
    rows = {
        "theme": ["停留所", "運賃"],
        "n_opinions": [62, 50],
        "n_texts": pd.array([58, 50], dtype="Int64"),
        "n_respondents": pd.array([None, None], dtype="Int64"),
        "n_total": 464,
        "share": [0.134, 0.108],
        "low": [0.106, 0.083],
        "high": [0.168, 0.139],
    }
    return pd.DataFrame(rows | columns)


def test_texts_stand_beside_a_leading_number_only_where_they_are_fewer():
    assert "「停留所」62件(異なる文58)、「運賃」50件です(全464件)" in describe_themes(
        _theme_counts()
    )


def test_themes_whose_intervals_overlap_are_not_ranked():
    assert "どちらが多いとまでは言えません" in describe_themes(_theme_counts())
    apart = _theme_counts(high=[0.168, 0.1])
    assert "どちらが多い" not in describe_themes(apart)
    without = _theme_counts(low=[None, None], high=[None, None]).astype(
        {"low": "float64", "high": "float64"}
    )
    assert "どちらが多い" not in describe_themes(without)


def _corrected(**columns):
    rows = {
        "theme": ["停留所", "運賃"],
        "coder": ["甲", "甲"],
        "n_rule": [62, 50],
        "n_total": 464,
        "n_read": 60,
        "n_given": [9, 6],
        "n_corrected": [71.2, 48.9],
        "low": [58.1, 31.0],
        "high": [84.4, 66.0],
    }
    return pd.DataFrame(rows | columns)


def test_a_mended_count_stands_beside_that_of_the_rules():
    said = describe_corrected(_corrected())
    assert "甲が無作為に選んだ60件を読んだ結果から直すと" in said
    assert "「停留所」はルールでは62件、直すとおよそ71件(58〜84件)" in said
    assert "甲が全464件を読みました" in describe_corrected(_corrected(n_read=464))
    assert describe_corrected(_corrected().head(0)) == "直すテーマがありません。"


def test_the_number_to_read_follows_the_wanted_width():
    sizes = pd.DataFrame(
        {
            "half_width": [0.1, 0.05],
            "n_opinions": [46.4, 23.2],
            "n_read": [45, 139],
            "n_total": 464,
        }
    )
    said = describe_sample_sizes(sizes)
    assert "±10%(±46件)なら45件、±5%(±23件)なら139件です(全464件)" in said
    assert "全29件を読んでください" in describe_sample_sizes(sizes.assign(n_read=29, n_total=29))


def _tests(**columns):
    rows = {
        "theme": ["停留所", "運賃"],
        "n_opinions": [62, 50],
        "n_texts": 460,
        "p_max": [0.4, 0.2],
        "share": [0.25, 0.1],
        "detectable": [0.44, 0.3],
    }
    return pd.DataFrame(rows | columns)


def test_a_test_that_finds_nothing_says_what_it_could_have_found():
    said = describe_tests(_tests())
    assert "違いがあるとは言えません。違いが無いという意味ではありません。" in said
    assert "「停留所」(全体で25%)が1つの組だけ44%以上" in said
    assert "どれほど大きな違いも" in describe_tests(_tests(detectable=None))
    assert "大きな違いしか" in describe_tests(_tests(share=None))


def test_what_is_found_is_named_with_its_adjusted_value():
    said = describe_tests(_tests(p_max=[0.03, 0.2]))
    assert "違いがあると言えるのは、「停留所」(p値0.030)です。" in said
    assert "検定できるテーマがありません" in describe_tests(_tests(p_max=None))


def test_a_theme_that_hangs_on_one_word_is_named():
    words = pd.DataFrame(
        {
            "theme": ["停留所", "停留所", "運賃"],
            "word": ["屋根", "ベンチ", "定期"],
            "n_alone": [3, 2, 6],
            "n_theme": [10, 10, 9],
            "n_left": [7, 8, 3],
        }
    )
    said = describe_rule_words(words)
    assert "「運賃」は「定期」を外すと9件から3件になります。" in said
    assert "停留所" not in said
    assert "意見の半分以上が残ります" in describe_rule_words(words.head(2))


def test_the_last_opinions_say_what_they_brought_and_no_more():
    growth = pd.DataFrame(
        {"kind": "語", "n_read": [1, 8, 9, 10], "n_found": [5.0, 20.0, 22.0, 24.0], "n_all": 24}
    )
    said = describe_saturation(growth)
    assert "最後の1件で新しく出てくるのは、語は平均2.0(全部で24)です。" in said
    assert "寄せられなかった意見" in said


def test_coders_who_always_agree_are_not_said_to_agree_least():
    scores = pd.DataFrame(
        {
            "code": ["停留所"],
            "first": ["甲"],
            "second": ["乙"],
            "kappa": [1.0],
            "n_opinions": [30],
            "n_agreed": [30],
        }
    )
    assert describe_agreement(scores) == "値の出るテーマでは、判定がすべて一致しました。"
    apart = scores.assign(kappa=0.5, n_agreed=27)
    assert "「停留所」(0.50、30件のうち判定の違い3件)" in describe_agreement(apart)
    pairs = pd.concat([apart, apart.assign(second="丙")])
    assert "「停留所」(甲と丙、0.50" in describe_agreement(pairs)
    assert describe_agreement(scores.head(0)) == "一致を見るテーマがありません。"


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ([], "テーマは、すべて規則が付けました(のべ5件)。人の判断はありません。"),
        (
            ["付けた", "外した", "外した"],
            "規則が付けたテーマは、のべ6件です。人の判断で1件を足し、2件を外しました。",
        ),
        (
            ["規則と同じ", "当てはまらない"],
            "規則が付けたテーマは、のべ5件です。人の判断で0件を足し、0件を外しました。"
            "規則と同じだった判断が1件あります。使えなかった判断が1件あり、点検結果に理由を示しました。",
        ),
    ],
)
def test_what_rules_and_people_gave_is_told_apart(codings, effects, said):
    decisions = THEME_DECISIONS.make(
        {"opinion_id": "A1", "code": "税", "decision": "付ける", "reason": "x", "effect": effect}
        for effect in effects
    )
    assert describe_decisions(codings, decisions) == said
