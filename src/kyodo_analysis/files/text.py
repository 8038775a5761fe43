"""Open a file without guessing: its bytes, its encoding, its lines as an editor numbers them."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from kyodo_analysis.errors import ReadingError

LARGEST_FILE_BYTES = 300_000_000

_OFFICE = "Word や Excel のファイル"
_SIGNATURES = (
    (b"PK\x03\x04", f"{_OFFICE}(または zip)"),
    (b"\xd0\xcf\x11\xe0", f"古い形式の{_OFFICE}(または パスワードの付いたファイル)"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "リッチテキスト(RTF)"),
    (b"\x89PNG", "画像(PNG)"),
    (b"\xff\xd8\xff", "画像(JPEG)"),
    (b"\x1f\x8b", "圧縮ファイル(gzip)"),
)
_FAILURES = (
    (
        (FileNotFoundError, NotADirectoryError),
        "この名前のファイルがありません",
        "ファイルの名前と置き場所を確かめてください",
    ),
    (
        PermissionError,
        "開けません",
        "ほかのソフトで開いていれば閉じ、読む権限があるかを確かめてください",
    ),
    (Exception, "読み込めません", "手元のディスクに写してから、もう一度試してください"),
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_ISO_2022_JP = re.compile(rb"\x1b[$(]")
_NOT_IN_CP932 = re.compile("[\x80\uf8f0-\uf8f3]")
_SAVE_AS_UTF8 = "メモ帳などで開いて文字が正しく見えることを確かめ、文字コードを UTF-8 にして保存し直してください"
_SAVE_AS_TEXT = "元のソフトで開き、テキスト(.txt、UTF-8)として保存し直してください"


@dataclass(frozen=True)
class TextFile:
    """A decoded file.

    Parameters
    ----------
    name : str
        The file's name without its folder.
    text : str
        All of it, line ends as they are, without the byte order mark.
    encoding : str
        As an analyst knows it, e.g. ``UTF-8`` or ``CP932(Shift_JIS)``.
    """

    name: str
    text: str
    encoding: str

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; the first is what an editor calls line 1."""
        return _LINE_END.split(self.text)

    def place(self, line: int) -> str:
        """Return how line `line` (from 1) is named in the column ``source``."""
        return f"{self.name}:{line}行"


def read_bytes(path: Path, *, may_be_empty: bool = False) -> bytes:
    """Return what is in the file at `path`.

    Raises
    ------
    ReadingError
        When it is missing, a folder, locked, unreadable or over `LARGEST_FILE_BYTES`, or when it
        is empty but may not be.
    """
    try:
        _check_size(path.name, path.stat().st_size)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from None
    if not may_be_empty and not content.strip():
        raise ReadingError(
            path.name,
            "中身が空です",
            action="正しいファイルか、保存し忘れがないかを確かめてください",
        )
    return content


def _check_size(name: str, size: int) -> None:
    if size > LARGEST_FILE_BYTES:
        raise ReadingError(
            name,
            f"大きすぎます({size / 1e6:,.0f} MB)",
            f"読めるのは {LARGEST_FILE_BYTES / 1e6:,.0f} MB までです",
            "ファイルを分けてください",
        )


def _cannot_open(path: Path, error: Exception) -> ReadingError:
    if path.is_dir():
        return ReadingError(
            path.name, "ファイルではなくフォルダです", action="中のファイルを指定してください"
        )
    found, action = next(said for kinds, *said in _FAILURES if isinstance(error, kinds))
    return ReadingError(path.name, found, action=action)


def looks_like(content: bytes) -> str | None:
    """Return what kind of file starts with these bytes, in Japanese; None for none that is known."""
    kinds = (kind for signature, kind in _SIGNATURES if content.startswith(signature))
    return next(kinds, None)


def read_text(path: Path, *, may_be_empty: bool = False) -> TextFile:
    """Read a text file in UTF-8, CP932 (Shift_JIS) or UTF-16 with a byte order mark.

    Raises
    ------
    ReadingError
        For all that :func:`read_bytes` refuses, for a file that is no text, and for one whose
        encoding is none of these or cannot be told for sure.
    """
    content = read_bytes(path, may_be_empty=may_be_empty)
    if kind := looks_like(content):
        raise ReadingError(
            path.name,
            f"テキストではなく、{kind}のようです",
            "ここで読めるのはテキストファイルです",
            _SAVE_AS_TEXT,
        )
    text, encoding = _decode(content, path.name)
    if "\0" in text:
        raise ReadingError(
            path.name,
            "テキストではありません(文字でないデータが入っています)",
            "読めるのは UTF-8、CP932(Shift_JIS)、BOM 付き UTF-16 のテキストです",
            _SAVE_AS_TEXT,
        )
    return TextFile(path.name, text, encoding)


def _decode(content: bytes, name: str) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(content, name), "UTF-16(BOM付き)"
    if _ISO_2022_JP.search(content):
        raise _unknown_encoding(name, "メールで使う文字コード(ISO-2022-JP)のようです")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise _damaged(name, content, error) from None
        return _decode_cp932(content, name), "CP932(Shift_JIS)"
    return text, "UTF-8(BOM付き)" if content.startswith(codecs.BOM_UTF8) else "UTF-8"


def _decode_utf16(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _damaged(name, content, error) from None


def _is_damaged_utf8(content: bytes) -> bool:
    """Tell whether most characters beyond ASCII are sound UTF-8 and only some are broken."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return broken <= sum(character > "\u07ff" for character in text) - broken


def _decode_cp932(content: bytes, name: str) -> str:
    if _is_euc_jp(content):
        raise _unknown_encoding(name, "文字コードが EUC-JP か CP932 か決められません")
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        raise _unknown_encoding(name, "文字コードが分かりません") from None
    if _NOT_IN_CP932.search(text) and "\0" not in text:
        raise _unknown_encoding(name, "文字コードが分かりません")
    return text


def _is_euc_jp(content: bytes) -> bool:
    try:
        content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _unknown_encoding(name: str, found: str) -> ReadingError:
    return ReadingError(
        name,
        found,
        "読めるのは UTF-8、CP932(Shift_JIS)、BOM 付き UTF-16 です",
        _SAVE_AS_UTF8,
    )


def _damaged(name: str, content: bytes, error: UnicodeDecodeError) -> ReadingError:
    before = content[: error.start].decode(error.encoding, errors="replace")
    line = len(_LINE_END.findall(before)) + 1
    at_end = "ファイルの最後の文字が途中で切れています" if error.end >= len(content) else ""
    return ReadingError(
        f"{name}:{line}行",
        at_end or f"{error.encoding.upper()} として読めない文字があります",
        action="元の資料からもう一度写すか、その行の文字を直してください",
    )
