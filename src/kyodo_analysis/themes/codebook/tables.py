"""The tables of the codebook that only it makes."""

from kyodo_analysis.contract import Column, Table
from kyodo_analysis.tables import CODES

WARNINGS = Table(
    "codebook_warnings",
    "コードブックの警告",
    "1行 = 1つの警告または誤り",
    (
        Column(
            "level", "label", "程度", "警告(意味はKH Coderと同じ)か、誤り(そのコードは使わない)"
        ),
        Column("file", "text", "ファイル", "コードブックのファイル名"),
        Column("line", "integer", "行", "ファイルの何行目か(1から)"),
        Column("code", "label", "コード", "コードの名前", optional=True),
        Column("found", "text", "内容", "何が見つかったか"),
        Column("action", "text", "対処", "どうすればよいか"),
    ),
)
UNITS = Table(
    "units",
    "コーディングの単位",
    "1行 = 1つの単位(意見、段落、文、見出しのまとまり)",
    (
        Column("unit", "integer", "番号", "単位の通し番号(1から。No. と同じ)"),
        Column("opinion_id", "text", "意見番号", "単位が始まる意見の番号"),
        Column("start", "integer", "開始", "その意見の text の中の始まり(文字数、0から)"),
    ),
    key=("unit",),
)
THEME_NOTES = Table(
    "theme_notes",
    "テーマの説明",
    "1行 = themes.csv の1行",
    (
        *(column for column in CODES.columns if column.name not in ("rule", "source")),
        Column("source", "text", "場所", "themes.csv の中の場所"),
    ),
    key=("code",),
)
