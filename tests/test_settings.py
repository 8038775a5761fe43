from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.settings import settings_from


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: tuple[int, ...] = (1,)


@dataclass(frozen=True)
class _Settings:
    engine: Literal["janome", "mecab"]
    least: int = 2
    share: float = 0.5
    words: tuple[str, ...] = ()
    is_quick: bool = False
    on: date | None = None
    sheet: _Sheet | None = None
    more: tuple[str, ...] = field(default_factory=tuple)


def test_settings_keep_defaults_and_take_what_is_given():
    given = {"engine": "mecab", "words": ["税", "橋"], "share": 1, "on": date(2019, 8, 30)}
    made = settings_from(_Settings, given, file="study.toml")
    assert made == _Settings("mecab", 2, 1, ("税", "橋"), on=date(2019, 8, 30))


def test_a_table_below_becomes_settings_of_its_own():
    given = {"engine": "mecab", "sheet": {"name": "一覧", "rows": [3, 4]}}
    made = settings_from(_Settings, given, file="study.toml", table="words")
    assert made.sheet == _Sheet("一覧", (3, 4))


@pytest.mark.parametrize(
    ("given", "where", "said"),
    [
        ({"engine": "chasen"}, "[words] engine", '"chasen" とあります。書けるのは janome / mecab'),
        ({"least": True}, "[words] least", "true とあります。書けるのは 整数 です"),
        ({"least": 1.5}, "[words] least", "書けるのは 整数 です"),
        ({"share": "半分"}, "[words] share", "書けるのは 数 です"),
        ({"is_quick": 1}, "[words] is_quick", "書けるのは true か false です"),
        ({"on": "昨日"}, "[words] on", "書けるのは 日付(例: 2019-08-30。"),
        ({"words": "税"}, "[words] words", '文字列の並び(例: ["意見", "要望"]) です'),
        ({"words": date(2019, 8, 30)}, "[words] words", "2019-08-30 とあります。書けるのは [ ] で"),
        ({"words": [1]}, "[words] words", "[1] とあります。書けるのは [ ] で囲んだ文字列の並び"),
        ({"colour": 1}, "[words]", "知らない項目「colour」があります。書けるのは engine、least"),
        ({"sheet": "一覧"}, "[words] sheet", "書けるのは [words.sheet] の下に続けて書いた項目"),
        ({"sheet": {}}, "[words.sheet]", "項目「name」がありません"),
        ({"sheet": {"name": "a", "rows": [True]}}, "[words.sheet] rows", "整数の並び"),
    ],
)
def test_a_wrong_setting_says_where_it_is_and_what_is_allowed(given, where, said):
    with pytest.raises(StudyError) as error:
        settings_from(_Settings, {"engine": "mecab"} | given, file="study.toml", table="words")
    assert error.value.where == f"study.toml の {where}"
    assert said in str(error.value)


def test_a_setting_in_the_head_of_the_file_stands_in_no_table():
    with pytest.raises(StudyError) as error:
        settings_from(_Settings, {"engine": 3}, file="study.toml")
    assert error.value.where == "study.toml の engine"
    with pytest.raises(StudyError, match="項目「engine」がありません") as error:
        settings_from(_Settings, {}, file="study.toml")
    assert error.value.where == "study.toml"
