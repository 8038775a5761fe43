"""The tables of a drafted codebook."""

from kyodo_analysis.contract import Column, Table

DRAFT_THEMES = Table(
    "draft_themes",
    "テーマの案",
    "1行 = 1つのテーマの案(人が確かめる前のもの)",
    (
        Column("code", "label", "テーマの案", "仮の名前(ルールの最初の2語)", holds="ours"),
        Column("rule", "text", "ルール", "KH Coder の書き方のルール。5語まで", holds="ours"),
        Column(
            "source",
            "label",
            "もと",
            "何から作った案か(分類の名前、自動分類、語のまとまり)",
            holds="ours",
        ),
        Column("n_opinions", "integer", "意見数", "ルールが当たる意見の数"),
        Column("n_alone", "integer", "この案だけ", "ほかの案が当たらない意見の数"),
        Column(
            "overlap",
            "text",
            "重なり",
            "最も重なる案と、両方が当たる意見の数",
            optional=True,
            holds="ours",
        ),
        Column("n_came_back", "integer", "再現", "意見の8割で作り直したとき、同じ案ができた回数"),
        Column("n_redrafts", "integer", "作り直し", "作り直した回数"),
        Column("voices", "text", "例の意見", "案をよく表す意見の番号(3件まで)", holds="ours"),
    ),
    key=("code",),
)
FREQUENT_WORDS = Table(
    "frequent_words",
    "案に入れなかった多い言葉",
    "1行 = 多くの意見にあるので、案では決めずに人が選ぶ1語",
    (
        Column("word", "label", "言葉", "基本形", holds="ours"),
        Column("n_opinions", "integer", "意見数", "その言葉がある意見の数"),
        Column("reason", "label", "理由", "題名の言葉・多くの意見にある言葉", holds="ours"),
    ),
    key=("word",),
)
