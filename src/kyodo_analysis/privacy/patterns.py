"""Personal data that can be told by its form: numbers, addresses, dates of birth."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.privacy.folding import BOUNDARY, fold

KINDS = ("人名", "電話番号", "メール", "住所", "生年月日", "個人番号")
NAME = "人名"
PLACE_SUFFIXES = ("市", "町", "村")
_N = "[0-9〇一二三四五六七八九十百]"
_MORE = rf"[-の]{_N}{{1,4}}"
_DATE = (
    rf"(?:(?:明治|大正|昭和|平成|令和|西暦)?(?:元|{_N}{{1,4}})年{_N}{{1,3}}月(?:{_N}{{1,3}}日)?"
    rf"|{_N}{{1,3}}月{_N}{{1,3}}日|[MTSHR]?[0-9]{{1,4}}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}})"
)
# A hyphen ties numbers together only between digits: what stands beside it may be a katakana ー.
_STARTS_HERE = "(?<![0-9])(?<![0-9]-)"
_ENDS_HERE = "(?!-?[0-9])"
_UNITS = "歳才人回便分時階個本台年月日割倍度円件km㎞m"


def _has_phone_length(found: str) -> bool:
    digits = sum(character.isdigit() for character in found)
    return digits in ({11, 12, 13} if found.startswith("+") else {10, 11})


def _always(found: str) -> bool:
    return bool(found)


@dataclass(frozen=True)
class Pattern:
    """One form of personal data, as it reads after :func:`simplify`.

    Parameters
    ----------
    kind : str
        What it is.
    form : str
        Regular expression; its group ``found``, or else the whole match, is the finding.
    reason : str
        Why it is a candidate, in Japanese.
    sign : str, optional
        Regular expression of what every text with this form has; others are passed over.
    fits : callable, optional
        A further condition on the words found.
    """

    kind: str
    form: str
    reason: str
    sign: str = "[0-9]{3}"
    fits: Callable[[str], bool] = _always


# Where two forms find the same words, the earlier one gives the kind.
PATTERNS = (
    Pattern(
        "メール",
        r"[A-Za-z0-9._%+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+",
        "メールアドレスの形",
        sign=r"@|\(at\)|\[at\]",
    ),
    Pattern(
        "電話番号",
        rf"(?<!\+){_STARTS_HERE}(?:\+81[- ]?(?:\(0\))?[0-9]{{1,4}}|0[0-9]{{1,4}}|\(0[0-9]{{1,4}}\))"
        r"[-. (]{0,2}[0-9]{1,4}[-. )]{0,2}[0-9]{3,4}(?![0-9])",
        "電話番号の形",
        fits=_has_phone_length,
    ),
    Pattern(
        "電話番号",
        rf"(?:電話|TEL|[Tt]el|℡|☎|FAX|[Ff]ax|携帯)[^0-9\n{BOUNDARY}]{{0,6}}"
        rf"(?P<found>[0-9]{{2,4}}-[0-9]{{3,4}}){_ENDS_HERE}",
        "「電話」などの後の番号",
    ),
    Pattern(
        "個人番号",
        rf"{_STARTS_HERE}[0-9]{{4}}[- ]?[0-9]{{4}}[- ]?[0-9]{{4}}{_ENDS_HERE}",
        "12桁の数字(マイナンバーの形)",
    ),
    Pattern(
        "生年月日",
        rf"(?P<found>{_DATE})(?= ?(?:生まれ|生れ|うまれ|誕生(?!日)|出生|生(?![一-龥])))",
        "「生まれ」などの前の日付",
        sign="月|[0-9][./-]",
    ),
    Pattern(
        "生年月日",
        rf"(?:生年月日|誕生日|出生日)[はがを:= ]{{0,3}}(?P<found>{_DATE})",
        "「生年月日」などの後の日付",
        sign="生年月日|誕生日|出生日",
    ),
    Pattern("住所", rf"〒 ?[0-9]{{3}}-?[0-9]{{4}}{_ENDS_HERE}", "郵便番号の形"),
    Pattern(
        "住所",
        rf"{_STARTS_HERE}[0-9]{{3}}-[0-9]{{4}}{_ENDS_HERE}(?! ?[{_UNITS}])",
        "郵便番号の形",
    ),
    Pattern(
        "住所",
        rf"{_N}{{1,3}}丁目 ?(?:{_N}{{1,4}}番地(?:の? ?{_N}{{1,4}}号?)?"
        rf"|{_N}{{1,4}}番 ?{_N}{{1,4}}号?|[0-9]{{1,4}}番|{_N}{{1,4}}{_MORE}(?:{_MORE})?)",
        "丁目の後に番地が続く",
        sign="丁目",
    ),
    Pattern(
        "住所",
        rf"(?<!{_N}){_N}{{1,5}}番地(?![下域味元区盤方球道])(?:の? ?{_N}{{1,4}}号?)?",
        "番地の形",
        sign="番地",
    ),
    Pattern(
        "住所",
        rf"(?<=[一-龥々ヶ])[1-9][0-9]{{0,2}}-[0-9]{{1,4}}-[0-9]{{1,4}}{_ENDS_HERE}",
        "番地の形(数字-数字-数字)",
        sign="[0-9]-[0-9]",
    ),
    Pattern(
        "住所",
        rf"(?<=[町字])[1-9][0-9]{{0,3}}-[1-9][0-9]{{0,3}}{_ENDS_HERE}(?!:| ?[{_UNITS}])",
        "町名の後の番地の形",
        sign="[0-9]-[0-9]",
    ),
    Pattern("住所", r"[0-9]{2,4}号室", "部屋の番号の形", sign="号室"),
)
_TITLES = "さん|さま|様|氏|くん|君|ちゃん|殿|議員|先生"
TITLED = Pattern("人名", rf"[一-龥々ヶァ-ヴ-]{{1,6}}(?={_TITLES})", "敬称の前の言葉", sign=_TITLES)


def find_patterns(texts: "pd.Series[str]", patterns: tuple[Pattern, ...]) -> pd.DataFrame:
    """Find every place in many texts that has one of the forms.

    Parameters
    ----------
    texts : Series
        The texts.
    patterns : tuple of Pattern
        The forms, most telling first.

    Returns
    -------
    DataFrame
        One row per place: ``place`` (position in `texts`), ``kind``, ``start``, ``end``
        (code points in that text), ``rank`` (position in `patterns`), ``reason``.
    """
    spans = [
        (first + place, start, end, rank)
        for first in range(0, len(texts), 10_000)
        for place, start, end, rank in _search(
            texts.iloc[first : first + 10_000].tolist(), patterns
        )
    ]
    place, start, end, rank = np.array(spans, dtype=np.int64).reshape(-1, 4).T
    return pd.DataFrame(
        {
            "place": place,
            "kind": [patterns[number].kind for number in rank],
            "start": start,
            "end": end,
            "rank": rank,
            "reason": [patterns[number].reason for number in rank],
        }
    )


def _search(
    texts: Sequence[str], patterns: tuple[Pattern, ...]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the place of the text, start, end and rank of each finding."""
    page = fold(BOUNDARY.join(texts))
    bounds = list(accumulate((len(text) + 1 for text in texts), initial=0))
    signs = {pattern.sign for pattern in patterns}
    signed = {sign: _find_texts_with(sign, page, bounds) for sign in signs}
    for rank, pattern in enumerate(patterns):
        form = re.compile(pattern.form)
        group = "found" if "found" in form.groupindex else 0
        for place in signed[pattern.sign]:
            first, last = bounds[place], bounds[place + 1] - 1
            for found in form.finditer(page, first, last):
                if pattern.fits(found.group()):
                    yield place, found.start(group) - first, found.end(group) - first, rank


def _find_texts_with(sign: str, page: str, bounds: list[int]) -> npt.NDArray[np.intp]:
    places = [found.start() for found in re.finditer(sign, page)]
    return np.unique(np.searchsorted(bounds, places, side="right") - 1)
