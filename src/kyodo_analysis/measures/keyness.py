"""Which words stand out in a group, and whether chance would make them stand out as well."""

from typing import Any, Final

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.contingency import Floats, log_likelihood
from kyodo_analysis.measures.groups import Membership, first_of_each_text, membership_of
from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.measures.matrices import WordMatrix, word_matrix
from kyodo_analysis.measures.shuffles import (
    Indices,
    Shuffles,
    beats_chance,
    chance_line,
    counts_by_group,
    respondent_blocks,
    shuffled_counts,
)
from kyodo_analysis.measures.tables import CANDIDATE_TERMS, KEYNESS

_CODED: Final = "該当"
_OTHERS: Final = "その他"


def weighted_log_odds(counts: Floats, group_sizes: Floats, prior: Floats) -> Floats:
    """Give the z-score of each word's log-odds in a group against the other groups.

    Monroe, Colaresi and Quinn (2008), "Fightin' Words", equations 15 to 22, with a Dirichlet
    prior.

    Parameters
    ----------
    counts : ndarray
        Words in rows, groups in columns: occurrences.
    group_sizes : ndarray
        All occurrences of each group.
    prior : ndarray
        One pseudo-count per word.
    """
    alpha, alpha_total = prior[:, None], prior.sum()
    inside, outside = counts + alpha, counts.sum(axis=1, keepdims=True) - counts + alpha
    n_inside, n_outside = group_sizes + alpha_total, group_sizes.sum() - group_sizes + alpha_total
    with np.errstate(divide="ignore", invalid="ignore"):  # a word of nobody has no odds
        log_odds = np.log(inside / (n_inside - inside)) - np.log(outside / (n_outside - outside))
        return np.asarray(np.nan_to_num(log_odds / np.sqrt(1 / inside + 1 / outside)))


def compare_terms_by_group(
    terms: pd.DataFrame,
    groups: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    min_opinions: int = 2,
    shuffles: Shuffles | None = None,
) -> pd.DataFrame:
    """Find the characteristic words of each group.

    Parameters
    ----------
    terms : TERMS
    groups : GROUPS
        Categories, sessions, clusters or any attribute; opinions without a group take no part.
        Where the groups were made from the words themselves, as clusters are, the result
        describes them and ``above_line`` tests nothing.
    opinions : OPINIONS
        Says which opinions one respondent gave, and which texts are copies.
    min_opinions : int, default 2
        Words of fewer opinions are left out.
    shuffles : Shuffles, optional
        199 by default.

    Returns
    -------
    KEYNESS
        One row per group and word that a larger part of the group's opinions use than of all
        opinions (KH Coder's rule), by group, then by G2. ``g2_line`` is the 95 % point of the
        largest G2 of any word in any group when whole opinions are dealt out anew: the nominal
        3.84 would call chance a finding, and a line for each group would in one study of five.
        ``log_odds`` takes the whole corpus as prior. Copies and near copies within one group count
        once for ``n_texts`` and for both of these measures.

    Raises
    ------
    NotInDataError
        Fewer than two groups have an opinion, none has two, or no word is used in `min_opinions`
        opinions.
    """
    members = membership_of(groups, opinions)
    words = word_matrix(terms, members.opinion_ids, min_opinions)
    if words.words.empty:
        raise NotInDataError("特徴語", f"{min_opinions}件以上の意見に現れる語がありません")
    chosen = shuffles or Shuffles(n=199)
    cells = _cells(words, members, opinions, chosen).assign(n_shuffles=chosen.n, seed=chosen.seed)
    overall = cells["n_opinions_total"] / len(members.opinion_ids)
    frequent = cells.loc[cells["n_opinions"] / cells["n_group"] > overall]
    named = frequent.join(ids_of_words(words, members), on=["group", "term", "part_of_speech"])
    named["group"] = pd.Categorical(named["group"], members.levels, ordered=True)
    ordered = named.sort_values(["group", "g2"], ascending=[True, False], kind="stable")
    return KEYNESS.check(ordered.reset_index(drop=True)[KEYNESS.names])


def ids_of_words(words: WordMatrix, members: Membership) -> "pd.Series[Any]":
    """List who used which word in which group, by group, term and part of speech."""
    row, column = words.presence.nonzero()
    used = words.words[["term", "part_of_speech"]].iloc[column].reset_index(drop=True)
    used.insert(0, "group", members.groups[row])
    used["opinion_ids"] = members.opinion_ids[row]
    return used.groupby(["group", "term", "part_of_speech"])["opinion_ids"].agg(SEPARATOR.join)


def _cells(
    words: WordMatrix, members: Membership, opinions: pd.DataFrame, shuffles: Shuffles
) -> pd.DataFrame:
    """Measure every word in every group, group by group."""
    once = first_of_each_text(opinions, members)
    texts, voices = words.keep(once), members.keep(once)
    used, n = (counts_by_group(each, members.one_hot) for each in (words.presence, words.counts))
    used_once, n_once = (
        counts_by_group(each, voices.one_hot) for each in (texts.presence, texts.counts)
    )
    sizes, total = texts.lengths @ voices.one_hot, used.sum(axis=1, keepdims=True)
    blocks = respondent_blocks(opinions, voices.opinion_ids)
    g2, line = log_likelihood(n_once, sizes), _line_of_chance(texts, voices, blocks, shuffles)
    measured = {
        "n_opinions": used.astype(np.int64),
        "n": n.astype(np.int64),
        "n_texts": used_once.astype(np.int64),
        "g2": g2,
        "g2_line": np.full_like(g2, line),
        "above_line": beats_chance(g2, line),
        "log_odds": weighted_log_odds(n_once, sizes, n_once.sum(axis=1)),
        "jaccard": used / (total + members.sizes - used),
    }
    groups = pd.DataFrame({"group": members.levels, "n_group": members.sizes.astype(np.int64)})
    renamed = words.words.rename(columns={"n_opinions": "n_opinions_total", "n": "n_total"})
    by_group = {name: values.T.ravel() for name, values in measured.items()}
    return groups.merge(renamed, how="cross").assign(**by_group)


def _line_of_chance(
    words: WordMatrix, members: Membership, blocks: list[Indices], shuffles: Shuffles
) -> float:
    largest = [
        log_likelihood(counts, words.lengths @ members.one_hot[order]).max(initial=0)
        for counts, order in shuffled_counts(words.counts, members.one_hot, blocks, shuffles)
    ]
    return float(chance_line(largest))


def find_candidate_terms(
    terms: pd.DataFrame,
    codings: pd.DataFrame,
    opinions: pd.DataFrame,
    theme: str,
    *,
    min_opinions: int = 2,
    shuffles: Shuffles | None = None,
) -> pd.DataFrame:
    """Find the words that a theme's opinions use more than the others: candidates for its rule.

    Returns
    -------
    CANDIDATE_TERMS
        One row per word, as :func:`compare_terms_by_group` selects them, by G2. ``other_ids`` are
        the opinions that use the word without carrying the theme: those to read next.

    Raises
    ------
    NotInDataError
        The theme is carried by no opinion or by all of them, or no word is used in
        `min_opinions` opinions.
    """
    coded = opinions["opinion_id"].isin(codings.loc[codings["code"] == theme, "opinion_id"])
    if coded.all() or not coded.any():
        raise NotInDataError(
            f"テーマ「{theme}」の候補語",
            f"このテーマの付いた意見が{len(opinions)}件中{int(coded.sum())}件です",
            "語を比べるには、付いた意見と付いていない意見の両方が要ります",
        )
    group = pd.Categorical(np.where(coded, _CODED, _OTHERS), [_CODED, _OTHERS], ordered=True)
    groups = pd.DataFrame({"opinion_id": opinions["opinion_id"].array, "group": group}).assign(
        basis="テーマ", from_text=True
    )
    found = compare_terms_by_group(
        terms, groups, opinions, min_opinions=min_opinions, shuffles=shuffles
    )
    rows = found.loc[found["group"] == _CODED].drop(columns="group")
    members = membership_of(groups, opinions)
    voices = ids_of_words(word_matrix(terms, members.opinion_ids, min_opinions), members)
    others = voices[voices.index.get_level_values("group") == _OTHERS].droplevel("group")
    rows = rows.join(others.rename("other_ids"), on=["term", "part_of_speech"])
    table = rows.fillna({"other_ids": ""}).rename(
        columns={"n_opinions": "n_coded", "opinion_ids": "coded_ids"}
    )
    table = table.assign(theme=theme, n_others=table["n_opinions_total"] - table["n_coded"])
    return CANDIDATE_TERMS.check(table.reset_index(drop=True)[CANDIDATE_TERMS.names])
