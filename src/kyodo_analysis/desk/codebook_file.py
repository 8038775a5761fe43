"""One theme at a time written into ``codebook.txt``, never over what was changed meanwhile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import RuleError, StudyError, shown
from kyodo_analysis.files import guard, read_study_rows, write_all
from kyodo_analysis.study.store import digest
from kyodo_analysis.themes.codebook.reader import ENCODINGS, read_decoded

CODEBOOK, HISTORY = "codebook.txt", "codebook-history.csv"
HISTORY_HEADERS = (
    "日付",
    "誰",
    "テーマ",
    "理由",
    "前のルール",
    "後のルール",
    "前の件数",
    "後の件数",
)
_WIDE = ("utf-16", "utf-16-le", "utf-16-be")
_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_HEADER = re.compile(r"[*＊].")


class ChangedMeanwhileError(StudyError):
    """A file of the study is no longer as it was when it was opened."""


@dataclass(frozen=True)
class Block:
    """Where a theme stands in the text of a codebook.

    Parameters
    ----------
    header_line : int
        The line of its name, from 1; 0 where the theme is not there.
    first, last : int
        Its lines are those from `first` up to, not including, `last`, counted from 0.
    rule : str
        Its lines as written, joined by line feeds; remarks between them are part of it.
    """

    header_line: int
    first: int
    last: int
    rule: str


@dataclass(frozen=True)
class OpenedCodebook:
    """A codebook as it was when it was opened.

    Parameters
    ----------
    path : Path
    text : str
        Empty where there is no file yet.
    digest : str
        Of its bytes; empty where there is no file yet.
    encoding : str
    """

    path: Path
    text: str
    digest: str
    encoding: str

    @classmethod
    def open(cls, path: Path) -> "OpenedCodebook":
        """Read a codebook in the encodings that rules are read in; there may be none.

        Raises
        ------
        StudyError
            It cannot be opened or decoded.
        """
        if not path.exists():
            return cls(path, "", "", "utf-8")
        raw, text = path.read_bytes(), read_decoded(path)
        encoding = next(each for each in (*ENCODINGS, *_WIDE) if _decodes(raw, each, text))
        if encoding == "utf-8-sig" and not raw.startswith(_BOM):
            encoding = "utf-8"
        return cls(path, text, digest(raw), encoding)

    def save_rule(
        self,
        theme: str,
        rule: str,
        *,
        counts: tuple[int, int],
        reason: str,
        who: str,
        today: date,
    ) -> "OpenedCodebook":
        """Write one theme's rule, and beside it what it was, when, by whom and why.

        Returns
        -------
        OpenedCodebook
            The file as it is now.

        Raises
        ------
        ChangedMeanwhileError
            The file is not as it was opened: nothing is written.
        StudyError, RuleError, OutputError
            The name, the rule or the reason cannot be used, or a file cannot be written.
        """
        check_theme(theme)
        check_rule(rule)
        if not reason.strip():
            raise StudyError("理由", "空です", action="なぜ直すのかを、一言書いてください")
        self.check_unchanged()
        text = put_rule(self.text, theme, rule)
        row = (
            today.isoformat(),
            who.strip(),
            theme,
            reason.strip(),
            find_block(self.text, theme).rule,
            rule,
            *map(str, counts),
        )
        history = self.path.with_name(HISTORY)
        written = _with_row(history, row)
        write_all([(history, written), (self.path, self._encode(text))])
        return self.open(self.path)

    def check_unchanged(self) -> None:
        """Raise ChangedMeanwhileError where the file is not as it was when it was opened."""
        now = digest(self.path.read_bytes()) if self.path.exists() else ""
        if now != self.digest:
            raise ChangedMeanwhileError(
                shown(self.path),
                "開いたあとで、ほかで書き換えられました。上書きはしていません",
                action="「ファイルを読み直す」を押すと、いまの内容と比べられます(書きかけのルールは残ります)",
            )

    def _encode(self, text: str) -> bytes:
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise StudyError(
                shown(self.path),
                f"「{text[error.start : error.end]}」は、このファイルの文字コードでは書けません",
                action="codebook.txt を UTF-8 で保存し直してから、もう一度開いてください",
            ) from None


def find_block(text: str, theme: str) -> Block:
    """Find a theme in the text of a codebook; the last line of a block holds a rule."""
    lines = _LINE.findall(text)
    starts = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    own = [at for at in starts if lines[at][1:].strip() == theme]
    if not own:
        return Block(0, len(lines), len(lines), "")
    first = own[0] + 1
    last = next((at for at in starts if at > own[0]), len(lines))
    while last > first and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    rule = "\n".join(line.rstrip("\r\n") for line in lines[first:last])
    return Block(own[0] + 1, first, last, rule)


def put_rule(text: str, theme: str, rule: str) -> str:
    """Return the text of a codebook in which a theme has this rule; a new one comes last."""
    lines, block = _LINE.findall(text), find_block(text, theme)
    end = next((found[0] for found in re.finditer(r"\r\n|\n|\r", text)), "\n")
    body = [line + end for line in rule.strip("\n").split("\n")]
    if block.header_line:
        before, after = lines[: block.first], lines[block.last :]
        return "".join([_ended("".join(before), end), *body, *after])
    star = next((line[0] for line in lines if _HEADER.match(line)), "＊")
    gap = end if text else ""
    return "".join([_ended(text, end), gap, star, theme, end, *body])


def _ended(text: str, end: str) -> str:
    return text if not text or text[-1] in "\r\n" else text + end


def check_theme(theme: str) -> None:
    """Raise StudyError where a theme cannot be called so."""
    if not theme.strip() or theme != theme.strip() or re.search(r"[\r\n]", theme):
        raise StudyError(
            "テーマの名前",
            f"「{theme}」は使えません",
            "空白だけの名前、前後の空白、改行は使えません",
        )


def check_rule(rule: str) -> None:
    """Raise RuleError where lines cannot stand below a theme's name."""
    lines = rule.split("\n")
    if not any(line.strip() and not line.startswith("#") for line in lines):
        raise RuleError("ルール", "空です", action="語を、半角の空白で区切って書いてください")
    if headers := [line for line in lines if _HEADER.match(line)]:
        raise RuleError(
            "ルール",
            f"行の先頭が「{headers[0][0]}」です",
            "＊ や * で始まる行は、次のテーマの名前になります",
            "前の行の終わりに移すか、新しいテーマとして書いてください",
        )


def read_history(folder: Path) -> list[dict[str, str]]:
    """Read how rules were changed at the desk, the latest first (HISTORY_HEADERS)."""
    path = folder / HISTORY
    if not path.exists():
        return []
    rows = read_study_rows(path, required=HISTORY_HEADERS, comments=False)
    return [row.cells for row in reversed(rows)]


def _with_row(path: Path, row: Sequence[str]) -> bytes:
    return rows_to_bytes(HISTORY_HEADERS, [*reversed(read_history(path.parent)), _named(row)])


def _named(row: Sequence[str]) -> dict[str, str]:
    return dict(zip(HISTORY_HEADERS, row, strict=True))


def rows_to_bytes(headers: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    """Return rows as a CSV that Excel opens as it is, safe from formulas."""
    table = pd.DataFrame(rows, columns=list(headers), dtype="str").fillna("").map(guard)
    return _BOM + str(table.to_csv(index=False, lineterminator="\r\n")).encode("utf-8")


def _decodes(raw: bytes, encoding: str, text: str) -> bool:
    try:
        return raw.decode(encoding) == text
    except UnicodeDecodeError:
        return False
