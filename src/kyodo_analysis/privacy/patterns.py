"""Forms of personal data, sought in many texts at once."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kyodo_analysis.privacy.folding import BOUNDARY, Page

NAME, PHONE, MAIL, ADDRESS, BIRTH, MY_NUMBER, ACCOUNT, PLATE, SNS, OTHER_NUMBER = KINDS = (
    "人名",
    "電話番号",
    "メール",
    "住所",
    "生年月日",
    "個人番号",
    "口座・カード番号",
    "車のナンバー",
    "SNS・URL",
    "職員・保険・旅券などの番号",
)

NOT_DIGIT = rf"[^0-9\n{BOUNDARY}]"
# A hyphen ties numbers together only between digits: what stands beside it may be a katakana ー.
STARTS_HERE = "(?<![0-9])(?<![0-9][-.])"
ENDS_HERE = "(?![0-9])(?!-[0-9])"
UNITS = (
    "(?! ?(?:[歳才人回便分時階個本台年月日割倍度円件通戸軒世名頁ページ枚票点位番段番線条項%万億千百]"
    "|k?m|㎞|kg|℃|:))"
)

NUMERAL = "[0-9〇一二三四五六七八九十百千]"


def always(found: str) -> bool:
    """Accept what has the form."""
    return bool(found)


@dataclass(frozen=True)
class Pattern:
    """One form of personal data, as it reads after folding.

    Parameters
    ----------
    kind : str
        One of :data:`KINDS`.
    form : str
        Regular expression; its group ``found``, or else the whole match, is what is found.
    reason : str
        Why it is a candidate, in Japanese.
    sign : str, optional
        Regular expression of what every text with this form has; others are passed over.
    fits : callable, optional
        A further condition on the words found.
    in_digits : bool, default False
        Whether the kanji 〇 to 九 are read as digits.
    """

    kind: str
    form: str
    reason: str
    sign: str = "[0-9]{3}"
    fits: Callable[[str], bool] = always
    in_digits: bool = False


@dataclass(frozen=True, order=True)
class Found:
    """One place: the text's number in the page, where, which rank its form has, kind, reason."""

    text: int
    start: int
    end: int
    rank: int
    kind: str
    reason: str


def find_patterns(page: Page, patterns: Sequence[Pattern]) -> Iterator[Found]:
    """Yield every place of a page that has one of the forms."""
    signs = {(pattern.sign, pattern.in_digits) for pattern in patterns}
    signed = {sign: _texts_with(page, *sign) for sign in signs}
    for rank, pattern in enumerate(patterns):
        form = re.compile(pattern.form)
        group = "found" if "found" in form.groupindex else 0
        content = page.digits if pattern.in_digits else page.text
        for number in signed[pattern.sign, pattern.in_digits]:
            first, last = page.bounds(number)
            for match in form.finditer(content, first, last):
                if pattern.fits(match[group]):
                    start, end = match.span(group)
                    yield Found(
                        number, start - first, end - first, rank, pattern.kind, pattern.reason
                    )


def _texts_with(page: Page, sign: str, in_digits: bool) -> list[int]:
    content = page.digits if in_digits else page.text
    places = [match.start() for match in re.finditer(sign, content)]
    return [int(number) for number in np.unique([page.place(at)[0] for at in places])]
