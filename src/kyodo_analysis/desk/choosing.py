"""The opinions that are asked for, and the words in them that are the reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kyodo_analysis.desk.rules import RuleBench
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.study.pipeline import StudyTables

_PLACE = ["opinion_id", "start", "end", "label"]
_LISTED = 12

_Found = tuple[Iterable[str], pd.DataFrame | None, str]


@dataclass(frozen=True)
class Asked:
    """What the opinions must have; what is not given may be anything.

    Parameters
    ----------
    theme, category, said : str, optional
        A theme, a category, a way of saying (要望 and the like).
    session : int, optional
    attribute : (str, str), optional
        Name and value.
    term : str or sequence of str, optional
        A term, or several that all stand in the opinion.
    ids : sequence of str, optional
        The numbers of opinions, or one text that joins them by 、 as tables do.
    cluster : int, optional
    uncoded : bool
        Only opinions that carry no theme.
    rule : str
        In KH Coder's syntax; it may name the themes of the codebook.
    word : str
        Characters as they stand in the opinion.
    """

    theme: str | None = None
    category: str | None = None
    session: int | None = None
    attribute: tuple[str, str] | None = None
    term: str | Sequence[str] | None = None
    said: str | None = None
    ids: str | Sequence[str] | None = None
    cluster: int | None = None
    uncoded: bool | None = None
    rule: str = ""
    word: str = ""


@dataclass(frozen=True, eq=False)
class Chosen:
    """Opinions and the places in them that were asked for.

    Parameters
    ----------
    ids : list of str
        In the order of the opinions.
    places : DataFrame
        opinion_id, start, end, and what stands there (label).
    said : str
        What was asked, in words.
    """

    ids: list[str]
    places: pd.DataFrame
    said: str


class Choosing:
    """Chooses among the opinions of one study.

    Parameters
    ----------
    made : StudyTables
        As published.
    bench : callable
        Returns the RuleBench; asked only for rules, since it reads the tokens.
    codebook : str
        The text of the codebook that rules may name.
    clusters : DataFrame, optional
        CLUSTERS.
    """

    def __init__(
        self,
        made: StudyTables,
        bench: Callable[[], RuleBench],
        *,
        codebook: str = "",
        clusters: pd.DataFrame | None = None,
    ) -> None:
        self.made, self.bench, self.codebook, self.clusters = made, bench, codebook, clusters

    def choose(self, asked: Asked) -> Chosen:
        """Return the opinions that have all that is asked.

        Raises
        ------
        NotInDataError
            The study has no such theme, category, session, attribute, term, cluster or opinion.
        RuleError
            The rule cannot be understood.
        """
        found = [
            find(getattr(asked, name))
            for name, find in self._finders().items()
            if getattr(asked, name) not in (None, "", ())
        ]
        wanted = set(self.made.opinions["opinion_id"]).intersection(
            *(set(ids) for ids, _, _ in found)
        )
        marked = [places for _, places, _ in found if places is not None]
        places = pd.concat(marked or [self._evidence()], ignore_index=True)
        return Chosen(
            [each for each in self.made.opinions["opinion_id"] if each in wanted],
            places[places["opinion_id"].isin(wanted)],
            "、".join(said for _, _, said in found) or "すべての意見",
        )

    def _finders(self) -> dict[str, Callable[[Any], _Found]]:
        return {
            "theme": self._with_theme,
            "category": lambda name: self._with_value("category", "分類", name),
            "session": lambda number: self._with_value("session", "回", number),
            "attribute": self._with_attribute,
            "term": self._with_terms,
            "said": self._with_phrase,
            "ids": self._with_ids,
            "cluster": self._with_cluster,
            "uncoded": self._without_theme,
            "rule": self._with_rule,
            "word": self._with_word,
        }

    def _evidence(self, theme: str | None = None) -> pd.DataFrame:
        evidence = self.made.evidence
        if theme is not None:
            evidence = evidence[evidence["code"].eq(theme)]
        return _places(evidence.assign(label=evidence["code"].astype("str")))

    def _with_theme(self, theme: str) -> _Found:
        _check("テーマ", theme, self.made.themes)
        codings = self.made.codings
        ids = codings.loc[codings["code"].eq(theme), "opinion_id"]
        return ids, self._evidence(theme), f"テーマ「{theme}」"

    def _without_theme(self, is_uncoded: bool) -> _Found:
        carries = self.made.opinions["opinion_id"].isin(self.made.codings["opinion_id"])
        ids = self.made.opinions.loc[carries.ne(bool(is_uncoded)), "opinion_id"]
        return ids, None, "どのテーマも付かない意見" if is_uncoded else "テーマの付いた意見"

    def _with_value(self, column: str, label: str, value: object) -> _Found:
        values = self.made.opinions[column].astype("str")
        _check(label, str(value), list(dict.fromkeys(values.dropna())))
        ids = self.made.opinions.loc[values.eq(str(value)).fillna(False), "opinion_id"]
        return ids, None, f"第{value}回" if column == "session" else f"{label}「{value}」"

    def _with_attribute(self, pair: tuple[str, str]) -> _Found:
        name, value = map(str, pair)
        held = self.made.attributes.astype({"attribute": "str", "value": "str"})
        _check("属性", name, list(held["attribute"].unique()))
        own = held[held["attribute"].eq(name)]
        _check(name, value, list(own["value"].unique()))
        return own.loc[own["value"].eq(value), "opinion_id"], None, f"{name}「{value}」"

    def _with_terms(self, terms: str | Sequence[str]) -> _Found:
        wanted = [terms] if isinstance(terms, str) else list(terms)
        held = self.made.terms
        own = held[held["term"].isin(wanted)]
        for term in wanted:
            if not own["term"].eq(term).any():
                raise NotInDataError(f"語「{term}」", "この資料で数えた語の中にありません")
        n = own.groupby("opinion_id", observed=True)["term"].nunique()
        places = _places(own.assign(label=own["term"].astype("str")))
        said = "と".join(f"「{term}」" for term in wanted)
        return n[n.eq(len(set(wanted)))].index.astype("str"), places, f"語{said}"

    def _with_phrase(self, kind: str) -> _Found:
        held = self.made.phrases
        _check("言い方", kind, list(held["kind"].astype("str").unique()))
        own = held[held["kind"].eq(kind)]
        places = _places(own.assign(label=own["kind"].astype("str")))
        return own["opinion_id"], places, f"言い方「{kind}」"

    def _with_ids(self, ids: str | Sequence[str]) -> _Found:
        wanted = (
            [each for each in ids.split(SEPARATOR) if each] if isinstance(ids, str) else list(ids)
        )
        known = set(self.made.opinions["opinion_id"])
        if unknown := [each for each in wanted if each not in known]:
            raise NotInDataError(f"意見番号「{unknown[0]}」", "この資料にありません")
        return wanted, None, f"意見番号 {len(wanted)}件"

    def _with_cluster(self, number: int) -> _Found:
        if self.clusters is None:
            raise NotInDataError("まとまり", "この資料では、示せるまとまりがありません")
        held = self.clusters["cluster"].dropna().astype("int").astype("str")
        _check("まとまり", str(number), sorted(held.unique(), key=int))
        ids = self.clusters.loc[held.index[held.eq(str(number))], "opinion_id"]
        return ids, None, f"まとまり{number}"

    def _with_rule(self, rule: str) -> _Found:
        ids, places = self.bench().find(rule, codebook=self.codebook)
        return ids, _places(places.assign(label="探したルール")), f"ルール「{rule}」"

    def _with_word(self, word: str) -> _Found:
        texts = self.made.opinions.set_index("opinion_id")["text"]
        held = texts[texts.str.contains(word, regex=False)]
        rows = [
            (opinion_id, at, at + len(word), "探した言葉")
            for opinion_id, text in held.items()
            for at in _find_all(str(text), word)
        ]
        return held.index, pd.DataFrame(rows, columns=_PLACE), f"言葉「{word}」"


def _find_all(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + len(word))
    return places


def _places(table: pd.DataFrame) -> pd.DataFrame:
    return table[_PLACE].astype({"opinion_id": "str", "label": "str"})


def _check(label: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        listed = "、".join(known[:_LISTED]) + ("など" if len(known) > _LISTED else "")
        there = f"あるのは {listed} です" if known else "この資料には、その記録がありません"
        raise NotInDataError(f"{label}「{value}」", "この資料にありません", there)
