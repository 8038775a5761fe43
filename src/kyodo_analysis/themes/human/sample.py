"""Which opinions a second coder reads, in which order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kyodo_analysis.errors import StudyError


@dataclass(frozen=True)
class CodingSheetSettings:
    """How opinions are drawn for a second coder.

    Parameters
    ----------
    sample_size : int, optional
        How many opinions; all of them if not given.
    seed : int
        The same seed draws the same opinions in the same order.
    """

    sample_size: int | None = None
    seed: int = 20190830


ALL_OPINIONS = CodingSheetSettings()


def sample_opinions(
    opinions: pd.DataFrame, settings: CodingSheetSettings = ALL_OPINIONS
) -> pd.DataFrame:
    """Draw opinions without replacement, in random but fixed order (OPINIONS).

    Raises
    ------
    StudyError
        More opinions are asked for than there are, or none.
    """
    size = len(opinions) if settings.sample_size is None else settings.sample_size
    if not 0 < size <= len(opinions):
        raise StudyError(
            "コーディング用シートの件数",
            f"{size}件です",
            f"1件から{len(opinions)}件までです",
            "件数を直すか、空欄(全件)にしてください",
        )
    rows = np.random.default_rng(settings.seed).permutation(len(opinions))[:size]
    return opinions.iloc[rows].reset_index(drop=True)
