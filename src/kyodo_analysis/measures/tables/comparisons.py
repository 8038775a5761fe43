"""Results that compare groups, and say when a comparison may not be made."""

from kyodo_analysis.contract import Column, Table

_THEME = Column("theme", "label", "テーマ", "コードまたはまとまりの名前", holds="ours")
_GROUP = Column("group", "label", "組", "分類・回・まとまり・属性の値", holds="label")
_TERM = Column("term", "label", "語", "数える単位(複合語・同義語をまとめたあと)", holds="words")
_PART_OF_SPEECH = Column(
    "part_of_speech", "label", "品詞", "IPADICの品詞の第1段と第2段", holds="ours"
)
_N_GROUP = Column("n_group", "integer", "組の意見数", "その組の意見の数(件)")
_LINE = Column(
    "g2_line", "number", "G2の基準", "意見を組に配り直したときの、全部の組と語の最大値の95%点"
)
_ABOVE = Column("above_line", "boolean", "基準を超える", "G2が基準を超えたか")

_N_OPINIONS = Column(
    "n_opinions", "integer", "意見数", "組の分かる意見のうち、テーマの付いた数(件)"
)
_N_TOTAL = Column("n_total", "integer", "全体の意見数", "組の分かる意見の数(件)")
_N_GROUPS = Column("n_groups", "integer", "組の数", "意見のある組の数")
_NOTE = Column("note", "text", "注", "値が無い理由、読むときの注意。無ければ空文字", holds="ours")

THEME_TESTS = Table(
    "theme_tests",
    "テーマと組の関連",
    "1行 = 1つのテーマ",
    (
        _THEME,
        _N_OPINIONS,
        _N_TOTAL,
        Column(
            "n_texts",
            "integer",
            "異なる文の数",
            "検定に使った数。組の中の同じ文・ほぼ同じ文は1つと数える",
        ),
        _N_GROUPS,
        Column(
            "p_exact",
            "number",
            "p値(正確)",
            "フィッシャー・フリーマン・ハルトンの正確検定",
            optional=True,
        ),
        Column(
            "method",
            "label",
            "求め方",
            "数え上げ、または乱数による近似",
            optional=True,
            holds="ours",
        ),
        Column("p_holm", "number", "p値(ホルム)", "p値(正確)を全テーマについて調整", optional=True),
        Column(
            "p_max",
            "number",
            "p値(並べ替え)",
            "意見を丸ごと並べ替えたときの、全テーマの最大カイ2乗値による調整済みp値",
            optional=True,
        ),
        Column("cramers_v", "number", "クラメールのV", "関連の強さ(0から1)", optional=True),
        Column("share", "share", "割合", "検定に使った文のうちの割合。30未満では空", optional=True),
        Column(
            "detectable",
            "share",
            "見つけられる割合",
            "ほかの組が全体と同じ割合なら、1組の割合がこれ以上のとき8割の見込みで差が見つかる。"
            "空なら、この件数ではどんな差も見つけられない",
            optional=True,
        ),
        _NOTE,
    ),
    key=("theme",),
)
KH_CODER_TESTS = Table(
    "kh_coder_tests",
    "テーマと組の関連(KH Coderと同じ計算)",
    "1行 = 1つのテーマ",
    (
        _THEME,
        _N_OPINIONS,
        _N_TOTAL,
        _N_GROUPS,
        Column(
            "chi2",
            "number",
            "カイ2乗値",
            "KH Coderと同じ計算(2×2の表ではイェーツの補正)",
            optional=True,
        ),
        Column(
            "p_chi2",
            "number",
            "p値(カイ2乗、未調整)",
            "KH Coderと同じ計算。テーマの数も同じ人・同じ文も考えに入れないので、判断には使わない",
            optional=True,
        ),
        Column(
            "mark",
            "label",
            "印(未調整)",
            "KH Coderと同じ: ** p<.01、* p<.05、無ければ空文字",
            holds="ours",
        ),
        _NOTE,
    ),
    key=("theme",),
)
RESIDUALS = Table(
    "residuals",
    "テーマと組の残差",
    "1行 = 1つのテーマと1つの組",
    (
        _THEME,
        _GROUP,
        Column("n_opinions", "integer", "意見数", "その組でそのテーマの付いた意見の数(件)"),
        _N_GROUP,
        Column("expected", "number", "期待度数", "組とテーマが無関係な場合の意見数"),
        Column("pearson", "number", "ピアソン残差", "(意見数-期待度数)÷√期待度数", optional=True),
        Column("adjusted", "number", "調整済み残差", "ばらつきを揃えた残差(目安±2)", optional=True),
    ),
    key=("theme", "group"),
)
KEYNESS = Table(
    "keyness",
    "特徴語",
    "1行 = 1つの組に、全体より多くの割合の意見で現れる1つの語",
    (
        _GROUP,
        _TERM,
        _PART_OF_SPEECH,
        Column("n_opinions", "integer", "意見数", "その組でその語を使った意見の数(件)"),
        _N_GROUP,
        Column("n", "integer", "出現回数", "その組でその語が現れた回数"),
        Column(
            "n_texts",
            "integer",
            "異なる文の数",
            "その組でその語を使った文の数(同じ文・ほぼ同じ文は1つ)",
        ),
        Column("n_opinions_total", "integer", "全体の意見数", "全体でその語を使った意見の数(件)"),
        Column("n_total", "integer", "全体の出現回数", "全体でその語が現れた回数"),
        Column("g2", "number", "G2", "対数尤度比。組の中で出現回数が少なければ負"),
        _LINE,
        _ABOVE,
        Column("n_shuffles", "integer", "入れ替え回数", "G2の基準のために意見を配り直した回数"),
        Column("seed", "integer", "乱数の種", "同じ種なら同じ結果になる"),
        Column("log_odds", "number", "重み付き対数オッズ", "Monroeら(2008)のz値"),
        Column("jaccard", "number", "Jaccard係数", "KH Coderの特徴語と同じ計算"),
        Column(
            "opinion_ids",
            "text",
            "意見番号の一覧",
            "その組でその語を使った意見(、区切り)",
            holds="ours",
        ),
    ),
    key=("group", "term", "part_of_speech"),
)
CANDIDATE_TERMS = Table(
    "candidate_terms",
    "テーマの候補語",
    "1行 = テーマの付いた意見に多い1つの語",
    (
        _THEME,
        _TERM,
        _PART_OF_SPEECH,
        Column("n_coded", "integer", "該当の意見数", "テーマが付き、その語を使った意見の数(件)"),
        Column("n_others", "integer", "他の意見数", "テーマが付かず、その語を使った意見の数(件)"),
        Column("g2", "number", "G2", "対数尤度比。該当の意見で出現回数が少なければ負"),
        _LINE,
        _ABOVE,
        Column("coded_ids", "text", "該当の意見番号", "テーマが付いた意見(、区切り)", holds="ours"),
        Column(
            "other_ids", "text", "他の意見番号", "テーマが付いていない意見(、区切り)", holds="ours"
        ),
    ),
    key=("theme", "term", "part_of_speech"),
)
CORRECTED_COUNTS = Table(
    "corrected_counts",
    "人が読んで直した数",
    "1行 = 1つのテーマ(1人のコーダーの読みによる)",
    (
        _THEME,
        Column("coder", "label", "コーダー", "無作為に選んだ意見を読んだ人", holds="ours"),
        Column("n_rule", "integer", "ルールの数", "ルールが付けた意見の数(件)"),
        Column("n_total", "integer", "全体の意見数", "数える対象の意見の数(件)"),
        Column("n_read", "integer", "人が読んだ数", "人が読んだ意見の数(件)"),
        Column("n_given", "integer", "人が付けた数", "読んだうち、人が付けた意見の数(件)"),
        Column("n_corrected", "number", "直した数", "全体でのおよその数(差推定量、件)"),
        Column("low", "number", "下限", "直した数の95%区間の下限(件)"),
        Column("high", "number", "上限", "直した数の95%区間の上限(件)"),
        Column("low_sample", "number", "標本だけの下限", "人が読んだ意見だけから見た下限(件)"),
        Column("high_sample", "number", "標本だけの上限", "人が読んだ意見だけから見た上限(件)"),
        *(
            Column(f"{name}{end}", "share", f"{label}{said}", meaning, optional=True)
            for name, label, meaning in (
                ("sensitivity", "感度", "人が付けた意見のうち、ルールも付けた割合。無ければ空"),
                (
                    "specificity",
                    "特異度",
                    "人が付けない意見のうち、ルールも付けない割合。無ければ空",
                ),
            )
            for end, said in (("", ""), ("_low", "の下限"), ("_high", "の上限"))
        ),
        _NOTE,
    ),
    key=("theme", "coder"),
)
SAMPLE_SIZES = Table(
    "sample_sizes",
    "人が読む数の目安",
    "1行 = 1つの望む幅",
    (
        Column("half_width", "share", "区間の幅(±)", "テーマの割合の95%区間の、片側の幅"),
        Column("n_opinions", "number", "件数での幅(±)", "同じ幅を、全体の意見数での件数にしたもの"),
        Column("n_read", "integer", "読む数", "無作為に選んで人が読む意見の数(件)"),
        Column("n_total", "integer", "全体の意見数", "数える対象の意見の数(件)"),
    ),
    key=("half_width",),
)
