"""One zip for an office PC without the internet: the project and every library that it needs."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kyodo_analysis.errors import OutputError
from kyodo_analysis.files import explained

WHEELS = "wheels"
BUNDLED = ("kashiwa-2019", "sample-transport")
_FOLDERS = ("benchmarks", "docs", "notebooks", "src", "tests")
_FOLDERS_OF_STUDIES = ("data/raw", "studies")
_FILES = (
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "environment.yml",
    "pyproject.toml",
    "requirements.lock",
    "run.py",
)
_SAME_TIME = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class System:
    """A kind of computer: which wheels run on it, and what markers of a lock say there."""

    platforms: tuple[str, ...]
    markers: Mapping[str, str]


SYSTEMS = {
    "windows": System(
        ("win_amd64",),
        {
            "sys_platform": "win32",
            "platform_system": "Windows",
            "os_name": "nt",
            "platform_machine": "AMD64",
        },
    ),
    "macos": System(
        ("macosx_14_0_arm64", "macosx_11_0_arm64"),
        {
            "sys_platform": "darwin",
            "platform_system": "Darwin",
            "os_name": "posix",
            "platform_machine": "arm64",
        },
    ),
    "linux": System(
        ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
        {
            "sys_platform": "linux",
            "platform_system": "Linux",
            "os_name": "posix",
            "platform_machine": "x86_64",
        },
    ),
}


def this_system() -> str:
    """Return which of SYSTEMS this computer is."""
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def make_pack(
    root: Path, target: Path, *, system: str, python: str, tell: Callable[[str], None]
) -> Path:
    """Write the zip to `target`; unzipped elsewhere, ``run.py`` installs from it without a network.

    It holds the bundled studies, and no others: residents' words leave this PC by the analyst's
    own hand only.

    Parameters
    ----------
    root : Path
        The project's folder.
    target : Path
    system : str
        One of SYSTEMS.
    python : str
        The version of Python there, such as ``3.12``.
    tell : callable
        Is told, in Japanese, what is done next.

    Raises
    ------
    OutputError
        A library cannot be fetched for that system, or the zip cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder)
        needed = list(list_requirements(root / "requirements.lock", system=system, python=python))
        tell(f"  {len(needed)}個のライブラリを取り寄せています …")
        _fetch(needed, wheels, SYSTEMS[system], python)
        (wheels / "requirements.txt").write_text(_list_wheels(wheels), encoding="utf-8")
        tell("  1つのファイルにまとめています …")
        with explained(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in sorted(_project_files(root)):
                    _add(archive, path, f"kyodo_analysis/{path.relative_to(root).as_posix()}")
                for path in sorted(wheels.iterdir()):
                    _add(archive, path, f"kyodo_analysis/{WHEELS}/{path.name}")
    return target


def list_requirements(lock: Path, *, system: str, python: str) -> Iterator[str]:
    """Yield the requirements of a lock, with their hashes, that hold on another computer."""
    from packaging.requirements import Requirement

    there = {
        **SYSTEMS[system].markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        wanted, *hashes = line.split("--hash=")
        requirement = Requirement(wanted.strip())
        if requirement.marker is None or requirement.marker.evaluate(there):
            hashed = " ".join(f"--hash={each.strip()}" for each in hashes)
            yield f"{requirement.name}{requirement.specifier} {hashed}"


def _fetch(needed: list[str], wheels: Path, system: System, python: str) -> None:
    """Fetch the wheels; what has none but is nothing but Python is built here."""
    listing = wheels.with_suffix(".txt")
    there = [f"--platform={each}" for each in system.platforms]
    there += [f"--python-version={python}", "--implementation=cp", "--only-binary=:all:"]
    while True:
        listing.write_text("\n".join(needed), encoding="utf-8")
        said = _pip("download", *there, "--dest", str(wheels), "-r", str(listing))
        if said is None:
            return
        missing = [
            each for each in needed if f"distribution found for {each.split(' ')[0]}" in said
        ]
        if not missing:
            raise _unfetched(said)
        needed = [each for each in needed if each not in missing]
        listing.write_text("\n".join(missing), encoding="utf-8")
        said = _pip("wheel", "--wheel-dir", str(wheels), "-r", str(listing))
        built = {path.name for path in wheels.glob("*.whl")}
        if said is not None or not any(name.endswith("-none-any.whl") for name in built):
            raise _unfetched(said or missing[0])


def _pip(*arguments: str) -> str | None:
    """Run pip on a list; return None where it went well, and else what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, "--no-deps", "--require-hashes"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return None if done.returncode == 0 else done.stdout + done.stderr


def _unfetched(said: str) -> OutputError:
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "")
    return OutputError(
        "pack",
        f"ライブラリを取り寄せられませんでした({last.strip()})",
        action="インターネットにつながる場所で、--for と --python を確かめて実行してください",
    )


def _list_wheels(wheels: Path) -> str:
    """Return the requirements that install exactly these files."""
    lines = []
    for path in sorted(wheels.glob("*.whl")):
        name, version = path.name.split("-")[:2]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{name}=={version} --hash=sha256:{digest}\n")
    return "".join(lines)


def _project_files(root: Path) -> Iterator[Path]:
    yield from (root / name for name in _FILES if (root / name).exists())
    folders = [root / name for name in _FOLDERS]
    folders += [root / folder / name for folder in _FOLDERS_OF_STUDIES for name in BUNDLED]
    for folder in folders:
        for path in folder.rglob("*"):
            parts = path.relative_to(root).parts
            if path.is_file() and not any(
                part.startswith((".", "~$")) or part == "__pycache__" for part in parts
            ):
                yield path


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _SAME_TIME)
    kind = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
    archive.writestr(entry, path.read_bytes(), compress_type=kind)
