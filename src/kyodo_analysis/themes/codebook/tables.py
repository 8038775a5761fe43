"""The tables of the codebook that only it makes."""

from kyodo_analysis.contract import Column, Table
from kyodo_analysis.tables import CODES

_OPINION_ID = Column("opinion_id", "text", "意見番号", "意見を一意に示す番号", holds="ours")

WARNINGS = Table(
    "codebook_warnings",
    "コードブックの警告",
    "1行 = 1つの警告または誤り",
    (
        Column(
            "level",
            "label",
            "程度",
            "警告(意味はKH Coderと同じ)か、誤り(そのコードは使わない)",
            holds="ours",
        ),
        Column("file", "text", "ファイル", "コードブックのファイル名", holds="ours"),
        Column("line", "integer", "行", "ファイルの何行目か(1から)"),
        Column("code", "label", "コード", "コードの名前", optional=True, holds="ours"),
        Column("found", "text", "内容", "何が見つかったか", holds="free"),
        Column("action", "text", "対処", "どうすればよいか", holds="free"),
    ),
)
UNITS = Table(
    "units",
    "コーディングの単位",
    "1行 = 1つの単位(意見、段落、文、見出しのまとまり)",
    (
        Column("unit", "integer", "番号", "単位の通し番号(1から。No. と同じ)"),
        Column("opinion_id", "text", "意見番号", "単位が始まる意見の番号", holds="ours"),
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
        Column("source", "text", "場所", "themes.csv の中の場所", holds="ours"),
    ),
    key=("code",),
)
CODES_PER_OPINION = Table(
    "codes_per_opinion",
    "意見ごとのコード",
    "1行 = 1件の意見",
    (
        _OPINION_ID,
        Column("n_codes", "integer", "コード数", "付いたコードの数。0は未分類"),
        Column("codes", "text", "コード", "付いたコードの名前", holds="ours"),
        Column("text", "text", "意見", "意見の文", holds="opinion"),
    ),
    key=("opinion_id",),
)
CODING_CHANGES = Table(
    "coding_changes",
    "前回からの変化",
    "1行 = 前回と違うコーディング",
    (
        Column(
            "change",
            "label",
            "変化",
            "増えた・消えた・根拠(コードは同じで当たった言葉が違う)",
            holds="ours",
        ),
        _OPINION_ID,
        Column("code", "label", "コード", "コードの名前", holds="ours"),
        Column("coder", "label", "コーダー", "codebook、または人の名前", holds="ours"),
        Column(
            "evidence_before",
            "text",
            "前回の根拠",
            "当たった言葉と場所",
            optional=True,
            holds="evidence",
        ),
        Column(
            "evidence_after",
            "text",
            "今回の根拠",
            "当たった言葉と場所",
            optional=True,
            holds="evidence",
        ),
        Column(
            "text", "text", "意見", "意見の文。なくなった意見なら空", optional=True, holds="opinion"
        ),
    ),
    key=("opinion_id", "code", "coder"),
)
