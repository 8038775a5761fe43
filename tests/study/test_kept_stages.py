import pandas as pd
import pytest

from kyodo_analysis.study.store import Store, digest, digest_file


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "kept")


@pytest.fixture
def frames():
    return {
        "words": pd.DataFrame(
            {
                "term": pd.Categorical(["橋", "税"], ["税", "橋"], ordered=True),
                "n": pd.array([1, None], dtype="Int64"),
                "text": pd.Series(["𠮷野家\n", None], dtype="str"),
                "date": pd.to_datetime(["2025-06-03", None]).astype("datetime64[us]"),
            },
            index=pd.Index(["A1", "A2"], name="opinion_id"),
        ),
        "none": pd.DataFrame({"code": pd.Series(dtype="str")}),
    }


def test_tables_come_back_as_they_were(store, frames):
    store.remember("said", "k" * 64, frames)
    kept = store.recall("said", "k" * 64)
    assert list(kept) == ["words", "none"]
    for name, table in frames.items():
        pd.testing.assert_frame_equal(kept[name], table)


def test_another_key_finds_nothing(store, frames):
    store.remember("said", "k" * 64, frames)
    assert store.recall("said", "l" * 64) is None
    assert store.recall("read", "k" * 64) is None


def test_a_stage_is_made_once_and_its_earlier_files_go(store, frames):
    made = []
    for key in ("a" * 64, "a" * 64, "b" * 64):
        store.get("said", key, lambda: made.append(1) or frames)
    assert len(made) == 2
    assert len(list(store.folder.glob("*.parquet"))) == 2


def test_an_interrupted_stage_leaves_the_earlier_one(store, frames, monkeypatch):
    store.remember("said", "a" * 64, frames)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("kyodo_analysis.study.store.write_text", stop)
    with pytest.raises(KeyboardInterrupt):
        store.remember("said", "b" * 64, frames)
    assert store.recall("said", "a" * 64) is not None
    assert store.recall("said", "b" * 64) is None


@pytest.mark.parametrize("damage", ["cut", "gone", "list", "empty"])
def test_what_is_damaged_counts_for_nothing(store, frames, damage):
    store.remember("said", "a" * 64, frames)
    table = next(store.folder.glob("said-words-*.parquet"))
    listing = store.folder / "said.json"
    if damage == "cut":
        table.write_bytes(table.read_bytes()[:200])
    elif damage == "gone":
        table.unlink()
    else:
        listing.write_text("[1]" if damage == "list" else "", encoding="utf-8")
    assert store.recall("said", "a" * 64) is None


def test_tables_that_changed_places_count_for_nothing(store, frames):
    store.remember("said", "a" * 64, frames)
    one, other = sorted(store.folder.glob("*.parquet"))
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert store.recall("said", "a" * 64) is None


def test_a_word_that_a_disk_changed_counts_for_nothing(store):
    store.remember("said", "a" * 64, {"words": pd.DataFrame({"text": ["bridge"] * 3})})
    table = next(store.folder.glob("*.parquet"))
    content = table.read_bytes()
    assert b"bridge" in content
    table.write_bytes(content.replace(b"bridge", b"brodge"))
    assert store.recall("said", "a" * 64) is None


def test_where_one_part_ends_counts():
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")


def test_a_file_that_is_not_there_has_no_digest(tmp_path):
    assert digest_file(tmp_path / "x") == ""
    (tmp_path / "x").write_bytes(b"")
    assert digest_file(tmp_path / "x") != ""
