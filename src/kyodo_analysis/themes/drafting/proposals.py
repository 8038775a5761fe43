"""Proposals from given groups and from the words alone, and how well they stand up to a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kyodo_analysis.shuffling import shuffle_presence
from kyodo_analysis.themes.drafting.candidates import Candidates
from kyodo_analysis.themes.drafting.rules import (
    DraftSettings,
    choose_words,
    draft_rules,
    standing_out,
)

OF_WORDS = "語のまとまり"
_SAME = 0.5


@dataclass(frozen=True)
class Proposal:
    """A rule, as columns of the candidates, and what it was made from."""

    source: str
    rule: tuple[int, ...]


def propose(
    candidates: Candidates,
    labels: Mapping[str, pd.Series],
    rows: np.ndarray,
    settings: DraftSettings,
) -> list[Proposal]:
    """Propose rules from some of the opinions: of given groups first, then of the words alone."""
    present = candidates.present[rows]
    held = present.astype(bool).toarray()
    proposals: list[Proposal] = []
    for name, label in labels.items():
        numbers, names = pd.factorize(label.iloc[rows], sort=True)
        for number, rule in _of_groups(held, numbers, candidates.usable, settings).items():
            proposals.append(Proposal(f"{name}「{names[number]}」", tuple(rule)))
    drafted = draft_rules(present, candidates.signs, candidates.usable, settings)
    proposals += [Proposal(OF_WORDS, tuple(rule)) for rule in drafted]
    return _keep_apart(held, proposals, settings)


def _of_groups(
    held: np.ndarray, numbers: np.ndarray, usable: np.ndarray, settings: DraftSettings
) -> dict[int, list[int]]:
    known = numbers >= 0
    if not known.any() or numbers.max() < 1:
        return {}
    held, numbers = held[known], numbers[known]
    good = usable & standing_out(held, numbers)
    rules, _ = choose_words(held, numbers, np.where(good, np.inf, -np.inf), settings)
    return {number: rule for number, rule in enumerate(rules) if rule}


def _keep_apart(
    held: np.ndarray, proposals: Sequence[Proposal], settings: DraftSettings
) -> list[Proposal]:
    """Use no word twice, and pass over what mostly finds opinions that were found before."""
    kept: list[Proposal] = []
    used: set[int] = set()
    found = np.zeros(len(held), dtype=bool)
    for proposal in proposals:
        rule = tuple(word for word in proposal.rule if word not in used)
        hits = held[:, list(rule)].any(axis=1) if rule else np.zeros(len(held), dtype=bool)
        if hits.sum() < settings.smallest or (hits & ~found).sum() < hits.sum() / 2:
            continue
        kept.append(Proposal(proposal.source, rule))
        used.update(rule)
        found |= hits
    return kept[: settings.most_themes]


def count_returns(
    candidates: Candidates,
    proposals: Sequence[Proposal],
    labels: Mapping[str, pd.Series],
    first: np.ndarray,
    settings: DraftSettings,
) -> list[int]:
    """Count in how many drafts from four fifths of the opinions each proposal comes back.

    It does when a rule there finds nearly the same of all opinions: Jaccard of at least one half.
    """
    rows = np.flatnonzero(first)
    held = candidates.present.astype(bool).toarray()
    wanted = [held[:, list(each.rule)].any(axis=1) for each in proposals]
    counts = [0] * len(proposals)
    for number in range(settings.redrafts):
        drawn = np.random.default_rng(number).permutation(rows)[: int(0.8 * len(rows))]
        again = propose(candidates, labels, np.sort(drawn), settings)
        hits = [held[:, list(each.rule)].any(axis=1) for each in again]
        for at, one in enumerate(wanted):
            counts[at] += any((one & hit).sum() >= _SAME * (one | hit).sum() for hit in hits)
    return counts


def cover_shuffled(
    candidates: Candidates,
    labels: Mapping[str, pd.Series],
    first: np.ndarray,
    settings: DraftSettings,
) -> float:
    """Average the share of opinions that drafts from shuffled text find in it."""
    rows = np.flatnonzero(first)
    shares = []
    for number in range(settings.shuffles):
        present = shuffle_presence(candidates.present[rows], np.random.default_rng(number))
        dealt = replace(candidates, present=present)
        own = {name: label.iloc[rows] for name, label in labels.items()}
        drafted = propose(dealt, own, np.arange(len(rows)), settings)
        held = present.astype(bool).toarray()
        found = [held[:, list(each.rule)].any(axis=1) for each in drafted]
        shares.append(float(np.any(found, axis=0).mean()) if found else 0.0)
    return float(np.mean(shares))
