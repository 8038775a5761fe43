"""A resident planted in every place where a file can hold one, and sought in everything written.

``plant_study`` writes a study into a project; ``decide_to_hide`` decides; ``find_planted`` reads
every file below a folder as those who open it would, and says where the resident still stands.
"""

import base64
import html
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

NAME, PHONE, ADDRESS = "小鳥遊美緒", "090-0000-4321", "港町三丁目12番34号"
SECRETS = (NAME, "小鳥遊", "美緒", PHONE, PHONE.replace("-", ""), ADDRESS, "三丁目12番34号")

FILE = f"{NAME}様_{PHONE}.xlsx"
_SHEET = f"{NAME}さんの声"
_QUALITY = f"{NAME}さんへの評価"
_TOML = f"""title = "{NAME}様_{PHONE}"
source = "{FILE}"
date = 2025-08-04
notes = ["{NAME}様から届いた架空の意見です。"]

[reading]
reader = "spreadsheet"
file = "{FILE}"
sheet = "{_SHEET}"

[reading.columns]
text = "ご意見"
id = "番号"
category = "分類"
session = "回"
respondent = "提出者"
attributes = ["年代", "{_QUALITY}"]
reply = "市の考え方"

[reading.sessions]
sheet = "開催概要"
session = "回"
date = "開催日"
venue = "会場"

[reading.attendance]
sheet = "参加団体"
session = "回"
organization = "団体名"
organization_type = "種類"

[clusters]
effort = "quick"
"""
_HEADER = ["番号", "分類", "回", "提出者", "年代", _QUALITY, "ご意見", "市の考え方", "メモ欄"]
_OPINIONS = [
    (
        "交通",
        1,
        f"{NAME}様",
        "30代",
        "よい",
        f"私は{NAME}と申します。バスを増やしてほしい。",
        "検討します。",
    ),
    (
        "交通",
        1,
        "",
        "40代",
        "よい",
        f"電話は{PHONE}です。バス停に屋根がほしい。",
        f"{NAME}様({PHONE})にお答えします。",
    ),
    (
        f"{NAME}さんの要望",
        2,
        "",
        "30代",
        "ふつう",
        f"{ADDRESS}の者です。税が高い。",
        f"{ADDRESS}を見ました。",
    ),
    (
        f"{NAME}の要望",
        2,
        PHONE,
        ADDRESS,
        PHONE,
        f"{NAME}\u200bの家の前の橋が也不错い。",
        "検討します。",
    ),
    (PHONE, 1, "", f"{NAME}本人", "よい", "図書館を増やしてほしい。バスが来ない。", "検討します。"),
    (ADDRESS, 2, "", "30代", f"{NAME}さんによる", f"バスの時刻を{NAME}", "検討します。"),
    ("福祉", 2, "", "40代", "ふつう", "特になし", f"{NAME}様"),
    ("福祉", 1, "", "40代", "ふつう", "", f"{NAME}様、{PHONE}"),
    (f"{PHONE}", 2, "", "30代", "よい", f"道が暗い(連絡は{PHONE}", "検討します。"),
]


def plant_study(root: Path, name: str = "planted") -> None:
    """Write a study that holds the resident in every place."""
    from openpyxl import Workbook

    for folder in (root / "data" / "raw" / name, root / "studies" / name):
        folder.mkdir(parents=True)
    (root / "pyproject.toml").touch()
    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET
    sheet.append(_HEADER)
    for number, row in enumerate(_OPINIONS, start=1):
        sheet.append([number, *row, f"{NAME}様のメモ"])
    sheet.append([None, None, None, None, None, None, None, None, f"計 {NAME}様 {PHONE}"])
    sessions = book.create_sheet("開催概要")
    sessions.append(["回", "開催日", "会場"])
    sessions.append([1, "2025-06-03", f"{NAME}様宅"])
    sessions.append([2, "2025-06-04", f"{ADDRESS}集会室({PHONE})"])
    attendance = book.create_sheet("参加団体")
    attendance.append(["回", "団体名", "種類"])
    attendance.append([1, f"{NAME}後援会", f"{NAME}さんの会"])
    attendance.append([2, f"{NAME}さんを支える会", "任意団体"])
    attendance.append([2, f"{PHONE}の会", "任意団体"])
    book.create_sheet(f"{ADDRESS}").append([NAME, PHONE])
    book.save(root / "data" / "raw" / name / FILE)
    studies = root / "studies" / name
    (studies / "study.toml").write_text(_TOML, encoding="utf-8")
    (studies / "codebook.txt").write_text(
        f"＊バス\nバス | '{NAME}'\n＊税\n税 | 橋\n", encoding="utf-8"
    )
    (studies / "themes.csv").write_text(
        f"コード,上位,定義,含める,含めない,例\nバス,,{NAME}さんも言うバスのこと,{PHONE},{ADDRESS},1\n",
        encoding="utf-8",
    )
    (studies / "corrections.csv").write_text(
        f"意見番号,訂正前,訂正後,理由\n4,也不错い,よい,{NAME}様に聞いた\n", encoding="utf-8"
    )


def decide_to_hide(root: Path, name: str = "planted") -> None:
    """Decide in the study's ``privacy.csv``, which must be there, to hide every candidate."""
    import pandas as pd

    path = root / "studies" / name / "privacy.csv"
    rows = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    rows.assign(扱い="伏せる").to_csv(path, index=False, encoding="utf-8-sig")


def find_planted(folder: Path) -> list[str]:
    """Return where the resident stands in the files of a folder: file and secret."""
    return [
        f"{path.relative_to(folder)}: {secret}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for text in [path.name + "\n" + "\n".join(_read(path.name, path.read_bytes()))]
        for secret in find_secrets(text)
    ]


def find_secrets(text: str) -> list[str]:
    """Return what of the resident stands in a text, spaces, line breaks and escapes aside."""
    plain = html.unescape(text)
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), plain)
    plain = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), plain)
    bare = re.sub(r"<[^<>]*>|[\s\u200b]", "", plain)
    return [secret for secret in SECRETS if secret in plain or secret in bare]


def _read(name: str, content: bytes) -> Iterator[str]:
    """Yield all text that a file holds: in its parts, its pictures, its metadata."""
    kind = name.rpartition(".")[2].lower()
    if kind in ("xlsx", "docx", "zip"):
        yield from _read_archive(content)
    elif kind == "png":
        yield from _read_picture(content)
    elif kind == "parquet":
        import io

        import pandas as pd

        yield pd.read_parquet(io.BytesIO(content)).to_csv()
    else:
        text = content.decode("utf-8-sig", errors="replace")
        yield text
        for picture in re.findall(r"data:image/png;base64,([A-Za-z0-9+/=\\n]+)", text):
            yield from _read_picture(base64.b64decode(picture.replace("\\n", "")))
        if kind == "ipynb":
            yield json.dumps(json.loads(text), ensure_ascii=False)


def _read_archive(content: bytes) -> Iterator[str]:
    import io

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            yield part
            yield from _read(part, archive.read(part))


def _read_picture(content: bytes) -> Iterator[str]:
    import io

    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        yield from (f"{key}: {value}" for key, value in picture.info.items())
