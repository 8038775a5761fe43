"""A study laid out on the desk."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from kyodo_analysis.desk.choosing import Asked, Choosing
from kyodo_analysis.desk.codebook_file import CODEBOOK, OpenedCodebook
from kyodo_analysis.desk.coding import CodingDesk
from kyodo_analysis.desk.judging import JudgedVoices
from kyodo_analysis.desk.rules import RuleBench
from kyodo_analysis.desk.trying import RuleDesk
from kyodo_analysis.study import Study
from kyodo_analysis.study.drafting import draft_for_study
from kyodo_analysis.study.pipeline import StudyTables, read_as_they_are
from kyodo_analysis.themes import CodingSheetSettings
from kyodo_analysis.themes.drafting import CodebookDraft


class Desk:
    """What the screens of one study share.

    Parameters
    ----------
    study : Study
    made : StudyTables
        Its tables, as published.
    """

    def __init__(self, study: Study, made: StudyTables) -> None:
        self.study, self.made = study, made

    @property
    def folder(self) -> Path:
        """Where decisions are written: never into what a run of ``report`` holds still."""
        return replace(self.study, held=None).decisions

    @cached_property
    def bench(self) -> RuleBench:
        """The opinions as they are, read when the first rule is tried."""
        return RuleBench(*read_as_they_are(self.study))

    def voices(self, asked: Asked, *, clusters: pd.DataFrame | None = None) -> JudgedVoices:
        """Lay out the voices that a cell asks for; raises as :meth:`Choosing.choose` does."""
        choosing = Choosing(
            self.made,
            lambda: self.bench,
            codebook=OpenedCodebook.open(self.study.decisions / CODEBOOK).text,
            clusters=clusters,
        )
        return JudgedVoices(choosing, asked, folder=self.folder)

    def rules(self) -> RuleDesk:
        """Lay out the codebook's rules."""
        return RuleDesk(self.made, lambda: self.bench, folder=self.folder, draft=lambda: self.draft)

    def coding(self) -> CodingDesk:
        """Lay out the sample for a person who codes; raises as :class:`CodingDesk` does."""
        return CodingDesk(
            self.made.opinions,
            self.made.codes,
            folder=self.folder / "coders",
            settings=self.study.settings("coding_sheet", CodingSheetSettings),
        )

    @cached_property
    def draft(self) -> CodebookDraft:
        """The draft of a codebook; raises NotInDataError where the study is too small for one."""
        return draft_for_study(self.study, self.made)
