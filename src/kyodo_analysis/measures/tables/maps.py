"""Results that are drawn as maps, each with the check that it stands behind."""

from kyodo_analysis.contract import Column, Table

_WORD = Column("word", "label", "語", "語(同じ形なら品詞が違っても1語)", holds="words")
_N_TEXTS = Column(
    "n_texts", "integer", "異なる文の数", "その語を使った文の数(同じ文・ほぼ同じ文は1つ)"
)
_N_BOTH = Column("n_both", "integer", "両方の意見数", "両方に当てはまる意見の数(件)")
_JACCARD = Column("jaccard", "number", "Jaccard係数", "両方の意見数÷どちらかの意見数")
_OPINION_IDS = Column(
    "opinion_ids", "text", "意見番号の一覧", "両方に当てはまる意見(、区切り)", holds="ours"
)

THEME_PAIRS = Table(
    "theme_pairs",
    "テーマの共起",
    "1行 = 2つのテーマの組み合わせ(0件も残す)",
    (
        Column("theme_a", "label", "テーマ1", "コードの名前", holds="ours"),
        Column("theme_b", "label", "テーマ2", "コードの名前", holds="ours"),
        _N_BOTH,
        Column("n_a", "integer", "テーマ1の意見数", "テーマ1の付いた意見の数(件)"),
        Column("n_b", "integer", "テーマ2の意見数", "テーマ2の付いた意見の数(件)"),
        Column("jaccard", "number", "Jaccard係数", "どちらの意見も無ければ空", optional=True),
        _OPINION_IDS,
    ),
    key=("theme_a", "theme_b"),
)
NETWORK_NODES = Table(
    "network_nodes",
    "共起ネットワークの語",
    "1行 = 1つの語",
    (
        _WORD,
        _N_TEXTS,
        Column("community", "integer", "まとまり", "大きい順の番号(1から)"),
        Column("x", "number", "横位置", "描くときの位置(-1から1)"),
        Column("y", "number", "縦位置", "描くときの位置(-1から1)"),
    ),
    key=("word",),
)
NETWORK_EDGES = Table(
    "network_edges",
    "共起ネットワークの線",
    "1行 = 1本の線(強い順)",
    (
        Column("word_a", "label", "語1", "線の一方の語", holds="words"),
        Column("word_b", "label", "語2", "線のもう一方の語", holds="words"),
        Column("n_both", "integer", "両方の文の数", "両方を使った文の数(同じ文・ほぼ同じ文は1つ)"),
        Column("jaccard", "number", "Jaccard係数", "両方の文の数÷どちらかの文の数"),
        Column("support", "share", "再現率", "意見を選び直しても線が残った割合(0から1)"),
        Column(
            "opinion_ids",
            "text",
            "意見番号の一覧",
            "両方を使った意見(同じ文は先の1件)",
            holds="ours",
        ),
    ),
    key=("word_a", "word_b"),
)
CORRESPONDENCE_POINTS = Table(
    "correspondence_points",
    "対応分析の点",
    "1行 = 1つの語または1つの組",
    (
        Column("kind", "label", "種類", "語、または組", holds="ours"),
        Column("name", "label", "名前", "語、または組の名前", holds="words"),
        Column("n", "integer", "出現回数", "語の出現回数、または組の語数"),
        Column("x", "number", "成分1", "成分1の主座標"),
        Column("y", "number", "成分2", "成分2の主座標"),
    ),
    key=("kind", "name"),
)
CORRESPONDENCE_AXES = Table(
    "correspondence_axes",
    "対応分析の成分",
    "1行 = 1つの成分",
    (
        Column("axis", "integer", "成分", "説明力の大きい順の番号(1から)"),
        Column("inertia", "number", "固有値", "その成分の慣性"),
        Column("share", "share", "寄与率", "全体の慣性に占める割合(0から1)"),
        Column(
            "reference",
            "number",
            "固有値の基準",
            "前の成分を除き、意見を組に配り直したときの最大の固有値の95%点。初めの5成分だけ",
            optional=True,
        ),
        Column(
            "above", "boolean", "基準を超える", "この成分とその前の成分が、どれも基準を超えたか"
        ),
    ),
    key=("axis",),
)
DENDROGRAM_LEAVES = Table(
    "dendrogram_leaves",
    "樹形図の語",
    "1行 = 1つの語(描く順)",
    (
        _WORD,
        Column("node", "integer", "節番号", "併合の表での番号(0から)"),
        _N_TEXTS,
    ),
    key=("node",),
)
DENDROGRAM_MERGES = Table(
    "dendrogram_merges",
    "樹形図の併合",
    "1行 = 1回の併合(低い順)",
    (
        Column("node", "integer", "節番号", "併合でできた節の番号(語の数から始まる)"),
        Column("left", "integer", "左の節", "併合された節の番号"),
        Column("right", "integer", "右の節", "併合された節の番号"),
        Column("height", "number", "高さ", "併合の水準(Ward法、Jaccard距離)"),
        Column("n_words", "integer", "語の数", "節に含まれる語の数"),
    ),
    key=("node",),
)
MAP_CHECKS = Table(
    "map_checks",
    "図の点検",
    "1行 = 1つの図",
    (
        Column("map", "label", "図", "図の種類", holds="ours"),
        Column("n_opinions", "integer", "意見数", "図のもとにした意見の数(件)"),
        Column("n_texts", "integer", "異なる文の数", "図に使った数(同じ文・ほぼ同じ文は1つ)"),
        Column("measure", "label", "ものさし", "比べた値", holds="ours"),
        Column("observed", "number", "値", "この資料での値"),
        Column("reference", "number", "基準", "ランダムに入れ替えた場合の95%点"),
        Column("n_shuffles", "integer", "入れ替え回数", "ランダムに入れ替えた回数"),
        Column("seed", "integer", "乱数の種", "同じ種なら同じ結果になる"),
        Column("holds", "boolean", "図にできる", "値が基準を超えたか"),
        Column("sentence", "text", "判定", "図にできるか、できない理由", holds="ours"),
    ),
    key=("map",),
)
