"""The tables of this room: the study's lists that a reader needs."""

from kyodo_analysis.contract import Column, Table

ORGANIZATIONS = Table(
    "organizations",
    "団体の一覧",
    "1行 = organizations.csv の1団体",
    (
        Column("organization", "text", "団体", "団体の名前(資料の表記のまま)", holds="label"),
        Column(
            "organization_type",
            "label",
            "種類",
            "名前に書かれた法人の種類(例: NPO法人)。書かれていなければ空",
            optional=True,
            holds="label",
        ),
    ),
    key=("organization",),
)
CHOICES = Table(
    "choices",
    "読み方の案",
    "1行 = study.toml に書く1つのこと",
    (
        Column("item", "text", "項目", "何についての案か", holds="ours"),
        Column("choice", "text", "案", "選んだもの", holds="free"),
        Column("reason", "text", "理由", "選んだ理由", holds="free"),
    ),
)
