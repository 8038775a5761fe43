"""The one place that knows the order: a study's raw file becomes all of its tables."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pandas as pd

from kyodo_analysis import reading, tables, themes, words
from kyodo_analysis.output import ReportContext, write_csv
from kyodo_analysis.study import Study

Read = TypeVar("Read")


@dataclass(frozen=True, eq=False)
class StudyTables:
    """All tables of a study, each as :mod:`kyodo_analysis.tables` says.

    ``warnings`` is what the codebook's author should know; ``engine`` is what cut the words.
    """

    opinions: pd.DataFrame
    set_aside: pd.DataFrame
    sessions: pd.DataFrame
    attendance: pd.DataFrame
    attributes: pd.DataFrame
    replies: pd.DataFrame
    corrections: pd.DataFrame
    findings: pd.DataFrame
    reconciliation: pd.DataFrame
    tokens: pd.DataFrame
    terms: pd.DataFrame
    phrases: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    evidence: pd.DataFrame
    warnings: pd.DataFrame
    engine: str

    @property
    def themes(self) -> list[str]:
        """The names of the codes, in the codebook's order."""
        return list(self.codes["code"])


def process(study: Study) -> StudyTables:
    """Read, tokenize and code a study; tokens of unchanged opinions are not remade.

    Raises
    ------
    KyodoError
        When a raw file or a decision of the study cannot be used; it says what to do.
    """
    read = read_raw(study)
    tokenizer = words.make_tokenizer(dictionary=_decision(study, "dictionary.csv"))
    tokens = words.load_or_tokenize(read.opinions, tokenizer=tokenizer, folder=study.processed)
    codebook = themes.read_codebook(study.decisions / "codebook.txt")
    coded = themes.apply_codebook(codebook, tokens, read.opinions, attributes=read.attributes)
    found = {
        name: getattr(read, name) for name in StudyTables.__annotations__ if hasattr(read, name)
    }
    return StudyTables(
        **found,
        tokens=tokens,
        terms=_terms(study, tokens),
        phrases=words.find_phrases(tokens, read.opinions),
        codes=codebook.codes,
        codings=coded.codings,
        evidence=coded.evidence,
        warnings=codebook.warnings,
        engine=tokenizer.name,
    )


def read_raw(study: Study) -> reading.Reading:
    """Read the raw file of a study with the reader that the study names."""
    return reading.read_meeting_report(
        study.raw_file,
        organizations=_read(study, "organizations.csv", reading.read_organizations),
        corrections=_read(study, "corrections.csv", reading.read_corrections),
    )


def _terms(study: Study, tokens: pd.DataFrame) -> pd.DataFrame:
    return words.select_terms(
        tokens,
        settings=study.settings("words", words.TermSettings),
        synonyms=_read(study, "synonyms.csv", words.read_synonyms) or {},
        stop_words=_read(study, "stop_words.txt", words.read_stop_words) or frozenset(),
    )


def _decision(study: Study, name: str) -> Path | None:
    path = study.decisions / name
    return path if path.exists() else None


def _read(study: Study, name: str, read: Callable[[Path], Read]) -> Read | None:
    path = _decision(study, name)
    return read(path) if path else None


def write_processed(study: Study, made: StudyTables) -> None:
    """Write every table into ``data/processed/<study>/`` for those who work with Excel."""
    for table in tables.ALL_TABLES:
        if hasattr(made, table.name):
            write_csv(
                table.for_analyst(getattr(made, table.name)), study.processed / f"{table.name}.csv"
            )


def report_context(study: Study, opinions: pd.DataFrame) -> ReportContext:
    """Return what stands below every figure of a study."""
    return ReportContext(
        folder=study.report,
        source=study.source,
        date=study.date,
        n=len(opinions),
        data_sha256=sha256(study.raw_file.read_bytes()).hexdigest(),
    )
