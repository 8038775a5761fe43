"""Tokens that are kept."""

from pathlib import Path

import pandas as pd

from kyodo_analysis.words.tokenizers import Tokenizer
from kyodo_analysis.words.tokens import tokenize_opinions


def load_or_tokenize(opinions: pd.DataFrame, *, tokenizer: Tokenizer, folder: Path) -> pd.DataFrame:
    """Return TOKENS."""
    return tokenize_opinions(opinions, tokenizer=tokenizer)
