"""Each kind, in as many ways as people write it; beside each, what looks like it and is none."""

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.privacy import PERSONAL_DATA, find_in_texts, fold
from kyodo_analysis.privacy.folding import Page
from kyodo_analysis.privacy.forms import PATTERNS
from kyodo_analysis.privacy.names import find_names
from kyodo_analysis.privacy.patterns import find_patterns


def _found(*texts: str) -> list[tuple[str, str]]:
    return [
        (row.kind, texts[row.text][row.start : row.end])
        for row in find_in_texts(pd.Series(texts, dtype="str")).itertuples()
    ]


@pytest.mark.parametrize(
    "number",
    [
        "090-0000-1111",
        "０９０－００００－１１１１",
        "09000001111",
        "00-0000-0000",
        "0000-11-2222",
        "(00)0000-1111",
        "00(0000)1111",
        "００ー００００ー１１１１",
        "0120-000-000",
        "+81-90-0000-1111",
        "〇九〇−〇〇〇〇−一一一一",
        "090.0000.1111",
        "090・0000・1111",
        "090 0000 1111",
        "090-0000\n-1111",
        "+1-555-000-1111",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(number):
    assert _found(f"連絡は{number}へ。") == [("電話番号", number)]


def test_a_number_without_area_code_is_found_after_the_word_telephone():
    assert _found("電話番号は00-1111です。", "会員00-1111です。") == [("電話番号", "00-1111")]


def test_a_circled_digit_before_a_number_is_not_part_of_it():
    assert _found("①00-0000-1111") == [("電話番号", "00-0000-1111")]


@pytest.mark.parametrize(
    ("kind", "words", "text"),
    [
        ("メール", "sora@example.com", "メールはsora@example.comへ"),
        ("メール", "ｓｏｒａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｓｏｒａ＠ｅｘａｍｐｌｅ．ｃｏｍです"),
        ("メール", "sora(at)example.com", "sora(at)example.com まで"),
        ("メール", "sora★example.com", "sora★example.com(★を@に)"),
        ("メール", "sora at example.com", "宛先 sora at example.com"),
        ("住所", "〒000-1111", "〒000-1111 架空市"),
        ("住所", "000-1111", "架空市 000-1111"),
        ("住所", "丘の上三丁目12-5", "丘の上三丁目12-5に住む"),
        ("住所", "丘の上3丁目5番2号", "丘の上3丁目5番2号"),
        ("住所", "三丁目十二番地五号", "三丁目十二番地五号の者"),
        ("住所", "川端34番地", "川端34番地の角"),
        ("住所", "港町2-3-15", "港町2-3-15です"),
        ("住所", "川端町12-3", "川端町12-3の裏"),
        ("住所", "203号室", "203号室の者"),
        ("住所", "川端945の1", "川端945の1の空き家"),
        ("住所", "メゾン丘 305", "メゾン丘 305の者です"),
        ("住所", "市営住宅3棟12号", "市営住宅3棟12号です"),
        ("住所", "川端四の十の五", "川端四の十の五から"),
        ("生年月日", "昭和23年5月3日生まれ", "昭和23年5月3日生まれです"),
        ("生年月日", "1948/5/3生", "1948/5/3生。"),
        ("生年月日", "大正十五年生まれ", "大正十五年生まれの祖母"),
        ("生年月日", "平成元年四月一日", "生年月日:平成元年四月一日"),
        ("生年月日", "19480503", "生年月日 19480503"),
        ("生年月日", "5月3日", "誕生日は5月3日"),
        ("個人番号", "1111 2222 3333", "番号は1111 2222 3333"),
        ("個人番号", "１１１１２２２２３３３３", "１１１１２２２２３３３３です"),
        ("口座・カード番号", "4111-1111-1111-1111", "4111-1111-1111-1111を使った"),
        ("口座・カード番号", "7654321", "架空銀行丘支店 普通 7654321へ"),
        ("口座・カード番号", "10520-12345671", "ゆうちょ 10520-12345671"),
        ("車のナンバー", "柏300あ1234", "柏300あ1234の車"),
        ("車のナンバー", "12-34", "ナンバー12-34の車"),
        ("SNS・URL", "https://example.com/~sora", "https://example.com/~sora を見て"),
        ("SNS・URL", "instagram.com/sora", "instagram.com/sora"),
        ("SNS・URL", "sora_k", "インスタのIDはsora_kです"),
        ("SNS・URL", "@sora_k", "@sora_k まで"),
        ("職員・保険・旅券などの番号", "12345", "職員番号12345の人"),
        ("職員・保険・旅券などの番号", "TK1234567", "旅券はTK1234567"),
        ("職員・保険・旅券などの番号", "1234-567890", "年金番号は1234-567890"),
    ],
)
def test_each_kind_is_found_once_with_its_exact_words(kind, words, text):
    assert _found(text) == [(kind, words)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("山田", "窓口の山田さんが親切"),
        ("髙橋", "髙橋部長に頼んだ"),
        ("﨑山", "﨑山課長の説明"),
        ("小鳥遊", "担当の小鳥遊さんに電話"),
        ("東", "東さんの家"),
        ("ゆうた", "ゆうたくんの自転車"),
        ("グエン・ヴァン・アン", "グエン・ヴァン・アンさんが困っている"),
        ("Michael", "Michael先生の授業"),
        ("松本", "町会長の松本が決めた"),
        ("陽菜", "娘の陽菜が熱を出した"),
        ("小鳥遊", "小鳥遊と申します。"),
        ("加藤美咲", "(記入者:加藤美咲)"),
        ("王小明", "王小明が来た"),
        ("小林 誠", "小林 誠"),
        ("内田", "以上、内田"),
        ("横山", "横山、いい加減にしろ。"),
        ("藤原", "職員の藤原とかいう人"),
        ("近藤ハル", "母(近藤ハル)が一人暮らし"),
    ],
)
def test_a_name_is_found_by_what_stands_beside_it(name, text):
    assert _found(text) == [("人名", name)]


@pytest.mark.parametrize(
    "text",
    [
        "三丁目、四丁目は停留所が遠い。港町2丁目のバス停。",
        "2丁目一番の坂と、一番地下の駐車場。",
        "対象は2-3歳で、町10-20人ほど。100-1000円。",
        "第1回 2025-06-03(火)。開催日 2025-06-03。2025/7/10に行った。令和7年6月3日の会。7月10日生産の車。",
        "朝9:00-12:00、30-40分おき。予算は3億2,000万円。",
        "系統は9-10-11です。1234567890人。",
        "昭和23年生まれの制度です。",
        "会は5月3日 誕生日の話もした",
        "品番9-00-0000-1111-2、12-0000-1111-2222-3",
        "メールで返事がほしい。11時に@駅前。",
        "国道464-16号を通る。平成30-31年度。資料123-4頁。",
        "カードは1234円。口座を作る。普通の道。銀行で500万円。",
        "ナンバーカード。マイナンバー1234。",
        "https://www.city.example.lg.jp/ を見た。LINEで配信。Xで拡散。",
        "保険証は2024年まで。免許証2枚。会員100人。",
        "100棟のうち3棟が空き家。団地300世帯。マンション200戸。",
        "百分の一。十の位。三分の二の人。",
        "昼間部併設の高校。大津緑洋高校。八代市と本町。山口県の事例。",
        "渋谷や目黒と比べて遅れている。松本城の修理。大和ハウスの開発。",
        "織田信長や徳川家康の祭り。坂本龍馬の像。大谷選手のような子。",
        "運転手さん、業者さん、お客さん、赤ちゃん、奥さん、お巡りさん、子どもさん。",
        "多様な意見。様々な仕様。氏名を書く。君津市。歩くんです。ちゃんと。たくさん。",
        "総務課長、道路部長、松戸市長、県知事、PTA会長、校長先生に聞いた。",
        "娘の学校、息子の保育園、母の介護、妻の実家、夫の転勤。",
        "担当:総務課 氏名:匿名",
    ],
)
def test_what_looks_like_personal_data_and_is_none_is_left_alone(text):
    assert _found(text) == []


def test_one_place_has_one_kind():
    assert [kind for kind, _ in _found("住所は港町0000-11-2222")] == ["電話番号"]


def test_nothing_is_found_across_the_border_of_two_texts():
    assert _found("電話", "00-1111", "00-0000-", "1111", "小鳥遊", "さん") == []


def test_no_text_gives_a_table_without_rows():
    found = find_in_texts(pd.Series([], dtype="str"))
    assert list(found.columns) == ["text", "start", "end", "rank", "kind", "reason"]
    assert found.empty


PIECES = [
    "電話",
    "00-0000-1111",
    "😢",
    "港町三丁目1-2",
    "a@example.com",
    "\n",
    "は",
    "山田さん",
    "\x00",
]


@given(st.lists(st.lists(st.sampled_from(PIECES)).map("".join), max_size=5))
@settings(deadline=None, derandomize=True, max_examples=30)
def test_every_place_lies_in_its_text_and_none_in_another(texts):
    found = find_in_texts(pd.Series(texts, dtype="str"))
    lengths = found["text"].map(dict(enumerate(map(len, texts))))
    assert (found["start"] < found["end"]).all()
    assert (found["end"] <= lengths).all()
    after = found.groupby("text")["start"].shift(-1)
    assert (after.isna() | (after >= found["end"])).all()


@given(st.text())
@settings(deadline=None, derandomize=True)
def test_folding_keeps_every_code_point_in_its_place(text):
    assert len(fold(text)) == len(text)


def test_how_many_texts_are_searched_at_once_changes_nothing(monkeypatch):
    texts = pd.Series(["電話00-1111", "", "a@example.jpと山田さん", "港町三丁目1-2"], dtype="str")
    together = find_in_texts(texts)
    monkeypatch.setattr("kyodo_analysis.privacy.folding._TEXTS_AT_ONCE", 1)
    pd.testing.assert_frame_equal(find_in_texts(texts), together)
    assert together["text"].tolist() == [0, 2, 2, 3]


_LONG = 100_000
HARMFUL = [
    *(
        "0",
        "0-",
        "0-0",
        "a",
        "a.",
        "a@",
        "a@a.",
        "山",
        "山の",
        "山丁目",
        "1丁目",
        "一",
        "一の",
        "丁目",
        "番地",
        "1番",
    ),
    *(
        "ア",
        "ア-",
        "ア・",
        "あ",
        " ",
        "(",
        "00-",
        "0-0 ",
        "0の",
        "山1-1-",
        "山123-",
        "A",
        "A-",
        "A ",
        "A・",
        "・",
        "号棟",
    ),
    *(
        "生年月日",
        "年1月",
        "19",
        "電話",
        "電話0",
        "カード",
        "カード1234",
        "銀行",
        "銀行0",
        "普通1",
        "ゆうちょ1",
        "さん",
        "山さん",
    ),
    *(
        "山 ",
        "山田",
        "田中",
        "娘の",
        "娘の山",
        "氏名:",
        "担当の山",
        "と申します",
        "山と申します",
        "という",
        "以上、",
        "\n",
        "。山",
    ),
    *(
        "免許証",
        "免許証A",
        "ナンバー",
        "ナンバー・",
        "柏30",
        "柏 30 あ ",
        "LINEの",
        "LINE山",
        "@",
        "http://",
        "www.",
        "棟",
        "山棟1",
    ),
    *(
        "メゾン",
        "メゾン山",
        "ハイツ1",
        "団地",
        "生まれ",
        "1年生まれ",
        "昭和",
        "+1 ",
        "+81",
        "[at]",
        "★a",
        "at ",
        "a at a.",
    ),
]


@pytest.mark.parametrize("piece", HARMFUL, ids=ascii)
def test_no_form_is_slow_on_a_long_text_of_one_piece(piece):
    page = Page([(piece * _LONG)[:_LONG]])
    for pattern in PATTERNS:
        started = time.process_time()
        assert sum(1 for _ in find_patterns(page, [pattern])) >= 0
        assert time.process_time() - started < 0.3, pattern.reason
    started = time.process_time()
    assert sum(1 for _ in find_names(page)) >= 0
    assert time.process_time() - started < 0.9


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.reason)
def test_whatever_has_a_form_has_its_sign(pattern):
    import re

    texts = [*(text for _, _, text in _PLANTED), "090-0000-1111", "+1-555-000-1111"]
    for text in texts:
        page = Page([text])
        content = page.digits if pattern.in_digits else page.text
        if re.search(pattern.form, content):
            assert re.search(pattern.sign, content)


_PLANTED = next(
    mark.args[1]
    for mark in test_each_kind_is_found_once_with_its_exact_words.pytestmark
    if mark.name == "parametrize"
)


def test_the_table_of_places_names_where_each_stands():
    from kyodo_analysis.privacy import find_personal_data
    from kyodo_analysis.tables import REPLIES

    replies = REPLIES.make(
        {"opinion_id": f"X{n}", "reply": reply}
        for n, reply in enumerate(["検討します", "長い前置きのあとで山田様に\n申し上げました"])
    )
    found = find_personal_data({"replies": replies}, {"replies": REPLIES})
    assert list(found.columns) == PERSONAL_DATA.names
    row = found.iloc[0]
    assert row[["table", "column", "row", "opinion_id"]].tolist() == [
        "市の考え方",
        "市の考え方",
        1,
        "X1",
    ]
    assert row["around"] == "い前置きのあとで【山田】様に 申し上げま"
