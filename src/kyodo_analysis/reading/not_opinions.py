"""Items and answers that are no opinions, and why."""

import re

EMPTY, NOTE, NOTHING, WORDLESS = "空欄", "注記", "特になし", "記号だけ"
REFERS, POLITE = "同上・別紙", "あいさつ"
WITHOUT_WORDS = re.compile(r"[\W\d_]+")
SAYS_NOTHING = re.compile(
    r"(?:今の?ところ|現在|現時点で?|今回|私から)?は?[、,]?(?:特に|とくに|特段)?の?"
    r"(?:ご?意見|ご?要望|ご?質問|ご?提案|コメント|伝えたいこと|言うこと|書くこと)?(?:等|など)?[はもが]?(?:特に|とくに)?"
    r"(?:なし|無し|無い|ない|ありません|ございません|思い?(?:つきません|つかない|当たりません|当たらない))(?:です)?[。.]?"
)
REFERS_ELSEWHERE = re.compile(
    r"(?:同上|〃|々|同左|同前|(?:(?:上|左|前|先)|上記|前述|前の方|ほかの方|他の方|1つ上|一つ上)(?:の方|の意見)?[にとの]?同じ(?:意見)?|"
    r"同じく?|同様|同意見|(?:上記|前述|既述|先述|前回)の?(?:とおり|通り)|"
    r"(?:別紙|別添|添付|裏面)(?:資料|ファイル|文書)?の?[をに]?(?:とおり|通り|参照|記載|ご?覧)?)(?:です|ください|下さい)?[。.]?"
)
SAYS_ONLY_POLITE_WORDS = re.compile(
    r"(?:(?:以上(?:です|になります|となります)?|(?:ご?対応|ご検討|いつも|本当に|大変|どうも)*[、,]?ありがとう(?:ございます|ございました)?|"
    r"(?:以上|どうぞ|どうか|今後とも|何卒)?[、,]?(?:よろしく|宜しく)(?:お願い(?:いたし|致し|し)?ます)?|"
    r"(?:いつも)?お世話になって(?:おり|い)ます|お疲れ様(?:です|でした))[。.!！、]?)+"
)

_NOT_OPINIONS = (
    (EMPTY, re.compile(r"\s*"), "言葉がありません"),
    (NOTE, re.compile(r"※.*", re.DOTALL), "「※」で始まる注記です"),
    (NOTHING, SAYS_NOTHING, "意見がないという記入です"),
    (REFERS, REFERS_ELSEWHERE, "ほかの意見や別紙を指す記入です"),
    (POLITE, SAYS_ONLY_POLITE_WORDS, "あいさつだけの記入です"),
    (WORDLESS, WITHOUT_WORDS, "数字と記号だけで、言葉がありません"),
)


def why_set_aside(text: str) -> tuple[str | None, str | None]:
    """Return treatment and reason for an item that is no opinion; twice None for an opinion."""
    found = ((name, reason) for name, words, reason in _NOT_OPINIONS if words.fullmatch(text))
    return next(found, (None, None))
