import pandas as pd
import pytest

from kyodo_analysis.charts import HALF_WIDTH, PRINT, plot_quotes_beside_counts
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.lettering import width_mm

LONG = "バスの本数が少なくて困っている。" * 20


@pytest.fixture
def counts():
    return pd.DataFrame({"theme": ["バス", "税"], "n_opinions": [4, 0]})


@pytest.fixture
def quotes():
    return pd.DataFrame(
        {
            "theme": ["バス", "バス"],
            "opinion_id": ["A1", "B10"],
            "text": ["朝のバスを増やしてほしい。", LONG],
            "evidence": ["バス[2-4]、増やし[5-8]", None],
        }
    )


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_quotes_are_whole_and_stand_after_their_opinion_id(counts, quotes):
    drawn = texts(plot_quotes_beside_counts(counts, quotes))
    assert drawn.index("A1") < drawn.index("朝のバスを増やしてほしい。") < drawn.index("B10")
    assert LONG in "".join(drawn)


def test_bars_are_numbers_of_opinions_and_say_how_many_are_quoted(counts, quotes):
    ax = plot_quotes_beside_counts(counts, quotes)
    (four,) = (bar.get_width() for bar in ax.patches)
    assert four > 0
    assert "4件(うち2件を掲載)" in texts(ax)


def test_themes_without_opinions_take_no_room_but_are_named(counts, quotes, legible):
    alone = plot_quotes_beside_counts(counts.head(1), quotes)
    more = pd.DataFrame({"theme": ["橋", "バス", "税"], "n_opinions": [0, 4, 0]})
    ax = plot_quotes_beside_counts(more, quotes)
    assert texts(ax) == texts(alone)
    assert ax.get_ylim() == alone.get_ylim()
    assert "1件も付かなかったテーマ: 橋、税" in ax.figure.get_supxlabel()
    assert "付かなかった" not in alone.figure.get_supxlabel()
    legible(ax)


def test_exactly_the_words_of_evidence_are_underlined(counts, quotes):
    ax = plot_quotes_beside_counts(counts, quotes)
    (quote,) = (text for text in ax.texts if text.get_text().startswith("朝の"))
    left = quote.get_position()[0]
    underlines = [
        tuple(segment[:, 0] - left)
        for lines in ax.collections
        for segment in lines.get_segments()
        if segment[0, 0] > 0
    ]
    assert underlines == [
        pytest.approx((width_mm("朝の"), width_mm("朝のバス"))),
        pytest.approx((width_mm("朝のバスを"), width_mm("朝のバスを増やし"))),
    ]


def test_evidence_stays_below_its_words_after_characters_that_are_not_drawn(counts):
    quotes = pd.DataFrame(
        {
            "theme": ["バス"],
            "opinion_id": ["A1"],
            "text": ["\u200b\u200bバス"],
            "evidence": ["バス[2-4]"],
        }
    )
    ax = plot_quotes_beside_counts(counts, quotes)
    (left,) = (
        text.get_position()[0]
        for text in ax.texts
        if text.get_text() == "バス" and text.get_position()[0] > 0
    )
    (start,) = (s[0, 0] for c in ax.collections for s in c.get_segments() if s[0, 0] > 0)
    assert start == pytest.approx(left)


def test_evidence_that_runs_over_a_line_is_underlined_on_both(counts, quotes):
    whole = quotes.assign(evidence=[None, f"{LONG}[0-{len(LONG)}]"])
    ax = plot_quotes_beside_counts(counts, whole)
    underlined = [s for c in ax.collections for s in c.get_segments() if s[0, 0] > 0]
    assert len(underlined) == sum("本数" in text or "困" in text for text in texts(ax))


@pytest.mark.parametrize("style", [PRINT, HALF_WIDTH])
def test_nothing_overlaps_or_is_cut(counts, quotes, style, legible):
    nasty = quotes.assign(
        text=["<b>太字</b> $x$ `code` 😀\nhttp://example.invalid/" + "a" * 150, LONG],
        theme="市民活動サポートコーナーの活用と、そのほかのいろいろ",
    )
    named = counts.assign(theme=["市民活動サポートコーナーの活用と、そのほかのいろいろ", "税"])
    legible(plot_quotes_beside_counts(named, nasty, style=style))


def test_themes_without_any_quote_keep_their_numbers(counts, quotes, legible):
    ax = plot_quotes_beside_counts(counts, quotes.head(0))
    assert "4件(うち0件を掲載)" in texts(ax)
    legible(ax)


def test_a_page_holds_as_many_quotes_of_each_theme_as_fit_and_says_what_it_leaves_out(counts):
    many = pd.DataFrame(
        {
            "theme": "バス",
            "opinion_id": [f"A{number}" for number in range(90)],
            "text": "バスの本数を増やしてほしい。",
            "evidence": None,
        }
    )
    ax = plot_quotes_beside_counts(counts.assign(n_opinions=[300, 0]), many)
    n_drawn = texts(ax).count("バスの本数を増やしてほしい。")
    assert 30 < n_drawn < 60
    assert ax.figure.get_figheight() * 25.4 < 247
    assert (
        f"載せたのはのべ{n_drawn}件で、ほかにのべ{300 - n_drawn}件の意見があります"
        in ax.figure.get_supxlabel()
    )


def test_themes_without_any_opinion_are_answered_by_a_sentence(counts, quotes):
    with pytest.raises(NotInDataError, match="すべて0件"):
        plot_quotes_beside_counts(counts.assign(n_opinions=0), quotes[:0])


def test_a_quote_longer_than_a_page_is_answered_by_a_sentence(counts, quotes):
    with pytest.raises(NotInDataError, match="A4の紙1枚に入りません"):
        plot_quotes_beside_counts(counts, quotes.assign(text=LONG * 60))


def test_themes_beyond_one_page_are_counted_in_a_note(quotes):
    themes = [f"テーマ{number}" for number in range(40)]
    ax = plot_quotes_beside_counts(pd.DataFrame({"theme": themes, "n_opinions": 1}), quotes[:0])
    n_drawn = sum(text in themes for text in texts(ax))
    assert 5 < n_drawn < 20
    assert ax.figure.get_figheight() * 25.4 < 247
    assert f"うちテーマ{40 - n_drawn}つは、1件も載せていません" in ax.figure.get_supxlabel()


def test_copies_and_denials_are_said_below_the_id(counts, quotes, legible):
    ax = plot_quotes_beside_counts(counts, quotes.assign(n_copies=[3, 1], denied=[False, True]))
    shown = texts(ax)
    assert shown.count("同文3件") == 1
    assert shown.count("打ち消し") == 1
    assert "打ち消されている意見" in legible(ax).get_supxlabel()
    assert "打ち消" not in plot_quotes_beside_counts(counts, quotes).figure.get_supxlabel()
