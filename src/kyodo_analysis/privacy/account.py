"""What was done with personal data: how much of which kind, and which decisions fit nothing."""

from collections import Counter
from collections.abc import Collection

import pandas as pd

from kyodo_analysis.privacy.decisions import BY_HAND, PUBLISH, opinions_of, rows_of
from kyodo_analysis.privacy.folding import fold
from kyodo_analysis.privacy.masking import Mask
from kyodo_analysis.privacy.patterns import KINDS
from kyodo_analysis.privacy.tables import TREATMENT_COUNTS
from kyodo_analysis.tables import FINDINGS

_NOTE = (
    "この行の言葉は、どの意見にも表にも見つかりません。書かれたままの言葉か、意見番号が正しいかを"
    "確かめてください。もう要らなければ消してください"
)


def count_treatments(mask: Mask) -> pd.DataFrame:
    """Count by kind the places that were found, hidden, published and hidden besides.

    Parameters
    ----------
    mask : Mask
        After everything was masked with it.

    Returns
    -------
    TREATMENT_COUNTS
        None of the words.
    """
    found = mask.places.assign(
        published=[
            mask.treatments.of(word, opinion_id) == PUBLISH and opinion_id not in mask.dropped
            for word, opinion_id in zip(
                mask.places["matched"], opinions_of(mask.places), strict=True
            )
        ]
    ).astype({"published": "bool"})
    kinds = dict(zip(found["matched"].map(fold), found["kind"], strict=True))
    besides: Counter[str] = Counter()
    for (word, _), n in mask.hidden_besides.items():
        besides[kinds.get(word, BY_HAND)] += n
    rows = []
    for kind in (*KINDS, BY_HAND):
        own = found[found["kind"].eq(kind)]
        n_published = int(own["published"].sum())
        if len(own) or besides[kind]:
            rows.append(
                {
                    "kind": kind,
                    "n_found": len(own),
                    "n_hidden": len(own) - n_published,
                    "n_published": n_published,
                    "n_by_hand": besides[kind],
                }
            )
    return TREATMENT_COUNTS.make(rows)


def find_unfitting(
    mask: Mask, decisions: pd.DataFrame, opinion_ids: Collection[str]
) -> pd.DataFrame:
    """Name the decisions that fit nothing in the study.

    Parameters
    ----------
    mask : Mask
        After everything was masked with it.
    decisions : DECISIONS
    opinion_ids : collection of str
        The study's opinions.

    Returns
    -------
    FINDINGS
        One row for each; the words are not repeated.
    """
    places = list(zip(mask.places["matched"].map(fold), opinions_of(mask.places), strict=True))
    known = {*places, *mask.seen} | {(word, None) for word, _ in [*places, *mask.seen]}
    rows = []
    for row in rows_of(decisions):
        opinion_id = row.opinion_id if isinstance(row.opinion_id, str) else None
        fits = (fold(row.matched), opinion_id) in known or (
            not row.matched and opinion_id in opinion_ids
        )
        if not fits:
            rows.append(
                {
                    "check": "個人情報の扱い",
                    "result": "参考" if row.treatment == PUBLISH else "要確認",
                    "source": f"privacy.csv:{row.row}行",
                    "found": "当てはまる所のない行",
                    "note": _NOTE,
                }
            )
    return FINDINGS.make(rows)
