"""How good a drafted codebook is: coverage beside chance, and agreement with known categories.

By hand: ``python benchmarks/drafting.py``; the table belongs in docs/drafting.md. The categories
are kept from the drafting and only judge it. An opinion's theme is the one with the largest sum of
idf of its matched words; k-means and NMF on TF-IDF get as many groups as the draft has themes, and
are judged on the same opinions.
"""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from kyodo_analysis.study import open_study
from kyodo_analysis.study.pipeline import process, read_tokens
from kyodo_analysis.tables import OPINIONS
from kyodo_analysis.themes.codebook import apply_codebook, parse_codebook
from kyodo_analysis.themes.drafting import CodebookDraft, draft_codebook
from kyodo_analysis.words import make_tokenizer, select_terms, tokenize_opinions

FICTIONAL = Path(__file__).parent / "fictional"
TITLES = {
    "waste": "ごみの減量と収集についての意見",
    "library": "市立図書館のこれからについての意見",
    "children": "こども計画への意見",
}
SAMPLES = 5
COLUMNS = (
    "資料",
    "件数",
    "案",
    "最大",
    "最小",
    "当たる",
    "入替",
    "1件あたり",
    "AMI",
    "k-means",
    "NMF",
    "秒",
)


def read_corpora() -> Iterator[tuple[str, str, pd.DataFrame, pd.DataFrame, "pd.Series[str]"]]:
    """Yield name, title, opinions, tokens and categories of each corpus."""
    study = open_study("sample-transport")
    opinions, tokens = process(study).opinions, read_tokens(study)
    yield "sample-transport", study.title, opinions, tokens, opinions["category"]
    rng = np.random.default_rng(0)
    for number in range(SAMPLES):
        rows = np.sort(rng.permutation(len(opinions))[:330])
        some = opinions.iloc[rows].reset_index(drop=True)
        own = tokens[tokens["opinion_id"].isin(some["opinion_id"])].reset_index(drop=True)
        yield f"  うち330件({number + 1})", study.title, some, own, some["category"]
    for name, title in TITLES.items():
        frame = pd.read_csv(FICTIONAL / f"{name}.csv")
        opinions = OPINIONS.make(
            {
                "opinion_id": f"A{row}",
                "text": text,
                "raw_text": text,
                "source": f"{name}.csv!B{row + 1}",
                "source_start": 0,
                "source_end": len(text),
            }
            for row, text in enumerate(frame["意見"], start=1)
        )
        tokens = tokenize_opinions(opinions, tokenizer=make_tokenizer(engine="janome"), n_jobs=1)
        yield name, title, opinions, tokens, frame["分類"]


def theme_of(
    draft: CodebookDraft, tokens: pd.DataFrame, opinions: pd.DataFrame
) -> "pd.Series[str]":
    """Give each coded opinion the theme with the largest sum of idf of its matched words."""
    evidence = apply_codebook(
        parse_codebook(draft.codebook, file="draft"), tokens, opinions
    ).evidence
    pairs = evidence.astype({"opinion_id": "str", "code": "str"})
    pairs = pairs.drop_duplicates(["opinion_id", "code", "matched"])
    n_holding = pairs.groupby("matched")["opinion_id"].nunique()
    pairs["idf"] = np.log(len(opinions) / pairs["matched"].map(n_holding))
    sums = pairs.groupby(["opinion_id", "code"])["idf"].sum().reset_index()
    best = sums.sort_values("idf", ascending=False, kind="stable").drop_duplicates("opinion_id")
    return best.set_index("opinion_id")["code"]


def judge(
    draft: CodebookDraft, tokens: pd.DataFrame, opinions: pd.DataFrame, categories: "pd.Series[str]"
) -> list[float]:
    """Return the AMI with the categories: of the draft, of k-means and of NMF on TF-IDF."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import adjusted_mutual_info_score

    theme = theme_of(draft, tokens, opinions).reindex(opinions["opinion_id"].astype("str"))
    judged = theme.notna().to_numpy() & categories.notna().to_numpy()
    terms = select_terms(tokens)
    texts = terms.astype("str").groupby("opinion_id")["term"].agg(list)
    listed = [texts.get(each, []) for each in opinions["opinion_id"].astype("str")]
    weighted = TfidfVectorizer(analyzer=lambda each: each, min_df=2).fit_transform(listed)
    n_groups = len(draft.themes)
    found = (
        theme.to_numpy(),
        KMeans(n_groups, n_init=10, random_state=0).fit_predict(weighted),
        NMF(n_groups, init="nndsvda", max_iter=500, random_state=0)
        .fit_transform(weighted)
        .argmax(axis=1),
    )
    known = categories[judged].astype("str")
    return [adjusted_mutual_info_score(known, each[judged].astype(str)) for each in found]


def main() -> None:
    """Print the table."""
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    for name, title, opinions, tokens, categories in read_corpora():
        start = perf_counter()
        draft = draft_codebook(tokens, select_terms(tokens), opinions, title=title)
        seconds = perf_counter() - start
        sizes = draft.themes["n_opinions"]
        cells = [
            name,
            str(len(opinions)),
            str(len(sizes)),
            f"{sizes.max() / len(opinions):.0%}",
            str(sizes.min()),
            f"{draft.coverage:.0%}",
            f"{draft.shuffled_coverage:.0%}",
            f"{len(draft.codings) / draft.n_coded:.2f}",
            *(f"{each:.2f}" for each in judge(draft, tokens, opinions, categories)),
            f"{seconds:.0f}",
        ]
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
