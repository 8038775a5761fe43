"""Whether the numbers hold: simulated studies whose truth is known, and docs/inference.md of them.

Run by hand from the project's folder (about five minutes on one core):

    python benchmarks/inference.py
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from kyodo_analysis import measures
from kyodo_analysis.measures.copies import design_effects
from kyodo_analysis.measures.corrected import correct_share
from kyodo_analysis.measures.intervals import wilson_interval
from kyodo_analysis.tables import CODINGS, GROUPS, OPINIONS, TERMS
from kyodo_analysis.themes import agreement

PAGE = Path(__file__).parent.parent / "docs" / "inference.md"
SHUFFLES = measures.Shuffles(n=199)
KINDS = np.array([chr(0x4E00 + 7 * k) + chr(0x5E00 + 11 * k) for k in range(400)])
ZIPF = 1 / np.arange(3, 403)
ZIPF /= ZIPF.sum()
N_THEMES = 10
Rng = np.random.Generator
Row = tuple[str, str, str]


def make_study(
    rng: Rng,
    n: int,
    n_groups: int,
    *,
    per_person: int = 1,
    planted: dict[int, list[str]] | None = None,
    length: int = 12,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make opinions of words at random, terms and groups; opinions of some groups get words more.

    People who gave several opinions gave them in one group and have words of their own.
    """
    person = np.arange(n) // per_person
    group = rng.permutation(np.arange(person.max() + 1) % n_groups)[person]
    habit = [rng.choice(KINDS, 3, replace=False) for _ in range(person.max() + 1)]
    words = [
        [
            *rng.choice(KINDS, length, p=ZIPF),
            *(habit[person[k]] if per_person > 1 else ()),
            *(planted or {}).get(int(group[k]), ()),
        ]
        for k in range(n)
    ]
    texts = ["".join(rng.permutation(each)) for each in words]
    opinions = OPINIONS.make(
        {"opinion_id": f"P{k}", "respondent": f"人{person[k]}", "text": texts[k]}
        | {"raw_text": texts[k], "source": "x", "source_start": 0, "source_end": 1}
        for k in range(n)
    )
    terms = TERMS.make(
        {"opinion_id": f"P{k}", "term": word, "part_of_speech": "名詞,一般"}
        | {"start": place, "end": place + 1}
        for k in range(n)
        for place, word in enumerate(words[k])
    )
    groups = GROUPS.make(
        {"opinion_id": f"P{k}", "group": f"第{group[k] + 1}回", "basis": "回", "from_text": False}
        for k in range(n)
    )
    return opinions, terms, groups


def make_codings(coded: np.ndarray) -> pd.DataFrame:
    """Code opinions P0, P1, ... by a 0/1 table, themes in columns."""
    return CODINGS.make(
        {"opinion_id": f"P{k}", "code": f"テーマ{at}", "coder": "codebook", "method": "rule"}
        for k, at in np.argwhere(coded).tolist()
    )


def alike_people(rng: Rng, n_people: int, share: float, alike: float) -> np.ndarray:
    """Draw how inclined each person is to a theme, with an intraclass correlation."""
    if not alike:
        return np.full(n_people, share)
    odds = (1 - alike) / alike
    return rng.beta(share * odds, (1 - share) * odds, n_people)


def rules_that_err(runs: int = 1000) -> Iterator[Row]:
    """Look at the interval around a rule's count and around its mended count."""
    rng, n, n_read = np.random.default_rng(1), 1000, 100
    for share in (0.05, 0.2, 0.4, 0.5):
        for sensitivity in (0.7, 0.75, 0.85, 0.95):
            seen = []
            for _ in range(runs):
                truth = rng.random(n) < share
                rule = np.where(truth, rng.random(n) < sensitivity, rng.random(n) < 0.03)
                hits, fired = int((truth & rule)[:n_read].sum()), int(rule[:n_read].sum())
                missed = int((truth & ~rule)[:n_read].sum())
                mended = correct_share(
                    int(rule.sum()), int((~rule).sum()), (hits, fired), (missed, n_read - fired)
                )
                alone = correct_share(0, n, (0, 0), (hits + missed, n_read))
                low, high = wilson_interval(rule.sum(), n)
                seen.append(
                    (
                        low <= truth.mean() <= high,
                        mended.low <= truth.mean() <= mended.high,
                        mended.high - mended.low,
                        alone.high - alone.low,
                    )
                )
            plain, covered, width, width_alone = np.mean(seen, axis=0)
            yield (
                f"ルールの数、割合{share}・感度{sensitivity}・特異度0.97、1000件のうち100件を読む",
                f"ルールだけの区間の的中 {plain:.3f}",
                f"直した区間の的中 {covered:.3f}、幅 {width:.3f}"
                f"(標本だけの幅 {width_alone:.3f} の{width / width_alone:.0%})",
            )


def people_who_speak_twice(runs: int = 1000) -> Iterator[Row]:
    """Look at Wilson's interval, and at the one over as many opinions as they are worth."""
    rng, people = np.random.default_rng(2), np.repeat(np.arange(50), 4)
    for alike in (0, 0.3, 0.6):
        seen = []
        for _ in range(runs):
            coded = rng.random(200) < alike_people(rng, 50, 0.2, alike)[people]
            effect = design_effects(csr_array(coded.astype(float)[:, None]), people)[0]
            ends = [wilson_interval(coded.sum() / by, 200 / by) for by in (1, effect)]
            seen.append([low <= 0.2 <= high for low, high in ends])
        plain, mended = np.mean(seen, axis=0)
        yield (
            f"50人が4件ずつ、割合0.2、級内相関{alike}",
            f"ふつうのウィルソン区間の的中 {plain:.3f}",
            f"人を数えた区間の的中 {mended:.3f}",
        )


def characteristic_words(runs: int = 60) -> Iterator[Row]:
    """Count the studies in which a word is named where there is no difference, and where there is."""
    for n_groups, per_person in ((4, 1), (8, 1), (4, 4)):
        rng = np.random.default_rng(3)
        named = 0
        for _ in range(runs):
            opinions, terms, groups = make_study(rng, 100, n_groups, per_person=per_person)
            found = measures.compare_terms_by_group(terms, groups, opinions, shuffles=SHUFFLES)
            named += bool(found["above_line"].any())
        each = f"、1人{per_person}件" if per_person > 1 else ""
        yield (
            f"特徴語、違いの無い資料({n_groups}組、100件{each})",
            f"語を名指しした資料 {named}/{runs}({named / runs:.0%})",
            "",
        )
    for n, part in ((100, 0.4), (100, 0.7), (300, 0.4)):
        rng = np.random.default_rng(4)
        hits = 0
        for _ in range(20):
            opinions, terms, groups = make_study(rng, n, 4)
            chosen = groups.loc[groups["group"] == "第1回", "opinion_id"]
            more = chosen.sample(frac=part, random_state=int(rng.integers(1e6)))
            added = terms.drop_duplicates("opinion_id").set_index("opinion_id").loc[more]
            terms = pd.concat([terms, added.reset_index().assign(term="植語")], ignore_index=True)
            spread = groups.loc[groups["group"] != "第1回", "opinion_id"].sample(
                frac=0.1, random_state=1
            )
            added = terms.drop_duplicates("opinion_id").set_index("opinion_id").loc[spread]
            terms = pd.concat([terms, added.reset_index().assign(term="植語")], ignore_index=True)
            found = measures.compare_terms_by_group(terms, groups, opinions, shuffles=SHUFFLES)
            hits += bool(found.loc[found["term"] == "植語", "above_line"].any())
        yield (
            f"特徴語、植えた語(1組の{part:.0%}、ほかの組の10%に。4組、{n}件)",
            "",
            f"見つけた資料 {hits}/20",
        )


def themes_between_groups(runs: int = 100) -> Iterator[Row]:
    """Count the studies in which a theme is said to differ, by stars and by adjusted values."""
    for per_person, alike in ((1, 0.0), (4, 0.6)):
        rng = np.random.default_rng(5)
        stars = said = 0
        for _ in range(runs):
            n_people = 200 // per_person
            opinions, _, groups = make_study(rng, 200, 4, per_person=per_person, length=8)
            person = np.arange(200) // per_person
            inclined = [alike_people(rng, n_people, 0.2, alike) for _ in range(N_THEMES)]
            coded = np.stack([rng.random(200) < each[person] for each in inclined], axis=1)
            given = (make_codings(coded), groups, opinions, [f"テーマ{k}" for k in range(N_THEMES)])
            stars += bool(measures.describe_as_kh_coder(*given)["mark"].ne("").any())
            tests = measures.compare_themes_by_group(*given, shuffles=SHUFFLES)
            said += bool((tests["p_max"] <= 0.05).any())
        yield (
            f"テーマの検定、違いの無い資料(10テーマ・4組・200件、1人{per_person}件)",
            f"未調整の印の付いた資料 {stars / runs:.0%}",
            f"違いがあると述べた資料 {said / runs:.0%}",
        )
    for n, high in ((100, 0.5), (200, 0.5), (500, 0.4)):
        rng = np.random.default_rng(6)
        hits, told = 0, []
        for _ in range(runs // 2):
            opinions, _, groups = make_study(rng, n, 4, length=8)
            coded = rng.random((n, N_THEMES)) < 0.25
            one = (groups["group"] == "第1回").to_numpy()
            coded[one, 0] = rng.random(one.sum()) < high
            given = (make_codings(coded), groups, opinions, [f"テーマ{k}" for k in range(N_THEMES)])
            tests = measures.compare_themes_by_group(*given, shuffles=SHUFFLES)
            hits += tests["p_max"].iloc[0] <= 0.05
            told.append(tests["detectable"].iloc[1])
        yield (
            f"テーマの検定、1組だけ25%でなく{high:.0%}(10テーマ・4組・{n}件)",
            "",
            f"見つけた資料 {hits / (runs // 2):.0%}。「8割の見込みで見つけられる」と述べた割合は平均{np.mean(told):.0%}",
        )


def rankings(runs: int = 2000) -> Iterator[Row]:
    """Count the studies in which the first of equally frequent themes is said to be the first."""
    rng = np.random.default_rng(12)
    for n in (100, 500):
        said = differ = 0
        for _ in range(runs):
            hits = np.sort(rng.binomial(n, 0.15, N_THEMES))[::-1]
            low, high = wilson_interval(hits, n)
            said += high[1] < low[0]
            differ += hits[0] > hits[1]
        yield (
            f"順位、どのテーマも同じ割合(10テーマ・{n}件)",
            f"1位と2位の数が違う資料 {differ / runs:.0%}",
            f"上位の区間が重ならず、重なりを断らない資料 {said / runs:.1%}",
        )


def copies_of_a_letter() -> Iterator[Row]:
    """Add 20 letters that differ by a number to 200 opinions."""
    rng = np.random.default_rng(7)
    named = tested = strongest = 0
    runs = 12
    for _ in range(runs):
        opinions, terms, groups = make_study(rng, 200, 4)
        letter = rng.choice(KINDS, 15, replace=False)
        texts = [f"{k + 3}号の住民です。{''.join(letter)}" for k in range(20)]
        more = OPINIONS.make(
            {"opinion_id": f"Q{k}", "text": text, "raw_text": text}
            | {"source": "x", "source_start": 0, "source_end": 1}
            for k, text in enumerate(texts)
        )
        written = TERMS.make(
            {"opinion_id": f"Q{k}", "term": word, "part_of_speech": "名詞,一般"}
            | {"start": place, "end": place + 1}
            for k in range(20)
            for place, word in enumerate(letter)
        )
        sent = GROUPS.make(
            {"opinion_id": f"Q{k}", "group": "第1回", "basis": "回", "from_text": False}
            for k in range(20)
        )
        opinions, terms, groups = (
            pd.concat(pair, ignore_index=True)
            for pair in ((opinions, more), (terms, written), (groups, sent))
        )
        found = measures.compare_terms_by_group(terms, groups, opinions, shuffles=SHUFFLES)
        named += bool(found["above_line"].any())
        coded = np.zeros((220, 1), dtype=bool)
        coded[:200, 0] = rng.random(200) < 0.2
        codings = pd.concat(
            [make_codings(coded), make_codings(np.ones((20, 1), dtype=bool)).assign(
                opinion_id=[f"Q{k}" for k in range(20)])], ignore_index=True,
        )  # fmt: skip
        tests = measures.compare_themes_by_group(
            codings, groups, opinions, ["テーマ0"], shuffles=SHUFFLES
        )
        tested += tests["p_max"].iloc[0] <= 0.05
        settings = measures.NetworkSettings(n_resamples=5, shuffles=measures.Shuffles(n=9))
        edges = measures.find_network(terms, opinions, settings).edges.head(6)
        strongest += int((edges["word_a"].isin(letter) & edges["word_b"].isin(letter)).sum())
    yield (
        f"番号だけ違う手紙20通を200件に足した資料({runs}回)",
        "",
        f"特徴語を名指し {named}/{runs}、テーマに違い {tested}/{runs}、"
        f"網の最も強い6本のうち手紙の線は平均{strongest / runs:.1f}本",
    )


def maps(runs: int = 20) -> Iterator[Row]:
    """Count the correspondence maps drawn where two axes, one axis and none are planted."""
    plants = {
        "2つの成分を植えた": {0: ["甲語", "乙語"], 1: ["丙語", "丁語"], 2: ["戊語", "己語"]},
        "1つの成分を植えた": {0: ["甲語", "乙語", "丙語"]},
        "何も植えない": {},
    }
    for name, planted in plants.items():
        rng = np.random.default_rng(8)
        drawn = first = 0
        for _ in range(runs):
            opinions, terms, groups = make_study(rng, 120, 4, planted=planted)
            found = measures.find_correspondence(terms, groups, opinions)
            drawn += bool(found.check["holds"].iloc[0])
            first += bool(found.axes["above"].iloc[0])
        yield (
            f"対応分析、{name}資料(4組・120件)",
            "",
            f"成分1が基準を超えた {first}/{runs}、図になった {drawn}/{runs}",
        )
    rng = np.random.default_rng(9)
    held = {"共起ネットワーク": 0, "樹形図": 0}
    for _ in range(runs):
        opinions, terms, _ = make_study(rng, 100, 2)
        for kind, find in (
            ("共起ネットワーク", measures.find_network),
            ("樹形図", measures.find_dendrogram),
        ):
            held[kind] += bool(find(terms, opinions).check["holds"].iloc[0])
    for kind, n in held.items():
        yield f"{kind}、語のつながりが無い資料(100件)", f"図になった {n}/{runs}", ""


def coders(runs: int = 300) -> Iterator[Row]:
    """Look at the bootstrap interval of kappa."""
    for share, n in ((0.3, 60), (0.3, 200), (0.1, 200)):
        rng = np.random.default_rng(10)
        errors = 0.1
        cells = np.array(
            [
                [share * (1 - errors) ** 2 + (1 - share) * (errors / 3) ** 2, 0],
                [0, share * errors**2 + (1 - share) * (1 - errors / 3) ** 2],
            ]
        )
        apart = (1 - cells.sum()) / 2
        cells[0, 1] = cells[1, 0] = apart
        true = float(agreement.cohen_kappa(cells * 1e6))
        held, known = 0, 0
        for _ in range(runs):
            drawn = rng.multinomial(n, cells.ravel()).reshape(2, 2)
            given = agreement._coefficients(drawn, agreement.AgreementSettings(n_resamples=500))
            if "kappa_low" in given:
                known += 1
                held += given["kappa_low"] <= true <= given["kappa_high"]
        yield (
            f"カッパの区間、付いた割合{share}、{n}件(真の値{true:.2f})",
            "",
            f"区間の的中 {held / max(known, 1):.3f}(区間の出た資料 {known}/{runs})",
        )


SIMULATIONS: tuple[Callable[[], Iterator[Row]], ...] = (
    rules_that_err,
    people_who_speak_twice,
    characteristic_words,
    themes_between_groups,
    rankings,
    copies_of_a_letter,
    maps,
    coders,
)
HEAD = """# 数はどこまで確かか(模擬の資料での点検)

答えの分かっている資料を乱数で作り、ノートブックが述べることがどれだけ当たるかを数えたものです。
`python benchmarks/inference.py` で作り直します(1つのコアで{minutes:.0f}分)。的中は、95%区間が真の値を含んだ割合です。

| 資料 | ふつうの数え方、または違いの無いとき | この道具の述べること |
|---|---|---|
"""


def main() -> None:
    """Run every simulation and write the page."""
    began = time.perf_counter()
    lines = []
    for simulate in SIMULATIONS:
        for row in simulate():
            lines.append("| " + " | ".join(row) + " |")
            print(lines[-1], f"({time.perf_counter() - began:.0f} s)", flush=True)
    head = HEAD.format(minutes=np.ceil((time.perf_counter() - began) / 60))
    PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
