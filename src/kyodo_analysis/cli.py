"""The command line: thin, in Japanese, and without tracebacks."""

import argparse
import sys
from collections.abc import Sequence

from kyodo_analysis.errors import KyodoError
from kyodo_analysis.study import find_root, open_study

DEFAULT_STUDY = "kashiwa-2019"


def _report(options: argparse.Namespace) -> None:
    from kyodo_analysis.report import make_report

    study = open_study(options.study)
    print(f"「{study.title}」の図と表を作っています …", flush=True)
    index = make_report(study)
    print(f"できました: {index.relative_to(study.root).as_posix()}(ブラウザで開いてください)")


def _notebooks(options: argparse.Namespace) -> None:
    from kyodo_analysis.report import run_notebooks

    folder = find_root() / "notebooks"
    run_notebooks(open_study(DEFAULT_STUDY), target=folder)
    print("notebooks/ を実行し直しました。差分を確かめてください。")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kyodo", description="住民の意見を読み、数え、図にします。"
    )
    jobs = parser.add_subparsers(metavar="仕事", required=True)
    report = jobs.add_parser("report", help="意見を読み、reports/ に図と表を作る")
    report.add_argument("study", nargs="?", default=DEFAULT_STUDY, metavar="資料名")
    report.set_defaults(job=_report)
    notebooks = jobs.add_parser("notebooks", help="notebooks/ を柏市の資料で実行し直す(開発者用)")
    notebooks.set_defaults(job=_notebooks)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one job; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.job(options)
    except KyodoError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("中断しました。できあがったところまでは残っています。", file=sys.stderr)
        return 130
    return 0
