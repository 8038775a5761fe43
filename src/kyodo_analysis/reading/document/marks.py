"""What stands before the words of a paragraph: a bullet, a number, or who is speaking."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kyodo_analysis.reading.decisions.settings import DocumentSettings
from kyodo_analysis.reading.normalise import plain

RESIDENT, CITY, ANSWER = "意見", "市の考え方", "回答"

_BULLETS = "・･•●○◯〇◎■□◆◇▪▶►➢☆★*＊→⇒➡"
_ARROWS = "→⇒➡"
_DASH = r"[-－‐–—](?=\s|[^\d\s\-－‐–—])"
_NUMBER = r"[①-⑳]|[(（]?[0-9０-９]{1,3}[.．)）、](?![0-9０-９])|[(（][ア-ンｱ-ﾝa-zａ-ｚ][)）]"
_PLACE = "[市町村区県都府]"
_CITY = (
    rf"{_PLACE}(?:長|側|当局|職員)?|{_PLACE}の(?:考え方?|回答|見解|対応|説明)|副{_PLACE}長|教育長|当局"
    r"|行政側?|事務局|担当(?:課|部|部署|者)?|説明者|執行部|答弁者?"
    r"|[^\s。、:：()（）]{0,12}(?:課長|部長|室長|局長|次長|係長)|[^\s。、:：()（）]{2,12}課"
)
_RESIDENT = (
    rf"{_PLACE}民|[A-ZＡ-Ｚ]?委員|住民|参加者|出席者|来場者|質問者|発言者|意見者|提出者|要望者|傍聴者|会員|利用者|保護者"
    r"|男性|女性|ご?意見|ご?質問|ご?要望|ご?提案"
)
_WHICH = r"\s*[A-Za-zＡ-Ｚａ-ｚ0-9０-９①-⑳一二三四五六七八九十]{0,3}(?:さん|氏|様)?(?:[(（][^()（）。]{1,15}[)）])?"
_QUESTION = "Q|Ｑ|問|質問"
_ANSWER = "A|Ａ|答|回答|対応"
_AFTER_Q = r"\s*[0-9０-９]{0,3}(?:\s*[.．:：、)）]\s*|[\s\u3000]+)(?=\S)"
_OPEN, _CLOSE = r"[(（【\[［〔〈<＜]", r"[)）】\]］〕〉>＞]"

_MARK = re.compile(
    rf"\s*(?:(?P<bullet>[{_BULLETS}])(?!(?P=bullet))|(?P<dash>{_DASH})|(?P<number>{_NUMBER}))\s*"
)
_LABEL = re.compile(
    rf"(?P<label>{_OPEN}(?:(?P<city1>{_CITY})|(?P<resident1>{_RESIDENT})){_WHICH}{_CLOSE}\s*[:：]?"
    rf"|(?:(?P<city2>{_CITY})|(?P<resident2>{_RESIDENT})){_WHICH}\s*[:：])\s*(?=\S)"
)
_LABEL_AFTER_BULLET = re.compile(
    rf"(?P<label>(?:(?P<city1>{_CITY})|(?P<resident1>{_RESIDENT})){_WHICH})[ \t\u3000]+(?=\S)"
)
_LABEL_APART = re.compile(_LABEL_AFTER_BULLET.pattern.replace(r"[ \t\u3000]+", r"[\t\u3000]+"))
_Q_OR_A = re.compile(
    rf"(?P<label>{_OPEN}?(?:(?P<resident1>{_QUESTION})|(?P<city1>{_ANSWER})){_CLOSE}?){_AFTER_Q}"
)
_ALONE = (
    (
        RESIDENT,
        r"(?:主な)?ご?意見(?:等|・要望|・ご?要望|の?(?:概要|内容|要旨))?|自由(?:記述|意見|回答)|コメント|ご?要望|ご?質問",
    ),
    (CITY, rf".{{0,12}}{_PLACE}の(?:考え方?|回答|見解|対応)(?:方針|\(案\))?"),
    (ANSWER, r"回答|対応|考え方|見解"),
)
_DECORATION = re.compile(rf"[{_BULLETS}【】\[\]<>〈〉「」:\d.]")
_SAYS_AS_A_CITY = re.compile(
    r"(?:検討|対応|予定|努め|考え|取り組|理解|進め|実施|周知|参考|回答|整備|調整|確認|協議).{0,16}"
    r"(?:ます|ました|おります|ません|ところです|予定です)[。.]?\s*\Z"
)


_N_REMEMBERED = 1 << 16


class Mark(NamedTuple):
    """What stands before a paragraph's words.

    Parameters
    ----------
    end : int
        Where the words begin.
    bullet : str
        The bullet, or ``number``; empty without one.
    speaker : str
        RESIDENT or CITY where the paragraph says who speaks; empty otherwise.
    label : str
        How it says so: ``市民A：``, ``Q1``.
    is_question : bool
        Whether that is a Q or an A, which only the other one makes certain.
    """

    end: int = 0
    bullet: str = ""
    speaker: str = ""
    label: str = ""
    is_question: bool = False


@lru_cache(_N_REMEMBERED)
def find_mark(text: str) -> Mark:
    """Find the bullet and the speaker before the words of a paragraph."""
    found = _MARK.match(text)
    after = found.end() if found else len(text) - len(text.lstrip())
    bullet = (found["bullet"] or found["dash"] or "number") if found else ""
    patterns = (_LABEL, _LABEL_AFTER_BULLET if bullet else _LABEL_APART)
    for pattern in (*patterns, _Q_OR_A):
        if said := pattern.match(text, after):
            names = said.groupdict()
            speaker = CITY if names.get("city1") or names.get("city2") else RESIDENT
            return Mark(said.end(), bullet, speaker, said["label"].strip(), pattern is _Q_OR_A)
    return Mark(after, bullet) if bullet else Mark()


def find_marks(texts: Sequence[str], settings: DocumentSettings) -> list[Mark]:
    """Find what stands before the words of each paragraph, in the light of all of them.

    A Q counts only where an A answers it, a number only where there are two, an arrow as an
    answer only below something to answer, and one of two bullets in turn as the city's where
    it alone speaks as cities do.
    """
    find = find_mark if settings.by_speaker else _unlabelled
    marks = [_given(text, settings.reply_marks) or find(text) for text in texts]
    asked = {mark.speaker for mark in marks if mark.is_question} == {RESIDENT, CITY}
    marks = [
        mark if asked or not mark.is_question else _unlabelled(text)
        for mark, text in zip(marks, texts, strict=True)
    ]
    is_list = sum(mark.bullet == "number" for mark in marks) > 1
    marks = [
        mark if is_list or mark.bullet != "number" or mark.speaker else Mark() for mark in marks
    ]
    if not settings.by_speaker:
        return marks
    answering = {*_answering_bullet(texts, marks), *_arrows(marks)}
    return [
        mark._replace(speaker=CITY, label=mark.bullet)
        if mark.bullet in answering and not mark.speaker
        else mark
        for mark in marks
    ]


@lru_cache(_N_REMEMBERED)
def says_who(text: str) -> str:
    """Tell who speaks below a paragraph like 意見 or 市の考え方; ANSWER where it may be either."""
    bare = _DECORATION.sub("", plain(text))
    return next((speaker for speaker, words in _ALONE if re.fullmatch(words, bare)), "")


def _given(text: str, reply_marks: Sequence[str]) -> Mark | None:
    stripped = text.lstrip()
    start = len(text) - len(stripped)
    longest_first = sorted(filter(None, reply_marks), key=len, reverse=True)
    found = next((mark for mark in longest_first if stripped.startswith(mark)), None)
    if found is None:
        return None
    rest = stripped[len(found) :]
    words = rest.lstrip(" \t\u3000:：")
    return Mark(start + len(found) + len(rest) - len(words), found[0], CITY, found)


def _unlabelled(text: str) -> Mark:
    found = _MARK.match(text)
    if not found:
        return Mark()
    return Mark(found.end(), found["bullet"] or found["dash"] or "number")


def _arrows(marks: Iterable[Mark]) -> set[str]:
    bullets = {mark.bullet for mark in marks}
    return bullets & {*_ARROWS} if bullets - {*_ARROWS, ""} else set()


def _answering_bullet(texts: Sequence[str], marks: Sequence[Mark]) -> set[str]:
    """Return the bullet of the city where two take turns and only one speaks as cities do."""
    if any(mark.speaker for mark in marks):
        return set()
    spoken = {
        bullet: [
            bool(_SAYS_AS_A_CITY.search(text))
            for text, mark in zip(texts, marks, strict=True)
            if mark.bullet == bullet
        ]
        for bullet in {mark.bullet for mark in marks} - {"", "number"}
    }
    if len(spoken) != 2:
        return set()
    (asking, asked), (answering, answered) = sorted(
        spoken.items(), key=lambda item: sum(item[1]) / len(item[1])
    )
    turns = [mark.bullet for mark in marks if mark.bullet in spoken]
    follows = sum(before == asking for before, own in pairwise(turns) if own == answering)
    speaks = sum(answered) >= 0.6 * len(answered) and sum(asked) <= 0.2 * len(asked)
    return {answering} if speaks and len(answered) > 1 and follows >= 0.6 * len(answered) else set()
