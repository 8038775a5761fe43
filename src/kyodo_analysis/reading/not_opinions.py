"""Items and answers that are no opinions, and why."""

import re

_NOT_OPINIONS = (
    ("空欄", re.compile(r"\s*"), "言葉がありません"),
    ("注記", re.compile(r"※.*", re.DOTALL), "「※」で始まる注記です"),
    (
        "特になし",
        re.compile(
            r"(?:特に|とくに)?(?:ご?意見|要望)?[はも]?(?:なし|無し|無い|ない|ありません|ございません)"
            r"(?:です)?[。.]?"
        ),
        "意見がないという記入です",
    ),
    ("記号だけ", re.compile(r"[\W\d_]+"), "数字と記号だけで、言葉がありません"),
)


def why_set_aside(text: str) -> tuple[str | None, str | None]:
    """Return treatment and reason for an item that is no opinion; twice None for an opinion."""
    found = ((name, reason) for name, words, reason in _NOT_OPINIONS if words.fullmatch(text))
    return next(found, (None, None))
