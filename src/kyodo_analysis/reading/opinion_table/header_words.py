"""What a header probably means, by the words that city halls and form services write."""

import re

from kyodo_analysis.reading.normalise import plain
from kyodo_analysis.reading.opinion_table.personal_columns import is_personal, is_personal_name

EXACT, INSIDE, NONE = 2, 1, 0

_CITY = "[本当]?[市町村区県]の"
_OFFICE = "(?:(?:所管|担当|主管)(?:課|部署|部局|部|者)?|関係(?:課|部署|部局|部)|事務局|行政側?|[本当]?[市町村区県]側?)の?"
_REPLY = (
    f"(?:{_CITY})?(?:考え方|回答|対応|見解|対応方針)(?:等|案)?|{_CITY}考え"
    f"|{_OFFICE}(?:コメント|回答|考え方?|見解|返答)(?:等|案)?|(?:所管|担当|主管)(?:課|部署|部)の?意見"
)
_TEXT = (
    "ご?意見・?ご?要望|ご?意見等|ご?意見|主なご?意見|ご?意見の?(?:内容|概要|要旨)|内容|自由記述|自由意見|"
    "自由回答|自由記入|コメント|ご?要望|ご?提案|ご?感想|発言内容|発言|記述|回答内容|本文|投稿内容|投稿本文|"
    "投稿|(?:寄せられた|いただいた|(?:[市町村区県]民|住民|皆(?:様|さん|さま)|利用者|参加者)の)(?:お?声|ご?意見)|お?声|質問内容|お問い?合わ?せ内容|意見本文|メッセージ|comments?|comment-?(?:body|text)|body|text|opinions?|"
    "feedback|message|answers?|argument"
)
_ATTRIBUTE = (
    "年代|年齢層?|性別|居住地区?|お住まい|住まい|地区|地域|校区|学区|町名|職業|所属|学年|立場|"
    "家族構成|世帯|居住年数|利用頻度|会場|開催場所|受付経路|受付方法|提出方法|受付手段|提出手段|経路|媒体|"
    "票数|得票数|賛成数|件数|設問|該当箇所|該当ページ|該当頁|該当項目|ラベル|タグ|ステータス|満足度|対応|対応区分|対応結果|反映状況|age|gender|"
    "district|area|ward|votes?|agrees|disagrees|tags?|labels?|venue|channel"
)
_MEANINGS = {
    "reply": (_REPLY, f"(?:{_CITY}|に対する)(?:考え|回答|対応|見解)"),
    "text": (_TEXT, "意見|自由記述|自由回答|自由に|コメント|要望|提案|感想|お書き|ご記入"),
    "category_code": ("分類番号|分類コード|分類記号|記号", "分類番号|分類コード"),
    "category": (
        "分類|大分類|区分|項目|該当箇所|該当項目|テーマ|カテゴリー?|分野|ジャンル|種別|論点|章|議題|タイプ|"
        "category|topic|theme|type",
        "分類|区分|テーマ|カテゴリ|分野|項目|該当箇所",
    ),
    "session": ("回|開催回|参加回|実施回|回次|第何回", "開催回|参加回|第何回"),
    "date": (
        "日付|年月日|受付日時?|提出日時?|回答日時?|受信日時?|登録日時?|送信日時?|投稿日時?|開催日|日時|"
        "タイムスタンプ|timestamp|完了時刻|投稿日|送信日|作成日時?|date|datetime|created_?at|submitted_?at",
        "受付日|提出日|回答日|受信日|開催日|タイムスタンプ|timestamp",
    ),
    "id": (
        "番号|no\\.?|id|#|(?:comment|arg|argument|response)[-_ ]?id|通し番号|整理番号|(?:投稿|回答|質問|管理|申込|文書)番号|(?:意見|回答|投稿)id|意見番号|意見no\\.?|受付番号|連番|通番",
        "整理番号|通し番号|意見番号|受付番号",
    ),
    "respondent": (
        "回答者番号|回答者id|提出者番号|提出者id|提出者|回答者|発言者番号|投稿者id|"
        "(?:author|user|respondent|participant)[-_ ]?id",
        "回答者番号|提出者番号",
    ),
    "attributes": (_ATTRIBUTE, _ATTRIBUTE),
    "start": ("開始|開始時刻|開始時間|時間|時刻|日時|開催日時", "開始"),
    "end": ("終了|終了時刻|終了時間|時間|時刻|日時|開催日時", "終了"),
    "venue": ("場所|会場|開催場所|開催会場", "会場|場所"),
    "n_organizations": ("団体数|参加団体数", "団体数"),
    "n_people": ("人数|参加人数|参加者数|出席者数", "人数|参加者数"),
    "organization": ("団体|団体名|参加団体|参加団体名|組織|組織名", "団体"),
    "organization_type": ("種類|種別|団体の種類|団体種別|団体区分|区分", "種類|種別"),
}


def fit(header: str, meaning: str) -> int:
    """Return EXACT, INSIDE or NONE: how well `header` says what `meaning` is."""
    if is_personal(header):
        return NONE
    written = plain(header).casefold()
    exact, inside = _MEANINGS[meaning]
    if re.fullmatch(exact, re.sub(r"\(.*?\)|[・:*【】]", "", written)):
        return EXACT
    return INSIDE if re.search(inside, written) else NONE


_OTHERS = re.compile(
    "タイトル|件名|題名|表題|見出し|備考|メモ|処理状況|担当課?|title|subject|name|url|コレクターid|collectorid|"
    "ipアドレス|ipaddress|開始日時?|終了日時?|更新日時?|moderated|language|lang"
)
_QUESTION = re.compile(
    r"お書き|ご?記入|お答え|ご?回答くだ|お聞かせ|お?教えて|選んで|お選び|自由に|チェックして|当てはまる|あてはまる"
    r"|(?:です|ます|でしょう|ません)か[。？?]?[」)）]*$|[?？][」)）]*$|^(?:問|設問|質問|Q)\s*[\d０-９]"
)


def is_question(text: str) -> bool:
    """Tell whether `text` asks something, as the headers of a form's export do."""
    return bool(_QUESTION.search(text))


def is_header_word(text: str) -> bool:
    """Tell whether `text` alone names a column of opinions, sessions or organisations."""
    if _OTHERS.fullmatch(plain(text).casefold()) or is_personal_name(text):
        return True
    return any(fit(text, meaning) == EXACT for meaning in _MEANINGS)
