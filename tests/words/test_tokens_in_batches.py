import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kyodo_analysis.words import (
    JanomeTokenizer,
    MecabTokenizer,
    ProgressLine,
    load_or_tokenize,
    tokenize_opinions,
    tokens,
)


@pytest.fixture
def opinions(make_opinions):
    texts = (f"{number}番の橋が古い。\n協働で直してほしい(案)。" for number in range(60))
    return make_opinions(*texts, "", "㈱ｶﾞｽ")


@pytest.fixture
def shared(monkeypatch):
    """Make small input worth several batches and processes."""
    monkeypatch.setattr(tokens, "_BATCH", 200)
    monkeypatch.setattr(tokens, "_WORTH_SHARING", 0)


@pytest.mark.parametrize("tokenizer", [JanomeTokenizer(), MecabTokenizer()])
def test_the_number_of_workers_changes_nothing(opinions, tokenizer, shared):
    expected = tokenize_opinions(opinions, tokenizer=tokenizer, n_jobs=1)
    pd.testing.assert_frame_equal(
        tokenize_opinions(opinions, tokenizer=tokenizer, n_jobs=2), expected
    )


def _helpers():
    commands = (Path(f"/proc/{pid}/cmdline") for pid in _children_of_this_process())
    return [path for path in commands if b"popen_loky" in path.read_bytes()]


def _children_of_this_process():
    lists = Path("/proc/self/task").glob("*/children")
    return [pid for children in lists for pid in children.read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_helping_processes_end_with_their_work(opinions, shared):
    seen = []
    tokenize_opinions(
        opinions,
        tokenizer=JanomeTokenizer(),
        n_jobs=2,
        progress=lambda done, total: seen.extend(_helpers()),
    )
    assert seen
    assert _helpers() == []


def test_the_size_of_batches_changes_nothing(opinions, monkeypatch):
    expected = tokenize_opinions(opinions, tokenizer=JanomeTokenizer())
    monkeypatch.setattr(tokens, "_BATCH", 30)
    pd.testing.assert_frame_equal(
        tokenize_opinions(opinions, tokenizer=JanomeTokenizer()), expected
    )


def test_progress_tells_the_texts_done_and_in_all(opinions, tmp_path, monkeypatch):
    monkeypatch.setattr(tokens, "_BATCH", 500)
    told = []
    load_or_tokenize(
        opinions,
        tokenizer=JanomeTokenizer(),
        folder=tmp_path,
        progress=lambda done, total: told.append((done, total)),
    )
    done = [number for number, _ in told]
    assert done == sorted(done)
    assert len(told) > 2
    assert told[-1] == (61, 61)


@pytest.fixture
def clock(monkeypatch):
    """Let the progress line's clock stand still until it is moved on."""
    now = [100.0]
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    return now


def test_a_progress_line_says_rate_and_rest_but_not_of_short_work(clock):
    stream = io.StringIO()
    line = ProgressLine("分かち書き", stream=stream)
    for seconds, done in ((0, 0), (1, 100), (4, 2_000), (4.5, 2_250), (10, 5_000)):
        clock[0] = 100 + seconds
        line(done, 5_000)
    first, *_, last = stream.getvalue().split("\r")[1:]
    assert first == "分かち書き: 2,000/5,000件(40%) 毎秒500件 残り00:06"
    assert "2,250" not in stream.getvalue(), "half a second later is too soon"
    assert last.rstrip(" ") == "分かち書き: 5,000/5,000件(100%) 毎秒500件 残り00:00\n"


@pytest.mark.parametrize("total", [0, 5])
def test_work_of_no_time_is_not_mentioned(total, clock):
    stream = io.StringIO()
    ProgressLine("分かち書き", stream=stream)(total, total)
    assert stream.getvalue() == ""


_INTERRUPTED = """
import os, pathlib, signal, sys, threading
import pandas as pd
from kyodo_analysis.words import JanomeTokenizer, load_or_tokenize, tokens

# A parent that runs in the background lets its children ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
tokens._BATCH, tokens._WORTH_SHARING = 200, 0
def stop(done, total):
    if done > 30:
        os.kill(os.getpid(), signal.SIGINT)
texts = [f"{number}番の橋が古い。協働で直してほしい。" for number in range(60)]
opinions = pd.DataFrame({"opinion_id": texts, "text": texts})
load_or_tokenize(
    opinions, tokenizer=JanomeTokenizer(), folder=pathlib.Path(sys.argv[1]), n_jobs=2, progress=stop
)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to oneself")
def test_ctrl_c_keeps_what_other_processes_have_done_and_a_rerun_does_the_rest(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, str(tmp_path)], capture_output=True, text=True
    )
    assert "KeyboardInterrupt" in ended.stderr
    (path,) = tmp_path.iterdir()
    kept = pd.read_parquet(path)
    n_kept = kept["digest"].nunique()
    assert 20 <= n_kept < 60
    texts = [f"{number}番の橋が古い。協働で直してほしい。" for number in range(60)]
    opinions = pd.DataFrame({"opinion_id": texts, "text": texts})
    told = []
    tokens = load_or_tokenize(
        opinions,
        tokenizer=JanomeTokenizer(),
        folder=tmp_path,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (60 - n_kept, 60 - n_kept)
    pd.testing.assert_frame_equal(tokens, tokenize_opinions(opinions, tokenizer=JanomeTokenizer()))
