import pandas as pd
import pytest
from pyarrow.parquet import ParquetFile

from kyodo_analysis.errors import OutputError
from kyodo_analysis.words import (
    DictionaryWord,
    JanomeTokenizer,
    load_or_tokenize,
    tokenize_opinions,
)

BUS = DictionaryWord("協働", "名詞,サ変接続,*,*", 1283)
HALL = DictionaryWord("庁内", "名詞,一般,*,*", 1285)


class Recorder:
    """A tokenizer that remembers what it was given."""

    def __init__(self, *words, engine="Janome X"):
        self.inner = JanomeTokenizer(tuple(words))
        self.dictionary, self.engine, self.name = tuple(words), engine, engine
        self.lines = []

    def analyze(self, lines):
        self.lines += lines
        return self.inner.analyze(lines)


@pytest.fixture
def load(tmp_path):
    def load(opinions, tokenizer):
        return load_or_tokenize(opinions, tokenizer=tokenizer, folder=tmp_path / "study")

    return load


def _lines_for(load, opinions, tokenizer):
    tokens = load(opinions, tokenizer)
    fresh = tokenize_opinions(opinions, tokenizer=JanomeTokenizer(tokenizer.dictionary))
    pd.testing.assert_frame_equal(tokens, fresh)
    return tokenizer.lines


def test_tokens_are_made_once(load, make_opinions):
    opinions = make_opinions("橋が古い", "税が高い", "", "橋が古い")
    assert _lines_for(load, opinions, Recorder()) == ["橋が古い", "税が高い"]
    assert _lines_for(load, opinions, Recorder()) == []


def test_only_a_changed_opinion_is_made_again(load, make_opinions):
    load(make_opinions("橋が古い", "税が高い"), Recorder())
    changed = make_opinions("橋が古い", "税が安い")
    assert _lines_for(load, changed, Recorder()) == ["税が安い"]


def test_opinions_may_move_repeat_and_vanish(load, make_opinions):
    load(make_opinions("橋が古い", "税が高い"), Recorder())
    moved = make_opinions("税が高い", "税が高い")
    assert _lines_for(load, moved, Recorder()) == []
    assert _lines_for(load, make_opinions("橋が古い"), Recorder()) == ["橋が古い"]


def test_a_new_word_touches_only_the_texts_that_hold_it(load, make_opinions):
    opinions = make_opinions("協働する", "庁内で", "協\u200b働とは", "橋が古い")
    load(opinions, Recorder(BUS))
    assert _lines_for(load, opinions, Recorder(BUS, HALL)) == ["庁内で"]
    assert _lines_for(load, opinions, Recorder(HALL)) == ["協働する", "協働とは"]


def test_a_word_that_changes_its_kind_counts_as_changed(load, make_opinions):
    opinions = make_opinions("協働する", "橋が古い")
    load(opinions, Recorder(BUS))
    other = DictionaryWord("協働", "名詞,一般,*,*", 1285)
    assert _lines_for(load, opinions, Recorder(other)) == ["協働する"]


def test_another_engine_makes_all_again(load, make_opinions):
    opinions = make_opinions("橋が古い")
    load(opinions, Recorder())
    assert _lines_for(load, opinions, Recorder(engine="Janome Y")) == ["橋が古い"]


@pytest.mark.parametrize("damage", ["empty", "cut", "foreign"])
def test_a_damaged_or_foreign_file_is_made_again(load, make_opinions, tmp_path, damage):
    opinions = make_opinions(*(f"{number}番の橋が古い" for number in range(50)))
    load(opinions, Recorder())
    (path,) = (tmp_path / "study").iterdir()
    content = path.read_bytes()
    if damage == "foreign":
        pd.DataFrame({"a": [1]}).to_parquet(path)
    else:
        path.write_bytes(b"" if damage == "empty" else content[: len(content) // 3])
    assert len(_lines_for(load, opinions, Recorder())) == 50
    assert _lines_for(load, opinions, Recorder()) == []


def test_no_flipped_byte_is_ever_believed(load, make_opinions, tmp_path):
    opinions = make_opinions(*(f"{number}番の橋が古い" for number in range(50)))
    expected = load(opinions, Recorder())
    (path,) = (tmp_path / "study").iterdir()
    content = path.read_bytes()
    for place in range(0, len(content), len(content) // 60):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        pd.testing.assert_frame_equal(load(opinions, Recorder()), expected)


def test_a_store_that_is_up_to_date_is_not_touched(load, make_opinions, tmp_path):
    opinions = make_opinions("橋が古い")
    load(opinions, Recorder())
    (path,) = (tmp_path / "study").iterdir()
    before = path.stat()
    load(opinions, Recorder())
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert list(path.parent.iterdir()) == [path]


class Interrupted(Recorder):
    def analyze(self, lines):
        if any("税" in line for line in lines):
            raise KeyboardInterrupt
        return super().analyze(lines)


def test_what_was_done_before_an_interruption_is_kept(load, make_opinions, tmp_path, monkeypatch):
    monkeypatch.setattr("kyodo_analysis.words.tokens._BATCH", 4)
    opinions = make_opinions("橋が古い", "道が狭い", "税が高い")
    with pytest.raises(KeyboardInterrupt):
        load(opinions, Interrupted())
    assert _lines_for(load, opinions, Recorder()) == ["税が高い"]
    assert len(list((tmp_path / "study").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_said_in_japanese(make_opinions, tmp_path):
    (tmp_path / "study").write_text("")
    with pytest.raises(OutputError, match="分かち書きの結果を書けません"):
        load_or_tokenize(
            make_opinions("橋"), tokenizer=JanomeTokenizer(), folder=tmp_path / "study"
        )


def test_no_opinions_make_an_empty_store(load, make_opinions):
    assert load(make_opinions(), Recorder()).empty
    assert load(make_opinions(), Recorder()).empty


def test_no_slice_of_the_file_carries_the_texts_of_others(
    load, make_opinions, tmp_path, monkeypatch
):
    monkeypatch.setattr("kyodo_analysis.words.store._ROWS_AT_ONCE", 4)
    opinions = make_opinions("橋が古い", "税が高い", "道が暗い", "橋が古い")
    load(opinions, Recorder())
    (path,) = (tmp_path / "study").glob("tokens-*.parquet")
    with ParquetFile(path, read_dictionary=["digest", "word"]) as file:
        slices = [file.read_row_group(number) for number in range(file.num_row_groups)]
    for column in ("digest", "word"):
        named = [len(one.column(column).combine_chunks().dictionary) for one in slices]
        assert named == [len(one.column(column).unique()) for one in slices]
    assert _lines_for(load, opinions, Recorder()) == []
