"""The tables of personal data: where it may stand, what was decided, what was done."""

from kyodo_analysis.contract import Column, Table

_KIND_IS = "人名・電話番号・メール・住所・生年月日・個人番号・口座・カード番号・車のナンバーなど"
_OF_OPINION = "意見についての場所なら意見番号"

PERSONAL_DATA = Table(
    "personal_data",
    "個人情報の候補",
    "1行 = 個人情報かもしれない1か所",
    (
        Column("table", "label", "表", "どの表の中か", holds="ours"),
        Column("column", "label", "欄", "その表のどの欄の中か", holds="ours"),
        Column("row", "integer", "行", "その表の何行目か(0から)。同じ名前が並ぶ欄では最初の行"),
        Column("opinion_id", "text", "意見番号", _OF_OPINION, optional=True, holds="ours"),
        Column("kind", "label", "種類", _KIND_IS, holds="ours"),
        Column("matched", "text", "言葉", "見つかった言葉(書かれたまま)", holds="personal"),
        Column("start", "integer", "開始", "その欄の中の始まり(文字数、0から)"),
        Column("end", "integer", "終了", "その欄の中の終わり(この文字は含まない)"),
        Column("around", "text", "前後", "言葉の前後(言葉は【】の中)", holds="personal"),
        Column("reason", "text", "理由", "候補にした理由", holds="ours"),
    ),
    key=("table", "column", "row", "start"),
)
DECISIONS = Table(
    "privacy_decisions",
    "個人情報の扱い",
    "1行 = privacy.csv の1行",
    (
        Column("kind", "label", "種類", _KIND_IS, optional=True, holds="ours"),
        Column("matched", "text", "言葉", "伏せるか公開するかを決める言葉", holds="personal"),
        Column(
            "opinion_id",
            "text",
            "意見番号",
            "この意見だけについて決めるなら意見番号。空は、どこにあっても",
            optional=True,
            holds="ours",
        ),
        Column(
            "treatment",
            "label",
            "扱い",
            "公開・伏せる・除く。空は、まだ決めていない",
            optional=True,
            holds="ours",
        ),
        Column("row", "integer", "行", "privacy.csv の何行目か(見出しが1行目)"),
    ),
)
TREATMENT_COUNTS = Table(
    "treatment_counts",
    "個人情報の扱いの数",
    "1行 = 1つの種類",
    (
        Column("kind", "label", "種類", _KIND_IS, holds="ours"),
        Column("n_found", "integer", "見つけた数", "候補として見つけた場所の数(か所)"),
        Column("n_hidden", "integer", "伏せた数", "見つけた場所のうち、●で伏せた数(か所)"),
        Column("n_published", "integer", "公開した数", "見つけた場所のうち、公開した数(か所)"),
        Column(
            "n_by_hand",
            "integer",
            "ほかに伏せた数",
            "候補でない場所で、手で足した言葉や同じ言葉を伏せた数(か所)",
        ),
    ),
    key=("kind",),
)
