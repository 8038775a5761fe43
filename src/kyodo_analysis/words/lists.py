"""The lists that an analyst keeps in a study: words to merge, words to leave out."""

from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_rows, read_study_text
from kyodo_analysis.words.characters import fold_characters


def read_synonyms(path: Path) -> dict[str, str]:
    """Read ``synonyms.csv``: each row merges 語 into まとめる語.

    Returns
    -------
    dict
        From a word to the word that stands for it in term lists. Codebooks never see it.

    Raises
    ------
    StudyError
        When a word is merged twice, into itself, or into a word that is itself merged.
    """
    merged: dict[str, str] = {}
    rows = read_study_rows(path, required=("語", "まとめる語"), optional=("理由",))
    for row in rows:
        word, into = _fold(row.cells["語"]), _fold(row.cells["まとめる語"])
        if not word or not into or word == into:
            raise StudyError(row.place, f"「{word}」を「{into}」にまとめることはできません")
        if word in merged:
            raise StudyError(row.place, f"「{word}」は二度目です", "1つの語の行き先は1つです")
        merged[word] = into
    for row in rows:
        if (into := _fold(row.cells["まとめる語"])) in merged:
            raise StudyError(
                row.place,
                f"まとめる先の「{into}」が、別の行で「{merged[into]}」にまとめられています",
                action=f"まとめる先を「{merged[into]}」にそろえてください",
            )
    return merged


def read_stop_words(path: Path) -> frozenset[str]:
    """Read ``stop_words.txt``: one word a line to be left out of term lists, # for comments."""
    lines = read_study_text(path).splitlines()
    return frozenset(_fold(line) for line in lines if line.strip() and not line.startswith("#"))


def _fold(word: str) -> str:
    return fold_characters(word.strip()).text
