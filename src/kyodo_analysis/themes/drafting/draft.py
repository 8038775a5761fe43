"""A codebook to begin with: proposals that a person accepts, edits or rejects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.near_copies import find_families
from kyodo_analysis.themes.codebook import apply_codebook, parse_codebook
from kyodo_analysis.themes.drafting.candidates import Candidates, find_candidates
from kyodo_analysis.themes.drafting.proposals import (
    OF_WORDS,
    Proposal,
    count_returns,
    cover_shuffled,
    propose,
)
from kyodo_analysis.themes.drafting.rules import DraftSettings
from kyodo_analysis.themes.drafting.tables import DRAFT_THEMES

FEWEST_OPINIONS = 30


@dataclass(frozen=True, eq=False)
class CodebookDraft:
    """Proposals for themes, and what must be known before one of them is accepted.

    Attributes
    ----------
    themes : DRAFT_THEMES
        The proposals.
    frequent : FREQUENT_WORDS
        Words that so many opinions hold, or the title, that a person must choose among them.
    n_opinions, n_coded : int
        The opinions, and those that a rule finds.
    shuffled_coverage : float
        What share of opinions rules find that were drafted in the same way when the words are
        dealt out to the opinions anew: coverage alone is no evidence.
    codings : CODINGS
        Which opinion each rule finds.
    """

    themes: pd.DataFrame
    frequent: pd.DataFrame
    n_opinions: int
    n_coded: int
    shuffled_coverage: float
    codings: pd.DataFrame

    @property
    def coverage(self) -> float:
        """The share of opinions that a rule finds."""
        return self.n_coded / self.n_opinions

    @property
    def codebook(self) -> str:
        """The rules in KH Coder's format, what is known of each as a comment above it."""
        return write_rules(self.themes)


def draft_codebook(
    tokens: pd.DataFrame,
    terms: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    title: str,
    stop_words: Collection[str] = (),
    groups: Mapping[str, pd.DataFrame] | None = None,
    settings: DraftSettings | None = None,
) -> CodebookDraft:
    """Draft a codebook from what the opinions carry.

    Near copies of a text count once while words are chosen. The same input gives the same draft.

    Parameters
    ----------
    tokens, terms, opinions : TOKENS, TERMS, OPINIONS
        Words that the opinions' text hides are never proposed.
    title : str
        What all opinions are about; its words decide nothing.
    stop_words : collection of str
        The study's own.
    groups : mapping of str to GROUPS, optional
        Groups that the data name, such as 分類: the words that stand out in each beyond chance
        become a proposal of its name, before any other.
    settings : DraftSettings, optional
        What the draft may be.

    Raises
    ------
    NotInDataError
        There are fewer than 30 opinions, or no word comes often enough.
    """
    settings = settings or DraftSettings()
    if len(opinions) < FEWEST_OPINIONS:
        raise NotInDataError(
            "テーマの案",
            f"意見が{len(opinions)}件なので、案を作れません",
            f"案を作れるのは{FEWEST_OPINIONS}件からです",
            "意見を読んで codebook.txt を書いてください",
        )
    candidates, frequent = find_candidates(
        tokens, terms, opinions, title=title, stop_words=stop_words
    )
    labels = {name: _align(each, opinions) for name, each in (groups or {}).items()}
    first = find_families(opinions)["is_first"].to_numpy(dtype=bool)
    proposals = propose(candidates, labels, np.flatnonzero(first), settings)
    if not proposals:
        raise NotInDataError(
            "テーマの案",
            "まとまった数の意見に出てくる言葉がないので、案を作れません",
            action="意見を読んで codebook.txt を書いてください",
        )
    return _describe(candidates, proposals, labels, first, tokens, opinions, frequent, settings)


def _align(groups: pd.DataFrame, opinions: pd.DataFrame) -> pd.Series:
    named = groups.dropna(subset="group").astype("str").drop_duplicates("opinion_id")
    return named.set_index("opinion_id")["group"].reindex(opinions["opinion_id"].astype("str"))


def _describe(
    candidates: Candidates,
    proposals: Sequence[Proposal],
    labels: Mapping[str, pd.Series],
    first: np.ndarray,
    tokens: pd.DataFrame,
    opinions: pd.DataFrame,
    frequent: pd.DataFrame,
    settings: DraftSettings,
) -> CodebookDraft:
    names = {_name(candidates, each): each for each in proposals}
    rules = {name: " | ".join(candidates.words[list(each.rule)]) for name, each in names.items()}
    text = "".join(f"＊{name}\n{rule}\n" for name, rule in rules.items())
    codings = apply_codebook(parse_codebook(text, file="draft"), tokens, opinions).codings
    given = _given(codings, list(names), opinions)
    came_back = count_returns(candidates, proposals, labels, first, settings)
    order = sorted(
        range(len(proposals)),
        key=lambda at: (proposals[at].source == OF_WORDS, -int(given[:, at].sum())),
    )
    themes = DRAFT_THEMES.make(
        {
            "code": name,
            "rule": rules[name],
            "source": proposal.source,
            "n_opinions": int(given[:, at].sum()),
            "n_alone": int((given[:, at] & (given.sum(axis=1) == 1)).sum()),
            "overlap": _overlap(given, at, list(names)),
            "n_came_back": came_back[at],
            "n_redrafts": settings.redrafts,
            "voices": "、".join(_voices(candidates, proposal.rule, given, at, opinions)),
        }
        for at, (name, proposal) in [list(enumerate(names.items()))[at] for at in order]
    )
    return CodebookDraft(
        themes=themes,
        frequent=frequent,
        n_opinions=len(opinions),
        n_coded=int(given.any(axis=1).sum()),
        shuffled_coverage=cover_shuffled(candidates, labels, first, settings),
        codings=codings,
    )


def _name(candidates: Candidates, proposal: Proposal) -> str:
    return "・".join(word.strip("'") for word in candidates.words[list(proposal.rule[:2])])


def _given(codings: pd.DataFrame, names: list[str], opinions: pd.DataFrame) -> np.ndarray:
    given = np.zeros((len(opinions), len(names)), dtype=bool)
    rows = pd.Index(opinions["opinion_id"].astype("str")).get_indexer(
        pd.Index(codings["opinion_id"].astype("str"))
    )
    given[rows, pd.Index(names).get_indexer(pd.Index(codings["code"].astype("str")))] = True
    return given


def _overlap(given: np.ndarray, at: int, names: list[str]) -> str | None:
    both = (given & given[:, [at]]).sum(axis=0)
    both[at] = 0
    other = int(both.argmax())
    return f"{names[other]}と{both[other]}件" if both[other] else None


def _voices(
    candidates: Candidates,
    rule: tuple[int, ...],
    given: np.ndarray,
    at: int,
    opinions: pd.DataFrame,
) -> list[str]:
    """Name three opinions that hold most of the rule's words, those of this theme alone first."""
    words = np.asarray(candidates.present[:, list(rule)].sum(axis=1)).ravel()
    lengths = opinions["text"].str.len().to_numpy()
    order = np.lexsort((lengths, -words, given.sum(axis=1)))
    chosen = [row for row in order if given[row, at]][:3]
    return opinions["opinion_id"].astype("str").iloc[chosen].tolist()


def write_rules(themes: pd.DataFrame) -> str:
    """Write proposals (DRAFT_THEMES) as a codebook whose comments say what each is."""
    return "\n".join(
        f"# 案: {theme['n_opinions']}件(この案だけ {theme['n_alone']}件)、"
        f"作り直しの{theme['n_redrafts']}回中{theme['n_came_back']}回、もと: {theme['source']}\n"
        f"＊{theme['code']}\n{theme['rule']}\n"
        for theme in themes.to_dict("records")
    )
