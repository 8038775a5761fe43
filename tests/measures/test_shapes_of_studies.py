"""Studies of every shape: each measure, chart and sentence works or says why it does not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from kyodo_analysis import charts, measures
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import tables as results
from kyodo_analysis.study import sentences
from kyodo_analysis.tables import (
    ATTENDANCE,
    ATTRIBUTES,
    CODINGS,
    CROSS_TABLE,
    EVIDENCE,
    GROUPS,
    OPINIONS,
    PHRASES,
    SESSIONS,
    TERMS,
)

FEW = measures.Shuffles(n=9)
WORDS = list("税橋道川駅店森畑湖空")


@dataclass(frozen=True)
class Shape:
    n: int = 30
    themes: tuple[str, ...] = ("交通", "負担", "防災")
    n_categories: int = 2
    sessions: str = "many"
    attribute: str = "many"
    respondents: bool = False
    copies: bool = False

    def __str__(self) -> str:
        return f"{self.n}件-{len(self.themes)}テーマ-{self.n_categories}分類-{self.sessions}-{self.attribute}"


SMALL = [
    Shape(3, *rest)
    for rest in product(
        ((), ("交通", "負担", "防災")),
        (0, 1, 2),
        ("none", "one", "many", "partly"),
        ("none", "one", "many", "each"),
    )
][::5]
OTHERS = [
    replace(shape, n=n)
    for n in (0, 1, 30, 400)
    for shape in (
        Shape(),
        Shape(themes=()),
        Shape(n_categories=0, sessions="none", attribute="none"),
        Shape(n_categories=1, sessions="one", attribute="one"),
        Shape(sessions="partly", attribute="each", respondents=True),
        Shape(copies=True, respondents=True),
    )
]


def _session(shape: Shape, number: int) -> int | None:
    return {"none": None, "one": 1, "many": number % 3 + 1}.get(
        shape.sessions, None if number % 2 else number % 3 + 1
    )


def _make(shape: Shape) -> dict[str, Any]:
    rng = np.random.default_rng(1)
    words = [rng.choice(WORDS, 5, replace=False).tolist() for _ in range(shape.n)]
    texts = ["駅前の歩道橋に屋根を付けてください" if shape.copies else " ".join(w) for w in words]
    opinions = OPINIONS.make(
        {
            "opinion_id": f"P{number}",
            "category": f"分類{number % shape.n_categories}" if shape.n_categories else None,
            "session": _session(shape, number),
            "respondent": f"人{number // 2}" if shape.respondents else None,
            "text": texts[number],
            "raw_text": texts[number],
            "source": f"意見!B{number + 2}",
            "source_start": 0,
            "source_end": len(texts[number]),
        }
        for number in range(shape.n)
    )
    value = {"one": lambda _: "市内", "many": lambda n: f"地区{n % 4}", "each": str}
    attributes = ATTRIBUTES.make(
        {"opinion_id": f"P{n}", "attribute": "地区", "value": value[shape.attribute](n)}
        for n in range(shape.n if shape.attribute in value else 0)
    )
    coded = [
        (n, theme) for n in range(shape.n) for k, theme in enumerate(shape.themes[:2]) if n % 3 == k
    ]
    return {
        "opinions": opinions,
        "attributes": attributes,
        "themes": list(shape.themes),
        "terms": TERMS.make(
            {"opinion_id": f"P{n}", "term": word, "part_of_speech": "名詞,一般"}
            | {"start": 2 * place, "end": 2 * place + 1}
            for n in range(shape.n)
            for place, word in enumerate(words[n])
        ),
        "codings": CODINGS.make(
            {"opinion_id": f"P{n}", "code": theme, "coder": "codebook", "method": "rule"}
            for n, theme in coded
        ),
        "human": CODINGS.make(
            {"opinion_id": f"P{n}", "code": theme, "coder": "甲", "method": "human"}
            for n, theme in coded
            if n % 2
        ),
        "evidence": EVIDENCE.make(
            {"opinion_id": f"P{n}", "code": theme, "matched": texts[n][:1], "start": 0, "end": 1}
            for n, theme in coded
        ),
        "phrases": PHRASES.make(
            {"opinion_id": f"P{n}", "sentence": 1, "kind": "否定", "matched": texts[n][2:3]}
            | {"start": 2, "end": 3}
            for n in range(0, shape.n, 4)
        ),
        "sessions": SESSIONS.make(
            {"session": number}
            for number in range(1, {"none": 0, "one": 1}.get(shape.sessions, 3) + 1)
        ),
        "attendance": ATTENDANCE.make(
            {"session": number, "organization": f"会{number}"}
            for number in range(1, {"none": 0, "one": 1}.get(shape.sessions, 3) + 1)
        ),
    }


Answer = pd.DataFrame | NotInDataError


def _ask(function: Callable[..., Any], *given: Any, **options: Any) -> Any:
    """Answer as a notebook does: a refusal is passed on to whatever needs the answer."""
    if refused := [each for each in given if isinstance(each, NotInDataError)]:
        return refused[0]
    try:
        return function(*given, **options)
    except NotInDataError as error:
        return error


def _answers(t: dict[str, Any]) -> Iterator[tuple[str, Any, Answer]]:
    """Yield each measure's name, its contract and what it answers."""
    opinions, codings, themes, terms = t["opinions"], t["codings"], t["themes"], t["terms"]
    yield "terms", results.TERM_COUNTS, _ask(measures.count_terms, terms, opinions)
    yield (
        "concordance",
        results.CONCORDANCE,
        _ask(measures.find_concordance, opinions, "税"),
    )
    counts = _ask(measures.count_themes, codings, opinions, themes)
    yield "themes", results.THEME_COUNTS, counts
    yield (
        "pairs",
        results.THEME_PAIRS,
        _ask(measures.count_theme_pairs, codings, opinions, themes),
    )
    yield "matrix", results.OPINION_MATRIX, _ask(measures.opinion_matrix, codings, opinions, themes)
    yield (
        "phrases",
        results.PHRASE_COUNTS,
        _ask(measures.count_phrases_by_theme, t["phrases"], codings, themes),
    )
    yield (
        "quotes",
        results.QUOTES,
        _ask(
            measures.select_quotes,
            opinions,
            codings,
            t["evidence"],
            themes,
            per_theme=2,
            phrases=t["phrases"],
        ),
    )
    yield (
        "words",
        results.RULE_WORDS,
        _ask(measures.weigh_words, t["evidence"], codings, opinions, themes),
    )
    yield (
        "saturation",
        results.SATURATION,
        _ask(measures.count_saturation, codings, terms, opinions, themes, shuffles=FEW),
    )
    for name, judged in (("all", opinions), ("sample", opinions.head(40))):
        yield (
            f"corrected by {name}",
            results.CORRECTED_COUNTS,
            _ask(measures.correct_theme_counts, codings, t["human"], opinions, judged, themes),
        )
    yield "sizes", results.SAMPLE_SIZES, _ask(measures.plan_sample, counts)
    theme = themes[0] if themes else "無いテーマ"
    yield (
        "candidates",
        results.CANDIDATE_TERMS,
        _ask(measures.find_candidate_terms, terms, codings, opinions, theme, shuffles=FEW),
    )
    attendance = _ask(measures.count_attendance, t["attendance"], t["sessions"])
    yield "attendance", results.ATTENDANCE_COUNTS, attendance
    yield (
        "types",
        results.ORGANIZATION_TYPE_COUNTS,
        _ask(measures.count_organization_types, t["attendance"]),
    )
    yield "returning", results.RETURNING, _ask(measures.find_returning, t["attendance"])
    yield (
        "each session",
        results.SESSION_THEMES,
        _ask(measures.describe_sessions, codings, opinions, t["sessions"], themes),
    )
    for by in ("category", "session", "地区"):
        groups = _ask(measures.groups_by, opinions, by, t["attributes"])
        yield f"groups by {by}", GROUPS, groups
        yield (
            f"sizes by {by}",
            results.GROUP_COUNTS,
            _ask(measures.count_opinions_by_group, groups, opinions),
        )
        cross = _ask(measures.count_themes_by_group, codings, groups, themes, opinions=opinions)
        yield f"themes by {by}", CROSS_TABLE, cross
        yield f"residuals by {by}", results.RESIDUALS, _ask(measures.compare_cells, cross)
        tests = _ask(
            measures.compare_themes_by_group, codings, groups, opinions, themes, shuffles=FEW
        )
        yield f"tests by {by}", results.THEME_TESTS, tests
        kh_coder = _ask(measures.describe_as_kh_coder, codings, groups, opinions, themes)
        yield f"kh by {by}", results.KH_CODER_TESTS, kh_coder
        keyness = _ask(measures.compare_terms_by_group, terms, groups, opinions, shuffles=FEW)
        yield f"keyness by {by}", results.KEYNESS, keyness
        if by == "category":
            assert isinstance(tests, NotInDataError)
            assert isinstance(kh_coder, NotInDataError)
        drawn = measures.CorrespondenceSettings(shuffles=FEW)
        found = _ask(measures.find_correspondence, terms, groups, opinions, drawn)
        yield f"map by {by}", results.CORRESPONDENCE_POINTS, _ask(getattr, found, "points")
        yield f"axes by {by}", results.CORRESPONDENCE_AXES, _ask(getattr, found, "axes")
        yield f"map check by {by}", results.MAP_CHECKS, _ask(getattr, found, "check")
    net = _ask(
        measures.find_network,
        terms,
        opinions,
        measures.NetworkSettings(n_resamples=9, shuffles=FEW),
    )
    tree = _ask(
        measures.find_dendrogram, terms, opinions, measures.DendrogramSettings(shuffles=FEW)
    )
    yield "edges", results.NETWORK_EDGES, _ask(getattr, net, "edges")
    yield "nodes", results.NETWORK_NODES, _ask(getattr, net, "nodes")
    yield "network check", results.MAP_CHECKS, _ask(getattr, net, "check")
    yield "merges", results.DENDROGRAM_MERGES, _ask(getattr, tree, "merges")
    yield "leaves", results.DENDROGRAM_LEAVES, _ask(getattr, tree, "leaves")
    yield "tree check", results.MAP_CHECKS, _ask(getattr, tree, "check")


def _say(found: dict[str, Any], t: dict[str, Any]) -> Iterator[Any]:
    yield _ask(sentences.describe_terms, found["terms"], len(t["opinions"]))
    yield _ask(sentences.describe_themes, found["themes"])
    yield _ask(sentences.describe_rule_words, found["words"])
    yield _ask(sentences.describe_saturation, found["saturation"])
    yield _ask(sentences.describe_corrected, found["corrected by all"])
    yield _ask(sentences.describe_corrected, found["corrected by sample"])
    yield _ask(sentences.describe_sample_sizes, found["sizes"])
    yield _ask(sentences.describe_attendance, found["attendance"], found["returning"])
    yield _ask(sentences.describe_phrases, t["phrases"])
    for by in ("category", "session", "地区"):
        yield _ask(sentences.describe_groups, found[f"sizes by {by}"])
        yield _ask(sentences.describe_cross, found[f"themes by {by}"])
        yield _ask(sentences.describe_tests, found[f"tests by {by}"])
        yield _ask(sentences.describe_keyness, found[f"keyness by {by}"])
        yield _ask(sentences.describe_check, found[f"map check by {by}"])
    yield _ask(sentences.describe_check, found["network check"])
    yield _ask(sentences.describe_check, found["tree check"])


def _draw(found: dict[str, Any], t: dict[str, Any]) -> Iterator[None]:
    """Draw as a notebook does: nothing where there is no row."""

    def draw(plot: Callable[..., Any], *names: str, more: tuple[Any, ...] = ()) -> None:
        given = [found[name] for name in names]
        if isinstance(given[0], NotInDataError) or given[0].empty:
            return
        _ask(plot, *given, *more)
        plt.close("all")

    yield draw(charts.plot_ranked_terms, "terms")
    yield draw(charts.plot_ranked_themes, "themes", "words", "corrected by sample")
    yield draw(charts.plot_ranked_themes, "themes", "words")
    yield draw(charts.plot_opinion_matrix, "matrix")
    yield draw(charts.plot_modality_by_theme, "phrases")
    yield draw(charts.plot_quotes_beside_counts, "themes", "quotes")
    yield draw(charts.plot_saturation, "saturation")
    yield draw(charts.plot_attendance, "attendance")
    yield draw(charts.plot_organization_types, "types", more=(t["sessions"],))
    for by in ("category", "session", "地区"):
        yield draw(charts.plot_opinions_per_category, f"sizes by {by}")
        yield draw(charts.plot_counts_heatmap, f"themes by {by}")
        yield draw(charts.plot_keyness, f"keyness by {by}")
        yield draw(
            charts.plot_correspondence, f"map by {by}", f"axes by {by}", f"map check by {by}"
        )
    yield draw(charts.plot_themes_by_session, "themes by session", more=(t["sessions"],))
    yield draw(charts.plot_theme_panels_by_session, "themes by session", more=(t["sessions"],))
    yield draw(charts.plot_network, "edges", "nodes", "network check")
    yield draw(charts.plot_dendrogram, "merges", "leaves", "tree check")


@pytest.mark.parametrize("shape", SMALL + OTHERS, ids=str)
def test_every_measure_and_sentence_works_or_says_why_not(shape: Shape) -> None:
    study = _make(shape)
    found: dict[str, Any] = {}
    for name, contract, answer in _answers(study):
        found[name] = answer
        if isinstance(answer, NotInDataError):
            assert answer.where
            assert answer.found
        else:
            contract.check(answer)
    for said in _say(found, study):
        assert str(said).endswith("。")


@pytest.mark.parametrize("shape", SMALL[::6] + OTHERS[::2] + OTHERS[-1:], ids=str)
def test_every_chart_is_drawn_or_says_why_not(shape: Shape) -> None:
    study = _make(shape)
    found = {name: answer for name, _, answer in _answers(study)}
    for _ in _draw(found, study):
        assert plt.get_fignums() == []
