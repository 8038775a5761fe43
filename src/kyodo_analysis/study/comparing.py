"""A study's codings beside others: those of its last report, and those of people."""

from itertools import combinations

import pandas as pd

from kyodo_analysis import measures, themes
from kyodo_analysis.errors import NotInDataError, StudyError
from kyodo_analysis.study import Study
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.study.report_run import read_last_codings
from kyodo_analysis.themes.human import SHEET_CHECK


def compare_with_last_report(study: Study, made: StudyTables) -> pd.DataFrame:
    """Say which codings changed since the study's last finished report (CODING_CHANGES).

    Empty where nothing did and where there is no earlier report, or none that can be read: a first
    report and the next one of the same study are the same to the byte.
    """
    before = read_last_codings(study)
    return themes.compare_codings(
        made.codings if before is None else before, made.codings, made.opinions
    )


def compare_coders(study: Study, made: StudyTables) -> list[themes.Agreement]:
    """Compare the codebook with every person who coded, and these with each other.

    Raises
    ------
    NotInDataError
        Nobody has coded the opinions yet.
    """
    people = _people(study, made)
    judged = _sample(study, made)
    codings = pd.concat(
        [themes.only_rules(made.codings, made.theme_decisions), made.human_codings],
        ignore_index=True,
    )
    return [
        themes.compare_coders(codings, judged, first=first, second=second, codes=made.themes)
        for first, second in combinations(["codebook", *people], 2)
    ]


def correct_counts(study: Study, made: StudyTables) -> pd.DataFrame:
    """Mend the counts by rules with what people read in the random sample (CORRECTED_COUNTS).

    A person's decisions on single opinions take no part: made while the sample was read, they
    would make the rules look better there than elsewhere.

    Raises
    ------
    NotInDataError
        Nobody has coded the opinions yet, or too few of them.
    """
    _people(study, made)
    judged = _sample(study, made)
    return measures.correct_theme_counts(
        themes.only_rules(made.codings, made.theme_decisions),
        made.human_codings,
        made.opinions,
        judged,
        made.themes,
    )


def _people(study: Study, made: StudyTables) -> list[str]:
    """Return who coded; where nobody did, a page says why once, however many results need them."""
    if people := list(made.human_codings["coder"].unique()):
        return people
    if made.findings["check"].astype("str").eq(SHEET_CHECK).any():
        raise NotInDataError(
            "人の判定との比較",
            "人がテーマを付けたシートはありますが、使えませんでした",
            action=f"点検結果の「{SHEET_CHECK}」にある所を直すと、ここに出ます",
        )
    raise NotInDataError(
        "人の判定との比較",
        "人がテーマを付けたシートがありません",
        action=f"python run.py sheet {study.name} でシートを作り、記入して "
        f"studies/{study.name}/coders/ に置くと、ここに出ます",
    )


def _sample(study: Study, made: StudyTables) -> pd.DataFrame:
    """Draw the opinions that people read; a sample that cannot be drawn stops no report."""
    settings = study.settings("coding_sheet", themes.CodingSheetSettings)
    try:
        return themes.sample_opinions(made.opinions, settings)
    except StudyError as error:
        raise NotInDataError(error.where, error.found, error.allowed, error.action) from None
