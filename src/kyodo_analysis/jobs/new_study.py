"""A new study from a file that nobody has described."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_bytes, write_all
from kyodo_analysis.reading import Guess, guess_settings, write_study_toml
from kyodo_analysis.study import checked_name
from kyodo_analysis.study.store import digest_file
from kyodo_analysis.words import WordSettings

_NOT_ABOUT_READING = """
# 必要なときだけ、行の始めの「# 」を消して使います
# [words]
# engine = "janome"  # 分かち書きの方法。janome、mecab、auto(docs/engines.md)
# join_compounds = true  # 続く名詞を1語にまとめるなら true(協働|事業 を 協働事業 に)
# parts_of_speech = {parts_of_speech}  # 数える品詞

# [clusters]
# effort = "thorough"  # 語を入れ替える回数。thorough は99回、quick は19回(下見用)
# k = 0  # まとまりの数。0 なら、示せるまとまりが最も多い数

# [coding_sheet]
# sample_size = 60  # 人がテーマを付けるシートに載せる意見の数。無ければ全部
"""
_STOP_WORDS = """\
# 語の一覧と図から除く言葉。1行に1語。コードブックの判定には使いません(案です。足しても消してもかまいません)
# --- 文を組み立てるだけの動詞・形容詞 ---
{building}
# --- 意見であることを示すだけの動詞 ---
{stating}
# --- 場合や程度を示すだけの名詞 ---
{vague}
"""
_BUILDING = "する なる ある いる ない できる やる くる いく 行く 行う いう もらう いただく くださる くれる つく よい いい 多い"
_STATING = "思う 考える 感じる 言う 見る 聞く 知る 分かる わかる 書く お願い"
_VAGUE = "場合 今 今後 現在 前 後 他 ほか 全て すべて 一番 自分 人 方"
_BYTE_ORDER_MARK = "\ufeff"
_EXAMPLE_LENGTH = 80


def guess(name: str, file: Path, *, root: Path) -> Guess:
    """Propose how to read `file`, if a study `name` may be made of it.

    Raises
    ------
    StudyError
        The name cannot be used, or there is such a study.
    ReadingError
        Nothing in the file looks like opinions.
    """
    checked_name(name, "資料名")
    checked_name(file.name, "ファイル名")
    for place, action in (
        (f"studies/{name}", "読み方を変えるには、その中の study.toml を直します"),
        (f"data/raw/{name}", "作りかけなら、そのフォルダをほかへ移してから、もう一度実行します"),
    ):
        if (root / place).exists() and not _was_interrupted(name, file, root):
            raise StudyError(
                place, "同じ名前の資料がもうあります", action=f"別の資料名にしてください。{action}"
            )
    return guess_settings(file)


def _was_interrupted(name: str, file: Path, root: Path) -> bool:
    """Say whether nothing but what an interrupted ``new`` of the same file leaves is there."""
    raw, decisions = root / "data" / "raw" / name, root / "studies" / name
    theirs = {raw / file.name, decisions / "stop_words.txt"}
    there = [path for folder in (raw, decisions) for path in folder.glob("*")]
    others = [path for path in there if path not in theirs and not path.name.startswith(".")]
    is_same = not (raw / file.name).exists() or digest_file(raw / file.name) == digest_file(file)
    return not others and is_same


def describe_guess(proposal: Guess) -> str:
    """Say what was understood, why, and what the first opinions are."""
    return "\n".join(_lines(proposal))


def _lines(proposal: Guess) -> Iterator[str]:
    yield f"{proposal.file} を、次のように読みました。"
    for choice in proposal.choices.itertuples(index=False):
        yield f"  {choice.item}: {choice.choice} … {choice.reason}"
    yield "最初の意見:"
    for opinion in proposal.examples.itertuples(index=False):
        text = " ".join(str(opinion.text).split())
        cut = text[:_EXAMPLE_LENGTH] + ("…" if len(text) > _EXAMPLE_LENGTH else "")
        yield f"  {opinion.opinion_id}({opinion.source}) {cut}"


def add_study(name: str, file: Path, proposal: Guess, *, root: Path) -> Path:
    """Copy the file to ``data/raw/<name>/`` and write the drafts of the study's decisions.

    These are ``studies/<name>/study.toml`` and ``stop_words.txt``, words that would lead every
    figure and say nothing.

    Raises
    ------
    OutputError
        When one of them cannot be written; then there is none of them. A run that is killed in
        between leaves what the next :func:`guess` of the same file takes for nothing.
    """
    raw, decisions = root / "data" / "raw" / name / file.name, root / "studies" / name
    stop_words = decisions / "stop_words.txt"
    settings = json.dumps(WordSettings().parts_of_speech, ensure_ascii=False)
    toml = write_study_toml(proposal) + _NOT_ABOUT_READING.replace("{parts_of_speech}", settings)
    try:
        write_all(
            [
                (raw, read_bytes(file)),
                (stop_words, (_BYTE_ORDER_MARK + _draft_stop_words()).encode()),
                (decisions / "study.toml", toml.encode()),
            ]
        )
    except BaseException:
        for written in (raw, stop_words):
            with suppress(OSError):
                written.unlink(missing_ok=True)
                written.parent.rmdir()
        raise
    return decisions / "study.toml"


def _draft_stop_words() -> str:
    lists = {"building": _BUILDING, "stating": _STATING, "vague": _VAGUE}
    return _STOP_WORDS.format(**{name: "\n".join(words.split()) for name, words in lists.items()})
