import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kyodo_analysis.errors import StudyError, TableError
from kyodo_analysis.privacy import DECISIONS, find_personal_data, mask_opinions, mask_words
from kyodo_analysis.tables import OPINIONS, TERMS, TOKENS

NO_TOKENS = TOKENS.make()
PIECES = ["電話は", "00-0000-1111", "😢", "三丁目1-2", "a@example.com", "\n", "。", "〒000-1111"]


def test_hidden_words_become_as_many_dots_in_text_and_raw_text(opinions_of, decide) -> None:
    opinions = opinions_of("電話は00-0000-1111です")
    findings = find_personal_data(opinions, NO_TOKENS)
    masked = mask_opinions(opinions, findings, decide(findings, "伏せる"))
    assert masked["text"].tolist() == ["電話は●●●●●●●●●●●●です"]
    assert masked["raw_text"].tolist() == masked["text"].tolist()


def test_published_words_stay_and_other_opinions_are_not_touched(opinions_of, decide) -> None:
    opinions = opinions_of("電話は00-0000-1111です", "バスが来ない")
    findings = find_personal_data(opinions, NO_TOKENS)
    assert_frame_equal(mask_opinions(opinions, findings, decide(findings, "公開")), opinions)


def test_a_dropped_opinion_stays_as_a_row_with_its_source_but_no_word(opinions_of, decide) -> None:
    opinions = opinions_of("電話00-0000-1111\nまで", "バスが来ない")
    findings = find_personal_data(opinions, NO_TOKENS)
    masked = mask_opinions(opinions, findings, decide(findings, "除く"))
    assert masked["text"].tolist() == ["●" * 14 + "\n●●", "バスが来ない"]
    assert masked["raw_text"].iloc[0] == masked["text"].iloc[0]
    kept = ["opinion_id", "source", "source_start", "source_end"]
    assert_frame_equal(masked[kept], opinions[kept])


def test_a_corrected_opinion_hides_in_its_raw_text_what_is_hidden_in_either(
    opinions_of, decide
) -> None:
    opinions = opinions_of(("00-0000-1111へ", "佐原さん、00-0000-1111え"))
    findings = find_personal_data(opinions, NO_TOKENS)
    assert findings["column"].tolist() == ["意見", "原文", "原文"]
    masked = mask_opinions(opinions, findings, decide(findings, "伏せる", "伏せる", "公開"))
    assert masked["text"].iloc[0] == "●" * 12 + "へ"
    assert masked["raw_text"].iloc[0] == "●●さん、" + "●" * 12 + "え"


def test_nothing_is_published_while_a_finding_is_undecided(opinions_of, decide) -> None:
    opinions = opinions_of("電話は00-0000-1111です")
    findings = find_personal_data(opinions, NO_TOKENS)
    for decisions in (decide(findings, None), DECISIONS.make()):
        with pytest.raises(StudyError, match="扱いが決まっていません"):
            mask_opinions(opinions, findings, decisions)


def test_findings_of_other_opinions_are_refused(opinions_of, decide) -> None:
    findings = find_personal_data(opinions_of("00-0000-1111"), NO_TOKENS)
    moved = opinions_of("電話00-0000-1111")
    with pytest.raises(TableError, match=r"意見X1.*記録された場所にありません"):
        mask_opinions(moved, findings, decide(findings, "伏せる"))
    with pytest.raises(TableError, match=r"意見X1.*記録された場所にありません"):
        mask_opinions(OPINIONS.make(), findings, decide(findings, "伏せる"))


def test_words_of_other_tables_are_hidden_where_they_touch_a_hidden_place(
    opinions_of, decide
) -> None:
    opinions = opinions_of("電話は00-0000-1111です", "電話")
    findings = find_personal_data(opinions, NO_TOKENS)
    published = mask_opinions(opinions, findings, decide(findings, "伏せる"))
    places = [("X1", "電話", 0, 2), ("X1", "0000", 6, 10), ("X2", "電話", 0, 2)]
    terms = TERMS.make(
        {"opinion_id": i, "term": t, "part_of_speech": "名詞,一般", "start": s, "end": e}
        for i, t, s, e in places
    )
    before = terms.copy()
    masked = mask_words(terms, opinions, published, column="term")
    assert masked["term"].tolist() == ["電話", "●●●●", "電話"]
    assert_frame_equal(terms, before)


def _terms(*places: tuple[str, int, int]) -> pd.DataFrame:
    return TERMS.make(
        {"opinion_id": "X1", "term": t, "part_of_speech": "名詞,一般", "start": s, "end": e}
        for t, s, e in places
    )


@pytest.mark.parametrize("kind", ["str", "category"])
def test_words_beside_a_hidden_place_stay_and_line_breaks_within_one_do_not(
    opinions_of, decide, kind: str
) -> None:
    opinions = opinions_of("橋00-0000-1111に\n川")
    findings = find_personal_data(opinions, NO_TOKENS)
    published = mask_opinions(opinions, findings, decide(findings, "伏せる"))
    terms = _terms(("橋", 0, 1), ("1111に\n川", 9, 16), ("に", 13, 14), ("川", 15, 16))
    rows = terms.astype({"term": kind}).set_index(pd.Index([5, 3, 8, 1]))
    masked = mask_words(rows, opinions, published, column="term")
    assert masked["term"].to_dict() == {5: "橋", 3: "●" * 7, 8: "に", 1: "川"}


def test_hidden_labels_stay_labels_and_forget_what_they_hid(opinions_of, decide) -> None:
    opinions = opinions_of("0000の橋と00-0000-1111")
    findings = find_personal_data(opinions, NO_TOKENS)
    published = mask_opinions(opinions, findings, decide(findings, "伏せる"))
    terms = _terms(("橋", 5, 6), ("1111", 15, 19), ("0000", 10, 14), ("0000", 0, 4))
    labels = terms.astype({"term": "category"})
    masked = mask_words(labels, opinions, published, column="term")["term"]
    assert masked.tolist() == ["橋", "●●●●", "●●●●", "0000"]
    assert masked.cat.categories.tolist() == ["0000", "●●●●", "橋"]


@given(
    st.lists(st.lists(st.sampled_from(PIECES)).map("".join), max_size=4),
    st.lists(st.sampled_from(["公開", "伏せる", "除く"]), min_size=1, max_size=4),
)
@settings(deadline=None, derandomize=True, max_examples=15)
def test_masking_keeps_lengths_hides_every_decided_span_and_nothing_else(
    opinions_of, decide, texts: list[str], choices: list[str]
) -> None:
    opinions = opinions_of(*texts)
    before = opinions.copy()
    findings = find_personal_data(opinions, NO_TOKENS)
    treatments = (choices * (len(findings) // len(choices) + 1))[: len(findings)]
    decisions = decide(findings, *treatments) if treatments else DECISIONS.make()
    masked = mask_opinions(opinions, findings, decisions)

    assert_frame_equal(opinions, before)
    assert masked["text"].str.len().tolist() == [len(text) for text in texts]
    for number, text in enumerate(texts, start=1):
        here = findings.assign(treatment=treatments)[findings["opinion_id"].eq(f"X{number}")]
        assert masked["text"].iloc[number - 1] == _masked_slowly(text, here)


def _masked_slowly(text: str, findings: pd.DataFrame) -> str:
    if "除く" in findings["treatment"].tolist():
        return "".join("\n" if character == "\n" else "●" for character in text)
    hidden = {
        place
        for row in findings[findings["treatment"].eq("伏せる")].itertuples()
        for place in range(row.start, row.end)
    }
    return "".join("●" if place in hidden else character for place, character in enumerate(text))
