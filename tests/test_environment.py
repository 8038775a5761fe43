"""conda's list and pyproject's must not drift apart."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def _bounds(requirements: list[str]) -> dict[str, str]:
    parts = [re.fullmatch(r"([\w-]+)\s*(.*)", requirement) for requirement in requirements]
    return {part[1].lower(): part[2] for part in parts if part}


def test_environment_yml_asks_for_what_pyproject_asks_for():
    wanted = PYPROJECT["dependencies"] + PYPROJECT["optional-dependencies"]["lab"]
    conda = [item for item in CONDA["dependencies"] if isinstance(item, str)]
    (from_pip,) = [item["pip"] for item in CONDA["dependencies"] if isinstance(item, dict)]
    listed = _bounds(conda) | _bounds([item for item in from_pip if not item.startswith("-e")])
    listed["matplotlib"] = listed.pop("matplotlib-base")
    assert listed.pop("python") == PYPROJECT["requires-python"]
    assert listed.pop("pip") == ""
    assert listed == _bounds(wanted)


def test_conda_installs_the_project_itself():
    (from_pip,) = [item["pip"] for item in CONDA["dependencies"] if isinstance(item, dict)]
    assert "-e ." in from_pip


def test_every_dependency_is_locked_without_an_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.split("==")[0].lower() for line in lock.splitlines() if "==" in line}
    extras = [name for extra in PYPROJECT["optional-dependencies"].values() for name in extra]
    for name in _bounds(PYPROJECT["dependencies"] + extras):
        assert name.replace("_", "-") in locked
    assert "://" not in lock


def test_every_locked_package_has_a_hash():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = [number for number, line in enumerate(lines) if line[:1].isalnum()]
    assert packages
    assert all("--hash=sha256:" in lines[number + 1] for number in packages)
