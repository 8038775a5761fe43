"""The verbs of a notebook: open a report, ask, show, say and draw.

What the data cannot carry comes back from :func:`ask` as a sentence; :func:`show` shows it and the
other verbs keep silent, so that every notebook runs on every study. Residents' words are escaped
wherever they are shown.
"""

from kyodo_analysis.notebook.asking import Sentence, ask, first, part, say
from kyodo_analysis.notebook.report import Report, open_report
from kyodo_analysis.notebook.showing import Listing, show

__all__ = [
    "Listing",
    "Report",
    "Sentence",
    "ask",
    "first",
    "open_report",
    "part",
    "say",
    "show",
]
