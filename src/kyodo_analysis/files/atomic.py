"""Files that are either whole or as they were before."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
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
    write_all([(path, content)])
    return path


def write_all(contents: Iterable[tuple[Path, bytes]]) -> None:
    """Write all contents beside their paths, and only when all are written put them in place.

    A full disk or an interruption thus leaves all of the earlier files, not some of either kind.

    Raises
    ------
    OutputError
        With the reason in Japanese; what was there before is still there.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, content in contents:
            aside = path.with_name(f".{path.name}.{os.getpid()}")
            written.append((aside, path))
            with explained(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                aside.write_bytes(content)
        for aside, path in written:
            with explained(path):
                aside.replace(path)
    finally:
        for aside, _ in written:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 text with plain line feeds as :func:`write_bytes` does."""
    return write_bytes(path, text.encode("utf-8"))


def copy_tree(folder: Path, target: Path) -> None:
    """Copy the files below a folder; what editors hide beside them (``.x``, ``~$x``) stays.

    Raises
    ------
    OutputError
        With the reason in Japanese.
    """
    with explained(target):
        hidden = shutil.ignore_patterns(".*", "~$*")
        shutil.copytree(folder, target, ignore=hidden, dirs_exist_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder and all that is in it, as far as nobody holds it open."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system says about `path` into an OutputError in Japanese."""
    try:
        yield
    except shutil.Error as error:
        raise OutputError(shown(path), f"写せません({error.args[0][0][2]})") from error
    except OSError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError) -> OutputError:
    is_locked = (
        isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK)
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
