"""Columns that name a person; they never become an attribute or a number of a respondent."""

import re
import unicodedata

_PERSONAL = re.compile(
    "氏名|姓名|名前|フリガナ|ふりがな|電話|携帯|TEL|FAX|メール|メアド|E-?MAIL|住所|郵便番号|生年月日|連絡先",
    re.IGNORECASE,
)


def is_personal(header: str) -> bool:
    """Tell whether a column with this header names a person or says how to reach one."""
    return bool(_PERSONAL.search(unicodedata.normalize("NFKC", header)))
