"""Results that count: what was said, how often, by whom."""

from kyodo_analysis.contract import Column, Table

_THEME = Column("theme", "label", "テーマ", "コードまたはまとまりの名前", holds="ours")
_GROUP = Column(
    "group", "label", "組", "分類・回・属性の値。記録の無い意見は「記録なし」", holds="label"
)
_N_OPINIONS = Column("n_opinions", "integer", "意見数", "当てはまる意見の数(件)")
_N_TEXTS = Column(
    "n_texts",
    "integer",
    "異なる文の数",
    "同じ文・ほぼ同じ文を1つと数えた数。調べなかったときは空",
    optional=True,
)
_N_RESPONDENTS = Column(
    "n_respondents",
    "integer",
    "人数",
    "当てはまる意見を寄せた回答者の数。回答者の無い意見は1件を1人とする。回答者の記録が無ければ空",
    optional=True,
)
_N = Column("n", "integer", "出現回数", "現れた回数(1件の意見に何度でも)")
_OPINION_ID = Column("opinion_id", "text", "意見番号", "意見を一意に示す番号", holds="ours")
_OPINION_IDS = Column(
    "opinion_ids", "text", "意見番号の一覧", "数えた意見の番号(、区切り)", holds="ours"
)
_ORGANIZATIONS = Column(
    "organizations", "text", "団体の一覧", "数えた団体の名前(、区切り)", holds="free"
)
_N_ORGANIZATIONS = Column(
    "n_organizations", "integer", "団体数", "参加団体として挙げられた団体の数"
)
_CATEGORY = Column(
    "category", "label", "分類", "分類の名前。無ければ空", optional=True, holds="label"
)
_SESSION = Column("session", "integer", "回", "第何回か")
_START = Column("start", "integer", "開始", "意見の中の始まり(文字数、0から)")
_END = Column("end", "integer", "終了", "意見の中の終わり(この文字は含まない)")

TERM_COUNTS = Table(
    "term_counts",
    "語の数",
    "1行 = 1つの語(同じ形なら品詞が違っても1語)",
    (
        Column("term", "label", "語", "数える単位(複合語・同義語をまとめたあと)", holds="words"),
        Column(
            "part_of_speech",
            "label",
            "品詞",
            "IPADICの品詞の第1段と第2段。最も多いもの",
            holds="ours",
        ),
        _N_OPINIONS,
        _N_TEXTS,
        _N_RESPONDENTS,
        _N,
        _OPINION_IDS,
    ),
    key=("term",),
)
THEME_COUNTS = Table(
    "theme_counts",
    "テーマの意見数",
    "1行 = 1つのテーマ(0件のテーマも残す)",
    (
        _THEME,
        _N_OPINIONS,
        _N_TEXTS,
        _N_RESPONDENTS,
        Column("n_total", "integer", "全体の意見数", "数える対象の意見の数(件)"),
        Column("share", "share", "割合", "意見数÷全体の意見数。30件未満では空", optional=True),
        Column(
            "low",
            "share",
            "下限",
            "仮に無作為標本とみた場合の目安(Wilsonの95%区間。1人で何件も寄せた分は広げる)。30件未満では空",
            optional=True,
        ),
        Column("high", "share", "上限", "同じ区間の上限。30件未満では空", optional=True),
        _OPINION_IDS,
    ),
    key=("theme",),
)
GROUP_COUNTS = Table(
    "group_counts",
    "組ごとの意見数",
    "1行 = 1つの組",
    (_GROUP, _N_OPINIONS, _N_TEXTS, _N_RESPONDENTS, _OPINION_IDS),
    key=("group",),
)
PHRASE_COUNTS = Table(
    "phrase_counts",
    "テーマ別の文末表現",
    "1行 = 1つのテーマと1種類の表現",
    (
        _THEME,
        Column("kind", "label", "種類", "要望・提案・義務・疑問・否定・対比", holds="ours"),
        Column("n_opinions", "integer", "意見数", "そのテーマで、その表現を含む意見の数(件)"),
        _N,
        Column("n_theme", "integer", "テーマの意見数", "そのテーマの付いた意見の数(件)"),
        _OPINION_IDS,
    ),
    key=("theme", "kind"),
)
ATTENDANCE_COUNTS = Table(
    "attendance_counts",
    "回ごとの参加",
    "1行 = 1回",
    (
        _SESSION,
        Column("date", "date", "開催日", "開催日", optional=True),
        _N_ORGANIZATIONS,
        Column("n_organizations_stated", "integer", "団体数(記載)", "資料の計の値", optional=True),
        Column("n_people_stated", "integer", "人数(記載)", "資料の計の値(人)", optional=True),
        _ORGANIZATIONS,
    ),
    key=("session",),
)
ORGANIZATION_TYPE_COUNTS = Table(
    "organization_type_counts",
    "回ごとの団体の種類",
    "1行 = 1回の1種類(0団体も残す)",
    (
        _SESSION,
        Column(
            "organization_type",
            "label",
            "団体の種類",
            "例: NPO法人。無ければ「記載なし」",
            holds="label",
        ),
        _N_ORGANIZATIONS,
        _ORGANIZATIONS,
    ),
    key=("session", "organization_type"),
)
RETURNING = Table(
    "returning",
    "複数回参加した団体",
    "1行 = 2回以上参加した1団体",
    (
        Column("organization", "text", "団体", "団体の名前(資料の表記のまま)", holds="label"),
        Column("n_sessions", "integer", "参加回数", "参加した回の数"),
        Column("sessions", "text", "参加した回", "第何回か(、区切り)", holds="ours"),
    ),
    key=("organization",),
)
SESSION_THEMES = Table(
    "session_themes",
    "回ごとの意見とテーマ",
    "1行 = 1回(回の分からない意見は最後の1行)",
    (
        Column("session", "integer", "回", "第何回か。記録の無い意見の行は空", optional=True),
        Column("date", "date", "開催日", "開催日", optional=True),
        _N_OPINIONS,
        Column("n_themes", "integer", "テーマ数", "その回の意見に付いたテーマの数"),
        Column("n_new_themes", "integer", "新しいテーマ数", "その回に初めて出たテーマの数"),
        Column(
            "new_themes", "text", "新しいテーマ", "その回に初めて出たテーマ(、区切り)", holds="ours"
        ),
        _OPINION_IDS,
    ),
    key=("session",),
)
CONCORDANCE = Table(
    "concordance",
    "用例(KWIC)",
    "1行 = その言葉の1回の出現",
    (
        _OPINION_ID,
        Column(
            "left", "text", "前", "前の文脈。全角空白で右に揃える。改行は空白で示す", holds="free"
        ),
        Column("matched", "text", "言葉", "意見の中のままの言葉", holds="words"),
        Column(
            "right", "text", "後", "後の文脈。全角空白で左に揃える。改行は空白で示す", holds="free"
        ),
        _START,
        _END,
    ),
    key=("opinion_id", "start", "end"),
)
QUOTES = Table(
    "quotes",
    "テーマの声",
    "1行 = あるテーマの1件の意見",
    (
        _THEME,
        _OPINION_ID,
        _CATEGORY,
        Column("text", "text", "意見", "意見の言葉のまま", holds="opinion"),
        Column(
            "evidence",
            "text",
            "根拠",
            "当たった言葉と場所(例: 理解[12-14])",
            optional=True,
            holds="evidence",
        ),
        Column(
            "n_copies",
            "integer",
            "同じ文の意見数",
            "このテーマの、同じ文・ほぼ同じ文の数(自身も数える)",
        ),
        Column("denied", "boolean", "否定", "根拠の言葉が、同じ文の中ですべて打ち消されているか"),
        Column("source", "text", "出典位置", "元のファイルの中の場所", holds="source"),
    ),
    key=("theme", "opinion_id"),
)
OPINION_MATRIX = Table(
    "opinion_matrix",
    "意見の一覧図",
    "1行 = 1つのテーマと1件の意見(描く順)",
    (
        _THEME,
        Column("row", "integer", "行", "上から何番目に描くか(0から、意見の多いテーマが上)"),
        _OPINION_ID,
        Column("position", "integer", "列", "左から何番目に描くか(0から、分類ごとに並ぶ)"),
        _CATEGORY,
        Column("coded", "boolean", "該当", "その意見にそのテーマが付いたか"),
        Column("n_theme", "integer", "テーマの意見数", "そのテーマの付いた意見の数(件)"),
        Column("n_themes", "integer", "意見のテーマ数", "その意見に付いたテーマの数"),
    ),
    key=("theme", "opinion_id"),
)
DUPLICATE_GROUPS = Table(
    "duplicate_groups",
    "同じ文の組",
    "1行 = 同じ文、またはほぼ同じ文の2件以上の意見",
    (
        Column("representative", "text", "代表", "組の中で最初に出てくる意見の番号", holds="ours"),
        Column("text", "text", "意見", "代表の言葉のまま", holds="opinion"),
        _N_OPINIONS,
        Column("n_identical", "integer", "同文", "代表と同じ文の意見の数(代表も数える)"),
        Column("n_near", "integer", "ほぼ同文", "代表とほぼ同じ文の意見の数"),
        _OPINION_IDS,
    ),
    key=("representative",),
)
TEXT_COUNTS = Table(
    "text_counts",
    "意見の件数と異なる文の数",
    "1行 = 資料全体",
    (
        Column("n_opinions", "integer", "意見数", "寄せられた意見の数(件)"),
        Column("n_texts", "integer", "異なる文の数", "同じ文・ほぼ同じ文を1つと数えた数"),
        Column(
            "n_repeated", "integer", "同じ文のある意見数", "ほかに同じ文・ほぼ同じ文がある意見の数"
        ),
    ),
)
SATURATION = Table(
    "saturation",
    "読んだ件数と新しいもの",
    "1行 = テーマまたは語の、ある件数まで読んだとき",
    (
        Column("kind", "label", "種類", "テーマ、または語", holds="ours"),
        Column("n_read", "integer", "読んだ数", "無作為な順で読んだ意見の数(件)"),
        Column("n_found", "number", "出てきた数", "それまでに出てきた異なるテーマ・語の平均の数"),
        Column("low", "number", "下限", "読む順による幅(95%)の下限"),
        Column("high", "number", "上限", "読む順による幅(95%)の上限"),
        Column("n_all", "integer", "全部の数", "全件を読んで出てきた異なるテーマ・語の数"),
        Column("n_shuffles", "integer", "順の数", "読む順を入れ替えた回数"),
        Column("seed", "integer", "乱数の種", "同じ種なら同じ結果になる"),
    ),
    key=("kind", "n_read"),
)
RULE_WORDS = Table(
    "rule_words",
    "ルールの語を1つ外したときの意見数",
    "1行 = 1つのテーマの根拠になった1つの語",
    (
        _THEME,
        Column("word", "text", "語", "根拠になった言葉(text のまま)", holds="words"),
        Column("n_opinions", "integer", "意見数", "その語が根拠の1つになった意見の数(件)"),
        Column("n_alone", "integer", "その語だけの意見数", "ほかに根拠の無い意見の数(件)"),
        Column("n_left", "integer", "外したときの意見数", "その語を外すと残る意見の数(件)"),
        Column("n_theme", "integer", "テーマの意見数", "そのテーマの付いた意見の数(件)"),
        Column(
            "carries_half", "boolean", "半分を超える", "テーマの意見の半分を超えて根拠になったか"
        ),
        Column(
            "opinion_ids",
            "text",
            "意見番号の一覧",
            "その語だけが根拠の意見(、区切り)",
            holds="ours",
        ),
    ),
    key=("theme", "word"),
)
