"""What an analyst should look at before she draws any chart."""

from collections.abc import Iterator

import pandas as pd

from kyodo_analysis import privacy, words
from kyodo_analysis.reading import UNREAD_CHECKS
from kyodo_analysis.study import Study
from kyodo_analysis.study.clustering import ClusterChoice
from kyodo_analysis.study.pipeline import (
    StudyTables,
    process,
    read_tokens,
    write_processed,
)
from kyodo_analysis.study.publishing import PRIVACY_FILE, prepare_decisions, read_privacy
from kyodo_analysis.study.report_run import mark_report
from kyodo_analysis.study.sentences import (
    describe_findings,
    describe_hidden,
    describe_reading,
    describe_study,
)

_LISTED = 10
_LONGEST_FOUND = 80


def check_study(study: Study) -> Iterator[str]:
    """Read a study and yield, line by line, what was read and what is odd about it.

    The tables go to ``data/processed/<study>/``, and candidates of personal data to the study's
    ``privacy.csv``, where each waits for a decision.

    Raises
    ------
    KyodoError
        When the raw file or a decision of the study cannot be used, those on clusters among them.
    """
    study.settings("clusters", ClusterChoice)  # wrong ones would only stop the report
    made = process(study, progress=words.ProgressLine("分かち書き"))
    write_processed(study, made)
    yield describe_study(study, made.opinions)
    for title, lines in (
        ("照合", _reconciliation(made)),
        ("点検", _findings(made)),
        ("個人情報の候補", _personal_data(study, made)),
        ("辞書に無いために切れている言葉(dictionary.csv の候補)", _broken_words(study)),
        ("コードブック", _codebook(study, made)),
    ):
        yield f"\n== {title}"
        yield from lines
    if study.raw_file.suffix.lower() == ".pdf":
        yield (
            "\n意見の場所は、PDF のページと、その上の枠(左・上・右・下、72分の1インチ)です。"
            'ノートブックで report.show_place("意見番号") とすると、枠を付けたページの絵が出ます。'
        )
    yield f"\nくわしい表は data/processed/{study.name}/ にあります。"
    if newer := mark_report(study):
        yield (
            f"いまの報告 reports/{study.name}/ より新しいものがあります: {'、'.join(newer)}。"
            f"python run.py report {study.name} で作り直せます。"
        )


def _reconciliation(made: StudyTables) -> Iterator[str]:
    yield describe_reading(made.reconciliation, made.findings)
    for treatment, n in made.set_aside["treatment"].value_counts(sort=False).items():
        yield f"  {treatment}: {n}件"


def _findings(made: StudyTables) -> Iterator[str]:
    yield describe_findings(made.findings)
    doubtful = made.findings["result"] == "要確認"
    unread = ~doubtful & made.findings["check"].isin([*UNREAD_CHECKS, "数式", "同じ文の意見"])
    for findings in (made.findings[doubtful], made.findings[unread]):
        yield from _listed(
            "  "
            + findings["check"].astype("str")
            + ": "
            + findings["opinion_id"].fillna(findings["source"])
            + " 「"
            + findings["found"].map(_shortened)
            + "」 "
            + findings["note"]
        )


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST_FOUND else f"{one_line[:_LONGEST_FOUND]}…"


def _personal_data(study: Study, made: StudyTables) -> Iterator[str]:
    prepare_decisions(study, made.personal_data)
    waiting = privacy.find_undecided(made.personal_data, read_privacy(study))
    if waiting.empty:
        yield describe_hidden(made.treatment_counts, made.terms)
        return
    words = privacy.summarise_words(waiting)
    yield (
        f"{len(made.personal_data)}か所あり、{len(words)}個の言葉は扱いが決まっていません。"
        f"studies/{study.name}/{PRIVACY_FILE} の「扱い」に 公開・伏せる・除く を書いてください。"
    )
    yield from _listed(
        "  " + words["kind"] + " 「" + words["matched"] + "」 " + words["n"].astype("str") + "か所"
    )


def _broken_words(study: Study) -> Iterator[str]:
    broken = words.find_broken_words(read_tokens(study))
    if broken.empty:
        yield "見つかりませんでした。"
        return
    yield from _listed(
        "  "
        + broken["word"]
        + "("
        + broken["cut"]
        + ") "
        + broken["n"].astype("str")
        + "回、例: "
        + broken["opinion_id"]
    )


def _codebook(study: Study, made: StudyTables) -> Iterator[str]:
    if not (study.decisions / "codebook.txt").exists():
        yield "codebook.txt がまだありません。テーマの集計はできません。"
        return
    coded = made.opinions["opinion_id"].isin(made.codings["opinion_id"])
    if made.themes:
        yield f"{len(made.themes)}のテーマで、{len(coded)}件のうち{int(coded.sum())}件にテーマが付きました。"
    else:
        yield "codebook.txt に使えるテーマがありません。次のところを直してください。"
    said = made.warnings
    yield from _listed(
        "  "
        + said["level"].astype("str")
        + " "
        + said["file"]
        + " "
        + said["line"].astype("str")
        + "行目: "
        + said["found"]
        + "。"
        + said["action"]
    )


def _listed(lines: "pd.Series[str]") -> Iterator[str]:
    yield from lines.head(_LISTED)
    if len(lines) > _LISTED:
        yield f"  … ほか{len(lines) - _LISTED}件"
