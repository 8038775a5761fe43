"""From groups of opinions to rules of few words that find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.drafting.grouping import (
    measure_cohesion,
    propose_groups,
    weigh_words,
)

if TYPE_CHECKING:
    from scipy import sparse

    from kyodo_analysis.themes.drafting.candidates import Presence

Rules = list[list[int]]
# Words are taken in this order: those whose opinions hold together best, and lie in one group.
# Of few short opinions hardly any share a second word: there the coverage of shuffled text must do.
_COHESION, _FEW = (6.0, 4.0, 3.0, 2.0, 1.0, 0.5), 150
_GAIN, _LAST_GAIN, _COST = 2.0, 1.5, 0.75
_PER_WORD = 0.002
_PURITY = tuple(np.round(np.arange(0.75, 0.349, -0.05), 2))


@dataclass(frozen=True)
class DraftSettings:
    """What a draft may be.

    Parameters
    ----------
    most_themes, most_groups, most_words : int
        The most themes in all, themes from the words alone, and words of a rule.
    coverage : float
        At this share of opinions, no more words are added.
    largest : float
        The largest share of opinions that one theme may take.
    smallest : int
        Themes of fewer opinions are dropped.
    redrafts, shuffles : int
        How often the draft is made again from four fifths of the opinions, and from shuffled text.
    """

    most_themes: int = 14
    most_groups: int = 12
    most_words: int = 5
    coverage: float = 0.73
    largest: float = 0.2
    smallest: int = 5
    redrafts: int = 8
    shuffles: int = 3


def draft_rules(
    present: Presence, signs: Presence, usable: np.ndarray, settings: DraftSettings
) -> Rules:
    """Draft the rules: lists of columns of `present`, the largest theme first.

    Several groupings are tried; each is made to follow its own rules twice (opinions go to the
    theme whose words they hold, the others to the nearest theme), and the one that strict
    words tell best is kept.
    """
    n = present.shape[0]
    n_groups = int(np.clip(round(n / 15), 4, settings.most_groups))
    if present.shape[1] < n_groups or n < n_groups:
        return []
    weighted = weigh_words(present, signs)
    columns = np.flatnonzero(usable)
    cohesion = measure_cohesion(weighted, present, signs)[columns]
    held = present[:, columns].astype(bool).toarray()
    best: Rules = []
    most = -1.0
    for groups, space in propose_groups(weighted, n_groups):
        rules, told = choose_words(held, groups, cohesion, settings)
        for _ in range(2):
            groups = _follow(held, rules, groups, space)
            rules, told = choose_words(held, groups, cohesion, settings)
        if told > most + 1e-9:
            best, most = rules, told
    return [columns[rule].tolist() for rule in in_order(held, best, settings)]


def in_order(held: np.ndarray, rules: Rules, settings: DraftSettings) -> Rules:
    """Drop rules of too few opinions, and order the others by theirs."""
    sizes = {tuple(rule): int(held[:, rule].any(axis=1).sum()) for rule in rules if rule}
    large = [list(rule) for rule, size in sizes.items() if size >= settings.smallest]
    return sorted(large, key=lambda rule: (-sizes[tuple(rule)], rule))[: settings.most_themes]


def standing_out(held: np.ndarray, groups: np.ndarray, *, deals: int = 99) -> np.ndarray:
    """Say which words stand out in a group more than any word does when groups are dealt anew.

    The line is the 95 % point of the largest score over all words and groups: the difference of
    the group's share among the word's opinions and among all, in standard errors.
    """
    n_words = held.sum(axis=0)
    member = np.eye(int(groups.max()) + 1)[groups]
    share = member.mean(axis=0)
    error = np.sqrt(share * (1 - share) / np.maximum(n_words, 1)[:, None])

    def score(dealt: np.ndarray) -> np.ndarray:
        inside: np.ndarray = (held.T.astype(float) @ dealt) / np.maximum(n_words, 1)[:, None]
        best: np.ndarray = ((inside - share) / np.maximum(error, 1e-12)).max(axis=1)
        return best

    rng = np.random.default_rng(0)
    usual = n_words >= 2
    if not usual.any():
        return np.zeros_like(usual)
    largest = [score(rng.permutation(member))[usual].max() for _ in range(deals)]
    above: np.ndarray = usual & (score(member) > np.quantile(largest, 0.95))
    return above


def choose_words(
    held: np.ndarray, groups: np.ndarray, cohesion: np.ndarray, settings: DraftSettings
) -> tuple[Rules, float]:
    """Give each group up to five words, best first, until enough opinions are found.

    Each step takes the word that finds most opinions that no rule finds yet, less three quarters
    of those that another theme has already. The second value says how well the groups can be told
    by words: the share of opinions found, averaged over the steps, so that it is high where strict
    words find most; fewer words are better.
    """
    from scipy import sparse

    n_groups = int(groups.max()) + 1
    opinions_of = sparse.csr_array(held.T.astype(np.float32))
    member = np.eye(n_groups, dtype=np.float32)[groups]
    share = (opinions_of @ member) / np.maximum(held.sum(axis=0), 1)[:, None]
    theme, purity = share.argmax(axis=1), share.max(axis=1) + 1e-6
    rules: Rules = [[] for _ in range(n_groups)]
    found = np.zeros((len(held), n_groups), dtype=bool)
    free = np.ones(held.shape[1], dtype=bool)
    gains = _gains(opinions_of, found, theme, rules, settings)
    reached = []
    stages = [(each, _GAIN) for each in _COHESION] + [(_COHESION[-1], _LAST_GAIN)]
    if len(held) < _FEW:
        stages.append((-np.finfo(float).max, _LAST_GAIN))
    for least_cohesion, least_gain in stages:
        for least_purity in _PURITY:
            good = (cohesion >= least_cohesion) & (purity >= least_purity)
            while found.any(axis=1).mean() < settings.coverage:
                open_gains = np.where(good & free, gains, -1.0)
                word = int(open_gains.argmax())
                if open_gains[word] < least_gain:
                    break
                free[word] = False
                rules[theme[word]].append(word)
                found[:, theme[word]] |= held[:, word]
                gains = _gains(opinions_of, found, theme, rules, settings)
            reached.append(found.any(axis=1).mean())
    return rules, float(np.mean(reached)) - _PER_WORD * sum(map(len, rules))


def _gains(
    opinions_of: sparse.csr_array,
    found: np.ndarray,
    theme: np.ndarray,
    rules: Rules,
    settings: DraftSettings,
) -> np.ndarray:
    """Say what each word would bring to its theme; -1 where there is no room for it."""
    unfound = np.column_stack([~found, ~found.any(axis=1)]).astype(np.float32)
    outside = opinions_of @ unfound
    new, own = outside[:, -1], outside[np.arange(len(theme)), theme]
    size = found.sum(axis=0)[theme] + own
    room = np.array([len(rule) < settings.most_words for rule in rules])[theme]
    fits = room & (size <= settings.largest * len(found))
    gains: np.ndarray = np.where(fits, new - _COST * (own - new), -1.0)
    return gains


def assign_opinions(held: np.ndarray, rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """Give every opinion the theme with the largest sum of idf of its words, and that sum."""
    idf = np.log(len(held) / np.maximum(held.sum(axis=0), 1))
    sums = np.column_stack([held[:, rule] @ idf[rule] for rule in rules])
    return sums.argmax(axis=1), sums.max(axis=1)


def _follow(held: np.ndarray, rules: Rules, groups: np.ndarray, space: np.ndarray) -> np.ndarray:
    """Move opinions to the theme of their words, those without any to the nearest theme."""
    theme, sums = assign_opinions(held, rules)
    found = sums > 0
    centres = np.array(
        [
            space[found & (theme == each)].mean(axis=0)
            if (found & (theme == each)).any()
            else np.zeros(space.shape[1])
            for each in range(len(rules))
        ]
    )
    lengths = np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    nearest = (space @ (centres / lengths).T).argmax(axis=1)
    return np.where(found, theme, nearest)
