"""Personal data in opinions: found, decided on by the analyst, hidden before publishing.

Nothing is hidden or published by rule alone: :func:`find_personal_data` names the candidates,
``studies/<study>/privacy.csv`` holds what the analyst decided, and :func:`mask_opinions` refuses
while a candidate is undecided.
"""

from kyodo_analysis.privacy.decisions import (
    PUBLISH,
    TREATMENTS,
    check_decided,
    count_treatments,
    find_stale_decisions,
    hide_undecided,
    read_decisions,
    write_decisions,
)
from kyodo_analysis.privacy.elsewhere import mask_by_form, mask_repeats
from kyodo_analysis.privacy.finding import find_personal_data
from kyodo_analysis.privacy.masking import mask_opinions, mask_words
from kyodo_analysis.privacy.tables import DECISIONS, PERSONAL_DATA, TREATMENT_COUNTS

__all__ = [
    "DECISIONS",
    "PERSONAL_DATA",
    "PUBLISH",
    "TREATMENTS",
    "TREATMENT_COUNTS",
    "check_decided",
    "count_treatments",
    "find_personal_data",
    "find_stale_decisions",
    "hide_undecided",
    "mask_by_form",
    "mask_opinions",
    "mask_repeats",
    "mask_words",
    "read_decisions",
    "write_decisions",
]
