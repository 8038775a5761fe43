"""Apply a codebook to opinions."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from kyodo_analysis.themes.codebook.diagnosis import diagnose
from kyodo_analysis.themes.codebook.evaluator import Evaluator
from kyodo_analysis.themes.codebook.layout import Layout, Unit
from kyodo_analysis.themes.codebook.matching import Match
from kyodo_analysis.themes.codebook.numbering import lay_out
from kyodo_analysis.themes.codebook.reader import Codebook
from kyodo_analysis.themes.codebook.remarks import tabulate_remarks
from kyodo_analysis.themes.codebook.situation import Variables, collect_variables
from kyodo_analysis.themes.codebook.tabulation import (
    count_spans,
    list_spans,
    tabulate_codings,
    tabulate_evidence,
)


@dataclass(frozen=True, eq=False)
class Coded:
    """What a codebook says of the opinions.

    Attributes
    ----------
    codings : pandas.DataFrame
        One row per opinion and code (CODINGS); an opinion has a code where one of its units has.
        A unit of headings counts for the row of opinions that begins it.
    evidence : pandas.DataFrame
        One row per word that made a code true (EVIDENCE).
    units : pandas.DataFrame
        One row per unit (UNITS).
    counts : pandas.DataFrame
        One row per unit, one column per code: 0 where the code was not given, else the number of
        spans that made it true, at least 1.
    warnings : pandas.DataFrame
        The codebook's warnings, and what the text adds to them: rules that hit nothing, words
        that can never match (WARNINGS).
    """

    codings: pd.DataFrame
    evidence: pd.DataFrame
    units: pd.DataFrame
    counts: pd.DataFrame
    warnings: pd.DataFrame


def apply_codebook(
    codebook: Codebook,
    tokens: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    attributes: pd.DataFrame | None = None,
    headings: pd.DataFrame | None = None,
    unit: Unit = "opinion",
    unused_words: Collection[str] = (),
) -> Coded:
    """Give every opinion the codes whose rules are true in one of its units.

    Parameters
    ----------
    codebook : Codebook
        The rules.
    tokens, opinions : pandas.DataFrame
        The tokens of the opinions (TOKENS) and the opinions (OPINIONS).
    attributes : pandas.DataFrame, optional
        Variables beside 分類 and 回 (ATTRIBUTES).
    headings : pandas.DataFrame, optional
        Which opinions are headings and what stands under them (HEADINGS).
    unit : {"opinion", "paragraph", "sentence", "h1", ..., "h5"}
        What a rule must be true in.
    unused_words : collection of str
        Base forms that are not to be used (使用しない語); they still take a position.

    Raises
    ------
    NotInDataError
        A unit of headings is asked of opinions without headings.
    """
    layout = lay_out(tokens, opinions, headings=headings, unit=unit, unused_words=unused_words)
    variables = collect_variables(opinions, attributes)
    evaluator = Evaluator(layout, variables)
    outcomes: dict[str, Match] = {}
    for rule in codebook.rules:
        outcomes[rule.name] = evaluator.given[rule.header] = evaluator.outcome(rule.tree)
    spans = list_spans(outcomes, layout)
    counts = count_spans(outcomes, spans, layout)
    return Coded(
        codings=tabulate_codings(counts, spans, layout),
        evidence=tabulate_evidence(spans),
        units=layout.units,
        counts=counts,
        warnings=_warn(codebook, layout, variables, counts),
    )


def _warn(
    codebook: Codebook, layout: Layout, variables: Variables, counts: pd.DataFrame
) -> pd.DataFrame:
    remarks = [
        remark
        for rule in codebook.rules
        for remark in diagnose(
            rule,
            layout,
            variables,
            file=codebook.file,
            is_given=bool(counts[rule.name].any()),
        )
    ]
    warnings = pd.concat([codebook.warnings, tabulate_remarks(remarks)], ignore_index=True)
    return warnings.sort_values("line", kind="stable", ignore_index=True)
