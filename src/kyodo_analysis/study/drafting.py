"""A codebook drafted for a study, for the job that writes it down and for the desk."""

import pandas as pd

from kyodo_analysis import measures, words
from kyodo_analysis.study.opening import Study
from kyodo_analysis.study.pipeline import StudyTables, read_tokens
from kyodo_analysis.themes.drafting import CodebookDraft, draft_codebook


def draft_for_study(study: Study, made: StudyTables) -> CodebookDraft:
    """Draft a codebook from what a study carries; nothing is written.

    Raises
    ------
    NotInDataError
        The opinions are too few, or no word comes often enough.
    """
    path = study.decisions / "stop_words.txt"
    return draft_codebook(
        read_tokens(study),
        made.terms,
        made.opinions,
        title=study.title,
        stop_words=words.read_stop_words(path) if path.exists() else frozenset(),
        groups=_groups(made),
    )


def _groups(made: StudyTables) -> dict[str, pd.DataFrame]:
    if made.opinions["category"].nunique() < 2:
        return {}
    return {"分類": measures.groups_by(made.opinions, "category")}
