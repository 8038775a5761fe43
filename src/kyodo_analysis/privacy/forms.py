"""Personal data that can be told by its form: numbers, addresses, dates of birth, accounts."""

import re

from kyodo_analysis.privacy.addresses import ADDRESSES
from kyodo_analysis.privacy.folding import BOUNDARY, words_of
from kyodo_analysis.privacy.patterns import (
    ACCOUNT,
    BIRTH,
    ENDS_HERE,
    MAIL,
    MY_NUMBER,
    NOT_DIGIT,
    OTHER_NUMBER,
    PHONE,
    PLATE,
    SNS,
    STARTS_HERE,
    UNITS,
    Pattern,
)
from kyodo_analysis.privacy.patterns import NUMERAL as _N

_AT = r"@{1,2}|[(\[<{〔【「]at?[)\]>}〕】」]|[ #_]at[ #_]|[ #_]AT[ #_]|[(\[<{]?(?:アットマ-ク|あっとま-く|アット|あっと)[)\]>}]?|[★☆●◎○▲△◆◇■□♪※]"
_IN_PHONES = r"(?:[-./・ ~()\[\]_,]{1,3}\n?|\n[-]?|の)?"
_PHONE = (
    rf"(?<!\+)(?<![0-9])(?<![0-9][-.])(?<![A-Za-z0-9/=?&])"
    rf"(?:\+81[-. ]?(?:\(0\))?[1-9][0-9]{{0,3}}|0[0-9]{{1,4}}|[(\[]0[0-9]{{1,4}}[)\]])"
    rf"{_IN_PHONES}[0-9]{{1,4}}{_IN_PHONES}[0-9]{{3,4}}{ENDS_HERE}"
)

_DATE = (
    rf"(?:(?:明治|大正|昭和|平成|令和|西暦|明|大|昭|平|令)?(?:元|{_N}{{1,4}})年{_N}{{1,3}}月(?:{_N}{{1,3}}日)?"
    rf"|{_N}{{1,3}}月{_N}{{1,3}}日|[0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/])|(?:19|20)[0-9]{{6}}(?![0-9])"
    r"|(?:[MTSHR明大昭平令]|明治|大正|昭和|平成|令和)?[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,2}"
    r"|[MTSHR][0-9]{1,2}年[0-9]{1,2}月[0-9]{1,2}日)"
)
_BORN = "(?:生まれ|生れ|うまれ|誕生(?!日)|出生|生(?![一-龥]))"
_PERSON = (
    "(?:の? ?(?:私|僕|俺|自分|当方|祖|父|母|夫|妻|娘|息子|子|孫|兄|弟|姉|妹|叔|伯|男|女|者|人|方|高齢|老|"
    f"主人|家内|友)|です|だ(?!っ)|で[、。す]|、|。|\\)|$|\n|{BOUNDARY})"
)
_REGIONS = "|".join(
    words_of(
        "札幌 函館 旭川 室蘭 苫小牧 釧路 知床 帯広 北見 青森 八戸 弘前 岩手 盛岡 平泉 宮城 仙台 秋田 山形 庄内 福島 会津 "
        "郡山 白河 いわき 水戸 土浦 つくば 宇都宮 那須 とちぎ 群馬 前橋 高崎 大宮 所沢 川口 川越 熊谷 越谷 春日部 千葉 "
        "成田 習志野 市川 船橋 袖ヶ浦 袖ケ浦 市原 野田 柏 松戸 品川 世田谷 練馬 杉並 板橋 足立 江東 葛飾 八王子 多摩 横浜 "
        "川崎 湘南 相模 山梨 富士山 新潟 長岡 上越 富山 石川 金沢 福井 長野 松本 諏訪 岐阜 飛騨 静岡 浜松 沼津 伊豆 名古屋 "
        "豊橋 三河 岡崎 豊田 尾張小牧 一宮 春日井 三重 鈴鹿 四日市 伊勢志摩 滋賀 京都 なにわ 大阪 和泉 堺 奈良 飛鳥 和歌山 "
        "神戸 姫路 鳥取 島根 出雲 岡山 倉敷 広島 福山 下関 山口 徳島 香川 高松 愛媛 高知 福岡 北九州 久留米 筑豊 佐賀 長崎 "
        "佐世保 熊本 大分 宮崎 鹿児島 奄美 沖縄"
    )
)
_PLATE_END = r"(?:[0-9]{2}-[0-9]{2}|[・.]{1,3} ?[0-9]{1,3}|[0-9]{1,4})"
_SITES = "(?:instagram|twitter|x|facebook|fb|line|tiktok|youtube|note|ameblo|threads|mixi|github)"
_SERVICES = (
    "(?:LINE|ライン|Line|Twitter|ツイッタ-|旧?X|Instagram|インスタ(?:グラム)?|Facebook|フェイスブック|TikTok|"
    "Threads|YouTube|Skype|カカオ(?:ト-ク)?|SNS|アカウント|ユ-ザ-名?|ハンドルネ-ム|(?<![A-Za-z])ID)"
)
_OFFICIAL = re.compile(r"\.(?:lg|go|ac|ed)\.jp(?![A-Za-z.])")
_CALLED_NUMBER = "(?:番号|記号|ID|Id|No\\.?|NO|ナンバ-)"
_LABELS = (
    "(?:(?:職員|社員|従業員|学籍|学生|会員|組合員|受給者|患者|受験|被保険者|保険者|利用者|契約|契約者|お客様|顧客|図書(?:館|カ-ド)|"
    "証明書|整理|納税|納税者|通知書|登録|申請|受付|証券|母子手帳|手帳|在留|個人|本人確認)"
    f"(?:証|カ-ド)?の?{_CALLED_NUMBER}|(?<!電話)(?<!郵便)(?<!口座)[一-龥々ァ-ヴ-]{{1,8}}(?<!電話)(?<!郵便)(?<!口座)(?<!路線)(?<!系統)(?<!議案)(?<!文書)(?<!質問)(?<!商品)(?<!製品)の?{_CALLED_NUMBER}"
    "|(?:学生証|社員証|職員証|会員証|診察券|保険証|健康保険証?|介護保険証?|国保|年金|基礎年金|年金手帳|旅券|パスポ-ト|免許証?|"
    "運転免許証?|在留カ-ド|住民票コ-ド|障害者手帳|療育手帳|受給者証|医療証)(?:カ-ド)?(?:の?(?:記号)?・?"
    f"{_CALLED_NUMBER})?)"
)


def _has_phone_length(found: str) -> bool:
    digits = sum(character.isdigit() for character in found)
    return digits in ({11, 12, 13} if found.startswith("+") else {10, 11})


def _is_card_number(found: str) -> bool:
    """Tell by its check digit (Luhn; ISO/IEC 7812-1)."""
    digits = [int(character) for character in found if character.isdigit()]
    if not 13 <= len(digits) <= 16:
        return False
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def _is_no_office(found: str) -> bool:
    return not _OFFICIAL.search(found)


def _has_digits_enough(found: str) -> bool:
    return sum(character.isdigit() for character in found) >= 5 or bool(
        re.match("[A-Z]+-?[0-9]{3}", found)
    )


# Where two forms find the same words, the earlier one gives the kind.
PATTERNS = (
    Pattern(
        MAIL,
        rf"<?[A-Za-z0-9._%+-]{{1,64}} ?(?:{_AT}) ?[A-Za-z0-9一-龥々ぁ-ゖァ-ヴ-]{{1,63}}"
        r"(?: ?(?:\.|[。、,](?=(?:co|ne|or|jp|com|net))|\(dot\)|\[dot\]|ドット|どっと| dot ) ?[A-Za-z0-9-]{1,63}){1,5}>?"
        r"|[A-Za-z0-9._%+-]{1,64}@(?:docomo|softbank|ezweb|au|gmail|yahoo|icloud|hotmail|outlook|[ァ-ヴ-]{2,8})",
        "メールアドレスの形",
        sign=_AT,
    ),
    Pattern(
        SNS,
        r"(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&'*+,;=%()-]{3,300}",
        "URLの形",
        sign="https?://|www",
        fits=_is_no_office,
    ),
    Pattern(
        SNS,
        rf"(?<![A-Za-z0-9.@])(?:{_SITES}\.(?:com|me|jp|net|tv)|youtu\.be|t\.co|lin\.ee)/[A-Za-z0-9._~/?@=%-]{{1,100}}",
        "SNSの場所の形",
        sign=r"\.(?:com|me|jp|net|be|tv|co|ee)/",
    ),
    Pattern(
        SNS,
        rf"{_SERVICES} ?(?:の?(?:ID|アカウント名?|名)(?:は|が|を|:|=| |「|\(|@){{0,4}}|(?:は|が|を|:|=| |「|\(|@){{1,4}}|(?<=[タムインク-])(?=[a-z0-9]+[_.0-9]))"
        r"(?P<found>@?[A-Za-z0-9][A-Za-z0-9._-]{3,30})(?<=[A-Za-z0-9_])",
        "SNSの名前の後の文字",
        sign="[A-Za-z0-9_]{4}",
        fits=lambda found: (
            bool(re.search("[0-9_.-]", found)) or found.startswith("@") or found.islower()
        ),
    ),
    Pattern(
        SNS, r"(?<![A-Za-z0-9._%+-])@[A-Za-z0-9_]{3,30}(?![A-Za-z0-9.@])", "@で始まる名前", sign="@"
    ),
    Pattern(
        SNS,
        rf"{_SERVICES}の(?P<found>[一-龥々ァ-ヴぁ-ゖ ・-]{{2,12}}?)(?=(?:さん)?の?(?:ペ-ジ|投稿|アカウント|書き込み))",
        "SNSの名前の後の人",
        sign="ペ-ジ|投稿|アカウント|書き込み",
        fits=lambda found: not re.search("市|町|公式|広報|課|情報|地域|ため|上|自分", found),
    ),
    Pattern(PHONE, _PHONE, "電話番号の形", fits=_has_phone_length, in_digits=True),
    Pattern(
        PHONE,
        rf"(?<![0-9])\+(?!81)[1-9][0-9]{{0,2}}[- .(][0-9() .-]{{6,16}}[0-9]{ENDS_HERE}",
        "国番号で始まる電話番号の形",
        sign=r"\+[1-9]",
    ),
    Pattern(
        PHONE,
        rf"(?:電話|TEL|[Tt]el|℡|☎|FAX|[Ff]ax|携帯|自宅){NOT_DIGIT}{{0,6}}"
        rf"(?P<found>[0-9]{{2,4}}[-. ・の][0-9]{{3,4}}){ENDS_HERE}{UNITS}",
        "「電話」などの後の番号",
        in_digits=True,
    ),
    Pattern(
        PHONE, r"内線(?:番号)?[:は ]{0,2}(?P<found>[0-9]{3,5})(?![0-9])", "内線番号", sign="内線"
    ),
    Pattern(
        ACCOUNT,
        rf"{STARTS_HERE}[3-6][0-9]{{3}}(?:[- ]?[0-9]{{4}}){{2}}[- ]?[0-9]{{1,4}}{ENDS_HERE}"
        rf"|{STARTS_HERE}3[0-9]{{3}}[- ]?[0-9]{{6}}[- ]?[0-9]{{4,5}}{ENDS_HERE}",
        "クレジットカードの番号の形",
        fits=_is_card_number,
    ),
    Pattern(
        ACCOUNT,
        rf"(?:カ-ド|クレジット){NOT_DIGIT}{{0,8}}(?P<found>[0-9]{{4}}(?:[- ]?[0-9]{{4}}){{2,3}}){ENDS_HERE}",
        "「カード」の後の番号",
        fits=lambda found: sum(map(str.isdigit, found)) == 16,
    ),
    Pattern(
        ACCOUNT,
        rf"(?:ゆうちょ|郵貯|郵便貯金|郵便局|記号|通帳){NOT_DIGIT}{{0,8}}(?P<found>[01][0-9]{{4}}"
        rf"(?:[- ]?[0-9]?[- ]|{NOT_DIGIT}{{1,6}})[0-9]{{5,8}}){ENDS_HERE}",
        "ゆうちょの記号と番号の形",
    ),
    Pattern(
        ACCOUNT,
        rf"(?:銀行|信金|信用金庫|信組|農協|JA|労金|支店|出張所|口座|普通|当座|貯蓄|普(?= )|\(普\)|\(当\)|普\)|振込先?)"
        rf"{NOT_DIGIT}{{0,12}}(?:[0-9]{{3}}{NOT_DIGIT}{{1,8}})?(?P<found>[0-9]{{7}}){ENDS_HERE}{UNITS}",
        "銀行や口座の後の番号",
        in_digits=True,
    ),
    Pattern(
        MY_NUMBER,
        rf"{STARTS_HERE}[0-9]{{4}}[- ・.]?[0-9]{{4}}[- ・.]?[0-9]{{4}}{ENDS_HERE}(?! ?[円人件])",
        "12桁の数字(マイナンバーの形)",
        in_digits=True,
    ),
    Pattern(
        BIRTH,
        rf"(?P<found>{_DATE} ?{_BORN})",
        "「生まれ」などの前の日付",
        sign="生|うまれ",
    ),
    Pattern(
        BIRTH,
        rf"(?P<found>(?:(?:明治|大正|昭和|平成|令和|西暦)?(?:元|{_N}{{1,4}})年 ?(?:生まれ|生れ|うまれ|生)|[MTSHR][0-9]{{1,2}}年? ?(?:生まれ|生れ|うまれ|生))){_PERSON}",
        "「生まれ」の前の年",
        sign="生|うまれ",
    ),
    Pattern(
        BIRTH,
        rf"(?:生年月日|誕生日|出生日|出生は|生まれは|生まれたのは|生まれた日は|生まれ:|DOB)[はがを::= \n()「、→>-]{{0,4}}(?P<found>{_DATE}|[MTSHR]?[0-9]{{6}}(?![0-9]))",
        "「生年月日」などの後の日付",
        sign="生年月日|誕生日|出生|生まれ|DOB",
    ),
    Pattern(
        OTHER_NUMBER,
        rf"{_LABELS}[^0-9A-Za-z\n{BOUNDARY}。、]{{0,6}}(?P<found>[A-Z]{{0,4}}[- ]?[0-9][0-9A-Z-]{{2,18}}[0-9A-Z])"
        rf"(?![0-9A-Za-z]){UNITS}",
        "番号の名前の後の番号",
        sign="[0-9]{3}",
        fits=_has_digits_enough,
    ),
    Pattern(
        OTHER_NUMBER,
        "記号[: ]?[0-9-]{2,8}[・,、 ]{0,2}番号[: ]?[0-9]{3,8}(?![0-9])",
        "記号と番号の形",
        sign="記号",
    ),
    Pattern(
        OTHER_NUMBER,
        "(?<![A-Za-z0-9])[A-Z]{2} ?[0-9]{7,8}(?: ?[A-Z]{2})?(?![A-Za-z0-9])",
        "旅券や在留カードの番号の形",
    ),
    Pattern(
        PLATE,
        rf"(?:{_REGIONS}) ?[0-9][0-9A-Z]{{1,2}} ?[ぁ-ゖA-Z] ?{_PLATE_END}{ENDS_HERE}{UNITS}",
        "車のナンバーの形",
        sign="[0-9][0-9A-Z] ?[ぁ-ゖA-Z]",
    ),
    Pattern(
        PLATE,
        rf"(?<!マイ)(?:ナンバ-|車番|プレ-ト){NOT_DIGIT}{{0,5}}?(?P<found>[0-9]{{1,2}}-[0-9]{{2}}|[0-9]{{4}}|[・.]{{1,3}}[0-9]{{1,3}})"
        rf"{ENDS_HERE}{UNITS}",
        "「ナンバー」の後の番号",
        sign="ナンバ-|車番|プレ-ト",
    ),
    *ADDRESSES,
)
