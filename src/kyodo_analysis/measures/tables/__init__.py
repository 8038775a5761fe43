"""The result tables that leave this room: what is counted, per what, and with which caveat."""

from kyodo_analysis.measures.tables.comparisons import *  # noqa: F403
from kyodo_analysis.measures.tables.counts import *  # noqa: F403
from kyodo_analysis.measures.tables.maps import *  # noqa: F403
