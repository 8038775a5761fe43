from kyodo_analysis.measures import select_quotes
from kyodo_analysis.tables import CODINGS, EVIDENCE


def _coded(matched, start):
    codings = CODINGS.make(
        [{"opinion_id": "A1", "code": "税", "coder": "codebook", "method": "rule"}]
    )
    evidence = EVIDENCE.make(
        [
            {
                "opinion_id": "A1",
                "code": "税",
                "matched": matched,
                "start": start,
                "end": start + len(matched),
            }
        ]
    )
    return codings, evidence


def test_a_quote_is_the_raw_text_even_where_a_correction_is_analysed(opinions):
    raw = opinions["raw_text"].str.replace("税", "説")
    quotes = select_quotes(opinions.assign(raw_text=raw), *_coded("税", 0), "税")
    assert quotes["text"].tolist() == ["説が高い。バスの本数を増やしてほしい。"]
    assert quotes["evidence"].tolist() == ["税(訂正後)"]


def test_evidence_that_stands_in_the_raw_text_keeps_its_place(opinions):
    raw = opinions["raw_text"].str.replace("税", "説")
    quotes = select_quotes(opinions.assign(raw_text=raw), *_coded("バス", 5), "税")
    assert quotes["evidence"].tolist() == ["バス[5-7]"]
