"""What a result table says, as the sentences that stand below it.

Each function reads one result table and claims nothing that the table does not hold, so that the
words of a report change with its numbers.
"""

from typing import Any

import pandas as pd

from kyodo_analysis.reading import UNREAD_CHECKS
from kyodo_analysis.study import Study
from kyodo_analysis.themes.human import SHEET_CHECK

_LEVEL = 0.05
_READ_YOURSELF = "機械が見つけられない個人情報もあるので、公開する前に人が読んで確かめてください。"
FEW = 2
"""Themes with no more opinions than this are named, not passed over."""


def _names(values: "pd.Series[str]") -> str:
    return "、".join(f"「{value}」" for value in values)


def _counted(row: Any, unit: str = "件") -> str:
    """Write a count, and the texts and people behind it where these are fewer."""
    behind = [
        f"{name}{int(number)}"
        for name, number in (
            ("異なる文", getattr(row, "n_texts", None)),
            ("人数", getattr(row, "n_respondents", None)),
        )
        if number is not None and pd.notna(number) and number < row.n_opinions
    ]
    return f"{row.n_opinions}{unit}" + (f"({'、'.join(behind)})" if behind else "")


def _ranked(counts: pd.DataFrame, name: str, *, most: int = 3) -> str:
    rows = counts.head(most).itertuples(index=False)
    return "、".join(f"「{getattr(row, name)}」{_counted(row)}" for row in rows)


def describe_study(study: Study, opinions: pd.DataFrame) -> str:
    """Say what the study is, where it comes from and what to bear in mind, a line each."""
    categories, sessions = opinions["category"].nunique(), opinions["session"].nunique()
    parts = [f"{len(opinions)}件の意見"]
    parts += [f"{categories}の分類"] if categories else []
    parts += [f"{sessions}の回"] if sessions else []
    lines = [f"資料: {study.title}({'、'.join(parts)})", f"出典: {study.source}"]
    return "\n".join(lines + [f"注意: {note}" for note in study.notes])


def describe_reading(reconciliation: pd.DataFrame, findings: pd.DataFrame | None = None) -> str:
    """Say how many items were read, kept and set aside, and what was not read.

    Parameters
    ----------
    reconciliation : RECONCILIATION
        The items of each part.
    findings : FINDINGS, optional
        With them the sums are only called equal where nothing was left unread.
    """
    read, kept, aside = (
        int(reconciliation[column].sum()) for column in ("n_read", "n_kept", "n_set_aside")
    )
    said = (
        f"見つかった{read}件のうち、{kept}件を意見として数え、{aside}件を理由を付けて除きました。"
    )
    if read != kept + aside:
        return f"{said}合計が一致しません。確かめてください。"
    unread = pd.Series() if findings is None else findings["check"]
    unread = unread[unread.isin(UNREAD_CHECKS)]
    if unread.empty:
        return f"{said}合計は一致しています。"
    kinds = "、".join(unread.astype("str").unique())
    return (
        f"{said}件数は合いますが、ほかに読んでいない所が{len(unread)}か所あります({kinds})。"
        "点検の結果で確かめてください。"
    )


def describe_hidden(treatments: pd.DataFrame, terms: pd.DataFrame) -> str:
    """Say how personal data was treated, and what is not counted for it (TREATMENT_COUNTS, TERMS)."""
    if treatments.empty:
        return f"個人情報の候補は見つかりませんでした。{_READ_YOURSELF}"
    n_found, n_hidden, n_published, n_besides = treatments[
        ["n_found", "n_hidden", "n_published", "n_by_hand"]
    ].sum()
    kinds = treatments[treatments["n_found"] > 0]
    listed = "、".join(
        f"{kind}{n}" for kind, n in zip(kinds["kind"], kinds["n_found"], strict=True)
    )
    said = (
        f"個人情報かもしれない{n_found}か所({listed})のうち、{n_hidden}か所を●で伏せ、"
        f"{n_published}か所は公開してよいと判断しました。"
        if n_found
        else ""
    )
    if n_besides:
        said += f"手で足した言葉と、伏せた言葉がほかにもあった{n_besides}か所も伏せました。"
    times = terms["term"].value_counts()
    if n_hidden := int(times[times.index.astype("str").str.fullmatch("●+")].sum()):
        said += f"伏せたため、のべ{n_hidden}語は語の数に入っていません。"
    return said + _READ_YOURSELF


def describe_findings(findings: pd.DataFrame) -> str:
    """Say how many checks agreed and how many want a look (FINDINGS)."""
    counts = findings["result"].value_counts()
    agreed, look, info = (int(counts.get(name, 0)) for name in ("一致", "要確認", "参考"))
    advice = "要確認のものは、原文を見て判断してください。" if look else ""
    return f"点検の結果は、一致{agreed}件、要確認{look}件、参考{info}件です。{advice}"


def describe_corrections(corrections: pd.DataFrame) -> str:
    """Say how many words were read differently from the raw file (CORRECTIONS)."""
    if corrections.empty:
        return "訂正して読んだ言葉はありません。すべて原文のままです。"
    return f"訂正して読んだのは{len(corrections)}か所だけで、すべて下の表にあります。ほかは原文のままです。"


def describe_groups(counts: pd.DataFrame) -> str:
    """Say how the opinions spread over the groups (GROUP_COUNTS)."""
    total = int(counts["n_opinions"].sum())
    most, least = counts["n_opinions"].max(), counts["n_opinions"].min()
    names = counts["group"].astype("str")
    if most == least:
        return f"{total}件は{len(counts)}組に{most}件ずつあります。"
    return (
        f"{total}件は{len(counts)}組に分かれ、最も多いのは{_names(names[counts['n_opinions'] == most])}"
        f"({most}件)、最も少ないのは{_names(names[counts['n_opinions'] == least])}({least}件)です。"
    )


def describe_engine(engine: str) -> str:
    """Say what cut the words."""
    return f"語を切ったもの: {engine}"


def describe_terms(counts: pd.DataFrame, n_total: int) -> str:
    """Say which terms stand in most opinions (TERM_COUNTS)."""
    if counts.empty:
        return "数える語がありません。"
    apart = counts[counts["n"] > counts["n_opinions"]]
    said = f"多くの意見に出てくる語は、{_ranked(counts, 'term')}です(全{n_total}件)。"
    if apart.empty:
        return said
    first = apart.iloc[0]
    return (
        f"{said}意見数は、その語を含む意見の数です。1件の中でくり返された語は1件と数えます"
        f"(例:「{first['term']}」は{first['n']}回、{first['n_opinions']}件)。"
    )


def describe_themes(counts: pd.DataFrame) -> str:
    """Say which themes most opinions carry, and name those that few carry (THEME_COUNTS)."""
    found, few = counts[counts["n_opinions"] > 0], counts[counts["n_opinions"].between(1, FEW)]
    if found.empty:
        return "どのテーマも、意見に付きませんでした。codebook.txt のルールを見直してください。"
    total = int(counts["n_total"].iloc[0])
    said = f"多くの意見に付いたテーマは、{_ranked(found, 'theme')}です(全{total}件)。"
    if len(found) > 1 and found["high"].iloc[1] >= found["low"].iloc[0]:
        said += "上位の区間は重なっているので、どちらが多いとまでは言えません。"
    if not few.empty:
        said += (
            f"{FEW}件以下のテーマは{_names(few['theme'])}です。少ない声も、声として下に示します。"
        )
    if none := list(counts.loc[counts["n_opinions"] == 0, "theme"]):
        said += f"1件も付かなかったテーマは{_names(pd.Series(none))}です。"
    return said + "1件の意見に、いくつものテーマが付くことがあります。"


def describe_uncoded(uncoded: pd.DataFrame, n_total: int) -> str:
    """Say how many opinions no rule reached (rows of OPINIONS)."""
    if uncoded.empty:
        return f"{n_total}件すべてに、少なくとも1つのテーマが付きました。"
    return (
        f"{n_total}件のうち{len(uncoded)}件には、どのテーマも付きませんでした。"
        "下の原文を読み、ルールを足すか、そのまま残すかを決めてください。"
    )


def describe_cross(cross: pd.DataFrame) -> str:
    """Say where themes and groups meet most often, without testing (CROSS_TABLE)."""
    met = cross[cross["n_opinions"] > 0].sort_values("n_opinions", ascending=False, kind="stable")
    if met.empty:
        return "テーマと組が重なる意見はありません。"
    top = "、".join(
        f"「{row.group}」の「{row.theme}」({row.n_group}件中{_counted(row)})"
        for row in met.head(3).itertuples(index=False)
    )
    return f"重なりが多いのは、{top}です。"


def describe_attendance(counts: pd.DataFrame, returning: pd.DataFrame) -> str:
    """Say who came, as far as the document lists it (ATTENDANCE_COUNTS, RETURNING)."""
    if counts.empty:
        return "参加した団体の記録はありません。"
    visits, people = int(counts["n_organizations"].sum()), counts["n_people_stated"]
    came = [f"のべ{visits}団体"] if visits else []
    came += [f"のべ{int(people.sum())}名"] if people.notna().all() else []
    if not visits:
        said = "参加した団体の名前の記録はありません。"
        stated = "".join(f"資料に書かれた参加者は、{len(counts)}回に{each}です。" for each in came)
        return said + stated
    said = f"{len(counts)}回に、{'・'.join(came)}が参加しました。"
    if returning.empty:
        return said + "複数の回に参加した団体はありません。"
    listed = "、".join(
        f"「{row.organization}」({row.sessions})"
        for row in returning.head(5).itertuples(index=False)
    )
    different = visits - int((returning["n_sessions"] - 1).sum())
    return said + f"団体の数は{different}です。複数の回に参加したのは、{listed}です。"


def describe_phrases(phrases: pd.DataFrame) -> str:
    """Say which kinds of phrase the opinions use (PHRASES)."""
    counts = (
        phrases.groupby("kind")["opinion_id"].nunique().sort_values(ascending=False, kind="stable")
    )
    if counts.empty:
        return "要望・提案などの文末表現は見つかりませんでした。"
    listed = "、".join(f"{kind}{count}件" for kind, count in counts.items())
    return (
        f"文末などの言い方から見ると、{listed}です(1件に複数の言い方があれば、それぞれに数えます)。"
    )


def describe_changes(changes: pd.DataFrame) -> str:
    """Say how many codings changed since the last run (CODING_CHANGES)."""
    if changes.empty:
        return (
            "前回の報告から変わったコーディングは、見つかりませんでした"
            "(初めての報告では、比べるものがありません)。"
        )
    counts = changes["change"].value_counts()
    listed = "、".join(f"{change}{count}件" for change, count in counts.items())
    return f"前回の報告から変わったコーディングは、{listed}です。"


def describe_coders(study: Study, human_codings: pd.DataFrame) -> str:
    """Say who coded beside the rules, and how as far as the study says (CODINGS)."""
    people = human_codings["coder"].unique()
    notes = study.parts["coders"]
    if not len(people):
        if any((study.decisions / "coders").glob("[!~.]*")):
            return (
                "coders に置いたシートから読めた判定はありません。"
                f"使えなかったときの理由は、点検結果の「{SHEET_CHECK}」にあります。"
            )
        return "人がテーマを付けたシートはありません。"
    return "\n".join(f"{name}: {notes.get(name, '付け方の記録はありません')}" for name in people)


def describe_agreement(scores: pd.DataFrame) -> str:
    """Say where coders agree least (AGREEMENT)."""
    if scores.empty:
        return "一致を見るテーマがありません。"
    known = scores.dropna(subset="kappa").sort_values("kappa", kind="stable")
    several = len(scores[["first", "second"]].drop_duplicates()) > 1

    def say(row: Any) -> str:
        pair = f"{row.first}と{row.second}、" if several else ""
        differ = row.n_opinions - row.n_agreed
        return (
            f"「{row.code}」({pair}{row.kappa:.2f}、{row.n_opinions}件のうち判定の違い{differ}件)"
        )

    listed = "、".join(map(say, known.head(3).itertuples(index=False)))
    if known.empty:
        said = ""
    elif (known["n_agreed"] == known["n_opinions"]).all():
        said = "値の出るテーマでは、判定がすべて一致しました。"
    else:
        said = f"一致の度合い(カッパ)が低いのは、{listed}です。"
    if (undefined := scores.loc[scores["kappa"].isna(), "code"].drop_duplicates()).any():
        said += f"{_names(undefined)}は、値を決められません(理由は表にあります)。"
    return said


def describe_corrected(corrected: pd.DataFrame) -> str:
    """Say what a person's reading makes of the counts by rules (CORRECTED_COUNTS)."""
    if corrected.empty:
        return "直すテーマがありません。"
    first = corrected.iloc[0]
    rows = corrected[corrected["coder"] == first["coder"]]
    largest = rows.sort_values("n_corrected", ascending=False, kind="stable").head(3)
    if first["n_read"] == first["n_total"]:
        listed = "、".join(
            f"「{row.theme}」はルールで{row.n_rule}件、人の判定で{row.n_given}件"
            for row in largest.itertuples(index=False)
        )
        return f"{first['coder']}が全{first['n_total']}件を読みました。{listed}です。"
    listed = "、".join(
        f"「{row.theme}」はルールでは{row.n_rule}件、直すとおよそ{row.n_corrected:.0f}件"
        f"({row.low:.0f}〜{row.high:.0f}件)"
        for row in largest.itertuples(index=False)
    )
    return (
        f"{first['coder']}が無作為に選んだ{first['n_read']}件を読んだ結果から直すと、"
        f"{listed}です。かっこの中は95%区間です。"
    )


def describe_sample_sizes(sizes: pd.DataFrame) -> str:
    """Say how many opinions to read, and how (SAMPLE_SIZES)."""
    total = sizes["n_total"].iloc[0]
    if (sizes["n_read"] == total).all():
        return f"人が読んで数を直すには、全{total}件を読んでください。"
    listed = "、".join(
        f"±{row.half_width:.0%}(±{row.n_opinions:.0f}件)なら{row.n_read}件"
        for row in sizes.itertuples(index=False)
    )
    return (
        f"人が読んで数を直すときに読む数の目安は、区間の幅が{listed}です(全{total}件)。"
        "study.toml の [coding_sheet] に sample_size を書き、python run.py sheet 資料名 で"
        "シートを作ると、無作為に選んだ意見が載ります。"
    )


def describe_tests(tests: pd.DataFrame) -> str:
    """Say which themes differ between groups, or what could have been found (THEME_TESTS)."""
    testable = tests.dropna(subset="p_max").sort_values(
        "n_opinions", ascending=False, kind="stable"
    )
    if testable.empty:
        return "検定できるテーマがありません(理由は表の「注」にあります)。"
    found = testable[testable["p_max"] <= _LEVEL]
    if not found.empty:
        listed = "、".join(
            f"「{row.theme}」(p値{row.p_max:.3f})" for row in found.itertuples(index=False)
        )
        return f"全テーマについて補正しても、組による違いがあると言えるのは、{listed}です。"
    said = "どのテーマにも、組による違いがあるとは言えません。違いが無いという意味ではありません。"
    row = testable.iloc[0]
    if pd.isna(row["detectable"]):
        return (
            said
            + f"「{row['theme']}」では、この件数だと、どれほど大きな違いも見つけにくいものです。"
        )
    if pd.isna(row["share"]):
        return said + f"検定に使った文は{row['n_texts']}だけで、大きな違いしか見つかりません。"
    return said + (
        f"この件数で8割の見込みで見つけられるのは、たとえば「{row['theme']}」(全体で{row['share']:.0%})が"
        f"1つの組だけ{row['detectable']:.0%}以上になるほどの違いです。"
    )


def describe_rule_words(words: pd.DataFrame) -> str:
    """Say which themes hang on a single word of their rule (RULE_WORDS)."""
    if words.empty:
        return "根拠になった語がありません。"
    heavy = words[words["n_alone"] > words["n_theme"] / 2]
    if heavy.empty:
        return "どのテーマも、ルールの語を1つ外しても、意見の半分以上が残ります。"
    listed = "、".join(
        f"「{row.theme}」は「{row.word}」を外すと{row.n_theme}件から{row.n_left}件"
        for row in heavy.head(5).itertuples(index=False)
    )
    rest = f"(ほか{len(heavy) - 5}語)" if len(heavy) > 5 else ""
    return f"意見の半分を超えて1つの語だけによるテーマがあります。{listed}{rest}になります。"


def describe_saturation(saturation: pd.DataFrame) -> str:
    """Say what the last opinions still brought, and what that cannot say (SATURATION)."""
    if saturation.empty:
        return "数えるテーマも語もありません。"
    brought = []
    for kind, rows in saturation.groupby("kind", sort=False):
        last = rows.iloc[-1]
        before = rows[rows["n_read"] <= last["n_read"] * 0.9]
        earlier = (before if len(before) else rows).iloc[-1]
        n_new, n_last = last["n_found"] - earlier["n_found"], last["n_read"] - earlier["n_read"]
        brought.append(f"{kind}は平均{n_new:.1f}(全部で{last['n_all']})")
    return (
        f"無作為な順に読むと、最後の{n_last}件で新しく出てくるのは、{'、'.join(brought)}です。"
        "この資料にある意見の中での話で、寄せられなかった意見や、載せられなかった意見に"
        "何があるかは分かりません。"
    )


def describe_keyness(keyness: pd.DataFrame) -> str:
    """Say how many words stand out beyond what chance would show (KEYNESS)."""
    above = keyness[keyness["above_line"]]
    if above.empty:
        return (
            "意見を組にランダムに入れ替えた場合と区別できる特徴語はありません。"
            "下の語は参考で、違いがあるとは言えません。違いが無いという意味でもありません。"
        )
    listed = "、".join(
        f"「{row.group}」の「{row.term}」({row.n_opinions}件)"
        for row in above.head(5).itertuples(index=False)
    )
    return f"偶然の線を超える特徴語は{len(above)}語あります。例: {listed}。"


def describe_check(check: pd.DataFrame) -> str:
    """Say whether a map holds against shuffled opinions (MAP_CHECKS, one row)."""
    return str(check["sentence"].iloc[0])


def describe_decisions(codings: pd.DataFrame, decisions: pd.DataFrame) -> str:
    """Say how many codings are the rules' and what people changed (CODINGS, THEME_DECISIONS)."""
    effects = decisions["effect"].value_counts()
    given, taken = int(effects.get("付けた", 0)), int(effects.get("外した", 0))
    n_rules = len(codings) - given + taken
    if decisions.empty:
        return f"テーマは、すべて規則が付けました(のべ{n_rules}件)。人の判断はありません。"
    same, unused = int(effects.get("規則と同じ", 0)), int(effects.get("当てはまらない", 0))
    said = f"規則が付けたテーマは、のべ{n_rules}件です。人の判断で{given}件を足し、{taken}件を外しました。"
    if same:
        said += f"規則と同じだった判断が{same}件あります。"
    if unused:
        said += f"使えなかった判断が{unused}件あり、点検結果に理由を示しました。"
    return said
