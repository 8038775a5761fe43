import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import Shuffles, find_candidate_terms

FEW = Shuffles(n=9)


def test_a_candidate_lists_the_opinions_that_its_rule_has_missed(
    codings: pd.DataFrame, opinions: pd.DataFrame, terms: pd.DataFrame
) -> None:
    missed = codings.loc[codings["opinion_id"] != "A2"]

    found = find_candidate_terms(terms, missed, opinions, "バス", min_opinions=1, shuffles=FEW)

    bus = found.set_index("term").loc["バス"]
    assert bus[["n_coded", "n_others", "coded_ids", "other_ids"]].to_list() == [1, 1, "A1", "A2"]
    assert set(found["term"]) == {"税", "高い", "バス"}
    assert found["theme"].eq("バス").all()


def test_words_that_nobody_else_uses_have_no_other_opinions(
    codings: pd.DataFrame, opinions: pd.DataFrame, terms: pd.DataFrame
) -> None:
    own = terms.loc[terms["opinion_id"].isin(["A1", "A2"])]

    found = find_candidate_terms(own, codings, opinions, "バス", min_opinions=1, shuffles=FEW)

    assert found["n_others"].eq(0).all()
    assert found["other_ids"].eq("").all()


@pytest.mark.parametrize(("theme", "n"), [("防災", 0), ("声", 5)])
def test_a_theme_of_nobody_or_everybody_has_no_candidates(
    theme: str, n: int, codings: pd.DataFrame, opinions: pd.DataFrame, terms: pd.DataFrame
) -> None:
    everyone = pd.DataFrame({"opinion_id": opinions["opinion_id"], "code": "声"})
    coded = pd.concat([codings, everyone])

    with pytest.raises(NotInDataError, match=f"5件中{n}件"):
        find_candidate_terms(terms, coded, opinions, theme, shuffles=FEW)
