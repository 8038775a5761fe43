"""Apply a codebook to opinions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from kyodo_analysis.themes.codebook.evaluator import Evaluator
from kyodo_analysis.themes.codebook.index import Unit
from kyodo_analysis.themes.codebook.numbering import lay_out
from kyodo_analysis.themes.codebook.reader import Codebook
from kyodo_analysis.themes.codebook.rule_warnings import tabulate_remarks
from kyodo_analysis.themes.codebook.syntax import atoms_of, words_of
from kyodo_analysis.themes.codebook.tabulation import (
    Found,
    collect,
    join,
    tabulate_codings,
    tabulate_evidence,
    tabulate_units,
)
from kyodo_analysis.themes.codebook.text_warnings import Trace, diagnose, follow
from kyodo_analysis.themes.codebook.variables import Variables, collect_variables


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
    variables = collect_variables(opinions, attributes)
    words = _list_words(codebook)
    parts: list[Found] = []
    traces: dict[str, Trace] = {}
    for index in lay_out(
        tokens, opinions, headings=headings, unit=unit, words=words, unused_words=unused_words
    ):
        parts.append(collect(Evaluator(index, variables).outcomes(codebook.rules), index))
        traces = follow(words, index, traces)
    found, codes = join(parts), [rule.name for rule in codebook.rules]
    has_headings = headings is not None and bool(headings["level"].notna().any())
    counts = pd.DataFrame(found.counts, columns=codes)
    return Coded(
        codings=tabulate_codings(found, codes, opinions),
        evidence=tabulate_evidence(found, codes, opinions),
        units=tabulate_units(found, opinions),
        counts=counts,
        warnings=_warn(codebook, traces, variables, has_headings, counts > 0),
    )


def _list_words(codebook: Codebook) -> list[str]:
    trees = (rule.tree for rule in codebook.rules if rule.tree)
    words = (word for tree in trees for atom in atoms_of(tree) for word in words_of(atom))
    return list(dict.fromkeys(words))


def _warn(
    codebook: Codebook,
    traces: Mapping[str, Trace],
    variables: Variables,
    has_headings: bool,
    given: pd.DataFrame,
) -> pd.DataFrame:
    remarks = [
        remark
        for rule in codebook.rules
        for remark in diagnose(
            rule,
            traces,
            variables,
            file=codebook.file,
            has_headings=has_headings,
            given=given[rule.name].to_numpy(),
        )
    ]
    warnings = pd.concat([codebook.warnings, tabulate_remarks(remarks)], ignore_index=True)
    return warnings.sort_values("line", kind="stable", ignore_index=True)
