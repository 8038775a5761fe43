"""Every table of results, as one workbook and as CSV."""

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from kyodo_analysis import measures, tables
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.output import write_csv, write_workbook
from kyodo_analysis.study import Study
from kyodo_analysis.study.contracts import find_columns, for_analyst
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.study.sentences import describe_hidden, describe_reading
from kyodo_analysis.themes import THEME_DECISIONS

_NOT_IN_FILE_NAMES = re.compile(r"[^\w×()]")
_TOOLS = ("kyodo_analysis", "pandas", "scikit-learn", "matplotlib")
_NAMES = {"category": "分類", "session": "回"}
_AS_THEY_ARE = (
    tables.OPINIONS,
    tables.CODES,
    tables.CODINGS,
    THEME_DECISIONS,
    tables.EVIDENCE,
    tables.ATTRIBUTES,
    tables.REPLIES,
    tables.SESSIONS,
    tables.ATTENDANCE,
    tables.SET_ASIDE,
    tables.RECONCILIATION,
    tables.FINDINGS,
    tables.CORRECTIONS,
)


def write_results(study: Study, made: StudyTables, folder: Path) -> Path:
    """Write ``results.xlsx`` into a report's folder, and each of its sheets as CSV in ``tables/``."""
    results = {name: table for name, table in _results(study, made) if not table.empty}
    sheets = {name: for_analyst(table) for name, table in results.items()}
    columns = [each for table in results.values() for each in find_columns(table).values()]
    shares = {each.label for each in columns if each.kind == "share"}
    for name, sheet in sheets.items():
        write_csv(sheet, folder / "tables" / f"{_NOT_IN_FILE_NAMES.sub('_', name)}.csv")
    return write_workbook(sheets, folder / "results.xlsx", shares=shares)


def describe_provenance(study: Study, made: StudyTables) -> pd.DataFrame:
    """Say what a study's results were made from, and with what (PROVENANCE)."""
    items = {
        "資料": study.title,
        "出典": f"{study.source}({study.date:%Y-%m-%d})",
        "元のファイル": f"{made.files['file'].iloc[0]}(SHA-256: {made.data_sha256})",
        "読み取り": describe_reading(made.reconciliation, made.findings),
        "個人情報": describe_hidden(made.treatment_counts, made.terms),
        "分かち書き": made.engine,
        "使った道具": "、".join(f"{name} {version(name)}" for name in _TOOLS),
    }
    notes = [{"item": "注意", "content": note} for note in study.notes]
    rows = [{"item": item, "content": content} for item, content in items.items()]
    return tables.PROVENANCE.make([*rows, *notes])


def _results(study: Study, made: StudyTables) -> Iterator[tuple[str, pd.DataFrame]]:
    yield tables.PROVENANCE.label, describe_provenance(study, made)
    yield "語の数", measures.count_terms(made.terms)
    if made.themes:
        yield from _themes(made)
        for by in ("category", "session", *made.attributes["attribute"].unique()):
            yield from _themes_by(made, str(by))
    for table in _AS_THEY_ARE:
        yield table.label, getattr(made, table.name)


def _themes(made: StudyTables) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "テーマの意見数", measures.count_themes(made.codings, made.opinions, made.themes)
    given = pd.crosstab(made.codings["opinion_id"], made.codings["code"].astype("str"))
    coded = given.reindex(index=made.opinions["opinion_id"], columns=made.themes, fill_value=0)
    yield "意見×テーマ(0と1)", _by_opinion(coded)
    yield "意見×テーマ(根拠の数)", _by_opinion(made.code_counts)
    yield "テーマの共起", measures.count_theme_pairs(made.codings, made.opinions, made.themes)


def _by_opinion(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.reset_index(drop=True).assign(意見番号=counts.index)[
        ["意見番号", *counts.columns]
    ]


def _themes_by(made: StudyTables, by: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of themes by category, session or attribute that the data can answer."""
    name = _NAMES.get(by, by)
    with suppress(NotInDataError):  # the notebooks say why
        groups = measures.groups_by(made.opinions, by, made.attributes)
        cross = measures.count_themes_by_group(
            made.codings, groups, made.themes, opinions=made.opinions
        )
        yield f"テーマ×{name}", cross
        yield f"テーマ×{name}の残差", measures.compare_cells(cross)
        given = (made.codings, groups, made.opinions, made.themes)
        yield f"テーマ×{name}の検定", measures.compare_themes_by_group(*given)
        yield f"テーマ×{name}(KHCoder)", measures.describe_as_kh_coder(*given)
