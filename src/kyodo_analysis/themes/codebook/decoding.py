"""Read the text files that an analyst keeps, in the encodings that Japanese software writes."""

from pathlib import Path

from kyodo_analysis.errors import StudyError

# EUC-JP before CP932: CP932 would read EUC-JP as half-width katakana, never the reverse.
_ENCODINGS = ("utf-8-sig", "euc_jp", "euc_jis_2004", "cp932")


def read_decoded(path: Path) -> str:
    """Return the text of a file in UTF-8 (with or without mark), EUC-JP or CP932.

    Raises
    ------
    StudyError
        The file cannot be opened, or is in no such encoding.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise StudyError(
            path.name, "ファイルを開けません", action="場所と名前を確かめてください"
        ) from None
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StudyError(
        path.name,
        "文字コードが分かりません",
        "読めるのは UTF-8、CP932(Shift_JIS)、EUC-JP です",
        "UTF-8 で保存し直してください",
    )
