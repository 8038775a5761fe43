"""Names told by words beside them: 娘の陽菜, 担当の北川, 記入者:…, …と申します, 以上、…."""

import re
from collections.abc import Callable, Iterator

from kyodo_analysis.privacy import name_words as words
from kyodo_analysis.privacy.folding import BOUNDARY
from kyodo_analysis.privacy.whole_names import (
    BOUND,
    KANA,
    KANJI,
    PLACE_SUFFIXES,
    TELLING,
    is_nobody,
    is_whole_name,
)

_KIN = "|".join(sorted(words.KIN, key=len, reverse=True))
_WHO = "|".join(sorted(words.WHO, key=len, reverse=True))
_ANY_NAME = rf"(?P<found>[{KANJI}]{{1,6}}(?: [{KANJI}]{{1,3}})?(?:[{KANA}]{{2,4}}|[ぁ-ゖ]{{2,3}}(?=[{BOUND}]))?|[{KANA}ぁ-ゖ]{{1,3}}[子代江枝美]|[{KANA}][{KANA}・-]{{1,14}}|[ぁ-ゖ]{{2,5}}?)"
_ENDS = rf"(?=[{BOUND}はがもをにのとへやでだ]|です|さ[んま]|$)"
_LABEL = "記入者|対応者|応対者|職員名|申込者|契約者|名義人?|宛名|患者名|児童名|園児名|生徒名|相手方?|届出人|回答者|投稿者|提出者|申請者|差出人|発信者|作成者|氏名|お名前|名前|姓名|署名|文責|本人|保護者|世帯主|代表者?|担当者?|連絡者|意見者|住民"
_INTRODUCED = "と申します|ともうします|と申す|と名乗"
_CALLED = "といいます(?!か)|と言います(?!か)|っていいます"


def _is_given(word: str) -> bool:
    given = words.listed_names().given
    return word in given and word not in words.WEAK_GIVEN and word not in words.NOBODY


def _is_name(word: str) -> bool:
    """Tell a listed name: a surname, a whole name, a surname and kana."""
    lists = words.listed_names()
    head = re.match(f"[{KANJI}]+", word)
    kana = word[head.end() :] if head else word
    if head is None:
        is_kana_and_ko = re.fullmatch(f"[{KANA}ぁ-ゖ]{{2,3}}[子代江枝美]", word)
        return word in lists.surnames or word in lists.given or is_kana_and_ko is not None
    if kana:
        return head[0] in lists.surnames and len(head[0]) > 1
    return (len(word) > 1 and word in lists.surnames and word not in words.NOBODY) or is_whole_name(
        word
    )


def _is_surname(word: str) -> bool:
    """Tell a listed surname that is no ordinary word."""
    lists = words.listed_names()
    return word in lists.surnames and word not in lists.weak_surnames and word not in words.NOBODY


def _is_some_name(word: str) -> bool:
    return _is_name(word) or _is_given(word)


def _may_be_name(word: str) -> bool:
    """Tell what may stand after 氏名: or before と申します: anything but what is nobody's name."""
    if _is_some_name(word):
        return True
    if re.search(
        "なし|匿名|不明|記入|必要|変更|公表|公開|住所|連絡|省略|[課部係会室局所]( |$)|株式|有限",
        word,
    ):
        return False
    return len(word) >= 2 and not is_nobody(word) and word not in words.KANA_NOBODY


_BESIDE: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        re.compile(rf"(?:{_KIN})(?:の|「|、|\(|:| |・|である|である、){_ANY_NAME}{_ENDS}"),
        _is_some_name,
    ),
    (
        re.compile(rf"(?:{_WHO})(?:の|「|、|\(|:| )(?P<found>[{KANJI}]{{2,6}}){_ENDS}"),
        lambda word: _is_name(word) and not word.endswith(("市", "区", "県", "駅", "町", "村")),
    ),
    (
        re.compile(
            rf"(?<![{KANJI}])(?P<found>[{KANJI}]{{2,3}})(?=宅(?![配地急])|邸|家(?:の|に|が|は|を|と|では))"
        ),
        lambda word: _is_surname(word),
    ),
    (
        re.compile(rf"[{KANJI}]{{1,6}}[課係部室]の(?P<found>[{KANJI}]{{2,3}}){_ENDS}"),
        lambda word: _is_surname(word),
    ),
    (re.compile(r"(?:Mr|Mrs|Ms|Dr)\.? (?P<found>[A-Z][a-z]{1,15}(?: [A-Z][a-z]{1,15})?)"), bool),
    (re.compile(rf"\((?P<found>[{KANJI}]{{2,4}})\)"), lambda word: word in TELLING),
    (re.compile(rf"(?:{_LABEL}) ?(?:\([^()]{{1,6}}\))?[::=] ?{_ANY_NAME}"), _may_be_name),
    (re.compile(rf"(?:{_LABEL})(?:は|の| |\(){_ANY_NAME}{_ENDS}"), _is_name),
    (re.compile(rf"(?<=[{BOUND}のはが]){_ANY_NAME}(?={_INTRODUCED})"), _may_be_name),
    (re.compile(rf"(?<=[{BOUND}のはが]){_ANY_NAME}(?={_CALLED})"), _is_name),
    (
        re.compile(
            rf"(?:(?<=[\n。])|(?<=以上)|(?<=以上[、。 ])|(?<=より[ 、])|(?<=草々[ 、])|(?<=敬具[ 、]))"
            rf"[、。 ]?(?P<found>[{KANJI}]{{2,6}}(?: [{KANJI}]{{1,3}})?)(?:より|拝|記)?[。 ]?(?=[{BOUNDARY}\n])"
        ),
        lambda word: _is_name(word),
    ),
    (
        re.compile(
            rf"(?<=[{BOUNDARY}\n。])(?P<found>[{KANJI}]{{2,6}})(?=です。|と言う者|という者|、(?:いい加減|聞いて|おい|ちゃんと|お前|出て))"
        ),
        lambda word: _is_name(word),
    ),
    (
        re.compile(
            rf"(?P<found>[{KANJI}]{{2,6}})(?=(?:とかいう|という|って(?:いう)?)(?:名前の)?(?:人|職員|者|男|女|奴|やつ|方|議員|先生))"
        ),
        lambda word: _is_name(word),
    ),
    (re.compile(rf"(?<=[{BOUND}の])(?P<found>[{KANJI}]{{2,6}})(?=より[。\n{BOUNDARY}])"), _is_name),
)


def find_beside_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands beside words that tell it."""
    for form, fits in _BESIDE:
        for match in form.finditer(text):
            found = match["found"]
            after = text[match.end("found") : match.end("found") + 4]
            if (
                fits(found)
                and found not in words.WELL_KNOWN
                and not after.startswith(PLACE_SUFFIXES)
            ):
                yield match.span("found")
