"""Names told by the title or the role that follows them: 佐藤さん, 髙橋部長, さくらちゃん."""

import re
from collections.abc import Callable, Iterator

from kyodo_analysis.privacy import name_words as words
from kyodo_analysis.privacy.folding import BOUNDARY, words_of
from kyodo_analysis.privacy.whole_names import (
    BOUND,
    KANA,
    KANJI,
    TELLING,
    is_nobody,
    is_whole_name,
    listed_end,
)

_ROLES = "|".join(sorted(words.ROLES, key=len, reverse=True))
_TITLE = re.compile(rf"(?P<honorific>{'|'.join(words.HONORIFICS)})|(?P<role>{_ROLES})")
_BEFORE = re.compile(
    rf"(?:(?P<kanji>[{KANJI}]{{1,8}}(?: [{KANJI}]{{1,4}})?(?:ノ[{KANJI}]{{1,2}})?)"
    rf"|(?P<mixed>[{KANJI}]{{1,3}}[ぁ-ゖ{KANA}-]{{2,4}})"
    rf"|(?P<katakana>[{KANA}][{KANA}-]*(?:[・= ][{KANA}][{KANA}-]+){{0,3}})"
    rf"|(?P<kana>[ぁ-ゖ]{{2,6}})"
    rf"|(?P<latin>[A-Z][A-Za-z.'-]{{1,20}}(?:[ ・][A-Z][A-Za-z.'-]{{0,20}}){{0,3}})) ?$"
)
_FURTHEST_BACK = 48
# What goes on as another word: さまざま, ちゃんと, 氏名, 様子, 君津, 行くんです, さんか, 先生方.
_NOT_A_TITLE = {
    "さん": "[ざまりざすぽぷぴばび]|か(?!ら)",
    "さま": "[ざじしたよ]",
    "様": "[子々式相態]",
    "氏": "[名神族子]",
    "くん": "[でだじな]|の(?:か|だ|で|です)",
    "君": "[津主臨達]|が代|たち",
    "ちゃん": "[とぽ]",
    "殿": "[様堂下]",
}
_AFTER_KANA = re.compile(rf"[がはをにのともへでや宅家たらっなだち{BOUND}]|から|$")
_OFFICES = ("長", "代表", "職員", "理事", "監督", "主任")
_OF_PLACES = words_of("市長 副市長 町長 村長 区長 知事 県議 市議 町議 区議 駅長 局長 団長")
_PARTICLES = "のはがをにともでへやな"


def find_before_titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands before a title."""
    for title in _TITLE.finditer(text):
        before = _BEFORE.search(text, max(0, title.start() - _FURTHEST_BACK), title.start())
        if before is None:
            continue
        role, word = title["role"], title[0]
        follows = text[title.end() : title.end() + 3]
        if role is None and re.match(_NOT_A_TITLE.get(word, r"(?!)"), follows):
            continue
        kind = str(before.lastgroup)
        size = _TOLD[kind](before[kind], word, follows, role is not None, text, before.start())
        if size:
            end = before.end(kind)
            yield end - size, end


def _told_kanji(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    """Return how many of the last characters of a run of kanji are a name."""
    run = run[-9:]
    size = listed_end(run)
    is_date = re.match("[一二三四五六七八九十]月", run) is not None
    if size and (size == len(run) or not is_date):
        is_told = _is_role_of if is_role else _is_politely_said
        return size if is_told(run[-size:], title, run) else 0
    bare = run.replace(" ", "")
    if is_nobody(bare) or not 1 <= len(bare) <= 6:
        return 0
    if is_role:
        return len(run) if _is_rare_before_role(bare, title) else 0
    if len(bare) == 1:
        return len(run) if bare in "東西南北一二三" and title in ("さん", "くん", "ちゃん") else 0
    if bare[0] in words.CHINESE and len(bare) <= 3:
        return len(run)
    is_likely = len(bare) > 2 or title in ("くん", "ちゃん") or bare[-1] in words.SURNAME_ENDINGS
    return len(run) if is_likely else 0


def _is_politely_said(name: str, title: str, run: str) -> bool:
    """Tell whether a listed name before さん, 様 and the like is one (not 多様, 母さん)."""
    if name in words.NOBODY or (len(name) == 1 and len(run) > 1):
        return False
    return not (len(name) == 1 and name in "多仕同模異一各神王若" and title not in ("さん", "くん"))


def _is_role_of(name: str, title: str, run: str) -> bool:
    """Tell whether a listed name before a role is one (not 松戸市長, 市場会長, 山口県大学教授)."""
    if name in words.NOBODY or _is_part_of_office(run, name):
        return False
    if title in _OF_PLACES:
        return is_whole_name(name) or name in TELLING
    if len(name) == 1:
        return len(run) == 1 and name in words.ONE_KANJI
    return not (name in words.listed_names().weak_surnames and title.endswith(_OFFICES))


def _is_rare_before_role(word: str, title: str) -> bool:
    """Tell a surname that no list knows (小鳥遊課長) from a part of an office (学童指導員)."""
    is_office = any(part in word for part in words.NO_NAME_BEFORE_ROLES)
    return (
        2 <= len(word) <= 4
        and not is_office
        and title not in (*_OF_PLACES, "職員")
        and word[-1] in words.SURNAME_ENDINGS
    )


def _is_part_of_office(run: str, name: str) -> bool:
    """Tell 山口県知事 and 中央公園所長 from 山口町内会長: the run goes on before or within."""
    return run != name and any(part in run for part in ("学校", "病院", "大学", "銀行", "支店"))


def _told_mixed(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    """Tell names like 近藤ハル and 山田はな子 from 担当のさとう: a surname, then kana."""
    kanji = re.match(f"[{KANJI}]+", run)
    assert kanji is not None
    kana = run[kanji.end() :]
    lists = words.listed_names()
    if kanji[0] in lists.surnames and kana in lists.given and len(kanji[0]) > 1:
        return len(run)
    kind = _told_kana if re.match("[ぁ-ゖ]", kana) else _told_katakana
    return kind(kana, title, follows, is_role, text, at + kanji.end())


def _told_kana(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    if is_role or not _AFTER_KANA.match(follows):
        return 0
    before = text[at - 1] if at else BOUNDARY
    if before in "おご" or (re.match("[ぁ-ゖ]", before) and len(run) >= 6):
        return 0
    given = words.listed_names().given | words.listed_names().surnames
    for start in range(len(run) - 1):
        name = run[start:]
        is_start = start == 0 or run[start - 1] in _PARTICLES
        if is_start and name in given and name not in words.KANA_NOBODY:
            return len(name)
    if re.match(f"[{KANJI}]", before) and run[0] in _PARTICLES:
        run = run[1:]
    elif not re.match(rf"[{BOUND}]", before):
        return 0
    is_nobody = run in words.KANA_NOBODY or any(
        run.endswith(each) for each in words.KANA_NOBODY if len(each) > 2
    )
    return 0 if is_nobody or not 2 <= len(run) <= 5 or run[0] in "おごをんっゃゅょ" else len(run)


def _told_katakana(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    last = re.split("[・= ]", run)[-1]
    if last in words.KATAKANA_NOBODY or len(run) < 2:
        return 0
    parts = len(re.split("[・= ]", run))
    is_job = re.search("[アカサタナハマヤラワガザダバパャァ]-$|マン$|スト$|センタ-$|サ-ビス$", last)
    lists = words.listed_names()
    if last in lists.surnames or last in lists.given or parts > 1:
        return len(run)
    return 0 if is_job or (is_role and title != "先生") else len(run)


def _told_latin(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    if is_role and title != "先生":
        return 0
    return (
        len(run) if re.search("[a-z]", run) or (len(run) > 3 and re.search("[AIUEO]", run)) else 0
    )


_Told = Callable[[str, str, str, bool, str, int], int]
_TOLD: dict[str, _Told] = {
    "kanji": _told_kanji,
    "mixed": _told_mixed,
    "katakana": _told_katakana,
    "kana": _told_kana,
    "latin": _told_latin,
}
