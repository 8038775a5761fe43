"""The command line: thin, in Japanese, and without tracebacks."""

import argparse
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from kyodo_analysis.errors import KyodoError
from kyodo_analysis.study import find_root, open_study

_SECONDS_BETWEEN_LOOKS = 0.3
DEFAULT_STUDY = "kashiwa-2019"
_MISTAKES = (
    (r"the following arguments are required: (.+)", "「{}」が書かれていません。"),
    (r"unrecognized arguments: (.+)", "「{}」は余分です。"),
    (
        r"argument .+: invalid choice: '(.+)' \(choose from (.+)\)",
        "「{}」は使えません。使えるのは {} です。",
    ),
)


def _report(options: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.report import make_report

    study = open_study(options.study)
    print(f"「{study.title}」の図と表を作っています …", flush=True)
    index = make_report(study)
    print(f"できました: {_shown(index, study.root)}(ブラウザで開いてください)")


def _new(options: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.new_study import add_study, describe_guess, guess

    root = find_root()
    proposal = guess(options.study, options.file, root=root)
    print(describe_guess(proposal))
    if not options.yes and not _agreed():
        print(
            "何も作りませんでした。ファイルを直すか、-y を付けて作ったあと study.toml を直せます。"
        )
        return
    written = add_study(options.study, options.file, proposal, root=root)
    print(f"作りました: {_shown(written, root)}(読み方を変えるには、このファイルを直します)")
    print(f"次は python run.py check {_quoted(options.study)} です。")


def _check(options: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.check import check_study

    for line in check_study(open_study(options.study)):
        print(line)


def _sheet(options: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.report import write_blank_sheet

    study = open_study(options.study)
    path = write_blank_sheet(study)
    print(f"コーディング用のシートを書きました: {_shown(path, study.root)}")
    print(f"記入したら studies/{study.name}/coders/ に、コーダーの名前を付けて置いてください。")


def _draft(options: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.draft import draft_study

    for line in draft_study(open_study(options.study), accept=options.accept):
        print(line)


def _notebooks(_: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.kernels import Kernels
    from kyodo_analysis.jobs.notebooks import run_notebooks

    folder = find_root() / "notebooks"
    with Kernels(folder) as kernels:
        failures = run_notebooks(kernels, study=DEFAULT_STUDY, target=folder)[1]
    if failures:
        raise failures[0]
    print("notebooks/ を実行し直しました。差分を確かめてください。")


def _pack(options: argparse.Namespace) -> None:
    from kyodo_analysis.jobs.pack import make_pack, this_system

    root, system = find_root(), options.system or this_system()
    target = root / f"kyodo_analysis-{system}-python{options.python}.zip"
    print(f"{system} の Python {options.python} のためにまとめています …", flush=True)
    make_pack(root, target, system=system, python=options.python, tell=print)
    print(f"できました: {target.name}(インターネットの無いPCに写し、解凍して使います)")
    print(
        "見本の資料だけが入っています。手元の資料は studies/ と data/raw/ から自分で写してください。"
    )


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w.-]+", name) else f'"{name}"'


def _agreed() -> bool:
    try:
        return input("この読み方で作りますか(y/n): ").strip().lower() in ("y", "yes", "はい")
    except EOFError:
        return False


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=_Help)
        self.words = self.add_argument_group("書くもの")
        self.choices = self.add_argument_group("付けられるもの")
        self.choices.add_argument("-h", "--help", action="help", help="この説明を出して終わる")

    def error(self, message: str) -> NoReturn:
        usage = self.format_usage()
        self.exit(
            2,
            f"命令の書き方が違います。{_mistake(message)}次の形で書いてください。\n{usage}"
            f"くわしい説明は {self.prog} -h で出せます。\n",
        )


def _mistake(message: str) -> str:
    """Return what argparse says, where it is one of its usual sentences, in Japanese."""
    matches = ((re.fullmatch(said, message), japanese) for said, japanese in _MISTAKES)
    return next((japanese.format(*map(_listed, m.groups())) for m, japanese in matches if m), "")


def _listed(words: str) -> str:
    return words.replace("'", "").replace(", ", "、")


_JOBS_OF_A_STUDY = (
    ("report", _report, "意見を読み、reports/ に図と表を作る"),
    ("check", _check, "図を作る前に、読み取りの結果を点検する"),
    ("draft", _draft, "意見から、テーマとルールの案(コードブックの下書き)を作る"),
    ("sheet", _sheet, "人がテーマを付けるための Excel のシートを作る"),
)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python run.py", description="住民の意見を読み、数え、図にします。")
    jobs = parser.add_subparsers(title="書くもの", metavar="仕事", required=True)
    default = f"省くと {DEFAULT_STUDY}"
    for name, job, text in _JOBS_OF_A_STUDY:
        one = jobs.add_parser(name, help=text)
        one.words.add_argument(
            "study", nargs="?", default=DEFAULT_STUDY, metavar="資料名", help=default
        )
        one.set_defaults(job=job)
        if name == "draft":
            one.choices.add_argument(
                "--accept",
                action="store_true",
                help="コードブックがまだ無ければ、案をそのままコードブックにする",
            )
    new = jobs.add_parser("new", help="手元のファイルから、新しい資料を作る")
    new.words.add_argument("study", metavar="資料名", help="新しい資料に付ける名前")
    new.words.add_argument("file", metavar="ファイル", type=Path, help="意見の書かれたファイル")
    new.choices.add_argument("-y", "--yes", action="store_true", help="たずねずに作る")
    new.set_defaults(job=_new)
    pack = jobs.add_parser("pack", help="インターネットの無いPCのために、1つのファイルにまとめる")
    pack.choices.add_argument(
        "--for",
        dest="system",
        choices=("windows", "macos", "linux"),
        help="使うPC(省くとこのPCと同じ)",
    )
    pack.choices.add_argument(
        "--python",
        default=f"{sys.version_info.major}.{sys.version_info.minor}",
        metavar="版",
        help="使うPCの Python の版(例: 3.12。省くとこのPCと同じ)",
    )
    pack.set_defaults(job=_pack)
    notebooks = jobs.add_parser("notebooks", help="notebooks/ を柏市の資料で実行し直す(開発者用)")
    notebooks.set_defaults(job=_notebooks)
    return parser


def end_with_parent() -> None:
    """Watch ``run.py``, where that started this process, and end with it however it ends."""
    parent = os.environ.get("KYODO_PARENT")
    if os.name == "nt" or parent is None or os.getppid() != int(parent):
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        os.killpg(0, signal.SIGKILL)  # this process leads a group of its own

    threading.Thread(target=watch, daemon=True).start()


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one job; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.job(options)
        sys.stdout.flush()
    except KyodoError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read this, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"ファイルやフォルダを開けないか、書けませんでした({error})。", file=sys.stderr)
        return 1
    except MemoryError:
        print("メモリが足りません。ほかのプログラムを閉じてから実行してください。", file=sys.stderr)
        return 1
    return 0
