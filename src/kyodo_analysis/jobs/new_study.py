"""A new study from a file that nobody has described."""

from collections.abc import Iterator
from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import write_bytes, write_text
from kyodo_analysis.reading import Guess, guess_settings, write_study_toml
from kyodo_analysis.study import checked_name

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
    if (root / "studies" / name).exists() or (root / "data" / "raw" / name).exists():
        raise StudyError(
            f"studies/{name}",
            "同じ名前の資料がもうあります",
            action="別の資料名にしてください。読み方を変えるには、その study.toml を直します",
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
    """Copy the file to ``data/raw/<name>/`` and write ``studies/<name>/study.toml``."""
    write_bytes(root / "data" / "raw" / name / file.name, file.read_bytes())
    return write_text(root / "studies" / name / "study.toml", write_study_toml(proposal))
