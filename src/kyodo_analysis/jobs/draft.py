"""A codebook to begin with, drafted from a study's opinions: proposals, until a person takes them."""

import csv
import io
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd

from kyodo_analysis import privacy, words
from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_text, write_text
from kyodo_analysis.study import Study
from kyodo_analysis.study.drafting import draft_for_study
from kyodo_analysis.study.pipeline import StudyTables, process
from kyodo_analysis.study.publishing import PRIVACY_FILE, read_privacy
from kyodo_analysis.themes.codebook.tables import THEME_NOTES
from kyodo_analysis.themes.drafting import CodebookDraft

RULES_FILE, NOTES_FILE = "draft-codebook.txt", "draft-themes.csv"
ACCEPTED = {RULES_FILE: "codebook.txt", NOTES_FILE: "themes.csv"}
_SEAL = re.compile(r"\A# 印 (\w{16}) [^\n]*\n")
_ENOUGH = 0.15
_LISTED = 10


def draft_study(study: Study, *, accept: bool = False) -> Iterator[str]:
    """Draft a codebook, write it into the study, and yield what is known of it, line by line.

    Parameters
    ----------
    study : Study
    accept : bool, default False
        Whether the draft becomes the study's codebook; only where it has none.

    Raises
    ------
    KyodoError
        The study cannot be read or the draft not be made, a draft was edited by hand, or there is
        a codebook already and the draft shall become it.
    """
    for path in (study.decisions / name for name in ACCEPTED.values()):
        if accept and path.exists():
            raise StudyError(
                f"studies/{study.name}/{path.name}",
                "もうあるので、案で置き換えません",
                action=f"--accept を付けずに実行し、{RULES_FILE} から使う案を写してください",
            )
    path = study.decisions / RULES_FILE
    _refuse_edited(path, study)
    made = process(study, progress=words.ProgressLine("分かち書き"))
    draft = draft_for_study(study, made)
    written = {RULES_FILE: _seal(draft.codebook), NOTES_FILE: write_notes(draft.themes)}
    for name, text in written.items():
        write_text(study.decisions / name, text)
    yield from describe_draft(study, draft)
    yield from _say_hidden(study, made)
    if accept:
        for name, target in ACCEPTED.items():
            write_text(study.decisions / target, _SEAL.sub("", written[name]))
        yield f"\n案を studies/{study.name}/codebook.txt と themes.csv にしました。読んで直してから使ってください。"
    else:
        yield (
            f"\n案は studies/{study.name}/{RULES_FILE} と {NOTES_FILE} にあります。"
            "使う案だけを codebook.txt と themes.csv に写してください。"
        )


def _say_hidden(study: Study, made: StudyTables) -> Iterator[str]:
    n_waiting = len(privacy.find_undecided(made.personal_data, read_privacy(study)))
    if n_waiting:
        yield (
            f"\n扱いの決まっていない個人情報の候補が{n_waiting}か所あり、その言葉は案に使っていません。"
            f"studies/{study.name}/{PRIVACY_FILE} で決めてから作り直すと、案が変わることがあります。"
        )


def _seal(rules: str) -> str:
    """Begin with a line by which a later draft knows whether a person has edited this one."""
    mark = sha256(rules.encode()).hexdigest()[:16]
    head = f"# 印 {mark} (この行は、手で直したかどうかを知るためのもの。案を直したら消してよい)\n"
    return head + rules


def _refuse_edited(path: Path, study: Study) -> None:
    if not path.exists():
        return
    text = read_study_text(path).replace("\r\n", "\n")
    seal = _SEAL.match(text)
    if seal is None or _seal(text[seal.end() :]).partition(" (")[0] != text.partition(" (")[0]:
        raise StudyError(
            f"studies/{study.name}/{path.name}",
            "前の案が手で直されているので、上書きしません",
            action="codebook.txt に名前を変えて使うか、別の名前にしてから、もう一度実行してください",
        )


def write_notes(themes: pd.DataFrame) -> str:
    """Write the proposals (DRAFT_THEMES) as a study's ``themes.csv``."""
    labels = [column.label for column in THEME_NOTES.columns if column.name != "source"]
    written = io.StringIO()
    rows = csv.DictWriter(written, labels, restval="", lineterminator="\n")
    rows.writeheader()
    for theme in themes.to_dict("records"):
        shown = "、".join(word.strip("'") for word in theme["rule"].split(" | "))
        rows.writerow(
            {
                "コード": theme["code"],
                "定義": f"案: {shown} のどれかがある意見({theme['n_opinions']}件)",
                "例": theme["voices"],
            }
        )
    return written.getvalue()


def describe_draft(study: Study, draft: CodebookDraft) -> Iterator[str]:
    """Say what a draft holds, and how much of its coverage chance alone would reach."""
    yield f"「{study.title}」の意見 {draft.n_opinions}件から、テーマの案を{len(draft.themes)}件作りました。"
    yield "どれも機械が作った案です。意見を読み、名前とルールを直してから使ってください。"
    per_opinion = len(draft.codings) / draft.n_coded
    yield (
        f"案のどれかが当たる意見は{draft.n_coded}件({draft.coverage:.1%})、"
        f"その1件あたり{per_opinion:.1f}テーマです。"
    )
    yield f"語をランダムに入れ替えた文から同じように作った案では {draft.shuffled_coverage:.1%} に当たります。"
    if draft.coverage < draft.shuffled_coverage + _ENOUGH:
        yield "この差は小さいので、案のまとまりは偶然と区別できません。言葉の一覧として見てください。"
    for number, theme in enumerate(draft.themes.to_dict("records"), start=1):
        yield f"\n{number:2} {theme['code']}  {theme['n_opinions']}件(この案だけ {theme['n_alone']}件)"
        yield f"   ルール: {theme['rule']}"
        overlap = "" if pd.isna(theme["overlap"]) else f"  重なり: {theme['overlap']}"
        yield (
            f"   もと: {theme['source']}  再現: {theme['n_redrafts']}回中"
            f"{theme['n_came_back']}回{overlap}"
        )
        yield f"   例の意見: {theme['voices']}"
    if not draft.frequent.empty:
        listed = draft.frequent.head(_LISTED).to_dict("records")
        yield "\n案に入れなかった多い言葉(テーマにするかは人が決めます):"
        yield "   " + "、".join(f"{each['word']}({each['n_opinions']}件)" for each in listed)
