"""Columns that name a person; they never become an attribute or a number of a respondent."""

import re

from kyodo_analysis.reading.normalise import plain

_WORD = (
    "(?:氏名|姓名|名前|フリガナ|ふりがな|電話(?:番号)?+|携帯(?:電話)?+(?:番号)?+|TEL|FAX(?:番号)?+|"
    "(?:E-?)?MAIL|差出人|送信者|送信元|IPアドレス|IPADDRESS|ハンドルネーム|ニックネーム|メール(?:アドレス)?+|メアド|住所|郵便番号|生年月日|連絡先)"
)
_ASKS = "(?:ください|下さい|願い|記入|入力)"
_TALKS_ABOUT_IT = f"で|[がをにも](?!.*{_ASKS})"
_PERSONAL = re.compile(f"{_WORD}(?!{_TALKS_ABOUT_IT})", re.IGNORECASE)
_NAME = re.compile(rf"\w{{0,6}}?(?:{_WORD}[・/、,]?)+(?:又は\w+|等|など|欄|\d)?", re.IGNORECASE)
_REMARKS = re.compile(r"\(.*?\)|\[.*?\]|[:*※【】]|必須|任意")


def is_personal(header: str) -> bool:
    """Tell whether a column with this header names a person or says how to reach one.

    A question about telephones or addresses (``電話で困ったこと``) asks for neither.
    """
    return bool(_PERSONAL.search(plain(header)))


def is_personal_name(text: str) -> bool:
    """Tell whether `text` is no more than the name of such a column, and no sentence."""
    return bool(_NAME.fullmatch(_REMARKS.sub("", plain(text))))
