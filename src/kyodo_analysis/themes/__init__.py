"""Themes: which opinion says what, by rules, by human coders, and by clusters with evidence."""

from kyodo_analysis.themes.codebook import (
    Codebook,
    Coded,
    apply_codebook,
    read_codebook,
)

__all__ = [
    "Codebook",
    "Coded",
    "apply_codebook",
    "read_codebook",
]
