"""What a reader does last: apply the corrections, and look at the words."""

from dataclasses import replace

import pandas as pd

from kyodo_analysis.reading.checks.words import check_opinions
from kyodo_analysis.reading.decisions.corrections import apply_corrections
from kyodo_analysis.reading.findings import NOTED, finding
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.tables import CORRECTIONS, FINDINGS


def correct_and_check(reading: Reading, corrections: pd.DataFrame) -> Reading:
    """Return `reading` with `corrections` applied to ``text``, and all findings about its words.

    Raises
    ------
    StudyError
        When a correction does not fit.
    """
    corrected = apply_corrections(reading.opinions, corrections)
    findings = [
        reading.findings,
        _say_corrections(reading.opinions, corrections),
        check_opinions(reading.opinions),
    ]
    return replace(
        reading,
        opinions=corrected,
        corrections=corrections,
        findings=FINDINGS.check(pd.concat(findings, ignore_index=True)),
    )


def _say_corrections(opinions: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    sources = opinions.set_index("opinion_id")["source"]
    return FINDINGS.make(
        finding(
            "訂正",
            NOTED,
            sources[opinion_id],
            f"「{before}」を「{after}」と読み替え",
            reason,
            opinion_id=opinion_id,
        )
        for opinion_id, before, after, reason in corrections[CORRECTIONS.names].itertuples(
            index=False, name=None
        )
    )
