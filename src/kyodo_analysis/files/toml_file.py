"""A TOML file as an analyst writes it, and what is wrong with a line of it in her words."""

import re
import tomllib
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import StudyError, shown
from kyodo_analysis.files.study_csv import read_study_text

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_CAUSES = tuple(
    (re.compile(pattern), action)
    for pattern, action in (
        (r".*[“”„″＂]", '引用符を、半角の " に直してください'),
        (r"[^\"]*＝", "＝ を、半角の = に直してください"),
        (r"[^\"'#]*\u3000", "全角の空白を、半角の空白に直してください"),
        (
            r"[^\"'#]*=\s*(?:令和|平成|昭和|[RHS]\d|\d+\s*[年/.]\s*\d+|\d{4}-\d)",
            "日付は、暦にある日を 2019-08-30 の形で書いてください",
        ),
        (r"[^\"'#]*=\s*(?:True|TRUE|False|FALSE)", "true か false を小文字で書いてください"),
        (r".*\\", "\\ は \\\\ と二つ続けて書いてください"),
        (
            r"\s*[^\x00-\x7f]",
            '項目の名前は半角の英字です。人の名前などは " で囲み、説明なら行の初めに # を付けてください',
        ),
        (r"[^\"'#]*=\s*[^\s\"'\[{\d]", '文字は、半角の " で囲んでください'),
    )
)
_TWICE = "同じ項目か同じ [ ] が前にもあります。どちらかを消してください"
_ANY = '引用符 " や [ ] が閉じているか、項目が 名前 = 値 の形かを確かめてください'


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file in any encoding that Windows saves says.

    Raises
    ------
    StudyError
        When it cannot be opened, or is no TOML: names the line and the usual cause.
    """
    text = read_study_text(path).replace("\r\n", "\n").replace("\r", "\n")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _mistake(path, text.split("\n"), str(error)) from None
    except (ValueError, RecursionError):
        raise StudyError(
            shown(path),
            "けた数の多すぎる数か、[ ] の多すぎる入れ子があるので、読めません",
            action='題名・番号などの文字は " で囲み、[ ] は1つか2つ重ねるだけにしてください',
        ) from None


def _mistake(path: Path, lines: list[str], said: str) -> StudyError:
    found = _LINE.search(said)
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1].strip()
    action = _TWICE if re.search("overwrite|twice", said) else _usual_cause(line)
    place = f"{shown(path)}:{number}行"
    return StudyError(place, f"「{line}」に書き方の誤りがあります", action=action)


def _usual_cause(line: str) -> str:
    return next((action for cause, action in _CAUSES if cause.match(line)), _ANY)
