"""The study's corrections: what is read differently from the raw words, and why."""

from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_csv
from kyodo_analysis.tables import CORRECTIONS, OPINIONS

CORRECTIONS_FILE = "corrections.csv"


def read_corrections(path: Path) -> pd.DataFrame:
    """Read ``corrections.csv``, whose headers are 意見番号, 訂正前, 訂正後 and 理由.

    Returns
    -------
    CORRECTIONS
        One row per row of the file, in its order, words exactly as written.

    Raises
    ------
    StudyError
        When the file cannot be read, a header differs or a cell is empty.
    """
    labels = [column.label for column in CORRECTIONS.columns]
    table = read_study_csv(path, labels).set_axis(CORRECTIONS.names, axis="columns")
    return CORRECTIONS.check(table.assign(opinion_id=table["opinion_id"].str.strip()))


def apply_corrections(opinions: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Return `opinions` with the corrections in ``text``; ``raw_text`` stays as it is.

    Corrections of one opinion are applied in the order of the file.

    Raises
    ------
    StudyError
        When an opinion does not exist, or its text does not hold the words exactly once.
    """
    is_named = opinions["opinion_id"].isin(corrections["opinion_id"])
    named = opinions[is_named]
    texts = dict(zip(named["opinion_id"], named["text"], strict=True))
    given = corrections[["opinion_id", "before", "after"]].itertuples(index=False, name=None)
    for opinion_id, before, after in given:
        _check_place(texts.get(opinion_id), opinion_id, before)
        texts[opinion_id] = texts[opinion_id].replace(before, after)
    corrected = opinions["text"].mask(is_named, named["opinion_id"].map(texts).astype("str"))
    return OPINIONS.check(opinions.assign(text=corrected))


def _check_place(text: str | None, opinion_id: str, before: str) -> None:
    where = f"{CORRECTIONS_FILE} の訂正前「{before}」"
    if text is None:
        raise StudyError(
            where,
            f"意見番号「{opinion_id}」の意見はありません",
            action="意見番号を確かめてください",
        )
    if (times := text.count(before)) != 1:
        found = f"{times}か所あります" if times else "ありません"
        raise StudyError(
            where,
            f"意見 {opinion_id} に「{before}」が{found}",
            "訂正前の言葉は、その意見の中にちょうど1か所だけあるものにします",
            "意見番号と言葉を確かめ、前後の言葉も含めて書いてください",
        )
