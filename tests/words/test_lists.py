import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.words import read_stop_words, read_synonyms


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "synonyms.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_synonyms_lead_from_a_word_to_the_one_that_stands_for_it(write):
    path = write("語,まとめる語,理由\n# 表記\n自分達,自分たち,表記の揺れ\nＰＲ,広報,\n")
    assert read_synonyms(path) == {"自分達": "自分たち", "pr": "広報"}


@pytest.mark.parametrize(
    ("rows", "where", "found"),
    [
        ("Wi-Fi,ＷＩ－ＦＩ", "2行", "まとめることはできません"),
        ("バス,足\nﾊﾞｽ,車", "3行", "二度目"),
        ("自分達,自分達", "2行", "まとめることはできません"),
        ("自分達,", "2行", "まとめることはできません"),
        ("市側,行政側\n市側,役所", "3行", "二度目"),
        ("市側,行政側\n行政側,市", "2行", "別の行で「市」に"),
    ],
)
def test_a_synonym_that_leads_nowhere_or_further_is_refused(write, rows, where, found):
    with pytest.raises(StudyError) as caught:
        read_synonyms(write(f"語,まとめる語\n{rows}\n"))
    assert caught.value.where.endswith(where)
    assert found in caught.value.found


def test_stop_words_are_folded_lines_without_comments(write):
    assert read_stop_words(write("# 動詞\nする\n\n　\nＰＲ \n")) == {"する", "pr"}


def test_kashiwas_lists_can_be_read(decisions):
    assert read_synonyms(decisions / "synonyms.csv")["自分達"] == "自分たち"
    assert "する" in read_stop_words(decisions / "stop_words.txt")
