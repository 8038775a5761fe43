"""The one command: makes the environment when it is missing or stale, then does the job.

Standard library only, and no syntax newer than Python 3.7, so that an old Python can still say
what is wrong.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
WHEELS = ROOT / "wheels"  # beside a project that `pack` made
STAMP = VENV / "kyodo-stamp"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
SECONDS_TO_END = 0.6

LAB_SETTINGS = {
    "@jupyterlab/translation-extension:plugin": {"locale": "ja_JP"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}
WARM_UP = (
    "import matplotlib.font_manager, pandas; from janome.tokenizer import Tokenizer; Tokenizer()"
)
JOBS = (
    ("report", "意見を読み、reports/ に図と表を作る(資料名を省くと kashiwa-2019)"),
    ("new", "手元のファイルから、新しい資料を作る"),
    ("check", "図を作る前に、読み取りの結果を点検する"),
    ("draft", "意見から、テーマとルールの案(コードブックの下書き)を作る"),
    ("sheet", "人がテーマを付けるための Excel のシートを作る"),
    ("pack", "インターネットの無いPCのために、1つのファイルにまとめる"),
    ("lab", "ノートブックを JupyterLab で開く"),
    ("notebooks", "notebooks/ を柏市の資料で実行し直す(開発者用)"),
    ("test", "すべてのテストを実行する(開発者用)"),
)
NBVAL = ("--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=120")
TESTS = (
    ("書式と規則(ruff)", ["-m", "ruff", "check", "."]),
    ("整形(ruff format)", ["-m", "ruff", "format", "--check", "."]),
    ("型(mypy)", ["-m", "mypy"]),
    ("テスト(pytest)", ["-m", "pytest", "-q", "-n", "auto", "--dist", "loadscope"]),
    (
        "ノートブック(nbval)",
        ["-m", "pytest", "-q", "-o", "filterwarnings=", *NBVAL, "notebooks"],
    ),
)


class SetupError(Exception):
    """The environment cannot be made; the message is for the person at the keyboard."""


def environment() -> dict[str, str]:
    """Return the variables for every child: UTF-8, and all caches inside the project.

    Compiled modules are kept whatever the machine says: Janome's dictionary takes seconds without.
    """
    return {
        **os.environ,
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "MPLCONFIGDIR": str(VENV / "cache" / "matplotlib"),
        "IPYTHONDIR": str(VENV / "cache" / "ipython"),
        "JUPYTER_CONFIG_DIR": str(VENV / "cache" / "jupyter"),
    }


def stamp() -> str:
    """Return what the environment depends on, as one line."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{digest.hexdigest()} {sys.version.split()[0]} {ROOT}"


def is_ready() -> bool:
    """Say whether the environment is there and made from today's lock."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp()


def make_environment() -> None:
    """Make ``.venv`` anew from the lock; the stamp comes last, so an interrupted one is remade."""
    print(
        "はじめての準備をしています。数分かかることがあります(次からは、すぐ始まります)。",
        flush=True,
    )
    print("  1/3 Pythonの環境を作っています …", flush=True)
    make_venv()
    print("  2/3 ライブラリを入れています …", flush=True)
    install(["--no-compile", "--require-hashes", *libraries()], n_expected=count_locked())
    install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    print("  3/3 辞書とフォントを用意しています …", flush=True)
    write_lab_settings()
    subprocess.run([str(PYTHON), "-c", WARM_UP], check=True, env=environment(), cwd=str(ROOT))
    STAMP.write_text(stamp(), encoding="utf-8")
    print("準備ができました。", flush=True)


def libraries() -> list[str]:
    """Return where pip finds the libraries: in the folder that came along, or on the internet."""
    if WHEELS.is_dir():
        return ["--no-index", "--find-links", str(WHEELS), "-r", str(WHEELS / "requirements.txt")]
    return ["-r", str(LOCK)]


def make_venv() -> None:
    """Create an empty environment, or say which package of the system is missing."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise SetupError(
            "Python に venv(または pip)が付いていません。Debian や Ubuntu では "
            "「sudo apt install python3-venv」で入れてから、もう一度実行してください。"
        ) from None
    if VENV.exists():
        shutil.rmtree(str(VENV))
    venv.create(str(VENV), with_pip=True)


def count_locked() -> int:
    """Count the packages of the lock."""
    return sum(line[:1].isalnum() for line in LOCK.read_text(encoding="utf-8").splitlines())


def install(arguments: list[str], n_expected: int = 0) -> None:
    """Run pip, show how far it is, and turn its failures into a sentence."""
    command = [str(PYTHON), "-m", "pip", "install", "--progress-bar", "off", *arguments]
    pip = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
        encoding="utf-8",
        errors="replace",
    )
    said = []
    n_found = 0
    assert pip.stdout is not None
    for line in pip.stdout:
        said.append(line)
        if line.startswith("Collecting "):
            n_found += 1
            if n_found % 30 == 0:
                print(f"      {n_found} / 約{n_expected}", flush=True)
    if pip.wait() != 0:
        raise SetupError(explain("".join(said)))


def explain(said: str) -> str:
    """Say in one sentence why pip failed; its own last words follow."""
    reasons = (
        (
            "No space left",
            "ディスクの空きが足りません。約1.5GBを空けてから、もう一度実行してください。",
        ),
        (
            "not enough space",
            "ディスクの空きが足りません。約1.5GBを空けてから、もう一度実行してください。",
        ),
        (
            "THESE PACKAGES DO NOT MATCH THE HASHES",
            "届いたライブラリの中身が、確認済みのものと違います。時間をおいて、もう一度実行してください。",
        ),
        (
            "No matching distribution",
            "ライブラリを取り寄せられません。wheels/ があれば、このPCの Python の版に合うものかを、"
            "無ければインターネット(または庁内のプロキシの設定)を確かめてから、もう一度実行してください。",
        ),
        (
            "Connection",
            "インターネットにつながりません。準備のときだけ必要です。つながる場所で、もう一度実行してください。",
        ),
        (
            "Permission denied",
            "このフォルダに書き込めません。書き込めるフォルダに移してから、もう一度実行してください。",
        ),
    )
    why = next(
        (text for sign, text in reasons if sign in said), "ライブラリを入れられませんでした。"
    )
    return why + "\n--- pip の最後の出力 ---\n" + "\n".join(said.splitlines()[-5:])


def write_lab_settings() -> None:
    """Set JupyterLab to Japanese, without news and update checks."""
    folder = VENV / "share" / "jupyter" / "lab" / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(LAB_SETTINGS, ensure_ascii=False, indent=2)
    (folder / "overrides.json").write_text(text, encoding="utf-8")


def run(arguments: list[str]) -> int:
    """Run Python of the environment in the project's folder; Ctrl-C ends it with all it started.

    The work runs apart from the terminal, so that Ctrl-C reaches it once, through here.
    """
    apart: dict[str, Any] = (
        {"creationflags": 0x200} if os.name == "nt" else {"start_new_session": True}
    )
    work = subprocess.Popen(
        [str(PYTHON), *arguments],
        env={**environment(), "KYODO_PARENT": str(os.getpid())},
        cwd=str(ROOT),
        **apart,
    )
    try:
        return work.wait()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(work)
        print("中断しました。前にできた結果は、そのまま残っています。", flush=True)
        return 130


def end(work: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; a moment later, end it and all that it started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(work.pid)], capture_output=True)
        return
    work.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        work.wait(SECONDS_TO_END)
    with suppress(OSError):  # nothing of it may be left
        os.killpg(work.pid, signal.SIGKILL)


def run_lab(arguments: list[str]) -> int:
    """Run JupyterLab, which asks for itself what Ctrl-C shall mean."""
    signal.signal(signal.SIGINT, lambda *_: None)
    return subprocess.run([str(PYTHON), *arguments], env=environment(), cwd=str(ROOT)).returncode


def test() -> int:
    """Run every check, and say at the end which failed."""
    failed = []
    for title, arguments in TESTS:
        print("== " + title, flush=True)
        status = run(arguments)
        if status == 130:
            return 130
        if status != 0:
            failed.append(title)
    print("失敗: " + "、".join(failed) if failed else "すべて通りました。", flush=True)
    return 1 if failed else 0


def lab_arguments(study: str | None) -> list[str]:
    """Return how JupyterLab is opened: on the notebooks, or on those of a study's report."""
    folder = f"reports/{study}/notebooks" if study else "notebooks"
    if not (ROOT / folder).is_dir():
        raise SetupError(
            f"{folder} がありません。先に python run.py report {study} を実行してください。"
        )
    return [
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.default_url=/lab/tree/{folder}",
    ]


class Help(argparse.HelpFormatter):
    """Help whose first word is Japanese too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add the line that says how a command is written."""
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that answers a command without a job that it knows with its help."""

    def error(self, message: str) -> NoReturn:
        """Say what to write instead, and stop."""
        self.exit(
            2,
            "仕事が書かれていないか、その名前が違います。次の中から選んで書いてください。\n\n"
            + self.format_help(),
        )


def parse(arguments: list[str]) -> tuple[str, list[str]]:
    """Return the job and what follows it."""
    parser = Parser(
        prog="python run.py",
        description="住民の意見を読み、数え、図にします。はじめての時は、必要なものを .venv に入れます。",
        epilog="例: python run.py report kashiwa-2019",
        formatter_class=Help,
        add_help=False,
    )
    jobs = parser.add_subparsers(title="書くもの", dest="job", metavar="仕事", required=True)
    choices = parser.add_argument_group("付けられるもの")
    choices.add_argument("-h", "--help", action="help", help="この説明を出して終わる")
    for name, text in JOBS:
        jobs.add_parser(name, help=text, add_help=False)
    job, rest = parser.parse_known_args(arguments)
    return job.job, rest


def main(arguments: list[str]) -> int:
    """Do one job and return the exit status."""
    if sys.version_info < OLDEST:
        print(
            "Python {}.{} 以上が必要です。いまの Python は {} です。".format(
                *OLDEST, sys.version.split()[0]
            )
        )
        return 2
    job, rest = parse(arguments)
    try:
        if not is_ready():
            make_environment()
        if job == "test":
            return test()
        if job == "lab":
            return run_lab(lab_arguments(rest[0] if rest else None))
        return run(["-m", "kyodo_analysis", job, *rest])
    except SetupError as error:
        print(error)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        print(explain("No space left") if full else f"ファイルを書けませんでした: {error}")
    except KeyboardInterrupt:
        print("準備を中断しました。もう一度実行すると、準備を最初からやり直します。")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
