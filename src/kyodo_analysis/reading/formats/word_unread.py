"""What a Word file holds outside its paragraphs and tables, in the words that an analyst reads."""

import re
from collections.abc import Iterable, Iterator

from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.word_words import (
    BESIDE,
    BOX,
    DELETED,
    FIELD,
    HIDDEN,
    PROMPT,
    STRUCK,
    UNKNOWN,
    Words,
)
from kyodo_analysis.reading.not_opinions import WITHOUT_WORDS

COVERED, PART = "結合された欄の文字", "読まない部品"
UNREAD_CHARACTERS = "読まなかった文字"

NOTES = re.compile(r"\Aword/(?=(footnote|endnote|comment|header|footer))\1s?\d*\.xml\Z")
_OUTSIDE = "本文の外にある文字です。意見に入れていません。意見なら、Word で本文に写してください"
_NOTES = {
    "footnote": ("脚注", DOUBTFUL, _OUTSIDE),
    "endnote": ("文末脚注", DOUBTFUL, _OUTSIDE),
    "comment": (
        "コメント",
        DOUBTFUL,
        "Word のコメントです。意見に入れていません。取り下げなど、数え方に関わるかを確かめてください",
    ),
    "header": ("ヘッダー", DOUBTFUL, _OUTSIDE),
    "footer": ("フッター", DOUBTFUL, _OUTSIDE),
    DELETED: (
        UNREAD_CHARACTERS,
        NOTED,
        "Word の変更履歴で、削除・移動された元の文字です。意見に入れていません",
    ),
    HIDDEN: (
        HIDDEN,
        DOUBTFUL,
        "Word で表示しない設定の文字です。意見に入れていません。見せてよい文字かを確かめてください",
    ),
    PROMPT: (
        UNREAD_CHARACTERS,
        NOTED,
        "入力欄の案内文です。記入された文字ではないので、意見に入れていません",
    ),
    BESIDE: (UNREAD_CHARACTERS, NOTED, "ふりがな・囲み文字の囲みです。意見の言葉に入れていません"),
    BOX: (
        BOX,
        DOUBTFUL,
        "テキストボックスや図形の中の文字です。意見に入れていません。意見なら、Word で本文に写してください",
    ),
    STRUCK: (
        STRUCK,
        DOUBTFUL,
        "取り消し線の引かれた文字です。意見に入れました。取り消された言葉なら、Word で消してください",
    ),
    COVERED: (
        COVERED,
        DOUBTFUL,
        "表の結合された欄に隠れた文字です。読んでいません。Word で結合を解いて確かめてください",
    ),
    FIELD: (
        FIELD,
        DOUBTFUL,
        "Word のフィールドの中の文字です。表示される文字が分からないため、意見に入れていません",
    ),
    UNKNOWN: (
        UNKNOWN,
        DOUBTFUL,
        "読み方の分からない部品です。中の文字は意見に入れていません。Word で開いて確かめてください",
    ),
    PART: (
        PART,
        DOUBTFUL,
        "文書に埋め込まれた部品です。中の文字は読んでいません。Word で開いて確かめてください",
    ),
}
_PICTURE = (
    "読まなかった画像",
    NOTED,
    "画像の中の文字は読めません。意見の画像(手書きの写しなど)なら、文字に起こしてください",
)
_PASSED_OVER = re.compile(
    r"\[Content_Types\]\.xml|(?:.*/)?_rels/.*\.rels|docProps/.*|customXml/.*|.*/"
    r"|word/(?:stylesWithEffects|settings|webSettings|fontTable|numbering|people"
    r"|comments(?:Extended|Ids|Extensible))\d*\.xml"
    r"|word/(?:theme|glossary|fonts|printerSettings)/.*"
    r"|word/(?:charts|diagrams)/(?:style|colors|layout|quickStyle|drawing)\d*\.xml"
)
_PICTURES = re.compile(r"word/media/.*|.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)", re.IGNORECASE)


def find_parts(names: Iterable[str]) -> Iterator[tuple[str, Words]]:
    """Yield each part of the package that nobody reads and that may hold words, by its name."""
    for name in names:
        if not _PASSED_OVER.fullmatch(name):
            yield name, Words(PART, name)


def name_unread(file: str, unread: Iterable[tuple[str, Words]]) -> tuple[Finding, ...]:
    """Make one finding of the same words of one kind, at the first place where they stand."""
    places: dict[Words, list[str]] = {}
    for place, words in unread:
        if words.text.strip():
            places.setdefault(Words(words.kind, words.text.strip()), []).append(place)
    return tuple(_named(file, words, where) for words, where in places.items())


def _named(file: str, words: Words, places: list[str]) -> Finding:
    check, result, note = _NOTES[words.kind]
    place = places[0]
    if words.kind == PART:
        place = file
        check, result, note = _PICTURE if _PICTURES.fullmatch(words.text) else _NOTES[PART]
    elif result == DOUBTFUL and WITHOUT_WORDS.fullmatch(words.text):
        check, result = UNREAD_CHARACTERS, NOTED
    more = f"(ほかに{len(places) - 1}か所)" if len(places) > 1 else ""
    return finding(check, result, place, words.text, f"{note}{more}")
