"""What may leave the pipeline: personal data is hidden in every table that holds words."""

from functools import partial

import pandas as pd

from kyodo_analysis import privacy, reading
from kyodo_analysis.study import Study

PRIVACY_FILE = "privacy.csv"


def read_privacy(study: Study) -> pd.DataFrame:
    """Read what the analyst decided about personal data (DECISIONS)."""
    return privacy.read_decisions(study.decisions / PRIVACY_FILE)


def prepare_decisions(study: Study, personal_data: pd.DataFrame) -> None:
    """Add candidates that it does not hold yet to the file in which the analyst decides.

    Otherwise it is left alone: she may have it open.
    """
    decisions = read_privacy(study)
    if not personal_data["finding_id"].isin(decisions["finding_id"]).all():
        privacy.write_decisions(study.decisions / PRIVACY_FILE, personal_data, decisions)


def hide_beside_opinions(
    read: reading.Reading, personal_data: pd.DataFrame, decided: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Hide personal data in the tables that stand beside the opinions."""
    repeats = partial(privacy.mask_repeats, findings=personal_data, decisions=decided)
    replies = repeats(read.replies, columns=["reply"])
    in_replies = privacy.mask_by_form(replies["reply"], before_titles=False)
    in_attributes = privacy.mask_by_form(read.attributes["value"].astype("str"))
    in_set_aside = privacy.mask_by_form(read.set_aside["raw_text"])
    findings = repeats(read.findings, columns=["found", "note"], in_pieces=True)
    return {
        "corrections": repeats(read.corrections, columns=["before", "after"], in_pieces=True),
        "findings": _hide_where_no_opinion_is_named(findings),
        "replies": replies.assign(reply=in_replies),
        "attributes": read.attributes.assign(value=in_attributes),
        "set_aside": read.set_aside.assign(raw_text=in_set_aside),
    }


def _hide_where_no_opinion_is_named(findings: pd.DataFrame) -> pd.DataFrame:
    found, named = findings["found"], findings["opinion_id"].notna()
    return findings.assign(found=found.where(named, privacy.mask_by_form(found)))


def leave_out_evidence(
    codings: pd.DataFrame, opinions: pd.DataFrame, published: pd.DataFrame
) -> pd.DataFrame:
    """Leave the words out of the codings of opinions in which something is hidden."""
    touched = opinions.loc[opinions["text"].ne(published["text"]), "opinion_id"]
    shown = codings["evidence"].where(~codings["opinion_id"].isin(touched))
    return codings.assign(evidence=shown)
