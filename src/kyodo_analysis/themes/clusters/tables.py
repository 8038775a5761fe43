"""The tables of the clusters and of their evidence."""

from kyodo_analysis.contract import Column, Table

_OPINION_ID = Column("opinion_id", "text", "意見番号", "意見を一意に示す番号(例: A1)", holds="ours")
_K = Column("k", "integer", "まとまりの数", "分けた数(k)")
_CLUSTER = Column("cluster", "integer", "まとまり", "大きい順の番号(1から)")

_LINE = "語を入れ替えた文の95%点。両方の線を超えることが、どのkでも合わせて5%以下になる値"

K_EVIDENCE = Table(
    "k_evidence",
    "まとまりの数ごとの根拠",
    "1行 = 1つのまとまりの数",
    (
        _K,
        Column("stability", "number", "再現性", "再抽出でも同じ分け方になる度合い(ARIの平均)"),
        Column("stability_line", "number", "再現性の線", _LINE),
        Column(
            "held_out",
            "number",
            "残りの語での近さ",
            "語の半分で分け、残りの半分の語で見た、同じまとまりの意見の近さ(コサイン類似度の平均)",
        ),
        Column("held_out_line", "number", "近さの線", _LINE),
        Column("passes", "boolean", "両方が線より上", "再現性と近さがともに線より上か"),
        Column(
            "n_shuffles",
            "integer",
            "入れ替えた回数",
            "語を入れ替えた文の数。線に届かないと分かれば、途中でやめる",
        ),
        Column("n_clusters_shown", "integer", "示せるまとまり", "再現性が自分の線より上のまとまり"),
        Column("n_opinions_shown", "integer", "入る意見数", "示せるまとまりに入る意見の数"),
        Column("sizes", "text", "まとまりの意見数", "大きい順(同じ文もすべて数える)", holds="ours"),
    ),
    key=("k",),
)
CLUSTER_EVIDENCE = Table(
    "cluster_evidence",
    "まとまりごとの根拠",
    "1行 = 1つのまとまりの数の中の1つのまとまり",
    (
        _K,
        _CLUSTER,
        Column("n_opinions", "integer", "意見数", "入る意見の数(同じ文もすべて数える)"),
        Column("n_merged", "integer", "まとめた意見数", "同じ文を1件に数えた意見の数"),
        Column("stability", "number", "再現性", "再抽出での最も近いまとまりとのJaccard係数の平均"),
        Column("line", "number", "線", "語を入れ替えた文の、同じ大きさのまとまりの95%点"),
        Column("passes", "boolean", "線より上", "再現性が線より上か"),
    ),
    key=("k", "cluster"),
)
SECOND_OPINION = Table(
    "second_opinion",
    "別の方法(Ward法)との一致",
    "1行 = 1つのまとまりの数",
    (
        _K,
        Column("agreement", "number", "一致", "NMFとWard法の分け方の一致(調整ランド指数、1で同じ)"),
        Column(
            "silhouette",
            "number",
            "分離度(NMF)",
            "シルエットの平均(TF-IDF、コサイン距離)。2つ以上に分かれなければ空",
            optional=True,
        ),
        Column(
            "ward_silhouette",
            "number",
            "分離度(Ward法)",
            "Ward法の分け方で同じように測った値",
            optional=True,
        ),
        Column("ward_sizes", "text", "まとまりの意見数(Ward法)", "大きい順", holds="ours"),
    ),
    key=("k",),
)
CLUSTER_TERMS = Table(
    "cluster_terms",
    "まとまりの特徴語",
    "1行 = 1つのまとまりの1つの語",
    (
        _CLUSTER,
        Column("rank", "integer", "順位", "Jaccard係数の大きい順"),
        Column("term", "text", "語", "特徴語", holds="words"),
        Column("jaccard", "number", "Jaccard係数", "両方÷どちらか(まとまりの意見、語のある意見)"),
        Column("n_with_term", "integer", "語のある意見数", "まとまりの中でこの語のある意見の数"),
        Column("n_cluster", "integer", "まとまりの意見数", "まとまりに入る意見の数"),
        Column("n_elsewhere", "integer", "ほかの意見数", "まとまりの外でこの語のある意見の数"),
    ),
    key=("cluster", "rank"),
)
TYPICAL_OPINIONS = Table(
    "typical_opinions",
    "まとまりの典型的な意見",
    "1行 = 1つのまとまりの1件の意見",
    (
        _CLUSTER,
        Column("rank", "integer", "順位", "まとまりの平均に近い順"),
        _OPINION_ID,
        Column("closeness", "number", "近さ", "まとまりのほかの意見とのコサイン類似度の平均"),
        Column("text", "text", "意見", "意見の文(そのまま)", holds="opinion"),
    ),
    key=("cluster", "rank"),
)
BORDERLINE_OPINIONS = Table(
    "borderline_opinions",
    "境目にある意見",
    "1行 = 1つのまとまりの1件の意見",
    (
        _CLUSTER,
        Column("rank", "integer", "順位", "ほかのまとまりに近い順"),
        _OPINION_ID,
        Column("other_cluster", "integer", "近いまとまり", "次に近い、または自分より近いまとまり"),
        Column("margin", "number", "差", "自分のまとまりへの近さ-近いまとまりへの近さ"),
        Column("text", "text", "意見", "意見の文(そのまま)", holds="opinion"),
    ),
    key=("cluster", "rank"),
)
CLUSTER_NAMES = Table(
    "cluster_names",
    "まとまりの名前",
    "1行 = 1つのまとまり(cluster_names.csv)",
    (
        _CLUSTER,
        Column(
            "name",
            "text",
            "名前",
            "分析者が付ける名前。空なら特徴語で呼ぶ",
            optional=True,
            holds="ours",
        ),
        Column("terms", "text", "特徴語", "名前を考える手がかり", holds="words"),
        Column("n_opinions", "integer", "意見数", "まとまりに入る意見の数"),
        Column(
            "members",
            "text",
            "意見番号",
            "名前を引き継ぐための控え(1,000件を超えれば間引く)",
            holds="ours",
        ),
    ),
    key=("cluster",),
)
CLUSTER_LABELS = Table(
    "cluster_labels",
    "まとまりの呼び名",
    "1行 = 1つのまとまり、または引き継げなかった1つの名前",
    (
        Column(
            "cluster", "integer", "まとまり", "大きい順の番号。引き継げなければ空", optional=True
        ),
        Column("label", "text", "呼び名", "分析者の名前、無ければ特徴語", holds="words"),
        Column("terms", "text", "特徴語", "Jaccard係数の大きい3語", optional=True, holds="words"),
        Column("status", "label", "由来", "名前・特徴語・引き継げない名前", holds="ours"),
        Column("overlap", "number", "重なり", "名前を付けた時とのJaccard係数", optional=True),
        Column("note", "text", "注意", "確かめるべきこと", optional=True, holds="ours"),
    ),
)
CLUSTER_CODES = Table(
    "cluster_codes",
    "まとまりとコードの重なり",
    "1行 = 1つのまとまりと1つのコード",
    (
        _CLUSTER,
        Column("code", "label", "コード", "コード(テーマ)の名前", holds="ours"),
        Column("n_both", "integer", "両方の意見数", "まとまりに入り、コードも付いた意見の数"),
        Column("n_cluster", "integer", "まとまりの意見数", "まとまりに入る意見の数"),
        Column("n_code", "integer", "コードの意見数", "コードの付いた意見の数(未分類も数える)"),
        Column("jaccard", "number", "Jaccard係数", "両方÷どちらか"),
    ),
    key=("cluster", "code"),
)
CODE_SUGGESTIONS = Table(
    "code_suggestions",
    "コードの候補",
    "1行 = どのコードとも重ならないまとまりの1件の意見",
    (
        _CLUSTER,
        Column("rank", "integer", "順位", "まとまりの平均に近い順"),
        Column(
            "nearest_code",
            "label",
            "近いコード",
            "最も多く付いたコード",
            optional=True,
            holds="ours",
        ),
        Column("n_both", "integer", "両方の意見数", "まとまりの中で近いコードの付いた意見の数"),
        Column("n_uncoded", "integer", "コードの無い意見数", "まとまりの中でコードの無い意見の数"),
        Column("n_cluster", "integer", "まとまりの意見数", "まとまりに入る意見の数"),
        _OPINION_ID,
        Column("text", "text", "意見", "意見の文(そのまま)", holds="opinion"),
    ),
    key=("cluster", "rank"),
)
