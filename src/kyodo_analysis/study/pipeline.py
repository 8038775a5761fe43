"""The one place that knows the order: a study's raw file becomes all of its tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pandas as pd

from kyodo_analysis import reading, tables, themes, words
from kyodo_analysis.memory import release_memory
from kyodo_analysis.output import ReportContext, write_csv
from kyodo_analysis.reading.tables import ORGANIZATIONS
from kyodo_analysis.study import Study
from kyodo_analysis.study.publishing import find_personal_data, publish, read_privacy
from kyodo_analysis.themes.codebook import WARNINGS

Read = TypeVar("Read")

_AS_READ = (
    "set_aside",
    "sessions",
    "attendance",
    "attributes",
    "replies",
    "corrections",
    "reconciliation",
)


@dataclass(frozen=True, eq=False)
class StudyTables:
    """All tables of a study, each as :mod:`kyodo_analysis.tables` says.

    Counts are made from the opinions as they are; in the words of the tables, personal data is
    hidden by ● unless the analyst decided otherwise. ``warnings`` is what the codebook's author
    should know, ``personal_data`` what was flagged, ``treatment_counts`` what became of it, and
    ``engine`` what cut the words.
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
    files: pd.DataFrame
    tokens: pd.DataFrame
    terms: pd.DataFrame
    phrases: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    evidence: pd.DataFrame
    code_counts: pd.DataFrame
    warnings: pd.DataFrame
    human_codings: pd.DataFrame
    personal_data: pd.DataFrame
    treatment_counts: pd.DataFrame
    engine: str

    @property
    def themes(self) -> list[str]:
        """The names of the codes, in the codebook's order; none where there is no codebook."""
        return list(self.codes["code"])


def process(study: Study, *, progress: words.Progress | None = None) -> StudyTables:
    """Read, tokenize and code a study; tokens of unchanged opinions are not remade.

    Parameters
    ----------
    study : Study
    progress : callable, optional
        Told how many of the opinions that must be tokenized are done.

    Raises
    ------
    KyodoError
        When a raw file or a decision of the study cannot be used; it says what to do.
    """
    read = read_raw(study)
    release_memory()
    settings = study.settings("words", words.WordSettings)
    tokenizer = words.make_tokenizer(
        engine=settings.engine, dictionary=_decision(study, "dictionary.csv")
    )
    tokens = words.load_or_tokenize(
        read.opinions, tokenizer=tokenizer, folder=study.processed, progress=progress
    )
    release_memory()
    coded = _code(study, read, tokens)
    release_memory()
    made = StudyTables(
        **_publish(study, read, tokens, coded),
        code_counts=coded.counts.set_axis(read.opinions["opinion_id"], axis="index"),
        engine=tokenizer.name,
    )
    release_memory()
    return made


def read_raw(study: Study) -> reading.Reading:
    """Read the raw file of a study with the reader that the study names."""
    path, given = study.raw_file, study.parts["reading"]
    corrections = _read(study, "corrections.csv", reading.read_corrections, tables.CORRECTIONS.make)
    organizations = _read(
        study, "organizations.csv", reading.read_organizations, ORGANIZATIONS.make
    )
    if given.get("reader") == "meeting_report":
        return reading.read_meeting_report(
            path, organizations=organizations, corrections=corrections
        )
    settings = reading.settings_from(given)
    if isinstance(settings, reading.DocumentSettings):
        return reading.read_document(path, settings=settings, corrections=corrections)
    return reading.read_spreadsheet(
        path, settings=settings, corrections=corrections, organizations=organizations
    )


def read_human_codings(
    study: Study, opinions: pd.DataFrame, codes: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the coding sheets that came back to ``studies/<study>/coders/`` (CODINGS, FINDINGS)."""
    settings = study.settings("coding_sheet", themes.CodingSheetSettings)
    folder = study.decisions / "coders"
    return themes.read_coding_sheets(folder, opinions, codes, settings=settings)


@dataclass(frozen=True, eq=False)
class _Coded:
    codes: pd.DataFrame = field(default_factory=tables.CODES.make)
    codings: pd.DataFrame = field(default_factory=tables.CODINGS.make)
    evidence: pd.DataFrame = field(default_factory=tables.EVIDENCE.make)
    counts: pd.DataFrame = field(default_factory=pd.DataFrame)
    warnings: pd.DataFrame = field(default_factory=WARNINGS.make)


def _code(study: Study, read: reading.Reading, tokens: pd.DataFrame) -> _Coded:
    path = _decision(study, "codebook.txt")
    if path is None:
        return _Coded(counts=pd.DataFrame(index=read.opinions.index))
    codebook = themes.read_codebook(path, notes=_decision(study, "themes.csv"))
    coded = themes.apply_codebook(codebook, tokens, read.opinions, attributes=read.attributes)
    return _Coded(codebook.codes, coded.codings, coded.evidence, coded.counts, coded.warnings)


def _publish(
    study: Study, read: reading.Reading, tokens: pd.DataFrame, coded: _Coded
) -> dict[str, pd.DataFrame]:
    """Return the tables of a study, as far as the analyst lets their words out."""
    decisions = read_privacy(study)
    opinions = {"opinions": read.opinions}
    seen = publish(opinions, find_personal_data(opinions), decisions)["opinions"]
    human_codings, about_sheets = read_human_codings(study, seen, list(coded.codes["code"]))
    made = {
        **{name: getattr(read, name) for name in _AS_READ},
        "opinions": read.opinions,
        "findings": pd.concat([read.findings, about_sheets], ignore_index=True),
        "files": _describe_file(study),
        "tokens": tokens,
        "terms": _terms(study, tokens),
        "phrases": words.find_phrases(tokens, read.opinions),
        "codes": coded.codes,
        "codings": coded.codings,
        "evidence": coded.evidence,
        "warnings": coded.warnings,
        "human_codings": human_codings,
    }
    found = find_personal_data(made)
    published = publish(made, found, decisions)
    unfitting = published.pop("unfitting")
    findings = pd.concat([published["findings"], unfitting], ignore_index=True)
    return published | {"findings": findings, "personal_data": found}


def _describe_file(study: Study) -> pd.DataFrame:
    digest = sha256(study.raw_file.read_bytes()).hexdigest()
    return tables.FILES.make([{"file": study.raw_file.name, "sha256": digest}])


def _terms(study: Study, tokens: pd.DataFrame) -> pd.DataFrame:
    return words.select_terms(
        tokens,
        settings=study.settings("words", words.WordSettings),
        synonyms=_read(study, "synonyms.csv", words.read_synonyms, dict[str, str]),
        stop_words=_read(study, "stop_words.txt", words.read_stop_words, frozenset),
    )


def _decision(study: Study, name: str) -> Path | None:
    path = study.decisions / name
    return path if path.exists() else None


def _read(
    study: Study, name: str, read: Callable[[Path], Read], nothing: Callable[[], Read]
) -> Read:
    path = _decision(study, name)
    return read(path) if path else nothing()


def write_processed(study: Study, made: StudyTables) -> None:
    """Write the tables into ``data/processed/<study>/`` for those who work with Excel.

    The tokens are kept there by the store of the words room.
    """
    for table in tables.ALL_TABLES:
        if hasattr(made, table.name) and table is not tables.TOKENS:
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
