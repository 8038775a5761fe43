"""The lists that an analyst keeps in a study: words to merge, words to leave out."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kyodo_analysis.errors import StudyError
from kyodo_analysis.words.characters import BLANK, fold_characters

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One row of an analyst's list and where it stands."""

    where: str
    values: dict[str, str]


def read_rows(path: Path, *, required: tuple[str, ...], optional: tuple[str, ...]) -> list[Row]:
    """Read a small CSV file with a header; blank lines and lines that start with # are skipped.

    Raises
    ------
    StudyError
        When the file is missing, not UTF-8, lacks a column, has one that is not known, or a row
        has more cells than the header.
    """
    lines = list(_content(path))
    if not lines:
        raise StudyError(
            path.name, "何も書かれていません", f"1行目は {','.join(required + optional)} です"
        )
    table = csv.reader([line for _, line in lines], strict=True)
    try:
        cells = [[cell.strip() for cell in row] for row in table]
    except csv.Error:
        raise StudyError(
            f"{path.name}:{lines[table.line_num - 1][0]}行",
            '引用符 " が閉じていません',
            action='" を2つで1組にするか、取り除いてください',
        ) from None
    header = cells[0]
    if set(required) - set(header) or set(header) - set(required + optional):
        raise StudyError(
            f"{path.name}:{lines[0][0]}行",
            f"見出しが {','.join(header)} です",
            f"使えるのは {','.join(required + optional)} で、{','.join(required)} は必要です",
        )
    return [
        Row(where, _named(header, row, where))
        for where, row in zip(
            (f"{path.name}:{number}行" for number, _ in lines[1:]), cells[1:], strict=True
        )
    ]


def _named(header: list[str], row: list[str], where: str) -> dict[str, str]:
    if len(row) > len(header):
        raise StudyError(
            where,
            f"列が{len(row)}個あります",
            f"見出しは {','.join(header)} の{len(header)}個です",
            'カンマを含む言葉は " で囲んでください',
        )
    return dict.fromkeys(header, "") | dict(zip(header, row, strict=False))


def _content(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line that is neither blank nor a comment."""
    for number, line in enumerate(_decode(path).splitlines(), start=1):
        if line.strip(f", {BLANK}\t") and not line.startswith(("#", '"#')):
            yield number, line


def _decode(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StudyError(path.name, f"ファイルを開けません({error.strerror})") from None
    marked = content.startswith(_UTF16_MARKS)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise StudyError(
        path.name,
        "文字コードが分かりません",
        "使えるのは UTF-8、UTF-16、Shift_JIS(CP932)です",
        "Excel なら「CSV UTF-8(コンマ区切り)」で保存し直してください",
    )


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
    rows = read_rows(path, required=("語", "まとめる語"), optional=("理由",))
    for row in rows:
        word, into = (fold_characters(row.values[name]).text for name in ("語", "まとめる語"))
        if not word or not into or word == into:
            raise StudyError(row.where, f"「{word}」を「{into}」にまとめることはできません")
        if word in merged:
            raise StudyError(row.where, f"「{word}」は二度目です", "1つの語の行き先は1つです")
        merged[word] = into
    for row in rows:
        if (into := fold_characters(row.values["まとめる語"]).text) in merged:
            raise StudyError(
                row.where,
                f"まとめる先の「{into}」が、別の行で「{merged[into]}」にまとめられています",
                action=f"まとめる先を「{merged[into]}」にそろえてください",
            )
    return merged


def read_stop_words(path: Path) -> frozenset[str]:
    """Read ``stop_words.txt``: one word a line to be left out of term lists, # for comments."""
    return frozenset(fold_characters(line.strip()).text for _, line in _content(path))
