"""Whole names and surnames, told by lists; places and well-known people told from them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kyodo_analysis.privacy import name_words as words
from kyodo_analysis.privacy.folding import BOUNDARY, words_of

PLACE_SUFFIXES = words_of(
    "市 町 村 区 県 都 府 郡 駅 川 橋 港 通り 交差点 地区 小学校 中学校 高校 公園 団地 病院 公民館 方面 経由 行き 線 台 城 神社 "
    "寺 山 湖 沼 池 海岸 中央 支店 支所 出張所 産 大学 幼稚園 保育園 商店街 銀行 建設 自動車 製作所 電機 電気"
)
KANJI, KANA = "一-龥々ヶ", "ァ-ヴ"
BOUND = rf"\n\s{BOUNDARY}。、「」『』(),.:;!?・/…~"
TELLING = words.COMMON_SURNAMES - words.OFTEN_NO_PERSON


def is_nobody(word: str) -> bool:
    """Tell what people are called who are nobody by name (運転手, 業者)."""
    if word in words.NOBODY or word[-1] in words.ENDINGS_OF_NOBODY:
        return True
    return any(word.endswith(each) for each in words.NOBODY if len(each) > 1)


@lru_cache(maxsize=65536)
def listed_end(run: str) -> int:
    """Return the length of the longest listed name at the end of a run, a whole name first."""
    for start in range(len(run)):
        part = run[start:]
        if is_whole_name(part):
            return len(part)
    lists = words.listed_names()
    for start in range(len(run)):
        part = run[start:]
        if (part in lists.surnames and (len(part) > 1 or start == 0)) or (
            start == 0 and part in lists.given
        ):
            return len(part)
    return 0


@lru_cache(maxsize=65536)
def is_whole_name(run: str) -> bool:
    """Tell whether a run is a listed surname and a listed given name, a space between or not."""
    lists = words.listed_names()
    if " " in run:
        first, _, last = run.partition(" ")
        return first in lists.surnames and (
            last in lists.given or (1 <= len(last) <= 3 and len(first) > 1)
        )
    for cut in range(1, len(run)):
        first, last = run[:cut], run[cut:]
        if first not in lists.surnames or last not in lists.given:
            continue
        if first in lists.weak_surnames and (len(last) < 2 or last in lists.surnames):
            continue
        if len(first) == 1 and (first not in words.ONE_KANJI or len(last) < 2):
            continue
        if len(last) == 1 and last in words.WEAK_GIVEN and first not in words.COMMON_SURNAMES:
            continue
        return True
    return False


_RUN = re.compile(rf"(?<![{KANJI}])[{KANJI}]{{2,7}}(?: [{KANJI}]{{1,3}})?(?![{KANJI}])")


def find_whole_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a surname and a given name of the lists stand, and nothing else."""
    for run in _RUN.finditer(text):
        word = run[0]
        if _is_place_or_known(word, text, run.end()):
            continue
        if _is_certain(word):
            yield run.span()


_FOREIGN = re.compile(
    rf"(?<![{KANA}-])[{KANA}][{KANA}-]{{1,9}}(?:・[{KANA}][{KANA}-]{{0,9}}){{1,3}}"
)


def find_foreign_names(text: str) -> Iterator[tuple[int, int]]:
    """Find ジョン・スミス: words in katakana with ・ between, two of which are listed names."""
    lists = words.listed_names()
    for run in _FOREIGN.finditer(text):
        parts = run[0].split("・")
        if sum(part in lists.given or part in lists.surnames for part in parts) >= 2:
            yield run.span()


@lru_cache(maxsize=65536)
def _is_certain(word: str) -> bool:
    if " " in word:
        first, _, last = word.partition(" ")
        lists = words.listed_names()
        return (
            first in lists.surnames
            and last in lists.given
            and last not in lists.surnames
            and len(last) > 0
        )
    if len(word) == 3 and word[0] in words.CHINESE and word[1:] in words.CHINESE_GIVEN:
        return True
    if not 3 <= len(word) <= 6 or word[-1] in words.ENDINGS_OF_NOBODY:
        return False
    return is_whole_name(word) and word not in words.listed_names().alike


def _is_place_or_known(word: str, text: str, end: int) -> bool:
    after = text[end : end + 4]
    return (
        word.replace(" ", "") in words.WELL_KNOWN
        or after.startswith(PLACE_SUFFIXES)
        or after.lstrip("のや").startswith(tuple(words.AFTER_THE_WELL_KNOWN))
    )


_ALONE = re.compile(rf"(?<![{KANJI}{KANA}])[{KANJI}]{{2,3}}(?![{KANJI}{KANA}])")


def find_alone(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a surname stands alone that hardly ever means anything else."""
    for run in _ALONE.finditer(text):
        if run[0] in TELLING and not text.startswith(PLACE_SUFFIXES, run.end()):
            yield run.span()
