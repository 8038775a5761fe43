"""The first command on a fresh machine, and the commands that the README promises."""

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _load():
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = _load()


def _commands():
    blocks = [
        block
        for path in DOCUMENTS
        for block in re.findall(r"```\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    ]
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return sorted({line for line in lines if line.startswith("python run.py")})


@pytest.fixture
def venv(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "kyodo-stamp")
    (tmp_path / ".venv").mkdir()
    return tmp_path / ".venv"


@pytest.mark.parametrize("command", _commands())
def test_every_command_in_the_documents_is_one_that_run_py_knows(command):
    job, rest = run.parse(command.split()[2:])
    assert job in ("report", "new", "check", "draft", "sheet", "pack", "lab", "notebooks", "test")
    if job in ("report", "new", "check", "draft", "sheet"):
        help_text = subprocess.run(
            [sys.executable, "-m", "kyodo_analysis", job, "--help"],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            check=True,
        ).stdout
        assert "資料名" in help_text
    assert all(not word.startswith("-") for word in rest)


@pytest.mark.parametrize(
    ("typed", "code", "begins"),
    [
        (["-h"], 0, "使い方: "),
        ([], 2, "仕事が書かれていないか"),
        (["lba"], 2, "仕事が書かれていないか"),
    ],
)
def test_run_py_speaks_japanese_before_anything_is_installed(capsys, typed, code, begins):
    with pytest.raises(SystemExit) as stopped:
        run.main(typed)
    said = "".join(capsys.readouterr())
    assert stopped.value.code == code
    assert said.startswith(begins)
    assert "使い方: python run.py [-h] 仕事" in said
    assert "lab       ノートブックを" in said
    assert not re.search("usage|positional|options|show|choose|required|invalid", said)


def test_the_readme_names_the_two_commands_first():
    assert {"python run.py report", "python run.py test"} <= set(_commands())


def test_an_environment_is_ready_only_with_the_stamp_of_todays_lock(venv, tmp_path, monkeypatch):
    assert not run.is_ready()
    run.STAMP.write_text(run.stamp(), encoding="utf-8")
    assert run.is_ready()
    lock = tmp_path / "requirements.lock"
    lock.write_text("pandas==0\n", encoding="utf-8")
    monkeypatch.setattr(run, "LOCK", lock)
    assert not run.is_ready()


def test_compiled_modules_are_kept_even_where_the_machine_forbids_it(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    asked = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]
    said = subprocess.run(asked, env=run.environment(), capture_output=True, check=True)
    assert said.stdout.strip() == b"False"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "ディスクの空きが足りません"),
        (
            "NewConnectionError: Failed to establish a new Connection",
            "インターネットにつながりません",
        ),
        ("ERROR: No matching distribution found for pandas", "ライブラリを取り寄せられません"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "確認済みのものと違います"),
        ("PermissionError: Permission denied", "書き込めません"),
        ("something else", "ライブラリを入れられませんでした"),
    ],
)
def test_a_failed_installation_is_explained(said, sentence):
    explained = run.explain(f"Collecting pandas\n{said}\n")
    assert sentence in explained
    assert said in explained


def test_an_interrupted_installation_leaves_no_stamp(venv, monkeypatch, capsys):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "make_venv", lambda: None)
    monkeypatch.setattr(run, "install", stop)
    assert run.main(["report"]) == 130
    assert capsys.readouterr().out.splitlines()[-1].startswith("準備を中断しました")
    assert not run.STAMP.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals as a terminal of Unix does")
@pytest.mark.parametrize("job", [["report", "sample-transport"], ["check"]])
@pytest.mark.parametrize("moment", ["while it is loaded", "at work"])
def test_ctrl_c_ends_a_job_and_its_kernels_with_one_sentence(job, moment):
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import run; from pathlib import Path;"
        "run.PYTHON = Path(sys.executable); run.is_ready = lambda: True;"
        f"print('begun', flush=True); sys.exit(run.main({job!r}))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as started:
        assert started.stdout.readline() == "begun\n"
        time.sleep(0.3 if moment == "while it is loaded" else 1.5)
        work = psutil.Process(started.pid).children(recursive=True)
        interrupted = time.monotonic()
        os.killpg(started.pid, signal.SIGINT)
        said = started.stdout.read()
    seconds = time.monotonic() - interrupted
    if started.returncode == 0:
        pytest.skip("it was done sooner")
    assert started.returncode == 130
    assert said.splitlines()[-1] == "中断しました。前にできた結果は、そのまま残っています。"
    assert said.count("中断") == 1
    assert "Traceback" not in said
    assert seconds < 3, "a second, on a machine that does nothing else"
    assert psutil.wait_procs(work, timeout=5)[1] == []


def test_libraries_that_came_along_are_installed_without_a_network(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "WHEELS", tmp_path / "wheels")
    assert run.libraries() == ["-r", str(run.LOCK)]
    (tmp_path / "wheels").mkdir()
    assert run.libraries()[:3] == ["--no-index", "--find-links", str(tmp_path / "wheels")]


def test_an_old_python_is_told_which_one_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(run, "OLDEST", (9, 0))
    assert run.main(["report"]) == 2
    assert "Python 9.0 以上が必要です" in capsys.readouterr().out


def test_a_study_without_a_report_cannot_be_opened_in_the_lab():
    with pytest.raises(run.SetupError, match="report nowhere を実行してください"):
        run.lab_arguments("nowhere")


def test_jupyterlab_opens_in_japanese_on_the_notebooks(venv):
    run.write_lab_settings()
    settings = venv / "share/jupyter/lab/settings/overrides.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == run.LAB_SETTINGS
    assert run.LAB_SETTINGS["@jupyterlab/translation-extension:plugin"] == {"locale": "ja_JP"}
    address = "http://127.0.0.1:18931/lab/tree/notebooks?token=t"
    extra = ["--no-browser", "--port=18931", "--ServerApp.port_retries=0", "--allow-root"]
    server = subprocess.Popen(
        [sys.executable, *run.lab_arguments(None), *extra, "--IdentityProvider.token=t"],
        env=run.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert "JupyterLab" in _page_when_ready(address)
    finally:
        server.kill()
        server.wait()


def _page_when_ready(address):
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode("utf-8")
        except OSError:
            time.sleep(0.5)
    raise AssertionError("JupyterLab did not answer")
