"""A new study from a file that nobody has described."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_bytes, write_bytes, write_text
from kyodo_analysis.reading import Guess, guess_settings, write_study_toml
from kyodo_analysis.study import checked_name

_NOT_ABOUT_READING = """
# 必要なときだけ、行の始めの「# 」を消して使います
# [words]
# engine = "janome"  # 分かち書きの方法。janome、mecab、auto(docs/engines.md)

# [clusters]
# effort = "thorough"  # 語を入れ替える回数。thorough は99回、quick は19回(下見用)
# k = 0  # まとまりの数。0 なら、示せるまとまりが最も多い数

# [coding_sheet]
# sample_size = 60  # 人がテーマを付けるシートに載せる意見の数。無ければ全部
"""
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
        if (root / place).exists():
            raise StudyError(
                place, "同じ名前の資料がもうあります", action=f"別の資料名にしてください。{action}"
            )
    return guess_settings(file)


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
    """Copy the file to ``data/raw/<name>/`` and write ``studies/<name>/study.toml``.

    Raises
    ------
    OutputError
        When one of them cannot be written; then there is neither.
    """
    raw = root / "data" / "raw" / name / file.name
    try:
        write_bytes(raw, read_bytes(file))
        toml = write_study_toml(proposal) + _NOT_ABOUT_READING
        return write_text(root / "studies" / name / "study.toml", toml)
    except BaseException:
        with suppress(OSError):
            raw.unlink(missing_ok=True)
            raw.parent.rmdir()
        raise
