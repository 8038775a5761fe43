"""Files that are either whole or as they were before."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from kyodo_analysis.errors import OutputError, shown

_REASONS = {
    errno.ENOSPC: ("ディスクがいっぱいで書けません", "空きを作って、もう一度実行してください"),
    errno.EDQUOT: ("割り当てられた容量を使い切り、書けません", "不要なファイルを消してください"),
    errno.EROFS: ("書き込みのできない場所です", "書き込める場所に移してください"),
    errno.EISDIR: ("同じ名前のフォルダがあります", "そのフォルダの名前を変えてください"),
    errno.ENOTDIR: (
        "途中に、フォルダではない同じ名前のファイルがあります",
        "そのファイルを移してください",
    ),
    errno.EEXIST: (
        "途中に、フォルダではない同じ名前のファイルがあります",
        "そのファイルを移してください",
    ),
    errno.ENAMETOOLONG: ("ファイルの名前が長すぎます", "短い名前にしてください"),
}
_LOCKED = (
    "ほかのプログラム(Excelなど)で開かれているため、書き換えられません",
    "ファイルを閉じて、もう一度実行してください",
)
_FORBIDDEN = (
    "書き込みが許されていません",
    "フォルダの「読み取り専用」を外すか、書き込める場所に移してください",
)


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` beside `path` and then put it in its place, so that no half file is left.

    Raises
    ------
    OutputError
        With the reason in Japanese; what was there before is still there.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        raise _explained(path, error) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 text with plain line feeds as :func:`write_bytes` does."""
    return write_bytes(path, text.encode("utf-8"))


def remove_file(path: Path) -> None:
    """Remove a file if it is there.

    Raises
    ------
    OutputError
        With the reason in Japanese; it is still there.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError) -> OutputError:
    is_locked = (
        isinstance(error, PermissionError) and path.is_file() and os.access(path.parent, os.W_OK)
    )
    is_forbidden = isinstance(error, PermissionError)
    unknown = (f"書けません({error.strerror})", "場所と空き容量を確かめてください")
    found, action = (
        _LOCKED
        if is_locked
        else _FORBIDDEN
        if is_forbidden
        else _REASONS.get(error.errno or 0, unknown)
    )
    return OutputError(shown(path), found, action=f"{action}。前の結果はそのまま残っています")
