import hashlib
import zipfile

import pytest

from kyodo_analysis.errors import OutputError
from kyodo_analysis.jobs import pack
from kyodo_analysis.jobs.pack import list_requirements, make_pack

LOCK = """\
pandas==3.1.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
appnope==1.0.0 ; sys_platform == 'darwin' \\
    --hash=sha256:cc
pywinpty==3.1.2 ; os_name == 'nt' and python_version < '3.13' \\
    --hash=sha256:dd
"""


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    for name in (
        "run.py",
        "requirements.lock",
        "src/kyodo_analysis/cli.py",
        "src/kyodo_analysis/__pycache__/cli.pyc",
        "studies/kashiwa-2019/study.toml",
        "studies/our-town/privacy.csv",
        "data/raw/our-town/opinions.xlsx",
        "reports/our-town/index.html",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    (root / "requirements.lock").write_text(LOCK, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("system", "python", "names"),
    [
        ("windows", "3.12", ["pandas", "pywinpty"]),
        ("windows", "3.13", ["pandas"]),
        ("macos", "3.12", ["pandas", "appnope"]),
        ("linux", "3.11", ["pandas"]),
    ],
)
def test_a_lock_is_read_as_it_holds_on_the_other_computer(project, system, python, names):
    listed = list(list_requirements(project / "requirements.lock", system=system, python=python))
    assert [each.split("==")[0] for each in listed] == names
    assert listed[0] == "pandas==3.1.1 --hash=sha256:aa --hash=sha256:bb"


def test_the_zip_holds_the_project_and_its_libraries_and_no_study_of_the_analysts(
    project, tmp_path, monkeypatch
):
    def fetch(needed, wheels, system, python):
        (wheels / "pandas-3.1.1-py3-none-any.whl").write_bytes(b"wheel")

    monkeypatch.setattr(pack, "_fetch", fetch)
    target = tmp_path / "pack.zip"
    make_pack(project, target, system="linux", python="3.11", tell=lambda _: None)
    with zipfile.ZipFile(target) as archive:
        names = {name.removeprefix("kyodo_analysis/") for name in archive.namelist()}
        listed = archive.read("kyodo_analysis/wheels/requirements.txt").decode()
    assert names == {
        "run.py",
        "requirements.lock",
        "src/kyodo_analysis/cli.py",
        "studies/kashiwa-2019/study.toml",
        "wheels/pandas-3.1.1-py3-none-any.whl",
        "wheels/requirements.txt",
    }
    assert listed == f"pandas==3.1.1 --hash=sha256:{hashlib.sha256(b'wheel').hexdigest()}\n"


def test_without_the_internet_nothing_is_written_and_it_is_said(project, tmp_path, monkeypatch):
    monkeypatch.setattr(pack, "_pip", lambda *_: "ERROR: Connection refused")
    target = tmp_path / "pack.zip"
    with pytest.raises(OutputError, match=r"取り寄せられませんでした\(ERROR: Connection refused\)"):
        make_pack(project, target, system="linux", python="3.11", tell=lambda _: None)
    assert not target.exists()
