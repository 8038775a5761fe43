from pathlib import Path

import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import read_text, text

WORDS = "1行目 バス\n2行目 道路①\n\n4行目"


@pytest.fixture
def written(tmp_path: Path):
    def write(content: bytes) -> Path:
        path = tmp_path / "report.txt"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8(BOM付き)"),
        ("cp932", "CP932(Shift_JIS)"),
        ("utf-16", "UTF-16(BOM付き)"),
    ],
)
def test_each_encoding_gives_the_same_words(written, codec, encoding):
    file = read_text(written(WORDS.encode(codec)))
    assert (file.name, file.text, file.encoding) == ("report.txt", WORDS, encoding)


def test_big_endian_utf16_is_read(written):
    assert read_text(written(b"\xfe\xff" + WORDS.encode("utf-16-be"))).text == WORDS


def test_lines_are_numbered_as_an_editor_numbers_them(written):
    file = read_text(written("一\r\n二\u2028\x0b\x85続き\r三\n四".encode()))
    assert file.lines == ["一", "二\u2028\x0b\x85続き", "三", "四"]
    assert file.place(2) == "report.txt:2行"


def test_words_keep_their_blanks_and_line_ends(written):
    text = " 　バス \r\n\t道路 \n"
    file = read_text(written(text.encode()))
    assert file.text == text
    assert file.lines == [" 　バス ", "\t道路 ", ""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "中身が空です"),
        (b" \r\n\t\n", "中身が空です"),
        (b"PK\x03\x04word/document.xml", "Word や Excel のファイル"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古い形式のWord や Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", r"画像\(PNG\)"),
        (b"abc\x00def", "テキストではありません"),
        ("バス".encode("utf-16-le") + b"\n\x00", "テキストではありません"),
        ("バスの本数".encode("utf-32"), "テキストではありません"),
        ("バスの本数".encode("euc_jp"), "EUC-JP か CP932 か決められません"),
        ("バスの本数".encode("iso2022_jp"), "ISO-2022-JP"),
        (b"\x81\xff\xfe\xfd", "文字コードが分かりません"),
        (b"caf\xfd", "文字コードが分かりません"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_looks_like(written, content, said):
    with pytest.raises(ReadingError, match=said) as error:
        read_text(written(content))
    assert str(error.value).startswith("report.txt: ")


def test_utf8_cut_in_its_last_character_is_not_taken_for_another_encoding(written):
    content = "1行目\nバスの本数を増やしてほしい".encode()[:-1]
    with pytest.raises(ReadingError, match="最後の文字が途中で切れています") as error:
        read_text(written(content))
    assert error.value.where == "report.txt:2行"


def test_a_broken_byte_in_utf8_is_found_in_its_line(written):
    content = "一行目\r\n二行目\r三行目の言葉".encode().replace("三".encode(), b"\xff")
    with pytest.raises(ReadingError, match="UTF-8 として読めない文字") as error:
        read_text(written(content))
    assert error.value.where == "report.txt:3行"


def test_utf16_cut_in_the_middle_of_a_character_is_said_to_be_cut(written):
    with pytest.raises(ReadingError, match="途中で切れています"):
        read_text(written("バスの本数".encode("utf-16")[:-1]))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(ReadingError, match="この名前のファイルがありません"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(ReadingError, match="フォルダです"):
        read_text(tmp_path)


def test_a_file_over_the_limit_is_refused_with_the_limit(written, monkeypatch):
    monkeypatch.setattr(text, "LARGEST_FILE_BYTES", 1_000_000)
    with pytest.raises(ReadingError, match="1 MB までです"):
        read_text(written(b"a" * 1_000_001))


@pytest.mark.parametrize(
    ("failure", "said"),
    [(PermissionError, "ほかのソフトで開いていれば閉じ"), (OSError, "読み込めません")],
)
def test_a_file_that_cannot_be_opened_says_what_to_do(written, monkeypatch, failure, said):
    path = written(b"abc")

    def refuse(_: Path) -> bytes:
        raise failure

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadingError, match=said):
        read_text(path)
