"""What is odd about the words of opinions: damage and traps. Nothing is corrected here."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kyodo_analysis.reading.checks.characters import Characters
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, visible
from kyodo_analysis.reading.html_remains import HTML_REMAINS
from kyodo_analysis.tables import FINDINGS

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_INVISIBLE = "\u00ad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff"
_RADICALS = "\u2e80-\u2fdf"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_REPLACED = "\ufffd〓"
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAS_ITS_OWN_CHECK = re.compile(f"[\\s{_CONTROL}{_INVISIBLE}{_RADICALS}{_PRIVATE}{_REPLACED}]")

_UTF8_AS_CP932 = "[縺繧繝].{0,4}[縺繧繝]"
_UTF8_AS_LATIN = "(?:[ã-é][\x80-\xbf\u0152-\u0192\u02c6-\u2122]{1,2}){2,}"
_CP932_AS_LATIN = "(?:[\x82\x83‚ƒ][^\\s\u3000-\uffff]){2,}"

_ENDS = "。．.！？!?…」』)）】〉》]"
SENTENCE_END = re.compile(rf"[{re.escape(_ENDS)}]\s*\Z")
_BROKEN_OFF = re.compile(r"[、,，・:：「『（(]\s*\Z")
_REPEATED, _MOST_REPEATED, _SHOWN = "同じ文の意見", 10, 40
_BRACKETS = (
    ("「", "」"),
    ("『", "』"),
    ("(（", ")）"),
    ("【", "】"),
    ("〈", "〉"),
    ("《", "》"),
)


@dataclass(frozen=True)
class _Oddity:
    """`sign` fits a character without which `pattern` cannot fit; by default it is `pattern`."""

    check: str
    result: str
    pattern: str
    note: str
    sign: str | None = None


_ODDITIES = (
    _Oddity(
        "文字化け",
        DOUBTFUL,
        f"{_UTF8_AS_CP932}|{_UTF8_AS_LATIN}|{_CP932_AS_LATIN}",
        "文字コードを取り違えて開き、保存されたようです。元の資料から写し直してください",
        sign="[縺繧繝ã-é\x82\x83‚ƒ]",
    ),
    _Oddity(
        "置き換わった文字",
        DOUBTFUL,
        f"[{_REPLACED}]",
        "表せない文字が置き換わっています。元の資料で言葉を確かめてください",
    ),
    _Oddity(
        "外字",
        DOUBTFUL,
        f"[{_PRIVATE}]",
        "作った人のパソコンにしかない文字です。元の資料で言葉を確かめてください",
    ),
    _Oddity(
        "部首の文字",
        DOUBTFUL,
        f"[{_RADICALS}]",
        "漢字に見えますが部首を表す別の文字です(PDFから写すと紛れます)。語としては同じ漢字とみて数え、引用では元の文字のままです",
    ),
    _Oddity(
        "制御文字",
        DOUBTFUL,
        f"[{_CONTROL}]",
        "画面に見えない制御文字です。そこで語が分かれることがあります",
    ),
    _Oddity(
        "見えない文字",
        NOTED,
        f"[{_INVISIBLE}]",
        "画面に見えない文字です。そこで語が分かれることがあります",
    ),
    _Oddity(
        "HTMLの残り",
        NOTED,
        HTML_REMAINS.pattern,
        "HTML の記号で、意見の言葉ではないようです",
        sign="[<&]",
    ),
    _Oddity("半角カナ", NOTED, "[\uff61-\uff9f]+", "全角のカナとは別の文字です"),
    _Oddity(
        "丸数字",
        NOTED,
        "[①-⑳㉑-㉟㊱-㊿⓪❶-❿]",
        "1件の意見の中の箇条書きかもしれません。1件のまま数えています",
    ),
)


def check_opinions(opinions: pd.DataFrame) -> pd.DataFrame:
    """Look for damage in the raw words of opinions.

    Parameters
    ----------
    opinions : OPINIONS

    Returns
    -------
    FINDINGS
        One row per opinion and check that found something, check by check, opinions in order;
        characters that cannot be seen are shown as ``U+....``. Where most opinions end without
        a full stop, one row says so for all of them.
    """
    characters = Characters(opinions["raw_text"])
    oddities = (*_ODDITIES, *_outside_jis(characters))
    found = [_find(opinions, characters, oddity) for oddity in oddities]
    rest = (
        _unclosed(opinions, characters),
        _broken_off(opinions),
        _unended(opinions),
        _repeated(opinions),
    )
    return FINDINGS.check(pd.concat([*found, *rest], ignore_index=True))


def _find(opinions: pd.DataFrame, characters: Characters, oddity: _Oddity) -> pd.DataFrame:
    pattern = re.compile(oddity.pattern, re.IGNORECASE)
    sign = re.compile(oddity.sign or oddity.pattern, re.IGNORECASE)
    may_be_odd = opinions.loc[characters.count(filter(sign.match, characters.distinct)) > 0]
    odd = may_be_odd.loc[may_be_odd["raw_text"].str.contains(pattern)]
    found = odd["raw_text"].map(lambda text: "、".join(m[0] for m in pattern.finditer(text)))
    return _rows(odd, found.map(visible), oddity.check, oddity.result, oddity.note)


def _rows(
    odd: pd.DataFrame, found: "pd.Series[str]", check: str, result: str, note: str
) -> pd.DataFrame:
    rows = odd[["opinion_id", "source"]].assign(
        check=check, result=result, found=found.astype("str"), note=note
    )
    return rows[FINDINGS.names]


def _outside_jis(characters: Characters) -> list[_Oddity]:
    """Find the characters that neither JIS X 0213 nor Windows' Japanese character set holds."""
    outside = list(filter(_is_outside_jis, characters.distinct))
    kanji = [character for character in outside if _KANJI.match(character)]
    others = [character for character in outside if not _KANJI.match(character)]
    kinds = (
        (
            "JISにない漢字",
            DOUBTFUL,
            kanji,
            "日本語の文字の規格にない漢字です。中国語の簡体字など、変換や読み取りの誤りかを確かめてください",
        ),
        (
            "JISにない文字",
            NOTED,
            others,
            "日本語の文字の規格にない文字です(絵文字、外国の文字など)",
        ),
    )
    return [
        _Oddity(check, result, f".{{0,2}}[{re.escape(''.join(found))}]+.{{0,2}}", note)
        for check, result, found, note in kinds
        if found
    ]


def _is_outside_jis(character: str) -> bool:
    return not (
        _HAS_ITS_OWN_CHECK.match(character)
        or _can_be(character, "euc_jis_2004")
        or _can_be(character, "cp932")
    )


def _can_be(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _unclosed(opinions: pd.DataFrame, characters: Characters) -> pd.DataFrame:
    more_opened = [
        characters.count(opening) > characters.count(closing) for opening, closing in _BRACKETS
    ]
    odd = opinions.loc[np.logical_or.reduce(more_opened)]
    note = (
        "括弧が閉じていません。途中で切れていないか、別の意見と分かれていないかを確かめてください"
    )
    return _rows(odd, odd["raw_text"].str[-20:], "括弧の対応", NOTED, note)


def _broken_off(opinions: pd.DataFrame) -> pd.DataFrame:
    """Find the opinions that end where a sentence must go on."""
    odd = opinions.loc[opinions["raw_text"].str.contains(_BROKEN_OFF)]
    note = (
        "文の途中で終わっています。続きが別の行や欄に分かれていないかを、元の資料で確かめてください"
    )
    return _rows(odd, odd["raw_text"].str.strip().str[-20:], "途切れた文", DOUBTFUL, note)


def _repeated(opinions: pd.DataFrame) -> pd.DataFrame:
    """Name the texts that more than one opinion has, with the number of opinions and of texts."""
    texts = opinions["raw_text"].str.split().str.join(" ")
    counts = texts.value_counts()
    repeated = counts[counts > 1]
    if repeated.empty:
        return FINDINGS.make()
    sources = dict(zip(texts[::-1], opinions["source"][::-1], strict=True))
    note = "多い順です。1人が何度も出したのか、何人もが同じ文を出したのかを確かめてください"
    named = [
        {
            "check": _REPEATED,
            "result": NOTED,
            "source": sources[text],
            "found": f"{n}件: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}",
            "note": note,
        }
        for text, n in zip(map(str, repeated.index), repeated.head(_MOST_REPEATED), strict=False)
    ]
    found = (
        f"意見{len(opinions)}件のうち{int(repeated.sum())}件は、ほかの意見と同じ文です"
        f"(同じ文を1件と数えると{len(counts)}件)"
    )
    both = f"同じ文が{len(repeated)}種類あります。件数は、同じ文もそれぞれ1件と数えています"
    whole = {
        "check": _REPEATED,
        "result": NOTED,
        "source": "意見全体",
        "found": found,
        "note": both,
    }
    return FINDINGS.make([whole, *named])


def _unended(opinions: pd.DataFrame) -> pd.DataFrame:
    """Find the opinions that end without a full stop, unless that is how most of them end."""
    open_ended = opinions.loc[~opinions["raw_text"].str[-1:].isin([*_ENDS])]
    odd = open_ended.loc[~open_ended["raw_text"].str.contains(SENTENCE_END)]
    check = "文末の句点"
    if len(odd) * 2 <= len(opinions):
        note = "「。」などで終わっていません。途中で切れていないかを確かめてください"
        return _rows(odd, odd["raw_text"].str[-10:], check, NOTED, note)
    found = f"{len(opinions)}件のうち{len(odd)}件は「。」などで終わっていません"
    note = "文末に「。」を付けない資料のようです。途中で切れた意見は、この点検では見つかりません"
    return FINDINGS.make(
        [{"check": check, "result": NOTED, "source": "意見全体", "found": found, "note": note}]
    )
