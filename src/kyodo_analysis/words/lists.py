"""The lists that an analyst keeps in a study: words to merge, words to leave out."""

from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_rows, read_study_text
from kyodo_analysis.folding import fold_characters, fold_word


def read_synonyms(path: Path) -> dict[str, str]:
    """Read ``synonyms.csv``: each row merges 語 into まとめる語.

    Returns
    -------
    dict
        From a word, folded by :func:`~kyodo_analysis.folding.fold_word`, to the word that stands
        for it in term lists. Codebooks never see it.

    Raises
    ------
    StudyError
        When a word is merged twice, into itself, or into a word that is itself merged.
    """
    merged: dict[str, str] = {}
    rows = read_study_rows(path, required=("語", "まとめる語"), optional=("理由",))
    for row in rows:
        word, into = fold_word(row.cells["語"]), _show(row.cells["まとめる語"])
        if not word or not into or word == fold_word(into):
            raise StudyError(row.place, f"「{word}」を「{into}」にまとめることはできません")
        if word in merged:
            raise StudyError(row.place, f"「{word}」は二度目です", "1つの語の行き先は1つです")
        merged[word] = into
    for row in rows:
        into = _show(row.cells["まとめる語"])
        if further := merged.get(fold_word(into)):
            raise StudyError(
                row.place,
                f"まとめる先の「{into}」が、別の行で「{further}」にまとめられています",
                action=f"まとめる先を「{further}」にそろえてください",
            )
    return merged


def read_stop_words(path: Path) -> frozenset[str]:
    """Read ``stop_words.txt``: one word a line to be left out of term lists, # for comments.

    Returns
    -------
    frozenset of str
        The words, folded by :func:`~kyodo_analysis.folding.fold_word`.
    """
    lines = read_study_text(path).splitlines()
    return frozenset(fold_word(line) for line in lines if not line.startswith("#")) - {""}


def _show(word: str) -> str:
    """Return a word as a term list shows it: folded, its case kept."""
    return fold_characters(word.strip()).text
