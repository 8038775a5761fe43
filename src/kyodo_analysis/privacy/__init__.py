"""Personal data: found, decided on by the analyst, hidden before publishing.

Nothing is hidden or published by rule alone: :func:`find_personal_data` names the candidates and
``studies/<study>/privacy.csv`` holds what the analyst decided about each word. What is not decided
is hidden. Which table is masked how, is said by its contract and done by ``study.publishing``.
"""

from kyodo_analysis.privacy.account import count_treatments, find_unfitting
from kyodo_analysis.privacy.decisions import (
    check_decided,
    find_undecided,
    opinions_of,
    read_decisions,
    summarise_words,
    write_decisions,
)
from kyodo_analysis.privacy.finding import find_in_texts, find_personal_data, searched
from kyodo_analysis.privacy.folding import fold
from kyodo_analysis.privacy.following import mask_evidence, mask_words
from kyodo_analysis.privacy.masking import (
    Mask,
    keep_apart,
    make_mask,
    places_by_text,
)
from kyodo_analysis.privacy.patterns import KINDS
from kyodo_analysis.privacy.tables import DECISIONS, PERSONAL_DATA, TREATMENT_COUNTS

__all__ = [
    "DECISIONS",
    "KINDS",
    "PERSONAL_DATA",
    "TREATMENT_COUNTS",
    "Mask",
    "check_decided",
    "count_treatments",
    "find_in_texts",
    "find_personal_data",
    "find_undecided",
    "find_unfitting",
    "fold",
    "keep_apart",
    "make_mask",
    "mask_evidence",
    "mask_words",
    "opinions_of",
    "places_by_text",
    "read_decisions",
    "searched",
    "summarise_words",
    "write_decisions",
]
