"""Every character of a document is in an opinion, in another field, or named as unread."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from word_packages import (
    cell,
    field,
    make_package,
    paragraph,
    row,
    run,
    table,
)

from kyodo_analysis.errors import KyodoError, ReadingError
from kyodo_analysis.reading import DocumentSettings, Reading, guess_settings, read_document
from kyodo_analysis.reading.formats.blocks import Document
from kyodo_analysis.reading.formats.word_file import read_word_file
from kyodo_analysis.tables import CORRECTIONS

MANY = settings(deadline=None, derandomize=False, database=None, max_examples=400)
FEW = settings(MANY, max_examples=120)
TOKEN = re.compile("[見隠]あ[0-9]+い")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# What a paragraph may hold: T stands for words that it shows, H for words that it does not.
PIECES = [
    run("T"),
    run("T", "<w:b/>") + run("。"),
    f"<w:ins>{run('T')}</w:ins>",
    f"<w:hyperlink>{run('T')}</w:hyperlink>",
    f"<w:moveTo>{run('T')}</w:moveTo>",
    "<w:r><w:t>T</w:t><w:noBreakHyphen/><w:t>T</w:t><w:br/><w:t>T</w:t></w:r>",
    "<m:oMath><m:f><m:num><m:r><m:t>T</m:t></m:r></m:num><m:den><m:r><m:t>T</m:t></m:r></m:den></m:f>"
    "</m:oMath>",
    field(r"EQ \o\ad(\s\up 9(H),T)"),
    field(r"EQ \x(T)"),
    field("HYPERLINK x", "T"),
    field("ASK H"),
    f"<w:sdt><w:sdtPr/><w:sdtContent>{run('T')}</w:sdtContent></w:sdt>",
    f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('H')}</w:sdtContent></w:sdt>",
    f"<w:del><w:r><w:delText>H</w:delText></w:r>{run('H')}</w:del>",
    f"<w:moveFrom>{run('H')}</w:moveFrom>",
    run("H", "<w:vanish/>"),
    "<w:r><w:ruby><w:rt><w:r><w:t>H</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>T</w:t></w:r></w:rubyBase>"
    "</w:ruby></w:r>",
    f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{paragraph(run('H'))}"
    f"</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback>{run('H')}</mc:Fallback>"
    "</mc:AlternateContent></w:r>",
    "<w:r><w:novelty>H<x:more>H</x:more></w:novelty></w:r>",
    f"<x:thing>{run('H')}</x:thing>",
]  # fmt: skip
STARTS = ["", "・", "■", "1. ", "【", "○市民A：", "●市：", "Q1 ", "A1 ", "(市) ", "※", "→", "　"]
CONTENTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
PARAGRAPHS = st.builds(
    lambda start, content, end, style: paragraph(run(start) + content + run(end), style),
    st.sampled_from(STARTS),
    CONTENTS,
    st.sampled_from(["。", "", "です。"]),
    st.sampled_from(["", "", "", "H1", "List"]),
)
ROWS = st.builds(
    lambda cells, properties: row(*cells, properties=properties),
    st.lists(
        st.builds(
            cell,
            CONTENTS,
            st.sampled_from(
                ["", "", '<w:gridSpan w:val="2"/>', "<w:cellDel/>", '<w:vMerge w:val="restart"/>']
            ),
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["", "", "", "<w:del/>", "<w:hidden/>", '<w:gridBefore w:val="1"/>']),
)
NESTED = st.builds(
    lambda rows: f"<w:tr><w:tc>{table(*rows)}<w:p/></w:tc></w:tr>", st.lists(ROWS, max_size=2)
)
TABLES = st.lists(st.one_of(ROWS, NESTED), min_size=1, max_size=4).map(lambda rows: table(*rows))
ODD_BLOCKS = st.sampled_from(
    [
        "<w:altChunk/>",
        f"<x:thing>{paragraph(run('H'))}</x:thing>",
        f"<w:sdt><w:sdtContent>{paragraph(run('T'))}</w:sdtContent></w:sdt>",
        f"<w:customXml>{paragraph(run('T'))}</w:customXml>",
    ]
)
NOTES = {
    "footnotes": "<w:footnote w:id='2'>{}</w:footnote>",
    "endnotes": "<w:endnote w:id='2'>{}</w:endnote>",
    "comments": "<w:comment w:id='0'>{}</w:comment>",
    "header1": "{}",
    "footer2": "{}",
}
PARTS = st.dictionaries(st.sampled_from([*NOTES]), PARAGRAPHS, max_size=3)


def numbered(package_parts: dict[str, str]) -> dict[str, str]:
    """Give each T and H a number of its own; within EQ, drawings and notes too."""
    numbers = iter(range(1, 100_000))
    return {
        name: re.sub(
            r"(?<=[>( ,])([TH])(?=[<),]|$)",
            lambda found: f"{'見' if found[1] == 'T' else '隠'}あ{next(numbers)}い",
            content,
        )
        for name, content in package_parts.items()
    }


def package_of(blocks: list[str], parts: dict[str, str]) -> bytes:
    wrapped = {name: NOTES[name].format(content) for name, content in parts.items()}
    content = numbered({"body": "".join(blocks), **wrapped})
    return make_package(content.pop("body"), **content)


def words_in(package: bytes) -> Counter[str]:
    """Find all words of a package by another way than the reader: in texts, tails and attributes."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        for name in parts.namelist():
            root = ElementTree.fromstring(parts.read(name))
            found.update(word for text in _texts(root) for word in TOKEN.findall(text))
    return found


def _texts(element: ElementTree.Element) -> Iterator[str]:
    if element.tag != FALLBACK:
        yield element.text or ""
        yield from element.attrib.values()
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def counted(*texts: "pd.Series[str] | list[str]") -> Counter[str]:
    return Counter(word for column in texts for text in column for word in TOKEN.findall(text))


def of_document(document: Document) -> tuple[Counter[str], Counter[str]]:
    shown = [
        *(each.text for each in document.paragraphs),
        *(text for grid in document.tables for text in grid.texts.to_numpy().ravel()),
    ]
    return counted(shown), counted([each["found"] for each in document.unread])


def fields_of(reading: Reading) -> Counter[str]:
    opinions = reading.opinions.fillna({"category": ""}).drop_duplicates("category")
    return counted(
        reading.opinions["raw_text"], reading.set_aside["raw_text"], reading.replies["reply"]
    ) | counted(opinions["category"])


@MANY
@given(st.lists(st.one_of(PARAGRAPHS, TABLES, ODD_BLOCKS), max_size=6), PARTS)
def test_every_word_of_a_word_file_is_shown_once_or_named(
    tmp_path_factory: object, blocks: list[str], parts: dict[str, str]
) -> None:
    package = package_of(blocks, parts)
    path = Path(tmp_path_factory.mktemp("word")) / "報告.docx"  # type: ignore[attr-defined]
    path.write_bytes(package)
    shown, named = of_document(read_word_file(path))
    assert set(shown) | set(named) == set(words_in(package))
    assert not any(word.startswith("隠") for word in shown)
    assert max(shown.values(), default=1) == 1
    assert not set(shown) & set(named)


@FEW
@given(
    st.lists(st.one_of(PARAGRAPHS, ODD_BLOCKS, TABLES), max_size=10),
    PARTS,
    st.booleans(),
    st.booleans(),
)
def test_every_word_of_paragraphs_is_in_an_opinion_a_field_or_named(
    tmp_path_factory: object,
    blocks: list[str],
    parts: dict[str, str],
    only_list_items: bool,
    by_speaker: bool,
) -> None:
    package = package_of(blocks, parts)
    path = Path(tmp_path_factory.mktemp("word")) / "報告.docx"  # type: ignore[attr-defined]
    path.write_bytes(package)
    chosen = DocumentSettings(only_list_items=only_list_items, by_speaker=by_speaker)
    reading = read_document(path, settings=chosen, corrections=CORRECTIONS.make())
    in_fields, named = fields_of(reading), counted(reading.findings["found"])
    assert set(in_fields) | set(named) == set(words_in(package))
    assert not any(word.startswith("隠") for word in counted(reading.opinions["raw_text"]))
    assert max(counted(reading.opinions["raw_text"]).values(), default=1) == 1
    texts = {each.place: each.text for each in read_word_file(path).paragraphs}
    for opinion in reading.opinions.itertuples():
        words = texts[opinion.source][opinion.source_start : opinion.source_end]
        assert words == opinion.raw_text


LINES = st.lists(
    st.tuples(
        st.sampled_from([*STARTS, "意見", "市の考え方", "回答", "10:12 ", "件名："]),
        st.text("見橋公園古いがのをバス、。「」 \t1３", max_size=30),
    ).map("".join),
    max_size=12,
)
MARKS = re.compile(
    r"^\s*(?:[・■○●※→]|1\. )?\s*(?:市民A：|市：|Q1|A1|\(市\)|意見|回答)?[\s:：]*", re.MULTILINE
)


@MANY
@given(LINES, st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]), st.booleans())
def test_every_character_of_a_text_is_in_an_opinion_a_field_or_set_aside_or_it_is_refused(
    tmp_path_factory: object, lines: list[str], encoding: str, only_list_items: bool
) -> None:
    path = Path(tmp_path_factory.mktemp("text")) / "意見.txt"  # type: ignore[attr-defined]
    path.write_bytes("\n".join(lines).encode(encoding))
    chosen = DocumentSettings(only_list_items=only_list_items)
    try:
        reading = read_document(path, settings=chosen, corrections=CORRECTIONS.make())
    except ReadingError:
        return
    held = "\n".join(
        [
            *reading.opinions["raw_text"],
            *reading.set_aside["raw_text"],
            *reading.replies["reply"],
            *reading.findings["found"],
            *reading.opinions["category"].dropna(),
        ]
    )
    for line in lines:
        words = MARKS.sub("", line).strip()
        assert words in held or _as_label(words) in _as_label(held)


def _as_label(text: str) -> str:
    return "".join(text.replace("３", "3").split())


@FEW
@given(st.lists(st.one_of(PARAGRAPHS, TABLES, ODD_BLOCKS), max_size=8), PARTS)
def test_any_document_is_guessed_or_answered_in_a_sentence(
    tmp_path_factory: object, blocks: list[str], parts: dict[str, str]
) -> None:
    path = Path(tmp_path_factory.mktemp("word")) / "報告.docx"  # type: ignore[attr-defined]
    path.write_bytes(package_of(blocks, parts))
    with suppress(KyodoError):
        assert len(guess_settings(path).examples)
