"""The tables on how far coders agree."""

from kyodo_analysis.contract import Column, Table

_FIRST = Column("first", "label", "コーダー1", "1人目のコーダー", holds="ours")
_SECOND = Column("second", "label", "コーダー2", "2人目のコーダー", holds="ours")


def _number(name: str, label: str, meaning: str) -> Column:
    return Column(name, "number", label, meaning, optional=True)


AGREEMENT = Table(
    "agreement",
    "コーディングの一致",
    "1行 = 1つのコード(2人のコーダーの比較)",
    (
        Column("code", "label", "コード", "コード(テーマ)の名前", holds="ours"),
        _FIRST,
        _SECOND,
        Column("n_opinions", "integer", "意見数", "2人とも判定した意見の数"),
        Column("n_first", "integer", "コーダー1の数", "コーダー1が付けた意見の数"),
        Column("n_second", "integer", "コーダー2の数", "コーダー2が付けた意見の数"),
        Column("n_both", "integer", "両方", "2人とも付けた意見の数"),
        Column("n_agreed", "integer", "一致数", "付ける・付けないの判定が同じ意見の数"),
        _number("agreement", "一致率", "一致数÷意見数。30件未満では空"),
        _number("kappa", "カッパ", "Cohenのカッパ係数"),
        _number("kappa_low", "カッパ下限", "95%ブートストラップ区間の下限"),
        _number("kappa_high", "カッパ上限", "95%ブートストラップ区間の上限"),
        _number("alpha", "アルファ", "Krippendorffのアルファ(名義尺度)"),
        _number("alpha_low", "アルファ下限", "95%ブートストラップ区間の下限"),
        _number("alpha_high", "アルファ上限", "95%ブートストラップ区間の上限"),
        Column(
            "reason", "text", "空欄の理由", "値や区間が出せない理由", optional=True, holds="ours"
        ),
    ),
    key=("code", "first", "second"),
)
DISAGREEMENTS = Table(
    "disagreements",
    "判定の違い",
    "1行 = 2人の判定が違った意見とコード",
    (
        Column("opinion_id", "text", "意見番号", "意見を一意に示す番号", holds="ours"),
        Column("code", "label", "コード", "コード(テーマ)の名前", holds="ours"),
        Column("given_by", "label", "付けた", "そのコードを付けたコーダー", holds="ours"),
        Column(
            "not_given_by", "label", "付けない", "そのコードを付けなかったコーダー", holds="ours"
        ),
        Column(
            "evidence",
            "text",
            "根拠",
            "ルールなら当たった言葉と場所。人なら空",
            optional=True,
            holds="evidence",
        ),
        Column("text", "text", "意見", "意見の文", holds="opinion"),
    ),
    key=("opinion_id", "code"),
)
