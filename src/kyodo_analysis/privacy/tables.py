"""The tables of personal data: what was found, and what the analyst decided."""

from kyodo_analysis.contract import Column, Table

_FINDING_ID = Column("finding_id", "text", "番号", "候補を一意に示す番号。読み直しても変わらない")
_OPINION_ID = Column("opinion_id", "text", "意見番号", "意見を一意に示す番号")
_KIND = Column("kind", "label", "種類", "電話番号・メール・住所・生年月日・個人番号・人名のどれか")
_MATCHED = Column("matched", "text", "言葉", "見つかった言葉(書かれたまま)")

PERSONAL_DATA = Table(
    "personal_data",
    "個人情報の候補",
    "1行 = 個人情報かもしれない1か所",
    (
        _FINDING_ID,
        _OPINION_ID,
        Column("column", "label", "欄", "意見(text)か原文(raw_text)"),
        _KIND,
        _MATCHED,
        Column("start", "integer", "開始", "その欄の中の始まり(文字数、0から)"),
        Column("end", "integer", "終了", "その欄の中の終わり(この文字は含まない)"),
        Column("reason", "text", "理由", "候補にした理由"),
    ),
    key=("finding_id",),
)
DECISIONS = Table(
    "privacy_decisions",
    "個人情報の扱い",
    "1行 = privacy.csv の1行",
    (
        _FINDING_ID,
        _OPINION_ID,
        _KIND,
        _MATCHED,
        Column(
            "treatment",
            "label",
            "扱い",
            "公開・伏せる・除く。空は、まだ決めていない",
            optional=True,
        ),
        Column("row", "integer", "行", "privacy.csv の何行目か(見出しが1行目)"),
    ),
    key=("finding_id",),
)
TREATMENT_COUNTS = Table(
    "treatment_counts",
    "個人情報の扱いの数",
    "1行 = 種類と扱い",
    (
        _KIND,
        Column("treatment", "label", "扱い", "公開・伏せる・除く のどれか"),
        Column("n", "integer", "か所", "その種類の候補のうち、その扱いにしたものの数(か所)"),
    ),
    key=("kind", "treatment"),
)
