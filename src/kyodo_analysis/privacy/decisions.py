"""What the analyst decided about each word: ``studies/<study>/privacy.csv``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kyodo_analysis.errors import StudyError, shown
from kyodo_analysis.files import StudyRow, guard, read_study_rows, write_text
from kyodo_analysis.privacy.folding import fold
from kyodo_analysis.privacy.patterns import KINDS
from kyodo_analysis.privacy.tables import DECISIONS

PUBLISH, HIDE, DROP = "公開", "伏せる", "除く"
TREATMENTS = (PUBLISH, HIDE, DROP)
BY_HAND = "手で追加"

# Of decisions that differ about one word in one opinion, the earlier of these counts.
_STRICTEST_FIRST: tuple[object, ...] = (DROP, HIDE, None, PUBLISH)
_KIND, _WORD, _OPINION, _TREATMENT = "種類", "言葉", "意見番号", "扱い"
_OLD_NUMBER = "番号"
_WRITTEN = (_KIND, _WORD, "か所", _TREATMENT, "前後", _OPINION, "備考")
_ALLOWED = "扱いは 公開・伏せる・除く のどれかか、空です"
_LISTED = 5
_SHOWN_AROUND = 2
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Treatments:
    """Looks up what was decided about a word, by its folded form.

    Parameters
    ----------
    everywhere : dict of str to str
        The words that are decided wherever they stand.
    by_opinion : dict of (str, str) to str
        What is decided otherwise in one opinion: by the opinion's id and the word.
    """

    everywhere: dict[str, str]
    by_opinion: dict[tuple[str, str], str]

    def decided(self, word: str, opinion_id: str | None) -> str | None:
        """Return the treatment of `word` in an opinion, or None while there is none.

        What stands in no opinion follows what was decided in opinions, the strictest first.
        """
        word = fold(word)
        if opinion_id is not None and (given := self.by_opinion.get((opinion_id, word))):
            return given
        if (given := self.everywhere.get(word)) or opinion_id is not None:
            return given
        elsewhere = {made for (_, each), made in self.by_opinion.items() if each == word}
        return min(elsewhere, key=_STRICTEST_FIRST.index, default=None)

    def of(self, word: str, opinion_id: str | None) -> str:
        """Return the treatment of `word`; what is not decided is hidden."""
        return self.decided(word, opinion_id) or HIDE


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, with attributes called like its columns."""
    yield from table.itertuples(index=False)


def opinions_of(table: pd.DataFrame) -> list[str | None]:
    """Return the opinion that each row is about; None where it is about none."""
    ids = table["opinion_id"].astype("object")
    return list(ids.where(ids.notna(), None))


def treatments_of(decisions: pd.DataFrame) -> Treatments:
    """Make the decisions (DECISIONS) ready to be looked up."""
    everywhere: dict[str, str] = {}
    by_opinion: dict[tuple[str, str], str] = {}
    for row in rows_of(decisions.dropna(subset="treatment")):
        if isinstance(row.opinion_id, str):
            by_opinion[row.opinion_id, fold(row.matched)] = row.treatment
        else:
            everywhere[fold(row.matched)] = row.treatment
    return Treatments(everywhere, by_opinion)


def read_decisions(path: Path) -> pd.DataFrame:
    """Read the decisions of a study.

    Parameters
    ----------
    path : Path
        CSV with the columns 言葉 and 扱い, with 意見番号 where a row is about one opinion only, and
        種類; other columns are passed over. A file of the earlier form, one row for each place,
        is read as decisions about single opinions. A file that is not there holds no decision.

    Returns
    -------
    DECISIONS
        In the order of the file; rows without words are left out unless they drop an opinion.

    Raises
    ------
    StudyError
        The file cannot be read, a column is missing, a treatment is unknown, or one word is
        decided in two ways.
    """
    if not path.exists():
        return DECISIONS.make()
    rows = read_study_rows(path, required=[_WORD, _TREATMENT], optional=None, comments=False)
    made: dict[tuple[str, str], dict[str, object]] = {}
    for row in rows:
        decision = _decision(row)
        key = (str(decision["opinion_id"] or ""), fold(str(decision["matched"])))
        made[key] = _both(made[key], decision, row) if key in made else decision
    return DECISIONS.make(made.values())


def _decision(row: StudyRow) -> dict[str, object]:
    treatment, word = row.cells[_TREATMENT].strip(), row.cells[_WORD].strip()
    opinion_id = row.cells.get(_OPINION, "").strip()
    if treatment not in ("", *TREATMENTS):
        raise StudyError(row.place, f"扱いが「{treatment}」です", _ALLOWED)
    if not word and not (opinion_id and treatment == DROP):
        raise StudyError(
            row.place,
            "「言葉」が空です",
            "言葉を書かずに済むのは、意見番号を書いて「除く」とする行だけです",
            "書き入れるか、その行を消してください",
        )
    return {
        "kind": row.cells.get(_KIND, "").strip() or BY_HAND,
        "matched": word,
        "opinion_id": opinion_id or None,
        "treatment": treatment or None,
        "row": row.number,
    }


def _both(first: dict[str, object], second: dict[str, object], row: StudyRow) -> dict[str, object]:
    """Return the one decision that two rows about the same word make."""
    if first["treatment"] != second["treatment"] and _OLD_NUMBER not in row.cells:
        raise StudyError(
            row.place,
            f"言葉「{first['matched']}」は{first['row']}行目にもあり、扱いが違います",
            action="1行にまとめるか、意見番号を書いて分けてください",
        )
    return min(first, second, key=lambda each: _STRICTEST_FIRST.index(each["treatment"]))


def write_decisions(path: Path, personal_data: pd.DataFrame, decisions: pd.DataFrame) -> None:
    """Write one row for each word, with its decision, below it those about single opinions.

    By kind, the words that stand in most places first. In UTF-8 with a byte order mark, so that
    Excel shows it rightly; words that a spreadsheet would take for a formula are guarded, which
    :func:`read_decisions` undoes.

    Parameters
    ----------
    path : Path
    personal_data : PERSONAL_DATA
    decisions : DECISIONS
        Decisions made so far; none is left out.

    Raises
    ------
    OutputError
        The file cannot be written, for instance because a spreadsheet has it open.
    """
    rows = pd.DataFrame(_rows(personal_data, decisions), columns=list(_WRITTEN), dtype="str")
    text = rows.fillna("").map(guard).to_csv(index=False, lineterminator="\n")
    write_text(path, _BYTE_ORDER_MARK + text)


def _rows(personal_data: pd.DataFrame, decisions: pd.DataFrame) -> Iterator[dict[str, object]]:
    given = decisions.assign(word=decisions["matched"].map(fold))
    about_all = given[given["opinion_id"].isna()].set_index("word")
    words = summarise_words(personal_data)
    waiting = {fold(word) for word in find_undecided(personal_data, decisions)["matched"]}
    for word in rows_of(words):
        if word.word in about_all.index or word.word in waiting:
            treatment = about_all["treatment"].get(word.word)
            yield _row(word.kind, word.matched, treatment, n=word.n, around=word.around)
        for row in rows_of(given[given["word"].eq(word.word)].dropna(subset="opinion_id")):
            yield _row(word.kind, row.matched, row.treatment, row.opinion_id, note="この意見だけ")
    for row in rows_of(given[~given["word"].isin(words["word"])]):
        yield _row(row.kind, row.matched, row.treatment, row.opinion_id, note="手で足した行")


def _row(
    kind: object,
    word: object,
    treatment: object,
    opinion_id: object = None,
    *,
    n: object = "",
    around: str = "",
    note: str = "",
) -> dict[str, object]:
    cells = (kind, word, n, treatment, around, opinion_id, note)
    return {
        name: None if pd.isna(cell) else str(cell)  # type: ignore[call-overload]
        for name, cell in zip(_WRITTEN, cells, strict=True)
    }


def summarise_words(personal_data: pd.DataFrame) -> pd.DataFrame:
    """Sum up the places of each word, as far as an analyst decides about it.

    Returns
    -------
    DataFrame
        One row per word: ``word`` (folded), ``kind``, ``matched`` (as first written), ``n``
        (places), ``around`` (what stands around it in its first places); by kind, then number.
    """
    found = personal_data.assign(word=personal_data["matched"].map(fold))
    words = found.groupby("word", sort=False, as_index=False).agg(
        kind=("kind", "first"),
        matched=("matched", "first"),
        n=("matched", "size"),
        around=("around", lambda each: " / ".join(each.drop_duplicates().head(_SHOWN_AROUND))),
    )
    order = words["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    ranked = words.assign(order=order, first=range(len(words)))
    return ranked.sort_values(
        ["order", "n", "first"], ascending=[True, False, True], ignore_index=True
    )[["word", "kind", "matched", "n", "around"]]


def find_undecided(personal_data: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the places (rows of PERSONAL_DATA) that wait for a decision."""
    given = treatments_of(decisions)
    places = zip(personal_data["matched"], opinions_of(personal_data), strict=True)
    waits = [given.decided(word, opinion_id) is None for word, opinion_id in places]
    return personal_data[pd.Series(waits, index=personal_data.index, dtype="bool")]


def check_decided(
    personal_data: pd.DataFrame, decisions: pd.DataFrame, *, path: Path = Path("privacy.csv")
) -> None:
    """See that every word has a decision.

    Parameters
    ----------
    personal_data : PERSONAL_DATA
    decisions : DECISIONS
    path : Path
        Where the decisions are, for the message.

    Raises
    ------
    StudyError
        Names the words that are not decided, their kind and in how many places they stand.
    """
    words = summarise_words(find_undecided(personal_data, decisions))
    if words.empty:
        return
    named = "、".join(
        f"{row.kind}「{row.matched}」({row.n}か所)" for row in rows_of(words.head(_LISTED))
    )
    rest = len(words) - _LISTED
    raise StudyError(
        shown(path),
        f"個人情報かもしれない言葉のうち{len(words)}個の扱いが決まっていません: {named}"
        + (f"、ほか{rest}個" if rest > 0 else ""),
        action="「扱い」の列に 公開・伏せる・除く のどれかを書いて、もう一度実行してください",
    )
