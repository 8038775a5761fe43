"""The voices behind a number: rows for a screen that knows nothing of the study."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kyodo_analysis.desk.choosing import Asked, Choosing, Chosen
from kyodo_analysis.output.voices import cut_at_marks
from kyodo_analysis.study.pipeline import StudyTables

Row = dict[str, Any]
_PAGE = 50
_UNCODED = "付かない意見"


class Voices:
    """Answers what the screen asks: which opinions, page by page, and their words to copy.

    Parameters
    ----------
    choosing : Choosing
    asked : Asked
        What the cell asked; the screen can only narrow it.
    """

    def __init__(self, choosing: Choosing, asked: Asked) -> None:
        self.choosing, self.asked = choosing, asked
        self.chosen = choosing.choose(asked)
        self.rows = Rows(choosing.made)
        self._last: tuple[str, Chosen] = ("", self.chosen)

    def open(self) -> Row:
        """Return what stands above the list: the title, and the filters with their values."""
        return {
            "title": self.chosen.said,
            "n": len(self.chosen.ids),
            "page": _PAGE,
            "filters": self._filters(),
            "themes": self.choosing.made.themes,
        }

    def page(self, query: Mapping[str, Any], first: int = 0) -> Row:
        """Return a page of the opinions that a query leaves, and how many there are."""
        chosen = self.narrow(query)
        ids = chosen.ids[first : first + _PAGE]
        return {"n": len(chosen.ids), "first": first, "rows": self.rows.of(ids, chosen.places)}

    def copy(self, query: Mapping[str, Any]) -> str:
        """Return all opinions that a query leaves, as text with their numbers and places."""
        return "\n".join(map(as_text, self.rows.of(self.narrow(query).ids, None)))

    def narrow(self, query: Mapping[str, Any]) -> Chosen:
        """Return the opinions of the cell that also have what a query names."""
        key = repr(sorted(query.items()))
        if self._last[0] != key:
            self._last = (key, self._narrowed(query))
        return self._last[1]

    def forget(self) -> None:
        """Forget what was chosen last, since the study has changed."""
        self._last = ("", self.chosen)
        self.rows = Rows(self.choosing.made)

    def _narrowed(self, query: Mapping[str, Any]) -> Chosen:
        given = {name: value for name, value in query.items() if value not in (None, "")}
        attributes = {
            name.removeprefix("attribute:"): given.pop(name)
            for name in list(given)
            if name.startswith("attribute:")
        }
        narrower = [self.choosing.choose(Asked(**given))] if given else []
        narrower += [self.choosing.choose(Asked(attribute=pair)) for pair in attributes.items()]
        if not narrower:
            return self.chosen
        left = set(self.chosen.ids).intersection(*(each.ids for each in narrower))
        is_sought = any(name in given for name in ("theme", "said", "rule", "word"))
        places = narrower[0].places if is_sought else self.chosen.places
        return replace(
            self.chosen, ids=[each for each in self.chosen.ids if each in left], places=places
        )

    def _filters(self) -> list[Row]:
        made, ids = self.choosing.made, set(self.chosen.ids)
        own = made.opinions[made.opinions["opinion_id"].isin(ids)]
        tables: dict[str, tuple[str, pd.DataFrame]] = {
            "category": ("分類", own[["opinion_id", "category"]]),
            "session": ("回", own[["opinion_id", "session"]]),
            "theme": ("テーマ", made.codings[["opinion_id", "code"]]),
            "uncoded": ("テーマの有無", _uncoded(own, made.codings)),
            "said": ("言い方", made.phrases[["opinion_id", "kind"]]),
        }
        for name, held in made.attributes.groupby("attribute", observed=True):
            tables[f"attribute:{name}"] = (str(name), held[["opinion_id", "value"]])
        listed = [
            {"name": name, "label": label, "values": _count(table, ids)}
            for name, (label, table) in tables.items()
        ]
        return [each for each in listed if each["values"]]


def _uncoded(opinions: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Mark the opinions that carry no theme; none where no opinion does."""
    ids = opinions[["opinion_id"]]
    left = ids[~ids["opinion_id"].isin(codings["opinion_id"])]
    return left.assign(value=_UNCODED).head(len(left) if len(codings) else 0)


def _count(table: pd.DataFrame, ids: set[str]) -> list[list[Any]]:
    held = table[table["opinion_id"].isin(ids)].dropna().drop_duplicates()
    values = held.iloc[:, 1]
    if values.dtype == "Int64":
        values = values.sort_values()
    counted = values.astype("str").value_counts(sort=False)
    return [[str(value), int(n)] for value, n in counted.items() if n]


class Rows:
    """Opinions as rows of a screen, each with all that is known of it."""

    def __init__(self, made: StudyTables) -> None:
        self._opinions = made.opinions.set_index("opinion_id")
        people = made.codings["method"].astype("str").eq("decision")
        themes = made.codings["code"].astype("str")
        self._themes = _by_opinion(
            made.codings["opinion_id"], themes.where(~people, themes + "(人の判断)")
        )
        self._facts = _by_opinion(
            made.attributes["opinion_id"],
            made.attributes["attribute"].astype("str")
            + ": "
            + made.attributes["value"].astype("str"),
        )

    def of(self, ids: Sequence[str], places: pd.DataFrame | None) -> list[Row]:
        """Return these opinions, their words cut where places are to be marked."""
        spans = _spans(places[places["opinion_id"].isin(set(ids))]) if places is not None else {}
        return [self._row(opinion_id, spans.get(opinion_id, [])) for opinion_id in ids]

    def _row(self, opinion_id: str, spans: Sequence[tuple[int, int, str]]) -> Row:
        opinion = self._opinions.loc[opinion_id]
        facts: list[str] = [] if pd.isna(opinion["category"]) else [f"分類: {opinion['category']}"]
        facts += [] if pd.isna(opinion["session"]) else [f"第{opinion['session']}回"]
        facts += self._facts.get(opinion_id, [])
        raw = str(opinion["raw_text"])
        is_same = raw == str(opinion["text"])
        return {
            "id": opinion_id,
            "facts": facts,
            "themes": self._themes.get(opinion_id, []),
            "source": str(opinion["source"]),
            "pieces": [list(each) for each in cut_at_marks(raw, spans if is_same else ())],
            "note": "" if is_same else "訂正のある意見なので、言葉に印を付けていません",
        }


def as_text(row: Row) -> str:
    """Return one opinion as a line to be pasted: its words, number, and where it comes from."""
    words = "".join(words for words, _ in row["pieces"])
    return f"「{words}」({'、'.join([row['id'], *row['facts'], row['source']])})"


def _by_opinion(ids: "pd.Series[str]", texts: "pd.Series[str]") -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for opinion_id, text in zip(ids.astype("str"), texts, strict=True):
        listed.setdefault(opinion_id, []).append(text)
    return listed


def _spans(places: pd.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    spans: dict[str, list[tuple[int, int, str]]] = {}
    columns = (places[name] for name in ("opinion_id", "start", "end", "label"))
    for opinion_id, start, end, label in zip(*columns, strict=True):
        spans.setdefault(opinion_id, []).append((int(start), int(end), label))
    return spans
