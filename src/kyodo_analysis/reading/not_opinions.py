"""Items and answers that are no opinions, and why."""

import re

EMPTY, NOTE, NOTHING, WORDLESS = "空欄", "注記", "特になし", "記号だけ"
WITHOUT_WORDS = re.compile(r"[\W\d_]+")
SAYS_NOTHING = re.compile(
    r"(?:特に|とくに)?(?:ご?意見|要望)?[はも]?(?:なし|無し|無い|ない|ありません|ございません)"
    r"(?:です)?[。.]?"
)

_NOT_OPINIONS = (
    (EMPTY, re.compile(r"\s*"), "言葉がありません"),
    (NOTE, re.compile(r"※.*", re.DOTALL), "「※」で始まる注記です"),
    (NOTHING, SAYS_NOTHING, "意見がないという記入です"),
    (WORDLESS, WITHOUT_WORDS, "数字と記号だけで、言葉がありません"),
)


def why_set_aside(text: str) -> tuple[str | None, str | None]:
    """Return treatment and reason for an item that is no opinion; twice None for an opinion."""
    found = ((name, reason) for name, words, reason in _NOT_OPINIONS if words.fullmatch(text))
    return next(found, (None, None))
