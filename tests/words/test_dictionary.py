import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.words import make_tokenizer, read_dictionary
from kyodo_analysis.words.dictionary import describe_dictionary, write_ipadic


@pytest.fixture
def write(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "dictionary.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_row_becomes_an_ipadic_noun_with_a_real_cost(write, tmp_path):
    words = read_dictionary(write("語,品詞,読み\n協働,サ変名詞,キョウドウ\n"))
    write_ipadic(words, tmp_path / "ipadic.csv")
    assert (tmp_path / "ipadic.csv").read_text("utf-8") == (
        "協働,1283,1283,4000,名詞,サ変接続,*,*,*,*,協働,キョウドウ,キョウドウ\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_comments_blank_rows_and_excels_encodings_are_read(write, encoding):
    path = write('# メモ\n語,品詞\n\n"# 引用符,つき",\n,\n協働,"名詞,サ変接続"\nＰＲ,\n', encoding)
    assert [(word.surface, word.part_of_speech) for word in read_dictionary(path)] == [
        ("PR", "名詞,一般,*,*"),
        ("協働", "名詞,サ変接続,*,*"),
    ]


def test_the_order_of_rows_does_not_change_the_fingerprint(write):
    one = read_dictionary(write("語\n協働\n庁内\n"))
    other = read_dictionary(write("語\n庁内\n協働\n"))
    assert describe_dictionary(one) == describe_dictionary(other)
    assert describe_dictionary(one) != describe_dictionary(one[:1])


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("語,品詞\n協働,動詞っぽい\n", "dictionary.csv:2行", "動詞っぽい"),
        ("語\n協 働\n", "dictionary.csv:2行", "協　働"),
        ("語,品詞\n,名詞\n", "dictionary.csv:2行", "「」"),
        ("語\n協働\n# x\n協働\n", "dictionary.csv:4行", "二度目"),
        ("語,品詞\n協働,名詞,サ変接続\n", "dictionary.csv:2行", "3列あります"),
        ("単語\n協働\n", "dictionary.csv:1行", "単語"),
        ('語\n"協働\n', "dictionary.csv:2行", "引用符"),
        ("", "dictionary.csv", "何も"),
    ],
)
def test_each_bad_row_is_named_with_what_was_found(write, text, where, found):
    with pytest.raises(StudyError) as caught:
        read_dictionary(write(text))
    assert caught.value.where.endswith(where)
    assert found in caught.value.found


def test_a_missing_file_and_a_foreign_encoding_are_said(tmp_path):
    with pytest.raises(StudyError, match="ファイルがありません"):
        read_dictionary(tmp_path / "dictionary.csv")
    (tmp_path / "dictionary.csv").write_bytes(b"\x81\xff\xff")
    with pytest.raises(StudyError, match="文字コード"):
        read_dictionary(tmp_path / "dictionary.csv")


def test_a_listed_word_stays_whole_and_breaks_no_other(write):
    tokenizer = make_tokenizer(dictionary=write("語\n協働\n都\n"))
    words = tokenizer.analyze(["京都と協働する"]).index.morphemes
    assert [word.surface for word in words] == ["京都", "と", "協働", "する"]
    assert not words[2].unknown
