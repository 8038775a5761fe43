"""Charts along the sessions, each with its date."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from kyodo_analysis.charts.bars import add_bars, print_at_end
from kyodo_analysis.charts.canvas import label_rows, middles, new_canvas, require_columns, row_edges
from kyodo_analysis.charts.heatmap import CountGrid, draw_grid, plot_counts_heatmap, spread
from kyodo_analysis.charts.style import PRINT, Style

_PAIR_MM = 9.0
_FROM_MIDDLE_MM = 1.8
_WEEKDAYS = "月火水木金土日"


def plot_attendance(table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT) -> Axes:
    """Draw how many organisations and people came to each session.

    Parameters
    ----------
    table : DataFrame
        One row per session, in the order of drawing: ``session``, ``date`` (may be missing),
        ``n_organizations``, ``n_people_stated`` (may be missing).

    Returns
    -------
    Axes
        Per session a dark bar for organisations over a pale one for people, from one zero.
    """
    require_columns(table, "session", "date", "n_organizations", "n_people_stated")
    with new_canvas(style, ax) as (canvas, ax):
        named = table.assign(label=name_sessions(table["session"], table))
        table, labels = canvas.rows(named, "label", size="n_organizations", least=_PAIR_MM)
        edges = row_edges(labels, least=_PAIR_MM)
        label_rows(ax, edges, labels)
        listed = table["n_organizations"].astype("Int64")
        if not listed.sum():  # no list was read: that is no zero
            listed = listed.mask(listed.eq(0))
        bars = ((listed, "団体", -1), (table["n_people_stated"], "名", 1))
        for (lengths, unit, side), tone in zip(bars, style.tones, strict=False):
            places = middles(edges) + side * _FROM_MIDDLE_MM
            numbers = ["記載なし" if pd.isna(n) else f"{n}{unit}" for n in lengths]
            add_bars(ax, places, lengths.fillna(0), tone=tone)
            print_at_end(ax, places, lengths.fillna(0), numbers)
        ax.set_xlim(0, max(1, table[["n_organizations", "n_people_stated"]].max().max()))
        canvas.notes.append("濃い棒: 参加団体の数。淡い棒: 資料に書かれた人数")
        canvas.finish([ax], height_mm=edges[-1])
    return ax


def plot_organization_types(
    table: pd.DataFrame,
    sessions: pd.DataFrame,
    *,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw how many organisations of each type came to each session.

    Parameters
    ----------
    table : DataFrame
        One row per session and type, in the order of drawing: ``session``,
        ``organization_type``, ``n_organizations``.
    sessions : DataFrame
        One row per session: ``session``, ``date`` (may be missing).
    """
    require_columns(table, "session", "organization_type", "n_organizations")
    require_columns(sessions, "session", "date", may_be_empty=True)
    with new_canvas(style, ax) as (canvas, ax):
        counts = spread(table, "organization_type", "session", "n_organizations")
        canvas.notes.append("数字は参加団体の数")
        draw_grid(
            canvas, ax, CountGrid(counts.set_axis(name_sessions(counts.columns, sessions), axis=1))
        )
    return ax


def plot_themes_by_session(
    table: pd.DataFrame,
    sessions: pd.DataFrame,
    *,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw how many opinions of each session carry each theme, with dates and n.

    Parameters
    ----------
    table : DataFrame
        As for :func:`plot_counts_heatmap`; the groups are 第N回.
    sessions : DataFrame
        One row per session: ``session``, ``date`` (may be missing).
    """
    require_columns(table, "theme", "group", "n_opinions", "n_group")
    require_columns(sessions, "session", "date", may_be_empty=True)
    names = dated_names(sessions)
    dated = table.assign(group=table["group"].astype("object").replace(names))
    return plot_counts_heatmap(dated, ax=ax, style=style)


def dated_names(sessions: pd.DataFrame) -> dict[str, str]:
    """Return, for each group 第N回, its name with date and weekday."""
    numbers = sessions["session"]
    return dict(zip(numbers.map("第{}回".format), name_sessions(numbers, sessions), strict=True))


def name_sessions(numbers: Iterable[object], sessions: pd.DataFrame) -> list[str]:
    """Return 第N回 with its date and weekday below it, where the date is known."""
    dates = sessions.set_index("session")["date"]
    return [f"第{number}回\n{_named_day(dates.get(number))}".strip() for number in numbers]


def _named_day(day: pd.Timestamp | None) -> str:
    if day is None or pd.isna(day):
        return ""
    return f"{day.year}年{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"
