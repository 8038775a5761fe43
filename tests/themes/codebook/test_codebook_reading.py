import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from kyodo_analysis.errors import RuleError, StudyError
from kyodo_analysis.tables import CODES
from kyodo_analysis.themes.codebook import Codebook, read_codebook
from kyodo_analysis.themes.codebook.tables import WARNINGS

Write = Callable[[str], Codebook]

_RULES = """読まない行
# 乗り物についてのコード
＊乗り物
バス | 電車
# 途中の注
 | 船

＊橋と川
\t橋　and
川
"""


@pytest.mark.parametrize(
    "content",
    [
        _RULES.encode(),
        codecs.BOM_UTF8 + _RULES.encode(),
        _RULES.encode("cp932"),
        _RULES.encode("euc_jp"),
        _RULES.replace("\n", "\r\n").encode("cp932"),
    ],
    ids=["UTF-8", "BOM", "CP932", "EUC-JP", "CRLF"],
)
def test_the_same_rules_are_read_from_every_encoding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rules.txt"
    path.write_bytes(content)
    codebook = read_codebook(path)
    assert CODES.check(codebook.codes)[["code", "rule", "source"]].to_dict("split")["data"] == [
        ["乗り物", "バス | 電車\n | 船", "rules.txt:3行"],
        ["橋と川", "\t橋　and\n川", "rules.txt:8行"],
    ]
    warnings = WARNINGS.check(codebook.warnings)
    assert warnings["found"].str.contains("より前の行").tolist() == [True]


def test_euc_jp_is_not_taken_for_half_width_kana(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_bytes("*橋\n橋\n".encode("euc_jp"))
    assert path.read_bytes().decode("cp932") == "*ｶｶ\nｶｶ\n"
    assert read_codebook(path).codes["code"].tolist() == ["橋"]


def test_a_code_with_an_error_is_listed_with_its_line_and_the_others_work(
    write_codebook: Write,
) -> None:
    codebook = write_codebook("＊誤り\nバス or\n電車 船\n＊乗り物\nバス\n")
    assert codebook.codes["code"].tolist() == ["乗り物"]
    assert codebook.warnings.to_dict("records") == [
        {
            "level": "誤り",
            "file": "codebook.txt",
            "line": 3,
            "code": "誤り",
            "found": "「電車」と「船」の間に and や or がありません",
            "action": "or、and などを前後に空白を入れて書くか、1つの語なら空白を除いてください",
        }
    ]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("橋 and", "「and」のあとに語がありません"),
        ("( 橋", "「 ( 」が閉じていません"),
        ("橋 )", "「)」がここに来るのは文法に合いません"),
        ("橋 not 川", "「橋」と「not」の間に and や or がありません"),
        ("橋 > not 川", "「not」がここに来るのは文法に合いません"),
        ("<>年代<>", "並べ替え用"),
        ("near(橋-橋)", "同じ語が二度あります"),
        ("橋 >= ２", "全角の数字「２」"),
    ],
)
def test_what_kh_coder_refuses_is_an_error_in_words(
    write_codebook: Write, rule: str, found: str
) -> None:
    codebook = write_codebook(f"＊誤り\n{rule}\n＊橋\n橋\n")
    assert codebook.codes["code"].tolist() == ["橋"]
    assert codebook.warnings["level"].tolist() == ["誤り"]
    assert found in codebook.warnings["found"][0]


def test_a_code_defined_twice_is_not_used_at_all(write_codebook: Write) -> None:
    codebook = write_codebook("＊橋\n橋\n＊川\n川\n＊橋\n鉄橋\n")
    assert codebook.codes["code"].tolist() == ["川"]
    assert codebook.warnings["line"].tolist() == [1, 5]
    assert set(codebook.warnings["level"]) == {"誤り"}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("＊橋\n橋\n*川\n川\n", 3, "2通り"),
        ("*橋\n橋\n* 2 > 1\n橋\n", 3, "見出しとして読みました"),
        ("＊橋\n", 1, "ルールが書かれていない"),
        ("＊橋\n橋 or 川 and 町\n", 1, "and と or がかっこなしで"),
        ("＊橋\n<＊川>\n＊川\n川\n", 1, "このコードより前に定義されていません"),
        ("＊橋\n<＊海>\n", 1, "という見出しがありません"),
        ("＊橋\n橋 川\n＊両方\n<＊橋>\n", 3, "は誤りがあって使えません"),
        ("＊橋\nnear(橋-川)[c]\n", 1, "書き方が読めない"),
        ("＊橋\n橋-->めいし\n", 1, "品詞名にありません"),
        ("＊橋\n橋-->代名詞\n", 1, "使わない品詞"),
    ],
)
def test_what_silently_goes_wrong_is_warned_of(
    write_codebook: Write, text: str, line: int, found: str
) -> None:
    warnings = write_codebook(text).warnings.query("level == '警告'")
    assert len(warnings) == 1
    assert warnings["line"].iloc[0] == line
    assert found in warnings["found"].iloc[0]


@pytest.mark.parametrize(
    "rule", ["( 橋 or 川 ) and 町", "橋 or ( 川 and 町 )", "橋 or 川", "'橋 or 川' and 町"]
)
def test_clear_rules_are_not_warned_of(write_codebook: Write, rule: str) -> None:
    assert write_codebook(f"＊橋\n{rule}\n").warnings.empty


def test_a_file_without_a_header_is_no_codebook(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_text("橋の話\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"memo\.txt.*見出しが1つもありません"):
        read_codebook(path)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"ない\.txt: ファイルを開けません"):
        read_codebook(tmp_path / "ない.txt")
    (tmp_path / "壊れ.txt").write_bytes(b"\x81")
    with pytest.raises(StudyError, match="文字コード"):
        read_codebook(tmp_path / "壊れ.txt")


def test_notes_stand_beside_the_codes_in_the_order_of_the_rules(tmp_path: Path) -> None:
    rules, notes = tmp_path / "codebook.txt", tmp_path / "themes.csv"
    rules.write_text("＊橋\n橋\n＊川\n川\n", encoding="utf-8")
    notes.write_text(
        "# 説明\nコード,上位,定義,含める,含めない,例\n川,水,川についての意見,,,B1\n",
        encoding="cp932",
    )
    codes = read_codebook(rules, notes=notes).codes
    assert codes["code"].tolist() == ["橋", "川"]
    assert codes["parent"].fillna("").tolist() == ["", "水"]
    assert codes["definition"].fillna("").tolist() == ["", "川についての意見"]
    assert codes["include"].isna().all()
    assert codes["example"].fillna("").tolist() == ["", "B1"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("海,,,,,", r"themes\.csv:3行.*「海」はコードブックにありません"),
        ("橋,,,,,", r"themes\.csv:3行: コード「橋」は2行目にもあります"),
        ("川,,,,,,道", r"themes\.csv:3行.*7列"),
        (",水,,,,", r"themes\.csv:3行.*「コード」が空"),
        ('"川,,,,,', r"themes\.csv:3行.*引用符"),
    ],
)
def test_a_note_that_fits_no_code_is_named_by_its_row(tmp_path: Path, row: str, found: str) -> None:
    rules, notes = tmp_path / "codebook.txt", tmp_path / "themes.csv"
    rules.write_text("＊橋\n橋\n＊川\n川\n", encoding="utf-8")
    notes.write_text(f"コード,上位,定義,含める,含めない,例\n橋,,,,,\n{row}\n", encoding="utf-8")
    with pytest.raises(StudyError, match=found):
        read_codebook(rules, notes=notes)


def test_other_headers_of_the_notes_are_refused(tmp_path: Path) -> None:
    rules, notes = tmp_path / "codebook.txt", tmp_path / "themes.csv"
    rules.write_text("＊橋\n橋\n", encoding="utf-8")
    notes.write_text("コード,定義\n橋,橋のこと\n", encoding="utf-8")
    with pytest.raises(StudyError, match="決まりは「コード,上位,定義,含める,含めない,例」です"):
        read_codebook(rules, notes=notes)
