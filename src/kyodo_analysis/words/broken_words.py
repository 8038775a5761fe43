"""Words that the dictionary breaks: candidates for a study's dictionary.csv."""

import pandas as pd

from kyodo_analysis.words.tables import BROKEN_WORDS


def find_broken_words(tokens: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Find them."""
    return BROKEN_WORDS.make()
