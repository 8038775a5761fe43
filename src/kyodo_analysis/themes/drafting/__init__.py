"""A drafted codebook: proposals for themes from what the opinions carry."""

from kyodo_analysis.themes.drafting.draft import CodebookDraft, draft_codebook
from kyodo_analysis.themes.drafting.rules import DraftSettings
from kyodo_analysis.themes.drafting.tables import DRAFT_THEMES, FREQUENT_WORDS

__all__ = [
    "DRAFT_THEMES",
    "FREQUENT_WORDS",
    "CodebookDraft",
    "DraftSettings",
    "draft_codebook",
]
