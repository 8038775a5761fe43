"""One study: what the analyst decided, and where its files are."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import copy_tree, read_toml
from kyodo_analysis.settings import Settings, settings_from

_PARTS = ("reading", "words", "clusters", "coding_sheet", "coders")
_NEVER_EMPTY = {
    "title": "何についての意見かを書いてください",
    "source": "図の下に書く出典(資料の名前)を書いてください",
}
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
_LONGEST_NAME = 180
_RENAME = "名前を変えてから、もう一度実行してください"
_NAME_RULES: tuple[tuple[Callable[[str], object], str], ...] = (
    (
        lambda name: len(name.encode(errors="replace")) > _LONGEST_NAME,
        f"名前の長さは、日本語で{_LONGEST_NAME // 3}文字までです",
    ),
    (
        re.compile(r'^(?=[.\s-])|[/\\:*?"<>|]|[. ]$|^$').search,
        '/ \\ : * ? " < > | と、先頭の . や - や空白、最後の . や空白は使えません',
    ),
    (
        lambda name: any(unicodedata.category(character)[0] == "C" for character in name),
        "目に見えない文字(改行など)は使えません",
    ),
    (
        lambda name: name.split(".")[0].strip().lower() in _RESERVED,
        "con・nul・com1 などは、Windows が使う名前です",
    ),
)


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
    held : Path, optional
        Where ``studies/<name>/`` stands as it was at one moment; by default in the project itself.
    """

    name: str
    root: Path
    title: str
    source: str
    date: date
    notes: tuple[str, ...]
    parts: Mapping[str, Mapping[str, Any]]
    held: Path | None = None

    @property
    def decisions(self) -> Path:
        """The folder of ``study.toml``, the codebook and the lists, as far as they are read."""
        return (self.held or self.root) / "studies" / self.name

    def hold(self, folder: Path) -> "Study":
        """Copy what the analyst decided below `folder`, and return the study as it is there.

        What she edits from now on changes nothing that is read from the returned study.

        Raises
        ------
        OutputError
            When a file cannot be copied.
        """
        copy_tree(self.root / "studies" / self.name, folder / "studies" / self.name)
        return open_study(self.name, root=self.root, held=folder)

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
        """The file that holds the opinions.

        Raises
        ------
        StudyError
            ``study.toml`` does not name it, or there is none of that name.
        """
        where = f"studies/{self.name}/study.toml の [reading] file"
        action = f'data/raw/{self.name}/ に置いたファイルの名前を file = "..." と書いてください'
        name = self.parts["reading"].get("file")
        if not isinstance(name, str):
            raise StudyError(where, "ファイルの名前がありません", action=action)
        path = self.raw / checked_name(name, where)
        if path.exists():
            return path
        others = "、".join(f"「{each.name}」" for each in sorted(self.raw.glob("[!.]*")))
        there = f"そこにあるのは {others} です" if others else "そこには何もありません"
        raise StudyError(where, f"「{name}」が data/raw/{self.name}/ にありません", there, action)

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
    """Return `name` if it can only mean something inside its folder, on every system.

    Raises
    ------
    StudyError
        For path separators, leading dots, names that Windows reserves, and the like.
    """
    for is_wrong, allowed in _NAME_RULES:
        if is_wrong(name):
            raise StudyError(where, f"「{name}」は名前に使えません", allowed, _RENAME)
    return name


def list_studies(root: Path) -> list[str]:
    """Return the names of the studies, sorted."""
    return sorted(path.parent.name for path in (root / "studies").glob("*/study.toml"))


def open_study(name: str, *, root: Path | None = None, held: Path | None = None) -> Study:
    """Read ``studies/<name>/study.toml``, from `held` where what was decided is held there.

    Raises
    ------
    StudyError
        When there is no such study, or the file says something that cannot be used.
    """
    root = root or find_root()
    where = f"studies/{checked_name(name, '資料名')}/study.toml"
    if not ((held or root) / where).exists():
        raise StudyError(
            where,
            "この資料はありません",
            f"あるのは {'、'.join(list_studies(root))} です",
            "名前を確かめるか、python run.py new 資料名 ファイル で作ってください",
        )
    study = _study_from(name, root, read_toml((held or root) / where), where)
    return replace(study, held=held)


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
    if unknown := [key for key, value in rest.items() if isinstance(value, dict)]:
        known = "、".join(f"[{part}]" for part in _PARTS)
        raise StudyError(where, f"知らない [{unknown[0]}] があります", f"書けるのは {known} です")
    head = settings_from(_Head, rest, file=where)
    for key, action in _NEVER_EMPTY.items():
        if not getattr(head, key).strip():
            raise StudyError(f"{where} の {key}", "空です", action=action)
    return Study(name, root, head.title, head.source, head.date, head.notes, parts)
