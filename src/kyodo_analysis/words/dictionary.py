"""The study's own words: `dictionary.csv`, and how the analysers are told of them."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_rows
from kyodo_analysis.folding import BLANK, NEWLINES, fold_characters

# KH Coder's names, the IPADIC tag, and the tag's context number in IPADIC's connection matrix.
_PARTS_OF_SPEECH = (
    ("名詞", "名詞,一般,*,*", 1285),
    ("サ変名詞", "名詞,サ変接続,*,*", 1283),
    ("形容動詞", "名詞,形容動詞語幹,*,*", 1287),
    ("固有名詞", "名詞,固有名詞,一般,*", 1288),
    ("人名", "名詞,固有名詞,人名,一般", 1289),
    ("組織名", "名詞,固有名詞,組織,*", 1292),
    ("地名", "名詞,固有名詞,地域,一般", 1293),
    ("副詞可能", "名詞,副詞可能,*,*", 1314),
    ("副詞", "副詞,一般,*,*", 1281),
    ("感動詞", "感動詞,*,*,*", 3),
)
_KNOWN_NAMES = {name: (tag, context) for name, tag, context in _PARTS_OF_SPEECH} | {
    tag.replace(",*", ""): (tag, context) for _, tag, context in _PARTS_OF_SPEECH
}
# Among the cheaper tenth of IPADIC's own nouns, so that a listed word beats the split of its
# parts, yet a listed 都 does not break 京都, as Janome's simple format (-100000) would.
_COST, _COST_OF_ONE_CHARACTER = 4000, 6000


@dataclass(frozen=True, order=True)
class DictionaryWord:
    """One word that the analysers shall know.

    Parameters
    ----------
    surface : str
        The word, folded as the texts are.
    part_of_speech : str
        IPADIC's four levels.
    context : int
        Its left and right context number in IPADIC's connection matrix.
    reading : str
        In katakana, or ``*``.
    cost : int
        What choosing this word costs, on the scale of IPADIC.
    """

    surface: str
    part_of_speech: str
    context: int
    reading: str = "*"
    cost: int = _COST

    @property
    def ipadic_row(self) -> tuple[str, ...]:
        """The thirteen fields of IPADIC's source format."""
        return (
            self.surface,
            *[str(number) for number in (self.context, self.context, self.cost)],
            *self.part_of_speech.split(","),
            *("*", "*", self.surface, self.reading, self.reading),
        )


def read_dictionary(path: Path) -> tuple[DictionaryWord, ...]:
    """Read a study's ``dictionary.csv``: 語, 品詞 and, where wanted, 読み and 理由.

    An empty 品詞 means 名詞; both ``サ変名詞`` and ``"名詞,サ変接続"`` are understood.

    Returns
    -------
    tuple of DictionaryWord
        Sorted, so that the order of the rows does not matter.

    Raises
    ------
    StudyError
        Names the row at fault: an empty word, a blank in a word, an unknown 品詞, a word twice.
    """
    found: dict[str, DictionaryWord] = {}
    for row in read_study_rows(path, required=("語",), optional=("品詞", "読み", "理由")):
        cells = {name: cell.strip() for name, cell in row.cells.items()}
        word = _word(cells, where=row.place)
        if word.surface in found:
            raise StudyError(
                row.place, f"「{word.surface}」は二度目です", action="どちらかの行を消してください"
            )
        found[word.surface] = word
    return tuple(sorted(found.values()))


def _word(values: dict[str, str], *, where: str) -> DictionaryWord:
    surface = fold_characters(values["語"]).text
    if not surface or any(character in BLANK + NEWLINES for character in surface):
        raise StudyError(where, f"語が「{surface}」です", "空欄や、空白・改行を含む語は使えません")
    name = values.get("品詞") or "名詞"
    if name not in _KNOWN_NAMES:
        allowed = "、".join(known for known, _, _ in _PARTS_OF_SPEECH)
        raise StudyError(where, f"品詞「{name}」は使えません", f"使えるのは {allowed} です")
    cost = _COST if len(surface) > 1 else _COST_OF_ONE_CHARACTER
    return DictionaryWord(surface, *_KNOWN_NAMES[name], values.get("読み") or "*", cost)


def write_ipadic(words: tuple[DictionaryWord, ...], path: Path) -> None:
    """Write words in IPADIC's source format: UTF-8 without a mark, no header, no blank line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(word.ipadic_row for word in words)


def describe_dictionary(words: tuple[DictionaryWord, ...]) -> str:
    """Return the number of words and a fingerprint of them, as printed beside results."""
    if not words:
        return "辞書なし"
    rows = "\n".join(",".join(word.ipadic_row) for word in words)
    return f"辞書{len(words)}語({hashlib.sha256(rows.encode()).hexdigest()[:8]})"
