"""One study: what the analyst decided, and where its files are."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import StudyError
from kyodo_analysis.settings import Settings, settings_from

_PARTS = ("reading", "words", "clusters", "coding_sheet", "coders")
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


@dataclass(frozen=True)
class Study:
    """One study's decisions and places.

    Parameters
    ----------
    name : str
        The folder's name below ``studies/``, ``data/raw/`` and ``reports/``.
    root : Path
        The project's folder.
    title : str
        What the opinions are about.
    source : str
        How to cite the raw file; printed below every figure.
    date : datetime.date
        The date of the raw file, printed below every figure.
    notes : tuple of str
        What the reader of the report must know before any number.
    parts : mapping
        The tables of ``study.toml``, one for each room, as written.
    """

    name: str
    root: Path
    title: str
    source: str
    date: date
    notes: tuple[str, ...]
    parts: Mapping[str, Mapping[str, Any]]

    @property
    def decisions(self) -> Path:
        """The folder of ``study.toml``, the codebook and the lists."""
        return self.root / "studies" / self.name

    @property
    def raw(self) -> Path:
        """The folder of the files as they came in."""
        return self.root / "data" / "raw" / self.name

    @property
    def processed(self) -> Path:
        """The folder of the tables that every run makes again."""
        return self.root / "data" / "processed" / self.name

    @property
    def report(self) -> Path:
        """The folder of figures, pages and workbook."""
        return self.root / "reports" / self.name

    @property
    def raw_file(self) -> Path:
        """The file that holds the opinions."""
        try:
            name = str(self.parts["reading"]["file"])
        except KeyError:
            raise StudyError(
                f"studies/{self.name}/study.toml",
                "[reading] に file がありません",
                action=f'data/raw/{self.name}/ に置いたファイルの名前を file = "..." と書いてください',
            ) from None
        return self.raw / checked_name(name, "study.toml の file")

    def settings(
        self, part: str, kind: type[Settings], *, ignore: tuple[str, ...] = ()
    ) -> Settings:
        """Return one table of ``study.toml`` as the settings dataclass of a room."""
        given = {key: value for key, value in self.parts[part].items() if key not in ignore}
        return settings_from(kind, given, file=f"studies/{self.name}/study.toml", table=part)


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` upwards, that holds ``studies/``."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "studies").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise StudyError(
        str(here.name),
        "ここから上のフォルダに studies/ が見つかりません",
        action="プロジェクトのフォルダの中で実行してください",
    )


def checked_name(name: str, where: str) -> str:
    """Return `name` if it can only mean something inside its folder.

    Raises
    ------
    StudyError
        For path separators, leading dots, names that Windows reserves, and the like.
    """
    stem = name.split(".")[0].lower()
    if (
        re.fullmatch(r"\w[\w.\- ()()]{0,99}", name)
        and stem not in _RESERVED
        and name[-1] not in ". "
    ):
        return name
    raise StudyError(
        where,
        f"「{name}」は名前に使えません",
        "使えるのは、文字・数字・_ - . だけです(/ や \\ や先頭の . は使えません)",
    )


def list_studies(root: Path) -> list[str]:
    """Return the names of the studies, sorted."""
    return sorted(path.parent.name for path in (root / "studies").glob("*/study.toml"))


def open_study(name: str, *, root: Path | None = None) -> Study:
    """Read ``studies/<name>/study.toml``.

    Raises
    ------
    StudyError
        When there is no such study, or the file says something that cannot be used.
    """
    root = root or find_root()
    where = f"studies/{checked_name(name, '資料名')}/study.toml"
    try:
        text = (root / where).read_text(encoding="utf-8-sig")
        return _study_from(name, root, tomllib.loads(text), where)
    except FileNotFoundError:
        raise StudyError(
            where,
            "この資料はありません",
            f"あるのは {'、'.join(list_studies(root))} です",
            "名前を確かめるか、python run.py new 資料名 ファイル で作ってください",
        ) from None
    except UnicodeDecodeError:
        raise StudyError(
            where, "UTF-8 で書かれていません", action="UTF-8 で保存し直してください"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise StudyError(
            where, f"書き方に誤りがあります({error})", action="その行を直してください"
        ) from None


@dataclass(frozen=True)
class _Head:
    title: str
    source: str
    date: date
    notes: tuple[str, ...] = ()


def _study_from(name: str, root: Path, content: Mapping[str, Any], where: str) -> Study:
    parts = {part: content.get(part, {}) for part in _PARTS}
    if wrong := [part for part, table in parts.items() if not isinstance(table, dict)]:
        raise StudyError(where, f"{wrong[0]} が表ではありません", f"[{wrong[0]}] の下に書きます")
    rest = {key: value for key, value in content.items() if key not in _PARTS}
    head = settings_from(_Head, rest, file=where)
    return Study(name, root, head.title, head.source, head.date, head.notes, parts)
