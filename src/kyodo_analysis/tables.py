"""The tables that travel between the rooms: what a row is, what each column holds.

Every table is a plain :class:`pandas.DataFrame`. The room that makes one passes it through
:meth:`~kyodo_analysis.contract.Table.check` once; the rooms that receive it rely on that.
"""

from kyodo_analysis.contract import Column, Table

_OPINION_ID = Column("opinion_id", "text", "意見番号", "意見を一意に示す番号(例: A1)", holds="ours")
_START = Column("start", "integer", "開始", "text の中の始まり(文字数、0から)")
_END = Column("end", "integer", "終了", "text の中の終わり(この文字は含まない)")
_CODE = Column("code", "label", "コード", "コード(テーマ)の名前。先頭の＊は付けない", holds="ours")
_SOURCE = (
    Column(
        "source",
        "text",
        "出典位置",
        "元のファイルの中の場所(例: report.txt:23行、意見!C12)",
        holds="source",
    ),
    Column("source_start", "integer", "出典開始", "その行・セルの中の始まり(文字数、0から)"),
    Column("source_end", "integer", "出典終了", "その行・セルの中の終わり(この文字は含まない)"),
)

OPINIONS = Table(
    "opinions",
    "意見",
    "1行 = 1件の意見",
    (
        _OPINION_ID,
        Column(
            "category_code",
            "label",
            "分類記号",
            "分類の記号(A、B…)。無ければ空",
            optional=True,
            holds="label",
        ),
        Column("category", "label", "分類", "分類の名前。無ければ空", optional=True, holds="label"),
        Column("session", "integer", "回", "述べられた回。記録が無ければ空", optional=True),
        Column("date", "date", "日付", "述べられた日・提出された日。無ければ空", optional=True),
        Column(
            "respondent",
            "text",
            "回答者",
            "回答者・提出者の番号。無ければ空",
            optional=True,
            holds="label",
        ),
        Column(
            "text",
            "text",
            "意見",
            "分析に使う文。corrections.csv の訂正だけを反映",
            holds="opinion",
        ),
        Column("raw_text", "text", "原文", "元のファイルのままの文", holds="opinion"),
        *_SOURCE,
    ),
    key=("opinion_id",),
)
SET_ASIDE = Table(
    "set_aside",
    "分析に入れなかったもの",
    "1行 = 読んだが意見として数えなかった行・項目",
    (
        Column("treatment", "label", "扱い", "空欄・特になし・注記・読めない、など", holds="ours"),
        Column("raw_text", "text", "原文", "元のファイルのままの文", holds="free"),
        Column("reason", "text", "理由", "数えなかった理由", holds="free"),
        *_SOURCE,
    ),
)
SESSIONS = Table(
    "sessions",
    "回",
    "1行 = 1回",
    (
        Column("session", "integer", "回", "第何回か"),
        Column("date", "date", "開催日", "開催日", optional=True),
        Column(
            "weekday", "label", "曜日", "資料に書かれた曜日(1文字)", optional=True, holds="ours"
        ),
        Column("start", "text", "開始時刻", "例: 14:00", optional=True, holds="ours"),
        Column("end", "text", "終了時刻", "例: 16:00", optional=True, holds="ours"),
        Column("venue", "text", "場所", "会場", optional=True, holds="label"),
        Column("n_organizations_stated", "integer", "団体数(記載)", "資料の計の値", optional=True),
        Column("n_people_stated", "integer", "人数(記載)", "資料の計の値(人)", optional=True),
    ),
    key=("session",),
)
ATTENDANCE = Table(
    "attendance",
    "参加団体",
    "1行 = ある回に参加した1団体",
    (
        Column("session", "integer", "回", "第何回か"),
        Column("organization", "text", "団体", "団体の名前(資料の表記のまま)", holds="label"),
        Column(
            "organization_type", "label", "団体の種類", "例: NPO法人", optional=True, holds="label"
        ),
    ),
    key=("session", "organization"),
)
ATTRIBUTES = Table(
    "attributes",
    "属性",
    "1行 = ある意見の1つの属性",
    (
        _OPINION_ID,
        Column("attribute", "label", "属性", "属性の名前(例: 年代)", holds="label"),
        Column("value", "label", "値", "属性の値(例: 30代)", holds="label"),
    ),
    key=("opinion_id", "attribute"),
)
HEADINGS = Table(
    "headings",
    "見出し",
    "1行 = 見出しのある文章の1件(1つの見出しか、次の見出しまでの本文)",
    (
        _OPINION_ID,
        Column("level", "integer", "段", "見出しならその段(1から5)。本文なら空", optional=True),
        *(
            Column(f"h{level}", "integer", f"H{level}", f"何番目のH{level}の下か。無ければ0")
            for level in range(1, 6)
        ),
    ),
    key=("opinion_id",),
)
REPLIES = Table(
    "replies",
    "市の考え方",
    "1行 = 1件の意見への回答",
    (
        _OPINION_ID,
        Column("reply", "text", "市の考え方", "市の回答。住民の言葉とは分けて置く", holds="free"),
    ),
    key=("opinion_id",),
)
CORRECTIONS = Table(
    "corrections",
    "訂正",
    "1行 = corrections.csv の1行",
    (
        _OPINION_ID,
        Column("before", "text", "訂正前", "原文の中の言葉", holds="excerpt"),
        Column("after", "text", "訂正後", "分析で読み替える言葉", holds="excerpt"),
        Column("reason", "text", "理由", "読み替える理由", holds="free"),
    ),
)
FINDINGS = Table(
    "findings",
    "点検結果",
    "1行 = 点検で分かったこと",
    (
        Column("check", "label", "点検", "点検の名前(例: 曜日と暦)", holds="ours"),
        Column("result", "label", "結果", "一致・要確認・参考", holds="ours"),
        Column(
            "opinion_id",
            "text",
            "意見番号",
            "意見についての点検なら意見番号",
            optional=True,
            holds="ours",
        ),
        Column("source", "text", "出典位置", "元のファイルの中の場所", holds="source"),
        Column("found", "text", "見つかったもの", "そこにあった言葉や値", holds="excerpt"),
        Column("note", "text", "説明", "何を意味し、どう扱ったか", holds="free"),
    ),
)
RECONCILIATION = Table(
    "reconciliation",
    "照合",
    "1行 = 元の資料の1つのまとまり(分類、シートなど)",
    (
        Column("part", "label", "まとまり", "資料の中のまとまり", holds="label"),
        Column("n_read", "integer", "読んだ数", "見つかった行・項目の数"),
        Column("n_kept", "integer", "意見の数", "意見として残した数"),
        Column("n_set_aside", "integer", "除いた数", "理由を付けて除いた数"),
    ),
    key=("part",),
)
TOKENS = Table(
    "tokens",
    "形態素",
    "1行 = 1形態素",
    (
        Column("opinion_id", "label", "意見番号", "意見を一意に示す番号", holds="ours"),
        Column("paragraph", "integer", "段落", "意見の中で何番目の段落か(1から。改行で分かれる)"),
        Column("sentence", "integer", "文", "意見の中で何番目の文か(1から)"),
        Column("position", "integer", "位置", "意見の中で何番目の形態素か(0から)"),
        Column("surface", "label", "表層形", "text のままの言葉", holds="words"),
        Column("base_form", "label", "基本形", "辞書の形", holds="words"),
        Column(
            "part_of_speech", "label", "品詞", "IPADICの品詞4段(例: 名詞,一般,*,*)", holds="ours"
        ),
        Column("inflection_type", "label", "活用型", "IPADICの活用型。無ければ *", holds="ours"),
        Column("inflection_form", "label", "活用形", "IPADICの活用形。無ければ *", holds="ours"),
        Column("unknown", "boolean", "未知語", "IPADICにも dictionary.csv にも無い語か"),
        _START,
        _END,
    ),
    key=("opinion_id", "position"),
)
TERMS = Table(
    "terms",
    "語",
    "1行 = 数える語の1回の出現",
    (
        Column("opinion_id", "label", "意見番号", "意見を一意に示す番号", holds="ours"),
        Column("term", "label", "語", "数える単位(複合語・同義語をまとめたあと)", holds="words"),
        Column(
            "part_of_speech",
            "label",
            "品詞",
            "IPADICの品詞の第1段と第2段(例: 名詞,一般)",
            holds="ours",
        ),
        _START,
        _END,
    ),
)
PHRASES = Table(
    "phrases",
    "文末表現",
    "1行 = 見つかった1つの表現(否定、要望、提案、義務、質問)",
    (
        _OPINION_ID,
        Column("sentence", "integer", "文", "意見の中で何番目の文か(1から)"),
        Column("kind", "label", "種類", "否定・要望・提案・義務・疑問・対比", holds="ours"),
        Column("matched", "text", "当たった言葉", "text のままの言葉", holds="words"),
        _START,
        _END,
    ),
)
CODES = Table(
    "codes",
    "コード",
    "1行 = コードブックの1コード",
    (
        _CODE,
        Column("parent", "text", "上位", "上位のコード", optional=True, holds="ours"),
        Column("definition", "text", "定義", "何についての意見か", optional=True, holds="free"),
        Column("include", "text", "含める", "含める場合", optional=True, holds="free"),
        Column("exclude", "text", "含めない", "含めない場合", optional=True, holds="free"),
        Column("example", "text", "例", "例になる意見の番号", optional=True, holds="free"),
        Column("rule", "text", "ルール", "コーディングルール(書かれたまま)", holds="free"),
        Column("source", "text", "場所", "codebook.txt の中の場所", holds="ours"),
    ),
    key=("code",),
)
CODINGS = Table(
    "codings",
    "コーディング",
    "1行 = ある意見に付いた1つのコード",
    (
        _OPINION_ID,
        _CODE,
        Column("coder", "label", "コーダー", "codebook、または人の名前", holds="ours"),
        Column("method", "label", "方法", "rule(ルール)か human(人)", holds="ours"),
        Column(
            "evidence",
            "text",
            "根拠",
            "当たった言葉と場所(例: 理解[12-14])。人なら空",
            optional=True,
            holds="evidence",
        ),
    ),
    key=("opinion_id", "code", "coder"),
)
EVIDENCE = Table(
    "evidence",
    "根拠",
    "1行 = コードの根拠になった1つの言葉",
    (
        _OPINION_ID,
        _CODE,
        Column("matched", "text", "当たった言葉", "text のままの言葉", holds="words"),
        _START,
        _END,
    ),
)
CLUSTERS = Table(
    "clusters",
    "自動分類の結果",
    "1行 = 1件の意見",
    (
        _OPINION_ID,
        Column("cluster", "integer", "まとまり", "大きい順の番号。空は未分類", optional=True),
    ),
    key=("opinion_id",),
)
FAMILIES = Table(
    "families",
    "同じ文の意見",
    "1行 = 1件の意見",
    (
        _OPINION_ID,
        Column(
            "family",
            "text",
            "代表",
            "同じ文・ほぼ同じ文の組で最初に出てくる意見の番号",
            holds="ours",
        ),
        Column("is_first", "boolean", "代表か", "組の最初の意見か(写しが無ければ常に「はい」)"),
        Column("n_in_family", "integer", "組の件数", "組の意見の数。1は同じ文が無いこと"),
        Column("kind", "label", "種類", "代表・同文・ほぼ同文", holds="ours"),
    ),
    key=("opinion_id",),
)
OWN_WORDS = Table(
    "own_words",
    "写しに加えられた言葉",
    "1行 = ある写しの、代表の文には無い1続きの言葉",
    (
        _OPINION_ID,
        Column("family", "text", "代表", "組の代表の意見の番号", holds="ours"),
        Column(
            "own_words", "text", "自分の言葉", "代表の文には無い言葉(text のまま)", holds="excerpt"
        ),
        _START,
        _END,
    ),
    key=("opinion_id", "start"),
)
GROUPS = Table(
    "groups",
    "比べる組",
    "1行 = 1件の意見",
    (
        _OPINION_ID,
        Column("group", "label", "組", "分類・回・属性の値", optional=True, holds="label"),
        Column("basis", "label", "組のもと", "分類・回・属性の名前・まとまり", holds="label"),
        Column("from_text", "boolean", "文から作った組", "テーマと同じ意見の文から付けられた組か"),
    ),
    key=("opinion_id",),
)
CROSS_TABLE = Table(
    "cross_table",
    "テーマ×組",
    "1行 = 1つのテーマと1つの組",
    (
        Column("theme", "label", "テーマ", "コードまたはまとまりの名前", holds="ours"),
        Column("group", "label", "組", "分類・回・属性の値", holds="label"),
        Column("n_opinions", "integer", "意見数", "その組でそのテーマの付いた意見の数"),
        Column(
            "n_texts",
            "integer",
            "異なる文の数",
            "同じ文・ほぼ同じ文を1つと数えた数。調べなかったときは空",
            optional=True,
        ),
        Column(
            "n_respondents",
            "integer",
            "人数",
            "その意見を寄せた回答者の数。回答者の記録が無ければ空",
            optional=True,
        ),
        Column("n_group", "integer", "組の意見数", "その組の意見の数"),
        Column("share", "share", "割合", "意見数÷組の意見数。30件未満の組では空", optional=True),
        Column("low", "share", "下限", "Wilsonの95%区間の下限。30件未満では空", optional=True),
        Column("high", "share", "上限", "Wilsonの95%区間の上限。30件未満では空", optional=True),
        Column("opinion_ids", "text", "意見番号の一覧", "数えた意見の番号(、区切り)", holds="ours"),
    ),
    key=("theme", "group"),
)
FILES = Table(
    "files",
    "元のファイル",
    "1行 = 読んだ1つのファイル",
    (
        Column("file", "text", "ファイル名", "data/raw の中の名前", holds="free"),
        Column("sha256", "text", "SHA-256", "中身が同じかを確かめる値", holds="ours"),
    ),
)
PROVENANCE = Table(
    "provenance",
    "この結果について",
    "1行 = この結果が何から、何で作られたかの1項目",
    (
        Column("item", "label", "項目", "資料・出典・元のファイル・使った道具、など", holds="ours"),
        Column("content", "text", "内容", "その内容", holds="free"),
    ),
)

ALL_TABLES = (
    OPINIONS,
    SET_ASIDE,
    SESSIONS,
    ATTENDANCE,
    ATTRIBUTES,
    HEADINGS,
    REPLIES,
    CORRECTIONS,
    FINDINGS,
    RECONCILIATION,
    TOKENS,
    TERMS,
    PHRASES,
    CODES,
    CODINGS,
    EVIDENCE,
    CLUSTERS,
    FAMILIES,
    OWN_WORDS,
    GROUPS,
    CROSS_TABLE,
    FILES,
    PROVENANCE,
)
