"""A small study whose words are cut by hand, so that no tokenizer is needed."""

import pandas as pd
import pytest

from kyodo_analysis import tables
from kyodo_analysis.desk.rules import RuleBench
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.tables import ATTRIBUTES, CODES, CODINGS, EVIDENCE, OPINIONS, PHRASES, TOKENS
from kyodo_analysis.themes import THEME_DECISIONS

_WORDS = {
    "A1": "バス が 遅い 。",
    "A2": "街灯 が 暗い 。 バス も 遅い",
    "A3": "道 が 暗い",
    "B1": "<script>alert(1)</script> $x$",
}


def _tokens():
    for opinion_id, text in _WORDS.items():
        start = 0
        for position, word in enumerate(text.split()):
            yield {
                "opinion_id": opinion_id,
                "paragraph": 1,
                "sentence": 1,
                "position": position,
                "surface": word,
                "base_form": word,
                "part_of_speech": "記号,句点,*,*" if word == "。" else "名詞,一般,*,*",
                "inflection_type": "*",
                "inflection_form": "*",
                "unknown": False,
                "start": start,
                "end": (start := start + len(word)),
            }


def _opinions():
    for row, (opinion_id, text) in enumerate(_WORDS.items(), start=1):
        written = text.replace(" ", "")
        yield {
            "opinion_id": opinion_id,
            "category_code": opinion_id[0],
            "category": "移動" if opinion_id != "B1" else None,
            "session": 10 if opinion_id == "A3" else 2,
            "text": written,
            "raw_text": written,
            "source": f"opinions.txt:{row}行",
            "source_start": 0,
            "source_end": len(written),
        }


def coding(opinion_id, code, method="rule"):
    return {"opinion_id": opinion_id, "code": code, "coder": "codebook", "method": method}


@pytest.fixture
def bench():
    attributes = ATTRIBUTES.make([{"opinion_id": "A1", "attribute": "年代", "value": "30代"}])
    return RuleBench(OPINIONS.make(_opinions()), attributes, TOKENS.make(_tokens()))


@pytest.fixture
def made(bench):
    given = [("A1", "乗り物"), ("A2", "乗り物"), ("A2", "灯り")]
    spans = [("A1", "乗り物", "バス", 0, 2), ("A2", "灯り", "街灯", 0, 2)]
    spans += [("A2", "灯り", "暗い", 3, 5), ("A2", "乗り物", "バス", 6, 8)]
    empty = {table.name: table.make() for table in tables.ALL_TABLES}
    own = {name: empty.get(name, pd.DataFrame()) for name in StudyTables.__dataclass_fields__}
    own |= {
        "opinions": bench.opinions,
        "attributes": bench.attributes,
        "codes": CODES.make(
            [
                {"code": "乗り物", "rule": "バス | 電車", "source": "codebook.txt:3行"},
                {"code": "灯り", "rule": "街灯 & 暗い", "source": "codebook.txt:7行"},
            ]
        ),
        "codings": CODINGS.make(coding(*each) for each in given),
        "evidence": EVIDENCE.make(dict(zip(EVIDENCE.names, each, strict=True)) for each in spans),
        "phrases": PHRASES.make(
            [
                {
                    **{"opinion_id": "A3", "sentence": 1, "kind": "要望", "matched": "暗い"},
                    **{"start": 2, "end": 4},
                }
            ]
        ),
        "terms": tables.TERMS.make(
            {"opinion_id": i, "term": t, "part_of_speech": "名詞,一般", "start": s, "end": e}
            for i, t, s, e in [("A1", "バス", 0, 2), ("A2", "バス", 6, 8), ("A2", "街灯", 0, 2)]
        ),
        "theme_decisions": THEME_DECISIONS.make(),
        "engine": "janome",
    }
    return StudyTables(**own)
