import base64
import hashlib
import re
from urllib.parse import unquote

import pytest

from kyodo_analysis.output import link_to_voices, write_voices
from kyodo_analysis.output.voices import mark_words
from kyodo_analysis.tables import ATTRIBUTES, EVIDENCE, REPLIES


@pytest.fixture
def tables(opinions, codings):
    hostile = "<script>steal()</script> & $x$ バス"
    opinions = opinions.assign(
        text=opinions["text"].where(opinions["opinion_id"].ne("X1"), hostile),
        raw_text=opinions["raw_text"].where(opinions["opinion_id"].ne("X1"), hostile),
    )
    return {
        "opinions": opinions,
        "codings": codings,
        "evidence": EVIDENCE.make(
            [{"opinion_id": "A1", "code": "バス", "matched": "バス", "start": 5, "end": 7}]
        ),
        "attributes": ATTRIBUTES.make(
            [{"opinion_id": "A1", "attribute": "年代", "value": "30代<b>"}]
        ),
        "replies": REPLIES.make([{"opinion_id": "A2", "reply": "検討します。"}]),
    }


@pytest.fixture
def text(tables, tmp_path):
    return write_voices(tmp_path, title="町<の>声", **tables).read_text(encoding="utf-8")


def _article(text, opinion_id):
    return re.search(rf'<article id="{opinion_id}".*?</article>', text, re.DOTALL)[0]


def test_every_opinion_has_a_place_of_its_own_with_what_is_known_of_it(text, opinions):
    assert re.findall(r'<article id="(\w+)"', text) == list(opinions["opinion_id"])
    assert '<mark title="バス">バス</mark>の本数' in _article(text, "A1")
    assert "分類: 交通 / 第1回 / 年代: 30代&lt;b&gt; / テーマ: バス、負担" in _article(text, "A1")
    assert "市の考え方: 検討します。" in _article(text, "A2")
    assert "テーマ: なし" in _article(text, "X1")


def test_what_residents_wrote_is_text(text):
    assert "&lt;script&gt;steal()&lt;/script&gt; &amp; $x$ バス" in _article(text, "X1")
    assert len(re.findall("<script", text)) == 1


def test_only_our_own_script_may_run(text):
    script = re.search("<script>(.*?)</script>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text
    assert "innerHTML" not in script
    assert "eval" not in script


def test_words_of_a_corrected_text_are_not_marked(tables, tmp_path):
    corrected = tables["opinions"].assign(text="別の文。バスの")
    page = write_voices(tmp_path, title="題", **{**tables, "opinions": corrected})
    assert "<mark" not in page.read_text(encoding="utf-8")


def test_a_theme_that_a_person_gave_is_a_persons(tables, tmp_path):
    given = tables["codings"].assign(method="decision")
    page = write_voices(tmp_path, title="題", **{**tables, "codings": given})
    assert "テーマ: バス、負担(人の判断を含む)" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], "税&lt;が高い"),
        ([(0, 1, "税")], '<mark title="税">税</mark>&lt;が高い'),
        ([(0, 3, "税"), (2, 4, "高")], '<mark title="税、高">税&lt;が高</mark>い'),
        ([(0, 1, "a"), (1, 2, "b")], '<mark title="a">税</mark><mark title="b">&lt;</mark>が高い'),
        ([(0, 4, "a"), (1, 2, "b")], '<mark title="a、b">税&lt;が高</mark>い'),
    ],
)
def test_marks_that_overlap_become_one(spans, marked):
    assert mark_words("税<が高い", spans) == marked


def test_a_link_names_exactly_the_opinions_that_were_counted():
    link = link_to_voices(["A1", "意見,2", '"x'], "3<")
    address = re.search('href="([^"]*)"', link)[1]
    assert link.endswith(">3&lt;</a>")
    page, _, ids = address.partition("#ids=")
    assert page == "voices.html"
    assert [unquote(each) for each in ids.split(",")] == ["A1", "意見,2", '"x']
