"""A text whose lines are no opinions: copied from a PDF, or a record of captions, chat or mail."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.document.marks import ANSWER, RESIDENT, find_mark, says_who
from kyodo_analysis.reading.findings import DOUBTFUL, Finding, finding
from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.not_opinions import SAYS_NOTHING

RECORDED_TALK = "字幕・会話・メール"

_PAGE = re.compile(
    r"\s*(?:[-－–—‐―]\s*[0-9０-９]{1,4}\s*[-－–—‐―]|[0-9０-９]{1,4}\s*[/／]\s*[0-9０-９]{1,4}"
    r"|[Pp]\.?\s*[0-9０-９]{1,4}|[0-9０-９]{1,4}\s*(?:ページ|頁)|\f.*)\s*"
)
_BARE_PAGE = re.compile(r"\s*([0-9]{1,4})\s*")
_ENDED = re.compile(r".*[。．.！？!?…」』)）】〉》：:]\s*", re.DOTALL)
_GOES_ON = re.compile(r"[、。，．)）」』】をはがにへ]")
_REST_OF_SENTENCE = re.compile(r"[^。、\s]{1,3}。")
_TIME = (
    r"[\[(<（]?(?:(?:午前|午後|AM|PM)\s*)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?"
    r"(?:\s*(?:AM|PM))?[\])>）]?"
)
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?"
_TIMED = re.compile(rf"\s*{_DAY}{_TIME}(?!\d)(?!\s*[~〜～]).*", re.DOTALL | re.IGNORECASE)
_CAPTION = re.compile(rf"\s*(?:WEBVTT.*|{_TIME}\s*-->.*|.*トーク履歴.*)")
_SPEAKER_LINE = re.compile(
    rf"\s*(?:WEBVTT.*|.*トーク履歴.*|{_DAY}{_TIME}(?:\s*-->.*|\s*From .*[:：]|[^。:：]{{0,20}}[:：])?|\d+)\s*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\s*(?:件名|差出人|宛先|送信日時|送信者|Subject|From|To|Date|Sent)\s*[:：].*")
_SHORTEST_LINE = 12
_FEWEST = 3


def refuse_copied_pdf(document: Document) -> None:
    """Refuse a text whose lines are those of a page, not those of its author.

    Raises
    ------
    ReadingError
        Names the lines by which it is known, and the ways out.
    """
    is_text = document.name.lower().endswith(".txt")
    if document.tables or not is_text or _recorded_talk(document):
        return
    lines = [line for line in document.paragraphs if line.text.strip()]
    signs = [*_headers_of_a_table(lines), *_page_numbers(lines), *_cut_sentences(lines)]
    if signs:
        raise ReadingError(
            document.name,
            f"PDF などから写した文のようです({'、'.join(signs)})。1行が1件の意見とは限りません",
            "テキストで読めるのは、1行に1件の意見が書かれたものと、「市民:」「市:」「Q」「A」などで"
            "意見と回答の分かる記録です",
            "写す前の PDF があれば、その PDF を指定してください。無ければ、意見を1件ずつ Excel か Word の"
            "表に書き写してください",
        )


def _headers_of_a_table(lines: Sequence[Paragraph]) -> Iterator[str]:
    """Find 意見 and 市の考え方 side by side, as in the headers of a table, or one without the other."""
    said = [says_who(line.text) for line in lines]
    is_answered = RESIDENT in {*said, *(find_mark(line.text).speaker for line in lines)}
    for line, (own, below) in zip(lines, pairwise([*said, ""]), strict=True):
        is_title = own == RESIDENT or (own == ANSWER and line is lines[0])
        if own and (below or not (is_answered or is_title)):
            yield f"{_line_of(line)}の「{line.text.strip()}」"
            return


def _page_numbers(lines: Sequence[Paragraph]) -> Iterator[str]:
    pages = [line for line in lines if _PAGE.fullmatch(line.text)]
    bare = [(int(found[1]), line) for line in lines if (found := _BARE_PAGE.fullmatch(line.text))]
    in_order = [line for (before, _), (own, line) in pairwise(bare) if own == before + 1]
    first = pages or (in_order if len(in_order) >= 2 else [])
    for line in first[:1]:
        yield f"{_line_of(line)}のページ番号「{line.text.strip()}」"


def _cut_sentences(lines: Sequence[Paragraph]) -> Iterator[str]:
    """Find lines of one width that end within a sentence, or go on with what cannot begin one."""
    open_ended = [
        (line, below)
        for line, below in pairwise(lines)
        if not _ENDED.fullmatch(line.text) and not find_mark(below.text).bullet
    ]
    goes_on = [
        line
        for line, below in open_ended
        if _GOES_ON.match(below.text)
        or (_REST_OF_SENTENCE.match(below.text) and not SAYS_NOTHING.fullmatch(below.text.strip()))
    ]
    widths = Counter(len(line.text.rstrip()) for line, _ in open_ended)
    longest = {width: sum(widths[width - i] for i in range(3)) for width in widths}
    width = max(longest, key=longest.__getitem__, default=0)
    n_longer = sum(len(line.text.rstrip()) > width for line in lines)
    is_page = (
        width >= _SHORTEST_LINE
        and longest[width] >= max(_FEWEST, 0.3 * len(lines))
        and n_longer <= 0.1 * len(lines)
    )
    full = [line for line, _ in open_ended if 0 <= width - len(line.text.rstrip()) < 3]
    found = goes_on if len(goes_on) >= 2 else full if is_page else []
    if found:
        yield f"{_line_of(found[0])}などで文が行の終わりで切れています"


def _line_of(line: Paragraph) -> str:
    return f"{line.place.rpartition(':')[2]}目"


def speaker_lines(document: Document) -> set[int]:
    """Return, by their ids, the lines of captions or a chat that say only when and who."""
    talk = _recorded_talk(document)
    lines = document.paragraphs if talk else ()
    return {id(line) for line in lines if line.text.strip() and _SPEAKER_LINE.fullmatch(line.text)}


def find_recorded_talk(document: Document) -> list[Finding]:
    """Doubt a text of captions, a chat or a mail, whose lines are no opinions one by one."""
    talk = _recorded_talk(document)
    mail = [line for line in document.paragraphs if _MAIL.fullmatch(line.text)]
    way_out = "1行が1件の意見とは限りません。意見を1行に1件書き出したテキストか、Word・Excel の表にしてください"
    return [
        finding(
            RECORDED_TALK, DOUBTFUL, lines[0].place, lines[0].text.strip(), f"{what}。{way_out}"
        )
        for lines, what in (
            (talk, f"時刻の行が{len(talk)}行あり、字幕や会話の記録(チャット)のようです"),
            (mail if len(mail) > 1 else [], "メールの文のようです"),
        )
        if lines
    ]


def _recorded_talk(document: Document) -> list[Paragraph]:
    filled = [line for line in document.paragraphs if line.text.strip()]
    captions = [line for line in filled if _CAPTION.fullmatch(line.text)]
    timed = [line for line in filled if _TIMED.fullmatch(line.text)]
    is_talk = captions or len(timed) >= max(_FEWEST, len(filled) / 5)
    return max(captions, timed, key=len) if is_talk else []
