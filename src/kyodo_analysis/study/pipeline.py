"""The one place that knows the order: a study's raw file becomes all of its tables.

Each stage is made once and kept (:mod:`kyodo_analysis.study.store`). Its key holds what it depends
on, the keys of earlier stages among it, so that what changed is made anew no further than it
reaches.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from kyodo_analysis import reading, tables, themes, words
from kyodo_analysis.files import remove_tree
from kyodo_analysis.memory import release_memory
from kyodo_analysis.output import write_csvs
from kyodo_analysis.reading.tables import ORGANIZATIONS
from kyodo_analysis.study.opening import Study
from kyodo_analysis.study.publishing import (
    PRIVACY_FILE,
    find_personal_data,
    publish,
    read_privacy,
)
from kyodo_analysis.study.store import Frames, Store, digest, digest_file, digest_program
from kyodo_analysis.themes.codebook import WARNINGS

Read = TypeVar("Read")

_AS_READ = (
    "opinions",
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
    hidden by ● unless the analyst decided otherwise. ``codings`` are the rules' and what people
    decided on single opinions (``theme_decisions``), ``code_counts`` the rules' alone. ``files`` names what was read, ``warnings``
    is what the codebook's author should know, ``personal_data`` what was flagged,
    ``treatment_counts`` what became of it, and ``engine`` what cut the words.
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
    terms: pd.DataFrame
    phrases: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    evidence: pd.DataFrame
    code_counts: pd.DataFrame
    warnings: pd.DataFrame
    human_codings: pd.DataFrame
    theme_decisions: pd.DataFrame
    personal_data: pd.DataFrame
    treatment_counts: pd.DataFrame
    engine: str

    @property
    def data_sha256(self) -> str:
        """The raw file's SHA-256."""
        return str(self.files["sha256"].iloc[0])

    @property
    def themes(self) -> list[str]:
        """The names of the codes, in the codebook's order; none where there is no codebook."""
        return list(self.codes["code"])

    def to_frames(self) -> Frames:
        """Return everything as tables, the engine as one of a single row, to be kept."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**given, "engine": pd.DataFrame({"engine": [self.engine]})}

    @classmethod
    def from_frames(cls, frames: Frames) -> "StudyTables":
        """Return what :meth:`to_frames` made tables of.

        Raises
        ------
        TypeError
            When a table is missing or not known.
        """
        given: dict[str, Any] = {**frames}
        given["engine"] = str(frames["engine"]["engine"].iloc[0])
        return cls(**given)


def process(study: Study, *, progress: words.Progress | None = None) -> StudyTables:
    """Read, tokenize and code a study; what is unchanged since it was last asked is not remade.

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
    with _held(study) as still:
        return _Stages(still, progress).published


def read_tokens(study: Study) -> pd.DataFrame:
    """Return the tokens of a study's opinions as they are (TOKENS): nothing in them is hidden."""
    with _held(study) as still:
        return _Stages(still).tokens


def read_as_they_are(study: Study) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return opinions, attributes and tokens for rules to be tried on: nothing in them is hidden.

    They are for counting and for places in the text, never for showing.
    """
    with _held(study) as still:
        stages = _Stages(still)
        return stages.read.opinions, stages.read.attributes, stages.tokens


@contextmanager
def _held(study: Study) -> Iterator[Study]:
    """Hold the decisions still while they are read: one that is edited meanwhile changes nothing."""
    if study.held is not None:
        yield study
        return
    folder = study.processed / f".held-{os.getpid()}-{threading.get_ident()}"
    try:
        yield study.hold(folder)
    finally:
        remove_tree(folder)


@dataclass(frozen=True)
class _Stages:
    """The stages of one study in their order, each made when it is first asked for."""

    study: Study
    progress: words.Progress | None = None

    @cached_property
    def store(self) -> Store:
        return Store(self.study.processed / "kept")

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of each stage: a change of a file or setting changes those that it reaches."""
        program, decided = digest_program(), self._digest_decisions
        read = digest(
            program,
            digest_file(self.study.raw_file),
            self.study.raw_file.name,
            self._settings("reading"),
            decided("corrections.csv", "organizations.csv"),
        )
        cut = digest(read, self._settings("words"), decided("dictionary.csv"))
        terms = digest(cut, decided("synonyms.csv", "stop_words.txt"))
        coded = digest(cut, decided("codebook.txt", "themes.csv"))
        coders = sorted((self.study.decisions / "coders").glob("*"))
        judged = digest(*(each.name + digest_file(each) for each in coders))
        last = digest(
            terms,
            coded,
            judged,
            self._settings("coding_sheet"),
            decided(PRIVACY_FILE, "decisions.csv"),
        )
        return {"read": read, "cut": cut, "terms": terms, "coded": coded, "published": last}

    def _settings(self, part: str) -> str:
        return json.dumps(self.study.parts[part], sort_keys=True, default=str)

    def _digest_decisions(self, *names: str) -> str:
        return digest(*(digest_file(self.study.decisions / name) for name in names))

    def _get(self, stage: str, key: str, make: Callable[[], Frames]) -> Frames:
        made = self.store.get(stage, self.keys[key], make)
        release_memory()
        return made

    @cached_property
    def read(self) -> reading.Reading:
        frames = self._get("read", "read", lambda: _frames_of(read_raw(self.study)))
        return reading.Reading(**frames)  # type: ignore[arg-type]

    @cached_property
    def tokenizer(self) -> words.Tokenizer:
        engine = self.study.settings("words", words.WordSettings).engine
        dictionary = _decision(self.study, "dictionary.csv")
        return words.make_tokenizer(engine=engine, dictionary=dictionary)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        opinions = self.read.opinions
        made = words.load_or_tokenize(
            opinions,
            tokenizer=self.tokenizer,
            folder=self.study.processed,
            progress=self.progress,
        )
        release_memory()
        return made

    @cached_property
    def said(self) -> Frames:
        """Terms and phrases."""
        return self._get(
            "said",
            "terms",
            lambda: {
                "terms": _terms(self.study, self.tokens),
                "phrases": words.find_phrases(self.tokens, self.read.opinions),
            },
        )

    @cached_property
    def coded(self) -> Frames:
        return self._get("coded", "coded", lambda: _code(self.study, self.read, self.tokens))

    @cached_property
    def published(self) -> StudyTables:
        return StudyTables.from_frames(self._get("published", "published", self._publish))

    def _publish(self) -> Frames:
        made = StudyTables(
            **_publish(self.study, self.read, self.said, self.coded),
            engine=self.tokenizer.name,
        )
        return made.to_frames()


def _frames_of(read: reading.Reading) -> Frames:
    given = {each.name: getattr(read, each.name) for each in fields(read)}
    return {name: table for name, table in given.items() if isinstance(table, pd.DataFrame)}


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


def _code(study: Study, read: reading.Reading, tokens: pd.DataFrame) -> Frames:
    """Apply the study's codebook; without one all of its tables are empty."""
    path, opinions = _decision(study, "codebook.txt"), read.opinions
    if path is None:
        return {
            "codes": tables.CODES.make(),
            "codings": tables.CODINGS.make(),
            "evidence": tables.EVIDENCE.make(),
            "code_counts": pd.DataFrame(index=pd.Index(opinions["opinion_id"])),
            "warnings": WARNINGS.make(),
        }
    codebook = themes.read_codebook(path, notes=_decision(study, "themes.csv"))
    coded = themes.apply_codebook(codebook, tokens, opinions, attributes=read.attributes)
    return {
        "codes": codebook.codes,
        "codings": coded.codings,
        "evidence": coded.evidence,
        "code_counts": coded.counts.set_axis(opinions["opinion_id"], axis="index"),
        "warnings": coded.warnings,
    }


def _publish(study: Study, read: reading.Reading, said: Frames, coded: Frames) -> Frames:
    """Return the tables of a study, as far as the analyst lets their words out."""
    decisions = read_privacy(study)
    opinions = {"opinions": read.opinions}
    in_opinions = find_personal_data(opinions)
    seen = publish(opinions, in_opinions, decisions)["opinions"]
    human_codings, about_sheets = read_human_codings(study, seen, list(coded["codes"]["code"]))
    decided = themes.apply_decisions(
        themes.read_decisions(study.decisions / "decisions.csv"),
        coded["codings"],
        read.opinions,
        list(coded["codes"]["code"]),
    )
    made = {
        **{name: getattr(read, name) for name in _AS_READ},
        **said,
        "codes": coded["codes"],
        "codings": decided.codings,
        "evidence": themes.without_taken(coded["evidence"], decided.decisions),
        "warnings": coded["warnings"],
        "theme_decisions": decided.decisions,
        "findings": pd.concat([read.findings, about_sheets, decided.findings], ignore_index=True),
        "files": _describe_file(study),
        "human_codings": human_codings,
    }
    elsewhere = find_personal_data({name: made[name] for name in made if name != "opinions"})
    found = pd.concat([in_opinions, elsewhere], ignore_index=True)
    published = publish(made, found, decisions)
    unfitting = published.pop("unfitting")
    findings = pd.concat([published["findings"], unfitting], ignore_index=True)
    return {
        **published,
        "findings": findings,
        "personal_data": found,
        "code_counts": coded["code_counts"],
    }


def _describe_file(study: Study) -> pd.DataFrame:
    digest_of_raw = digest_file(study.raw_file)
    return tables.FILES.make([{"file": study.raw_file.name, "sha256": digest_of_raw}])


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
    """Write the tables into ``data/processed/<study>/`` for those who work with Excel."""
    held = {each.name for each in fields(made)}
    write_csvs(
        {
            study.processed / f"{table.name}.csv": table.for_analyst(getattr(made, table.name))
            for table in tables.ALL_TABLES
            if table.name in held
        }
    )
