"""What is odd about the paragraphs of a document, said before any chart."""

import re
from collections.abc import Collection, Iterator, Sequence

from kyodo_analysis.reading.decisions.settings import DocumentSettings
from kyodo_analysis.reading.document.marks import CITY, find_mark
from kyodo_analysis.reading.document.paragraphs import (
    EXPLANATION,
    REPLY,
    TEXT,
    Entry,
    pair_replies,
)
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding

_SAME = re.compile(
    r"(?:同じ|同様|同趣旨|類似).{0,12}(?:意見|要望|声|質問).{0,12}[0-9０-９一二三四五六七八九十]+\s*[件名人]"
)
_CITY_WORDS = re.compile(
    r"(?:検討|対応|努め|参考に|調整|周知)(?:し|いたし|していき|してまいり|てまいり)?ます[。.]?\Z"
)
_ABOVE_NONE = "市の回答のようですが、上に意見がありません。どの意見にも付けていません"
_TITLE = "資料の表題や日付とみて、意見に数えませんでした"


def check_entries(entries: Sequence[Entry], settings: DocumentSettings) -> Iterator[Finding]:
    """Say which paragraphs were taken as answers, which are no opinions, and whose names were left."""
    yield from _about_replies(entries, settings)
    yield from _about_labels(entries)
    yield from _about_city_words(entries)
    first = next((i for i, entry in enumerate(entries) if entry.column == TEXT), len(entries))
    for number, entry in enumerate(entries):
        if entry.is_title:
            place, text = entry.paragraph.place, entry.paragraph.text.strip()
            yield finding("表題とみた段落", DOUBTFUL, place, text, _TITLE)
        elif entry.column == EXPLANATION and number > first:
            yield from _about_explanation(entry)


def _about_replies(entries: Sequence[Entry], settings: DocumentSettings) -> Iterator[Finding]:
    guessed: list[Entry] = []
    certain: list[Entry] = []
    for entry in (entry for entry in entries if entry.column == REPLY):
        label = entry.mark.label
        is_guess = label and label == entry.mark.bullet and label not in settings.reply_marks
        (guessed if is_guess else certain).append(entry)
    for found, result, note in (
        (certain, NOTED, "市の回答として、意見と分けて置きました"),
        (
            guessed,
            DOUBTFUL,
            "市の回答とみて、意見に数えませんでした。意見なら、study.toml に "
            "by_speaker = false と書いてください",
        ),
    ):
        if found:
            words = "、".join(dict.fromkeys(entry.mark.label or REPLY for entry in found))
            place = found[0].paragraph.place
            yield finding("市の回答", result, place, words, f"{len(found)}段落を{note}")


def find_unanswered(entries: Sequence[Entry], opinions: Collection[str]) -> Iterator[Finding]:
    """Name the replies to what turned out to be no opinion, such as 特になし.

    Parameters
    ----------
    entries : sequence of Entry
        The paragraphs.
    opinions : collection of str
        The places of the opinions.
    """
    for above, below in pair_replies(entries):
        if entries[above].paragraph.place not in opinions:
            reply = entries[below]
            yield finding(
                "市の回答", DOUBTFUL, reply.paragraph.place, reply.words.strip(), _ABOVE_NONE
            )


def _about_labels(entries: Sequence[Entry]) -> Iterator[Finding]:
    spoken = [entry for entry in entries if entry.column == TEXT and entry.mark.label]
    if spoken:
        words = "、".join(dict.fromkeys(entry.mark.label for entry in spoken))
        note = f"{len(spoken)}件の意見の前にある言葉です。意見の言葉には入れていません"
        yield finding("発言者", NOTED, spoken[0].paragraph.place, words, note)


def _about_city_words(entries: Sequence[Entry]) -> Iterator[Finding]:
    note = (
        "市の言葉のようですが、1件の意見として数えました。市の回答なら、study.toml の reply_marks に、"
        "始まりの言葉を書いてください"
    )
    for entry in entries:
        text = entry.paragraph.text.strip()
        if entry.column == TEXT and (find_mark(text).speaker == CITY or _CITY_WORDS.search(text)):
            yield finding("市の言葉らしい意見", DOUBTFUL, entry.paragraph.place, text, note)


def _about_explanation(entry: Entry) -> Iterator[Finding]:
    text, place = entry.paragraph.text.strip(), entry.paragraph.place
    if _SAME.search(text):
        note = "同じ意見の数のようです。意見の数には足していません"
        yield finding("同じ意見の数", DOUBTFUL, place, text, note)
    elif entry.mark.speaker == CITY:
        yield finding("市の回答", DOUBTFUL, place, text, _ABOVE_NONE)
    elif re.search(r"[。？?]", text) and not text.startswith("※"):
        note = (
            "箇条書き・番号・発言者の印が無いので、意見に数えませんでした。"
            "意見なら、study.toml に only_list_items = false と書いてください"
        )
        yield finding("印の無い段落", DOUBTFUL, place, text, note)
