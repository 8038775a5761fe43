"""The tables that only this room makes."""

from kyodo_analysis.contract import Column, Table

BROKEN_WORDS = Table(
    "broken_words",
    "切れている言葉",
    "1行 = 辞書に無いために切れているらしい1つの言葉",
    (
        Column(
            "word", "text", "言葉", "つなげると1語らしい言葉。dictionary.csv の候補", holds="words"
        ),
        Column("n_opinions", "integer", "意見数", "その言葉が切れている意見の数"),
        Column("n", "integer", "出現回数", "その言葉が切れている回数"),
        Column("cut", "text", "切れ方", "最も多い切れ方(例: 協|働)", holds="words"),
        Column("opinion_id", "text", "意見番号", "最初に現れる意見の番号", holds="ours"),
    ),
    key=("word",),
)
