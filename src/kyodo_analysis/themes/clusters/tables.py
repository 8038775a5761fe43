"""The tables of the clusters and of their evidence."""

from kyodo_analysis.contract import Column, Table

_OPINION_ID = Column("opinion_id", "text", "意見番号", "意見を一意に示す番号(例: A1)")
_K = Column("k", "integer", "まとまりの数", "分けた数(k)")
_CLUSTER = Column("cluster", "integer", "まとまり", "大きい順の番号(1から)")

DUPLICATES = Table(
    "duplicates",
    "同じ文の意見",
    "1行 = 1件の意見",
    (
        _OPINION_ID,
        Column("representative", "text", "代表", "同じ文の組で最初に出てくる意見の番号"),
        Column("n_same", "integer", "組の件数", "同じ文の組にある意見の数。1は同じ文が無いこと"),
        Column("kind", "label", "種類", "代表・同文・ほぼ同文"),
    ),
    key=("opinion_id",),
)
K_EVIDENCE = Table(
    "k_evidence",
    "まとまりの数ごとの根拠",
    "1行 = 1つのまとまりの数",
    (
        _K,
        Column("stability", "number", "再現性", "再抽出でも同じ分け方になる度合い(ARIの平均)"),
        Column("stability_line", "number", "再現性の線", "語を入れ替えた文の95%点(全てのkの最大)"),
        Column("silhouette", "number", "分離度", "シルエットの平均(TF-IDF、コサイン距離)"),
        Column("silhouette_line", "number", "分離度の線", "語を入れ替えた文の95%点(全てのkの最大)"),
        Column("passes", "boolean", "両方が線より上", "再現性と分離度がともに線より上か"),
        Column("n_clusters_shown", "integer", "示せるまとまり", "再現性が自分の線より上のまとまり"),
        Column("n_opinions_shown", "integer", "入る意見数", "示せるまとまりに入る意見の数"),
        Column("sizes", "text", "まとまりの意見数", "大きい順(同じ文もすべて数える)"),
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
