"""Find out what citizens said in Japanese opinion text, and show it truthfully.

What an analyst needs, learnt in a minute::

    import kyodo_analysis as ka

    report = ka.open_report("kashiwa-2019")          # read, tokenized, coded; personal data hidden
    tables = report.tables
    counts = ka.count_themes(report.codings(), tables.opinions, report.themes())
    ka.show(counts)
    by_category = ka.groups_by(tables.opinions, "category")
    ka.show(ka.count_themes_by_group(report.codings(), by_category, report.themes()))

Each name is loaded when it is first used. The rooms behind them hold the rest.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_ROOMS = {
    "charts": (
        "plot_counts_heatmap",
        "plot_keyness",
        "plot_opinion_matrix",
        "plot_opinions_per_category",
        "plot_quotes_beside_counts",
        "plot_ranked_terms",
        "plot_ranked_themes",
    ),
    "errors": ("KyodoError", "NotInDataError"),
    "measures": (
        "compare_terms_by_group",
        "compare_themes_by_group",
        "correct_theme_counts",
        "count_opinions_by_group",
        "count_terms",
        "count_theme_pairs",
        "count_themes",
        "count_themes_by_group",
        "find_concordance",
        "groups_by",
        "select_quotes",
    ),
    "notebook": ("ask", "first", "open_report", "part", "say", "show"),
    "study": ("list_studies", "open_study"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> Any:
    """Load a name of the face from its room when it is first asked for."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
