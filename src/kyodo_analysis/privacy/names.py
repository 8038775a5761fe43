"""Persons' names, told by what stands beside them and by lists of surnames and given names."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from kyodo_analysis.privacy import name_words as words
from kyodo_analysis.privacy.folding import BOUNDARY, Page, words_of
from kyodo_analysis.privacy.patterns import NAME, Found

PLACE_SUFFIXES = words_of(
    "市 町 村 区 県 都 府 郡 駅 川 橋 港 通り 交差点 地区 小学校 中学校 高校 公園 団地 病院 公民館 方面 経由 行き 線 台 城 神社 "
    "寺 山 湖 沼 池 海岸 中央 支店 支所 出張所 産 大学 幼稚園 保育園 商店街 銀行 建設 自動車 製作所 電機 電気"
)
_K, _KANA = "一-龥々ヶ", "ァ-ヴ"
_BOUND = rf"\n\s{BOUNDARY}。、「」『』(),.:;!?・/…~"
_ROLES = "|".join(sorted(words.ROLES, key=len, reverse=True))
_TITLE = re.compile(rf"(?P<honorific>{'|'.join(words.HONORIFICS)})|(?P<role>{_ROLES})")
_BEFORE = re.compile(
    rf"(?:(?P<kanji>[{_K}]{{1,8}}(?: [{_K}]{{1,4}})?(?:ノ[{_K}]{{1,2}})?)"
    rf"|(?P<mixed>[{_K}]{{1,3}}[ぁ-ゖ{_KANA}-]{{2,4}})"
    rf"|(?P<katakana>[{_KANA}][{_KANA}-]*(?:[・= ][{_KANA}][{_KANA}-]+){{0,3}})"
    rf"|(?P<kana>[ぁ-ゖ]{{2,6}})"
    rf"|(?P<latin>[A-Z][A-Za-z.'-]{{1,20}}(?:[ ・][A-Z][A-Za-z.'-]{{0,20}}){{0,3}})) ?$"
)
_FURTHEST_BACK = 48
# What goes on as another word: さまざま, ちゃんと, 氏名, 様子, 君津, 行くんです, さんか, 先生方.
_NOT_A_TITLE = {
    "さん": "[ざまりざすぽぷぴばび]|か(?!ら)",
    "さま": "[ざじしたよ]",
    "様": "[子々式相態]",
    "氏": "[名神族子]",
    "くん": "[でだじな]|の(?:か|だ|で|です)",
    "君": "[津主臨達]|が代|たち",
    "ちゃん": "[とぽ]",
    "殿": "[様堂下]",
}
_AFTER_KANA = re.compile(rf"[がはをにのともへでや宅家たらっなだち{_BOUND}]|から|$")
_OFFICES = ("長", "代表", "職員", "理事", "監督", "主任")
_HEADS_OF_TOWNS = ("市長", "副市長", "町長", "村長", "区長", "知事", "県議", "市議", "町議", "区議")
_TELLING = words.COMMON_SURNAMES - words.OFTEN_NO_PERSON
_PARTICLES = "のはがをにともでへやな"


def find_names(page: Page) -> Iterator[Found]:
    """Yield the places of a page where a person is named.

    A name stands before a title (さん, 様, 課長), after what says whose it is (娘の, 担当の, 記入者:), before
    と申します, at the end of a letter, or is a whole name of the lists. Names of places, schools,
    stations and organisations, told by what follows, and well-known people are none.
    """
    for find, reason in (
        (_before_titles, "敬称や役職の前の言葉"),
        (_whole_names, "姓と名が続く"),
        (_foreign_names, "姓と名が続く"),
        (_beside_words, "名前を示す言葉のそば"),
        (_alone, "辞書で人の姓とされる言葉"),
    ):
        for start, end in find(page.text):
            number, first = page.place(start)
            yield Found(number, start - first, end - first, _RANK, NAME, reason)


_RANK = 1000


def _before_titles(text: str) -> Iterator[tuple[int, int]]:
    for title in _TITLE.finditer(text):
        before = _BEFORE.search(text, max(0, title.start() - _FURTHEST_BACK), title.start())
        if before is None:
            continue
        role, word = title["role"], title[0]
        follows = text[title.end() : title.end() + 3]
        if role is None and re.match(_NOT_A_TITLE.get(word, r"(?!)"), follows):
            continue
        kind = str(before.lastgroup)
        size = _TOLD[kind](before[kind], word, follows, role is not None, text, before.start())
        if size:
            end = before.end(kind)
            yield end - size, end


def _told_kanji(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    """Return how many of the last characters of a run of kanji are a name."""
    run = run[-9:]
    size = _listed_end(run)
    if size and not (run[-size:] != run and re.match("[一二三四五六七八九十]月", run)):
        name = run[-size:]
        if name in words.NOBODY or (len(name) == 1 and len(run) > 1):
            return 0
        if title in ("様", "氏", "君", "殿") and len(name) == 1 and name in "多仕同模異一各神王若":
            return 0
        weak = is_role and (
            (name in words.listed_names().weak_surnames and title.endswith(_OFFICES))
            or (len(name) == 1 and name not in words.ONE_KANJI)
        )
        if title in _HEADS_OF_TOWNS and not is_whole_name(name) and name not in _TELLING:
            return 0
        if weak or (is_role and _is_part_of_office(run, name)):
            return 0
        return size
    bare = run.replace(" ", "")
    if is_role:
        is_office = any(part in bare for part in words.NO_NAME_BEFORE_ROLES)
        is_office |= title in (*_HEADS_OF_TOWNS, "職員") or _is_nobody(bare)
        return len(run) if 2 <= len(bare) <= 4 and not is_office else 0
    if _is_nobody(bare) or (title in ("氏", "君", "殿", "様") and len(bare) < 2):
        return 0
    if title == "様" and re.match("[なにでの]", follows) and len(bare) == 1:
        return 0
    if len(bare) == 1 and bare not in "東西南北一二三":
        return 0
    return len(run) if len(bare) <= 6 else 0


def _is_part_of_office(run: str, name: str) -> bool:
    """Tell 山口県知事 and 中央公園所長 from 山口町内会長: the run goes on before or within."""
    return run != name and any(part in run for part in ("学校", "病院", "大学", "銀行", "支店"))


def _is_nobody(word: str) -> bool:
    if word in words.NOBODY or word[-1] in words.ENDINGS_OF_NOBODY:
        return True
    return any(word.endswith(each) for each in words.NOBODY if len(each) > 1)


def _told_mixed(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    """Tell names like 近藤ハル and 山田はな子 from 担当のさとう: a surname, then kana."""
    kanji = re.match(f"[{_K}]+", run)
    assert kanji is not None
    kana = run[kanji.end() :]
    lists = words.listed_names()
    if kanji[0] in lists.surnames and kana in lists.given and len(kanji[0]) > 1:
        return len(run)
    kind = _told_kana if re.match("[ぁ-ゖ]", kana) else _told_katakana
    return kind(kana, title, follows, is_role, text, at + kanji.end())


def _told_kana(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    if is_role or not _AFTER_KANA.match(follows):
        return 0
    before = text[at - 1] if at else BOUNDARY
    if before in "おご" or (re.match("[ぁ-ゖ]", before) and len(run) >= 6):
        return 0
    given = words.listed_names().given | words.listed_names().surnames
    for start in range(len(run) - 1):
        name = run[start:]
        is_start = start == 0 or run[start - 1] in _PARTICLES
        if is_start and name in given and name not in words.KANA_NOBODY:
            return len(name)
    if re.match(f"[{_K}]", before) and run[0] in _PARTICLES:
        run = run[1:]
    elif not re.match(rf"[{_BOUND}]", before):
        return 0
    is_nobody = run in words.KANA_NOBODY or any(
        run.endswith(each) for each in words.KANA_NOBODY if len(each) > 2
    )
    return 0 if is_nobody or not 2 <= len(run) <= 5 or run[0] in "おごをんっゃゅょ" else len(run)


def _told_katakana(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    last = re.split("[・= ]", run)[-1]
    if last in words.KATAKANA_NOBODY or len(run) < 2:
        return 0
    parts = len(re.split("[・= ]", run))
    is_job = re.search("[アカサタナハマヤラワガザダバパャァ]-$|マン$|スト$|センタ-$|サ-ビス$", last)
    lists = words.listed_names()
    if last in lists.surnames or last in lists.given or parts > 1:
        return len(run)
    return 0 if is_job or (is_role and title != "先生") else len(run)


def _told_latin(run: str, title: str, follows: str, is_role: bool, text: str, at: int) -> int:
    if is_role and title != "先生":
        return 0
    return (
        len(run) if re.search("[a-z]", run) or (len(run) > 3 and re.search("[AIUEO]", run)) else 0
    )


_Told = Callable[[str, str, str, bool, str, int], int]
_TOLD: dict[str, _Told] = {
    "kanji": _told_kanji,
    "mixed": _told_mixed,
    "katakana": _told_katakana,
    "kana": _told_kana,
    "latin": _told_latin,
}


@lru_cache(maxsize=65536)
def _listed_end(run: str) -> int:
    """Return the length of the longest listed name at the end of a run, a whole name first."""
    for start in range(len(run)):
        part = run[start:]
        if is_whole_name(part):
            return len(part)
    lists = words.listed_names()
    for start in range(len(run)):
        part = run[start:]
        if (part in lists.surnames and (len(part) > 1 or start == 0)) or (
            start == 0 and part in lists.given
        ):
            return len(part)
    return 0


@lru_cache(maxsize=65536)
def is_whole_name(run: str) -> bool:
    """Tell whether a run is a listed surname and a listed given name, a space between or not."""
    lists = words.listed_names()
    if " " in run:
        first, _, last = run.partition(" ")
        return first in lists.surnames and (
            last in lists.given or (1 <= len(last) <= 3 and len(first) > 1)
        )
    for cut in range(1, len(run)):
        first, last = run[:cut], run[cut:]
        if first not in lists.surnames or last not in lists.given:
            continue
        if first in lists.weak_surnames and (len(last) < 2 or last in lists.surnames):
            continue
        if len(first) == 1 and (first not in words.ONE_KANJI or len(last) < 2):
            continue
        if len(last) == 1 and last in words.WEAK_GIVEN and first not in words.COMMON_SURNAMES:
            continue
        return True
    return False


_RUN = re.compile(rf"(?<![{_K}])[{_K}]{{2,7}}(?: [{_K}]{{1,3}})?(?![{_K}])")


def _whole_names(text: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        word = run[0]
        if _is_place_or_known(word, text, run.end()):
            continue
        if _is_certain(word):
            yield run.span()


_FOREIGN = re.compile(
    rf"(?<![{_KANA}-])[{_KANA}][{_KANA}-]{{1,9}}(?:・[{_KANA}][{_KANA}-]{{0,9}}){{1,3}}"
)


def _foreign_names(text: str) -> Iterator[tuple[int, int]]:
    """Find ジョン・スミス: words in katakana with ・ between, two of which are listed names."""
    lists = words.listed_names()
    for run in _FOREIGN.finditer(text):
        parts = run[0].split("・")
        if sum(part in lists.given or part in lists.surnames for part in parts) >= 2:
            yield run.span()


@lru_cache(maxsize=65536)
def _is_certain(word: str) -> bool:
    if " " in word:
        first, _, last = word.partition(" ")
        lists = words.listed_names()
        return (
            first in lists.surnames
            and last in lists.given
            and last not in lists.surnames
            and len(last) > 0
        )
    if len(word) == 3 and word[0] in words.CHINESE and word[1:] in words.CHINESE_GIVEN:
        return True
    if not 3 <= len(word) <= 6 or word[-1] in words.ENDINGS_OF_NOBODY:
        return False
    return is_whole_name(word) and word not in words.listed_names().alike


def _is_place_or_known(word: str, text: str, end: int) -> bool:
    after = text[end : end + 4]
    return (
        word.replace(" ", "") in words.WELL_KNOWN
        or after.startswith(PLACE_SUFFIXES)
        or after.lstrip("のや").startswith(tuple(words.AFTER_THE_WELL_KNOWN))
    )


_KIN = "|".join(sorted(words.KIN, key=len, reverse=True))
_WHO = "|".join(sorted(words.WHO, key=len, reverse=True))
_ANY_NAME = rf"(?P<found>[{_K}]{{1,6}}(?: [{_K}]{{1,3}})?(?:[{_KANA}]{{2,4}}|[ぁ-ゖ]{{2,3}}(?=[{_BOUND}]))?|[{_KANA}ぁ-ゖ]{{1,3}}[子代江枝美]|[{_KANA}][{_KANA}・-]{{1,14}}|[ぁ-ゖ]{{2,5}}?)"
_ENDS = rf"(?=[{_BOUND}はがもをにのとへやでだ]|です|さ[んま]|$)"
_LABEL = "記入者|対応者|応対者|職員名|申込者|契約者|名義人?|宛名|患者名|児童名|園児名|生徒名|相手方?|届出人|回答者|投稿者|提出者|申請者|差出人|発信者|作成者|氏名|お名前|名前|姓名|署名|文責|本人|保護者|世帯主|代表者?|担当者?|連絡者|意見者|住民"
_INTRODUCED = "と申します|ともうします|と申す|と名乗"
_CALLED = "といいます(?!か)|と言います(?!か)|っていいます"


def _is_given(word: str) -> bool:
    given = words.listed_names().given
    return word in given and word not in words.WEAK_GIVEN and word not in words.NOBODY


def _is_name(word: str) -> bool:
    """Tell a listed name: a surname, a whole name, a surname and kana."""
    lists = words.listed_names()
    head = re.match(f"[{_K}]+", word)
    kana = word[head.end() :] if head else word
    if head is None:
        is_kana_and_ko = re.fullmatch(f"[{_KANA}ぁ-ゖ]{{2,3}}[子代江枝美]", word)
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
    return len(word) >= 2 and not _is_nobody(word) and word not in words.KANA_NOBODY


_BESIDE: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        re.compile(rf"(?:{_KIN})(?:の|「|、|\(|:| |・|である|である、){_ANY_NAME}{_ENDS}"),
        _is_some_name,
    ),
    (
        re.compile(rf"(?:{_WHO})(?:の|「|、|\(|:| )(?P<found>[{_K}]{{2,6}}){_ENDS}"),
        lambda word: _is_name(word) and not word.endswith(("市", "区", "県", "駅", "町", "村")),
    ),
    (
        re.compile(
            rf"(?<![{_K}])(?P<found>[{_K}]{{2,3}})(?=宅(?![配地急])|邸|家(?:の|に|が|は|を|と|では))"
        ),
        lambda word: _is_surname(word),
    ),
    (
        re.compile(rf"[{_K}]{{1,6}}[課係部室]の(?P<found>[{_K}]{{2,3}}){_ENDS}"),
        lambda word: _is_surname(word),
    ),
    (re.compile(r"(?:Mr|Mrs|Ms|Dr)\.? (?P<found>[A-Z][a-z]{1,15}(?: [A-Z][a-z]{1,15})?)"), bool),
    (re.compile(rf"\((?P<found>[{_K}]{{2,4}})\)"), lambda word: word in _TELLING),
    (re.compile(rf"(?:{_LABEL}) ?(?:\([^()]{{1,6}}\))?[::=] ?{_ANY_NAME}"), _may_be_name),
    (re.compile(rf"(?:{_LABEL})(?:は|の| |\(){_ANY_NAME}{_ENDS}"), _is_name),
    (re.compile(rf"(?<=[{_BOUND}のはが]){_ANY_NAME}(?={_INTRODUCED})"), _may_be_name),
    (re.compile(rf"(?<=[{_BOUND}のはが]){_ANY_NAME}(?={_CALLED})"), _is_name),
    (
        re.compile(
            rf"(?:(?<=[\n。])|(?<=以上)|(?<=以上[、。 ])|(?<=より[ 、])|(?<=草々[ 、])|(?<=敬具[ 、]))"
            rf"[、。 ]?(?P<found>[{_K}]{{2,6}}(?: [{_K}]{{1,3}})?)(?:より|拝|記)?[。 ]?(?=[{BOUNDARY}\n])"
        ),
        lambda word: _is_name(word),
    ),
    (
        re.compile(
            rf"(?<=[{BOUNDARY}\n。])(?P<found>[{_K}]{{2,6}})(?=です。|と言う者|という者|、(?:いい加減|聞いて|おい|ちゃんと|お前|出て))"
        ),
        lambda word: _is_name(word),
    ),
    (
        re.compile(
            rf"(?P<found>[{_K}]{{2,6}})(?=(?:とかいう|という|って(?:いう)?)(?:名前の)?(?:人|職員|者|男|女|奴|やつ|方|議員|先生))"
        ),
        lambda word: _is_name(word),
    ),
    (re.compile(rf"(?<=[{_BOUND}の])(?P<found>[{_K}]{{2,6}})(?=より[。\n{BOUNDARY}])"), _is_name),
)


def _beside_words(text: str) -> Iterator[tuple[int, int]]:
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


_ALONE = re.compile(rf"(?<![{_K}{_KANA}])[{_K}]{{2,3}}(?![{_K}{_KANA}])")


def _alone(text: str) -> Iterator[tuple[int, int]]:
    for run in _ALONE.finditer(text):
        if run[0] in _TELLING and not text.startswith(PLACE_SUFFIXES, run.end()):
            yield run.span()
