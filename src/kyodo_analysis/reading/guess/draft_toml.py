"""A proposal as the text of ``study.toml``, with a comment for every decision."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from kyodo_analysis.reading.guess.proposal import Guess

_COMMENTS = {
    "sheet": "シートの名前",
    "more_sheets": "同じ見出しで意見が続くシート",
    "header_rows": "見出しのある行(Excel の行番号。Word の表なら上から何行目か)。無ければ []",
    "fill_down": "分類・回・日付の空いた欄を、上と同じとみるなら true",
    "split_items": "1つの欄の箇条書きを、項目ごとに別の意見とみるなら true",
    "nothing_phrases": "「特になし」などのほかに、意見として数えない答え",
    "count_phrases": "「同上」「以上です」「ありがとうございます」など、除く決まりだが意見として数える答え",
    "only_list_items": "箇条書き・番号・発言者の付いた段落だけを意見とみるなら true",
    "by_speaker": "「市民A:」「●市:」「Q1」「A1」「(市)」などで、意見と市の回答を分けるなら true",
    "reply_marks": '市の回答の始まりを表す印がほかにあれば書きます(例: ["●", "→"])',
    "text": '意見。設問がいくつもあれば ["問1", "問2"] のように並べると、1人の答えがそれぞれ1件になります',
    "id": "意見の番号。無ければ上からの通し番号",
    "category": "分類",
    "category_code": "分類の記号。無ければ「A. 交通」のような分類から読みます",
    "session": "回",
    "date": "日付",
    "respondent": "回答者の番号(氏名は使えません)",
    "attributes": "年代・地区など、比べたい属性(氏名・住所・電話・メールは使えません)",
    "multiple_choice": "1つの欄に選択肢がいくつも並ぶ列(図書館;公民館)。選択肢ごとに、選んだかどうかを数えます",
    "reply": "市の考え方。意見とは分けて置きます",
    "start": "開始時刻",
    "end": "終了時刻(「14:00~16:00」のような列なら、開始と同じ列)",
    "venue": "場所",
    "n_organizations": "団体の数",
    "n_people": "人数",
    "organization": "団体",
    "organization_type": "団体の種類",
}
_TABLES = {
    "columns": "どの列に何があるか。見出しの言葉か、列の記号(例: C列)で書きます",
    "sessions": "回ごとの日時・場所のシート",
    "attendance": "回ごとの参加団体のシート",
}


def write_study_toml(guess: Guess) -> str:
    """Return the text of ``study.toml`` for a proposal.

    Every setting has a comment; what was not found stands as a comment, to be filled in.
    """
    return "\n".join([*_head(guess), "", *_reading(guess), ""])


def _head(guess: Guess) -> Iterator[str]:
    yield "# 資料の名前と、図の下に書く出典(案です。直してください)"
    yield f"title = {_toml(guess.title)}"
    yield f"source = {_toml(guess.file)}"
    yield "# 図の下に書く日付(案です。資料の日付に直してください)"
    yield f"date = {guess.date.isoformat()}"
    yield "# この資料から言えること・言えないことの注意。図の下と報告の最初に出ます"
    yield "notes = []"


def _reading(guess: Guess) -> Iterator[str]:
    yield "# 元のファイルの読み方。この案にした理由:"
    for item, chosen, reason in guess.choices.itertuples(index=False):
        yield _comment(f"  {item}: {chosen} … {reason}")
    yield "[reading]"
    yield f"reader = {_toml(guess.reader)}"
    yield f"file = {_toml(guess.file)}"
    if guess.settings is not None:
        yield from _settings(guess.settings, "reading")


def _settings(settings: Any, table: str) -> Iterator[str]:
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    tables = {key: value for key, value in values.items() if key in _TABLES}
    for key, value in values.items():
        if key not in tables:
            yield _comment(_COMMENTS[key])
            yield f"# {key} =" if value is None else f"{key} = {_toml(value)}"
    for key, value in tables.items():
        if is_dataclass(value):
            yield from ("", _comment(_TABLES[key]), f"[{table}.{key}]")
            yield from _settings(value, f"{table}.{key}")


def _comment(text: str) -> str:
    return "# " + "".join(character if character.isprintable() else " " for character in text)


def _toml(value: object) -> str:
    """Write a value as TOML, whose strings and lists are those of JSON."""
    given = list(value) if isinstance(value, tuple) else value
    return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")
