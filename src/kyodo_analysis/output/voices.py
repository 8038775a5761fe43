"""Every published opinion on one page, each with a place of its own that numbers link to."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from kyodo_analysis.files import write_text
from kyodo_analysis.output.pages import page

VOICES = "voices.html"

_STYLE = """
article { border-top: 1px solid #b0b0b0; padding: .6rem 0; content-visibility: auto;
  contain-intrinsic-size: auto 6rem; }
article[hidden] { display: none; }
article h2 { border: 0; margin: 0; font-size: 1rem; display: inline; }
.facts { color: #4a4a4a; font-size: .85rem; margin: 0 0 0 1rem; display: inline; }
.words { margin: .3rem 0; white-space: pre-wrap; }
.reply { margin: .3rem 0 0 1.5rem; font-size: .9rem; white-space: pre-wrap; }
mark { background: #fff2b3; border-bottom: 2px solid #1f1f1f; }
#filter { position: sticky; top: 0; background: #fff; padding: .5rem 0; border-bottom: 2px solid; }
@media print { #filter { position: static; } input { display: none; } }
"""
# Reads only the address and what was typed; what residents wrote is compared as text, never run.
_SCRIPT = """
const all = [...document.querySelectorAll('article')];
const box = document.querySelector('input'), said = document.querySelector('#shown');
function show() {
  const asked = location.hash.slice(1);
  const ids = asked.startsWith('ids=')
    ? new Set(asked.slice(4).split(',').map(decodeURIComponent)) : null;
  let n = 0;
  for (const each of all) {
    const fits = (!ids || ids.has(each.dataset.id)) && each.textContent.includes(box.value);
    each.hidden = !fits;
    n += fits;
  }
  said.textContent = all.length + '件のうち' + n + '件を示しています。';
}
addEventListener('hashchange', show);
box.addEventListener('input', show);
show();
"""


def link_to_voices(ids: Iterable[str], text: str) -> str:
    """Return a link, as HTML, to exactly these opinions on the page of voices."""
    listed = ",".join(quote(opinion_id, safe="") for opinion_id in ids)
    return f'<a href="{VOICES}#ids={listed}">{escape(text)}</a>'


def write_voices(
    folder: Path,
    *,
    title: str,
    opinions: pd.DataFrame,
    codings: pd.DataFrame,
    evidence: pd.DataFrame,
    attributes: pd.DataFrame,
    replies: pd.DataFrame,
) -> Path:
    """Write ``voices.html``: every opinion in its own words, with what is known of it.

    The words that gave an opinion its themes are marked where its text was not corrected. A tiny
    script, allowed by its hash, shows the opinions that a link names or that hold what is typed;
    without it all of them stand there.

    Parameters
    ----------
    folder : Path
        Of the report.
    title : str
        Of the report.
    opinions, codings, evidence, attributes, replies : DataFrame
        As they are published.

    Raises
    ------
    OutputError
        The page cannot be written.
    """
    themes = _texts_by_opinion(codings["opinion_id"], codings["code"])
    people = set(codings.loc[codings["method"].astype("str").eq("decision"), "opinion_id"])
    facts = _texts_by_opinion(
        attributes["opinion_id"],
        attributes["attribute"].astype("str") + ": " + attributes["value"].astype("str"),
    )
    answered = dict(zip(replies["opinion_id"], replies["reply"], strict=True))
    spans = _spans_by_opinion(evidence)
    voices = [
        _voice(
            opinion,
            spans.get(opinion_id, []),
            themes=themes.get(opinion_id, []),
            by_a_person=opinion_id in people,
            facts=facts.get(opinion_id, []),
            reply=answered.get(opinion_id),
        )
        for opinion_id, opinion in zip(
            opinions["opinion_id"], opinions.itertuples(index=False), strict=True
        )
    ]
    body = [
        '<p><a href="index.html">← 報告の表紙</a></p>',
        f"<h1>声のすべて({escape(title)})</h1>",
        "<p>書かれたままの言葉です。下線は、テーマを付けた言葉です。●は伏せたところです。</p>",
        '<div id="filter"><label>言葉で絞る <input type="search"></label> '
        f'<span id="shown">{len(voices)}件を示しています。</span> <a href="#">すべて示す</a></div>',
        *voices,
    ]
    return write_text(
        folder / VOICES, page("声のすべて", "\n".join(body), style=_STYLE, script=_SCRIPT)
    )


def _texts_by_opinion(ids: "pd.Series[str]", texts: "pd.Series[str]") -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for opinion_id, text in zip(ids, texts.astype("str"), strict=True):
        listed.setdefault(opinion_id, []).append(text)
    return listed


def _spans_by_opinion(evidence: pd.DataFrame) -> Mapping[str, list[tuple[int, int, str]]]:
    spans: dict[str, list[tuple[int, int, str]]] = {}
    columns = (evidence[name] for name in ("opinion_id", "start", "end", "code"))
    for opinion_id, start, end, code in zip(*columns, strict=True):
        spans.setdefault(opinion_id, []).append((start, end, str(code)))
    return spans


def _voice(
    opinion: Any,
    spans: Sequence[tuple[int, int, str]],
    *,
    themes: list[str],
    by_a_person: bool,
    facts: list[str],
    reply: str | None,
) -> str:
    known = [] if pd.isna(opinion.category) else [f"分類: {opinion.category}"]
    known += [] if pd.isna(opinion.session) else [f"第{opinion.session}回"]
    known += facts
    known.append(f"テーマ: {'、'.join(themes) or 'なし'}{'(人の判断を含む)' * by_a_person}")
    known.append(f"出典: {opinion.source}")
    opinion_id = escape(opinion.opinion_id, quote=True)
    answer = f'\n<p class="reply">市の考え方: {escape(reply)}</p>' if reply else ""
    same = opinion.text == opinion.raw_text
    words = mark_words(opinion.raw_text, spans if same else ())
    return (
        f'<article id="{opinion_id}" data-id="{opinion_id}"><h2>{opinion_id}</h2>'
        f'<p class="facts">{escape(" / ".join(known))}</p>'
        f'\n<p class="words">{words}</p>{answer}</article>'
    )


def mark_words(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return a text as HTML with its spans marked, each naming its themes; overlaps become one."""
    return "".join(
        f'<mark title="{escape(themes)}">{escape(words)}</mark>' if themes else escape(words)
        for words, themes in cut_at_marks(text, spans)
    )


def cut_at_marks(text: str, spans: Iterable[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the themes of the span that it is, or with none."""
    pieces, end_before = [], 0
    for start, end, themes in _joined(spans):
        pieces += [(text[end_before:start], ""), (text[start:end], themes)]
        end_before = end
    return [(words, themes) for words, themes in [*pieces, (text[end_before:], "")] if words]


def _joined(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    joined: list[tuple[int, int, list[str]]] = []
    for start, end, theme in sorted(spans):
        if joined and start < joined[-1][1]:
            first, last, themes = joined.pop()
            joined.append((first, max(last, end), [*themes, theme]))
        else:
            joined.append((start, end, [theme]))
    return [(start, end, "、".join(dict.fromkeys(themes))) for start, end, themes in joined]
