"""Words as they may be published: what is decided to be hidden becomes ●, wherever it stands."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from kyodo_analysis.errors import TableError
from kyodo_analysis.privacy.decisions import DROP, PUBLISH, Treatments, rows_of, treatments_of
from kyodo_analysis.privacy.folding import fold
from kyodo_analysis.privacy.literal import Literals, find_pieces, stands_for_itself

BLOT = "●"
Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Mask:
    """What is hidden: at the places that were found, and wherever the same words stand.

    Parameters
    ----------
    places : DataFrame
        PERSONAL_DATA.
    treatments : Treatments
    everywhere : Literals
        Words that are hidden in every text.
    own : dict of str to Literals
        By opinion, words that are hidden in all that is said about it.
    dropped : frozenset of str
        Opinions of which nothing is published.
    hidden_besides, seen : Counter
        By word and opinion, in how many places it was hidden, and stood, where nothing was found;
        both grow with every text that is masked.
    """

    places: pd.DataFrame
    treatments: Treatments
    everywhere: Literals
    own: dict[str, Literals]
    dropped: frozenset[str]
    hidden_besides: "Counter[tuple[str, str | None]]" = field(default_factory=Counter)
    seen: "Counter[tuple[str, str | None]]" = field(default_factory=Counter)

    def mask(
        self,
        texts: "pd.Series[Any]",
        *,
        found: dict[str, list[tuple[int, int, str]]],
        ids: Sequence[str | None],
        in_pieces: bool = False,
    ) -> "pd.Series[str]":
        """Hide in a column of texts what is not to be published.

        Parameters
        ----------
        texts : Series of str
            Missing values stay.
        found : dict
            By text, where personal data was found in it: start, end, word.
        ids : sequence of str or None
            The opinion that each text is about.
        in_pieces : bool, default False
            Whether a text may begin or end within a word to hide.

        Returns
        -------
        Series of str
            ● for each code point to hide, line breaks kept; all of it where the opinion is dropped.
        """
        masked = texts.astype("str").copy()
        codes, distinct = pd.factorize(texts.astype("str"))
        literal = self.everywhere.find_in([str(text) for text in distinct])
        concerned = [text in found or place in literal for place, text in enumerate(distinct)]
        touched = np.append(np.array(concerned, dtype=bool), False)[codes]
        touched |= np.array([each in self.own or each in self.dropped for each in ids], dtype=bool)
        rows: list[int] = np.flatnonzero(touched & texts.notna().to_numpy()).tolist()
        made = []
        for row in rows:
            text, opinion_id = str(distinct[codes[row]]), ids[row]
            if opinion_id in self.dropped:
                made.append(blot_all(text))
                continue
            spans = self._spans(text, found.get(text, []), literal.get(codes[row], []), opinion_id)
            if in_pieces and opinion_id in self.own:
                spans += find_pieces(text, self.own[opinion_id].words)
            made.append(blot(text, spans))
        if rows:
            masked.iloc[rows] = pd.Index(made, dtype="str")
        return masked

    def _spans(
        self,
        text: str,
        found: Sequence[tuple[int, int, str]],
        literal: Sequence[tuple[int, int, str]],
        opinion_id: str | None,
    ) -> list[Span]:
        treated = [
            (start, end, self.treatments.of(word, opinion_id) == PUBLISH)
            for start, end, word in found
        ]
        hidden = [(start, end) for start, end, published in treated if not published]
        if opinion_id is not None and opinion_id in self.own:
            again = self.own[opinion_id].find_in([text]).get(0, [])
            literal = [*literal, *(each for each in again if self._is_meant(each[2], opinion_id))]
        for start, end, word in literal:
            if any(first <= start and end <= last for first, last, _ in treated):
                continue
            self.seen[word, opinion_id] += 1
            if self.treatments.by_opinion.get((opinion_id or "", word)) != PUBLISH:
                hidden.append((start, end))
                self.hidden_besides[word, opinion_id] += 1
        return hidden

    def _is_meant(self, word: str, opinion_id: str) -> bool:
        """Tell whether a word means the same again: one character may be a part of another (林道)."""
        return len(word) > 1 or (opinion_id, word) in self.treatments.by_opinion


def make_mask(personal_data: pd.DataFrame, decisions: pd.DataFrame) -> Mask:
    """Put together what is hidden.

    Parameters
    ----------
    personal_data : PERSONAL_DATA
    decisions : DECISIONS
        What is not decided is hidden.

    Returns
    -------
    Mask
    """
    given = treatments_of(decisions)
    everywhere: set[str] = set()
    own: dict[str, set[str]] = defaultdict(set)
    dropped = {
        row.opinion_id
        for row in rows_of(decisions)
        if row.treatment == DROP and isinstance(row.opinion_id, str)
    }
    for row in rows_of(personal_data):
        word = fold(row.matched)
        opinion_id = row.opinion_id if isinstance(row.opinion_id, str) else None
        if (treatment := given.of(row.matched, opinion_id)) == PUBLISH:
            continue
        if opinion_id is not None:
            own[opinion_id].add(word)
            if treatment == DROP:
                dropped.add(opinion_id)
        if stands_for_itself(word, str(row.kind)) and given.of(row.matched, None) != PUBLISH:
            everywhere.add(word)
    found = set(personal_data["matched"].map(fold))
    for word, treatment in given.everywhere.items():
        if treatment != PUBLISH and word and word not in found:
            everywhere.add(word)
    for (opinion_id, word), treatment in given.by_opinion.items():
        if treatment != PUBLISH and word:
            own[opinion_id].add(word)
    by_opinion = {opinion_id: Literals(words) for opinion_id, words in own.items()}
    return Mask(personal_data, given, Literals(everywhere), by_opinion, frozenset(dropped))


def places_by_text(
    places: pd.DataFrame, texts: "pd.Series[Any]"
) -> dict[str, list[tuple[int, int, str]]]:
    """Return by text where personal data was found in it.

    Raises
    ------
    TableError
        A place is not where it was found.
    """
    found: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
    for row in rows_of(places):
        text = str(texts.iloc[row.row]) if row.row < len(texts) else ""
        if text[row.start : row.end] != row.matched:
            raise TableError(
                f"表「{row.table}」の{row.row + 1}行目",
                f"個人情報の候補「{row.matched}」が、記録された場所にありません",
                action="資料を読み直したら、個人情報の点検もやり直してください",
            )
        found[text].add((row.start, row.end, row.matched))
    return {text: sorted(spans) for text, spans in found.items()}


def keep_apart(labels: Iterable[str], masked: Iterable[str]) -> dict[str, str]:
    """Give each label what it is published as; two that would look alike are numbered.

    Parameters
    ----------
    labels : iterable of str
        Names of groups, each once.
    masked : iterable of str
        What hiding made of each.
    """
    pairs = list(zip(labels, masked, strict=True))
    times = Counter(shown for _, shown in pairs)
    taken, numbers = set(times), Counter[str]()
    made = {}
    for label, shown in pairs:
        if times[shown] > 1 and shown != label:
            shown = next(name for name in _numbered(shown, numbers) if name not in taken)
            taken.add(shown)
        made[label] = shown
    return made


def _numbered(shown: str, numbers: "Counter[str]") -> Iterator[str]:
    while True:
        numbers[shown] += 1
        yield f"{shown}({numbers[shown]})"


def blot(text: str, spans: Iterable[Span]) -> str:
    """Put ● in the place of every character of some spans but line breaks."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = blot_all(text[start:end])
    return "".join(characters)


def blot_all(text: str) -> str:
    """Put ● in the place of every character but line breaks."""
    return re.sub(r"[^\n]", BLOT, text)
