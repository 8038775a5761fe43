"""The one gate: what may leave a study, with personal data hidden in every table.

Each column of a contract declares whose words it holds (``Column.holds``); :func:`publish` masks
by that declaration and nothing else writes residents' words out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from kyodo_analysis import privacy
from kyodo_analysis.contract import Column, Table
from kyodo_analysis.errors import TableError
from kyodo_analysis.privacy import Mask
from kyodo_analysis.study import Study
from kyodo_analysis.study.contracts import all_contracts
from kyodo_analysis.tables import OPINIONS, PROVENANCE

PRIVACY_FILE = "privacy.csv"

# Tables that go by another name than their contract's.
_OTHER_NAMES = {"human_codings": "codings", "warnings": "codebook_warnings"}


@cache
def _contracts() -> Mapping[str, Table]:
    named = {table.name: table for table in all_contracts()}
    return named | {name: named[other] for name, other in _OTHER_NAMES.items()}


def read_privacy(study: Study) -> pd.DataFrame:
    """Read what the analyst decided about personal data (DECISIONS)."""
    return privacy.read_decisions(study.decisions / PRIVACY_FILE)


def prepare_decisions(study: Study, personal_data: pd.DataFrame) -> None:
    """Add words that it does not hold yet to the file in which the analyst decides.

    Otherwise it is left alone: she may have it open.
    """
    decisions = read_privacy(study)
    waiting = privacy.find_undecided(personal_data, decisions)
    rows = decisions.loc[decisions["opinion_id"].isna(), "matched"].map(privacy.fold)
    if not waiting["matched"].map(privacy.fold).isin(rows).all():
        privacy.write_decisions(study.decisions / PRIVACY_FILE, personal_data, decisions)


def find_personal_data(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Find what may be personal data in all tables of a study (PERSONAL_DATA).

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As :func:`publish` takes them.
    """
    return privacy.find_personal_data(tables, {name: _contract(name) for name in tables})


def publish(
    tables: Mapping[str, pd.DataFrame], personal_data: pd.DataFrame, decisions: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Hide personal data in the tables of a study, as their columns declare.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As they were read and made, by the names of their contracts (and ``human_codings``,
        ``warnings``); ``opinions`` must be among them where another table holds words of theirs.
    personal_data : PERSONAL_DATA
        What :func:`find_personal_data` found in these very tables, or in more of them.
    decisions : DECISIONS
        What is not decided is hidden.

    Returns
    -------
    dict of str to DataFrame
        The same tables with ● for each character to hide, so that offsets stay true; labels that
        would look alike are numbered. Besides, ``treatment_counts`` (TREATMENT_COUNTS) and
        ``unfitting`` (FINDINGS): rows of ``privacy.csv`` that fit nothing.

    Raises
    ------
    TableError
        A table or a column does not declare what it holds, or holds personal data alone.
    """
    for name in tables:
        _check_declared(_contract(name))
    mask = privacy.make_mask(personal_data, decisions)
    gate = _Gate(mask, tables)
    published = {name: gate.pass_through(name) for name in tables}
    return published | {
        "treatment_counts": privacy.count_treatments(mask),
        "unfitting": privacy.find_unfitting(mask, decisions, gate.opinion_ids),
    }


def publish_head(study: Study, personal_data: pd.DataFrame) -> Study:
    """Hide in a study's title, source and notes what is hidden in its tables.

    ``new`` drafts title and source from the raw file's name, which may be a resident's.

    Parameters
    ----------
    study : Study
    personal_data : PERSONAL_DATA
        What was found in its tables; only what the analyst is asked about there is hidden here.
    """
    mask = privacy.make_mask(personal_data, read_privacy(study))
    texts = pd.Series([study.title, study.source, *study.notes], dtype="str")
    found: dict[str, list[tuple[int, int, str]]] = {}
    if len(personal_data):
        here = PROVENANCE.make({"item": "資料", "content": text} for text in texts)
        places = find_personal_data({PROVENANCE.name: here})
        asked = places["matched"].map(privacy.fold).isin(personal_data["matched"].map(privacy.fold))
        found = privacy.places_by_text(places[asked], texts)
    title, source, *notes = mask.mask(texts, found=found, ids=[None] * len(texts))
    return replace(study, title=title, source=source, notes=tuple(notes))


def _contract(name: str) -> Table:
    if (table := _contracts().get(name)) is None:
        raise TableError(f"表「{name}」", "決まり(contract)の無い表は公開できません")
    return table


def _check_declared(table: Table) -> None:
    for column in table.columns:
        where = f"表「{table.label}」の列「{column.name}」"
        if column.kind in ("text", "label") and column.holds is None:
            raise TableError(where, "だれの言葉が入るかが決められていません(holds)")
        if column.holds == "personal":
            raise TableError(where, "個人情報そのものの表は公開できません")


class _Gate:
    """Masks the tables of one study, all by the same labels and the same published opinions."""

    def __init__(self, mask: Mask, tables: Mapping[str, pd.DataFrame]) -> None:
        self._mask, self._tables = mask, tables
        self._labels = self._mask_labels()
        opinions = tables.get(OPINIONS.name, OPINIONS.make())
        self._texts = self._mask_texts(OPINIONS.name, opinions, _column(OPINIONS, "text"))
        texts, ids = self._texts, opinions["opinion_id"].astype("str")
        hidden = texts.ne(opinions["text"].astype("str"))
        self.opinion_ids = frozenset(ids)
        self._hidden = pd.Series(texts[hidden].array, index=ids[hidden].array, dtype="str")

    def pass_through(self, name: str) -> pd.DataFrame:
        table, frame = _contract(name), self._tables[name]
        masked = {
            column.name: self._mask_column(name, frame, column)
            for column in table.columns
            if column.holds not in (None, "ours")
        }
        return table.check(frame.assign(**masked))

    def _mask_column(self, name: str, frame: pd.DataFrame, column: Column) -> "pd.Series[Any]":
        values = frame[column.name]
        if (name, column.name) == (OPINIONS.name, "text"):
            return self._texts
        if column.holds == "label":
            return _relabelled(values, self._labels)
        if column.holds == "words" and {"start", "end"} <= set(frame.columns):
            return privacy.mask_words(frame, self._hidden, column=column.name)
        if column.holds == "evidence":
            return privacy.mask_evidence(values, frame["opinion_id"].astype("str"), self._hidden)
        return self._mask_texts(name, frame, column).where(values.notna())

    def _mask_texts(self, name: str, frame: pd.DataFrame, column: Column) -> "pd.Series[str]":
        texts = frame[column.name]
        ids: list[str | None] = [None] * len(frame)
        if "opinion_id" in frame.columns and column.holds != "source":
            ids = privacy.opinions_of(frame)
        if (name, column.name) == (OPINIONS.name, "raw_text"):
            return self._mask_raw(name, frame, column, ids)
        if column.holds == "source":
            return self._mask_sources(name, frame, column, ids)
        return self._mask.mask(
            texts,
            found=self._found(name, frame, column),
            ids=ids,
            in_pieces=column.holds == "excerpt",
        )

    def _mask_raw(
        self, name: str, frame: pd.DataFrame, column: Column, ids: list[str | None]
    ) -> "pd.Series[str]":
        """Hide in the raw text what is hidden in the text, where the two differ by itself."""
        raw, text = frame[column.name].astype("str"), frame["text"].astype("str")
        same = raw.eq(text)
        masked = self._texts.copy()
        other = [opinion_id for opinion_id, is_same in zip(ids, same, strict=True) if not is_same]
        found = self._found(name, frame, column)
        masked.loc[~same] = self._mask.mask(raw[~same], found=found, ids=other)
        return masked

    def _mask_sources(
        self, name: str, frame: pd.DataFrame, column: Column, ids: list[str | None]
    ) -> "pd.Series[str]":
        """Hide in the names of files and sheets; rows and cells stand behind them and stay."""
        whole = frame[column.name].astype("str")
        heads = privacy.searched(frame, column)
        masked = self._mask.mask(heads, found=self._found(name, frame, column), ids=ids)
        rest = [text[len(head) :] for text, head in zip(whole, heads.fillna(""), strict=True)]
        return masked + pd.Series(rest, index=frame.index, dtype="str")

    def _found(
        self, name: str, frame: pd.DataFrame, column: Column
    ) -> dict[str, list[tuple[int, int, str]]]:
        places = self._mask.places
        here = places["table"].eq(_contract(name).label) & places["column"].eq(column.label)
        return privacy.places_by_text(places[here], privacy.searched(frame, column))

    def _mask_labels(self) -> dict[str, str]:
        """Give every label of every table the name by which it is published."""
        masked: dict[str, str] = {}
        for name, frame in self._tables.items():
            for column in _contract(name).columns:
                if column.holds != "label":
                    continue
                labels = pd.Series(frame[column.name].dropna().astype("str").unique(), dtype="str")
                shown = self._mask.mask(
                    labels, found=self._found(name, frame, column), ids=[None] * len(labels)
                )
                new = zip(labels, shown, strict=True)
                masked |= {
                    label: each for label, each in new if each != label or label not in masked
                }
        return privacy.keep_apart(masked, masked.values())


def _column(table: Table, name: str) -> Column:
    return next(column for column in table.columns if column.name == name)


def _relabelled(values: "pd.Series[Any]", labels: Mapping[str, str]) -> "pd.Series[Any]":
    if isinstance(values.dtype, pd.CategoricalDtype):
        used: Iterable[str] = map(str, values.cat.categories)
        return values.cat.rename_categories([labels.get(label, label) for label in used])
    return values.map(lambda label: labels.get(str(label), label), na_action="ignore").astype("str")
