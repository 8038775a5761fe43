"""Minutes in many styles: what residents said is an opinion, what the city answered a reply."""

from pathlib import Path

import pytest

from kyodo_analysis.reading import DocumentSettings, Reading, guess_settings, read_document
from kyodo_analysis.reading.document.marks import CITY, RESIDENT, find_mark, says_who
from kyodo_analysis.tables import CORRECTIONS

NO_CORRECTIONS = CORRECTIONS.make()


def write(folder: Path, *lines: str) -> Path:
    path = folder / "記録.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(path: Path, **chosen: object) -> Reading:
    settings = DocumentSettings(**chosen)  # type: ignore[arg-type]
    return read_document(path, settings=settings, corrections=NO_CORRECTIONS)


def as_guessed(path: Path) -> Reading:
    settings = guess_settings(path).settings
    assert isinstance(settings, DocumentSettings)
    return read_document(path, settings=settings, corrections=NO_CORRECTIONS)


def said(reading: Reading, check: str) -> list[str]:
    return reading.findings.query("check == @check")["found"].tolist()


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("○ 市民A：バスの本数。", "バスの本数。", RESIDENT),
        ("● 市：検討します。", "検討します。", CITY),
        ("●市　検討します。", "検討します。", CITY),
        ("(市) 検討します。", "検討します。", CITY),
        ("（市民Ａ）駅前が暗い。", "駅前が暗い。", RESIDENT),
        ("【市の考え方】検討します。", "検討します。", CITY),
        ("市民（60代女性）：遠い。", "遠い。", RESIDENT),
        ("Ａ委員：狭い。", "狭い。", RESIDENT),
        ("事務局　算出している。", "算出している。", CITY),
        ("都市計画課長：検討します。", "検討します。", CITY),
        ("Q1 増えますか。", "増えますか。", RESIDENT),
        ("Ａ．難しい。", "難しい。", CITY),
        ("・遊具が古い。", "遊具が古い。", ""),
        ("1. 遊具が古い。", "遊具が古い。", ""),
        ("①遊具が古い。", "遊具が古い。", ""),
        ("- 遊具が古い。", "遊具が古い。", ""),
        ("１．５倍にする。", "１．５倍にする。", ""),
        ("-5度の朝。", "-5度の朝。", ""),
        ("○○町の橋。", "○○町の橋。", ""),
        ("市長に会いたい。", "市長に会いたい。", ""),
        ("AIを使う。", "AIを使う。", ""),
        ("学習室：広く。", "学習室：広く。", ""),
    ],
)
def test_a_mark_says_where_the_words_begin_and_who_speaks(
    text: str, words: str, speaker: str
) -> None:
    mark = find_mark(text)
    assert (text[mark.end :], mark.speaker) == (words, speaker)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("意見", RESIDENT),
        ("■主なご意見", RESIDENT),
        ("【質問1】", "意見"),
        ("市の考え方", CITY),
        ("御意見に対する市の考え方", CITY),
        ("回答", "回答"),
        ("市の考え方が分からない", ""),
        ("意見が言えない", ""),
    ],
)
def test_a_paragraph_may_say_who_speaks_below_it(text: str, speaker: str) -> None:
    assert says_who(text) == speaker


STYLES = {
    "labels": ["○市民A：バスがない。", "●市：検討します。", "○市民B：橋が古い。", "●市：直します。"],
    "questions": ["Q1 バスがない。", "A1 検討します。", "Q2 橋が古い。", "A2 直します。"],
    "brackets": ["(市民) バスがない。", "(市) 検討します。", "(市民) 橋が古い。", "(市) 直します。"],
    "wide blanks": ["委員　　バスがない。", "事務局　検討します。", "委員　　橋が古い。", "事務局　直します。"],
    "arrows": ["・バスがない。", "→検討します。", "・橋が古い。", "→直します。"],
    "bare marks": ["○バスがない。", "●検討します。", "○橋が古い。", "●来年度に対応する予定です。"],
    "heads": ["【質問１】", "バスがない。", "【回答】", "検討します。", "【質問２】", "橋が古い。", "【回答】", "直します。"],
    "blocks": ["意見", "バスがない。", "市の考え方", "検討します。", "意見", "橋が古い。", "市の考え方", "直します。"],
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_each_style_of_minutes_gives_two_opinions_and_two_replies(
    tmp_path: Path, style: str
) -> None:
    path = write(tmp_path, *STYLES[style])
    reading = as_guessed(path)
    assert reading.opinions["text"].tolist() == ["バスがない。", "橋が古い。"]
    assert reading.replies["opinion_id"].tolist() == reading.opinions["opinion_id"].tolist()
    assert reading.replies["reply"].iloc[0] == "検討します。"
    lines = {f"記録.txt:{number}行": text for number, text in enumerate(STYLES[style], start=1)}
    for opinion in reading.opinions.itertuples():
        assert lines[opinion.source][opinion.source_start : opinion.source_end] == opinion.raw_text


@pytest.mark.parametrize("style", ["arrows", "bare marks"])
def test_an_answer_that_is_guessed_is_doubted_and_the_doubts_advice_undoes_it(
    tmp_path: Path, style: str
) -> None:
    path = write(tmp_path, *STYLES[style])
    doubt = as_guessed(path).findings.query("check == '市の回答'")
    assert doubt["result"].tolist() == ["要確認"]
    assert "by_speaker = false" in doubt["note"].item()
    assert len(read(path, by_speaker=False).opinions) == 4


def test_the_analyst_may_name_the_mark_of_the_city(tmp_path: Path) -> None:
    path = write(tmp_path, "◇バスがない。", "◆運転手がいない。", "◇橋が古い。", "◆知らない。")
    assert len(read(path).opinions) == 4
    reading = read(path, reply_marks=("◆",))
    assert reading.opinions["text"].tolist() == ["バスがない。", "橋が古い。"]
    assert reading.replies["reply"].tolist() == ["運転手がいない。", "知らない。"]


def test_answers_of_residents_to_a_survey_are_no_answers_of_the_city(tmp_path: Path) -> None:
    path = write(
        tmp_path, "回答", "A1 バスがない。", "回答：橋が古い。", "・道が狭い。", "・坂が急だ。"
    )
    assert len(read(path).opinions) == 4
    assert read(path).replies.empty


def test_several_paragraphs_of_an_answer_stand_together(tmp_path: Path) -> None:
    path = write(tmp_path, "市民：バスがない。", "市：難しい。", "市：検討します。")
    assert read(path).replies["reply"].tolist() == ["難しい。\n検討します。"]


def test_an_answer_below_no_opinion_is_named(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "市：はじめに説明します。",
        "市民：特になし",
        "市：承知しました。",
        "市民：橋が古い。",
    )
    reading = read(path)
    assert reading.opinions["text"].tolist() == ["橋が古い。"]
    assert said(reading, "市の回答") == ["市：", "承知しました。"]
    assert reading.set_aside["raw_text"].tolist() == ["市：はじめに説明します。", "特になし"]


def test_what_is_said_of_like_opinions_is_named_and_not_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "・遊具が古い。", "　同じ意見が3件あった。", "・木が多い。", "以上")
    reading = as_guessed(path)
    assert reading.opinions["text"].tolist() == ["遊具が古い。", "木が多い。"]
    assert said(reading, "同じ意見の数") == ["同じ意見が3件あった。"]


def test_sixty_items_are_sixty_opinions(tmp_path: Path) -> None:
    lines = ["市民アンケート 自由意見", ""]
    for heading in ("交通", "公園", "学校", "防災"):
        lines += [f"■{heading}", "次の意見がありました。"]
        lines += [f"・{heading}の{number}番目を直してほしい" for number in range(15)]
    reading = as_guessed(write(tmp_path, *lines))
    assert len(reading.opinions) == 60
    assert reading.opinions["category"].value_counts().tolist() == [15, 15, 15, 15]
    assert set(reading.opinions["source_start"]) == {1}
    assert len(said(reading, "印の無い段落")) == 3


@pytest.mark.parametrize("mark", ["{}. ", "({}) ", "■", "●"])
def test_a_list_is_no_row_of_headings(tmp_path: Path, mark: str) -> None:
    words = ["バスの増便", "公園の遊具の更新", "図書館の夜間開館"]
    path = write(tmp_path, *(mark.format(n) + text for n, text in enumerate(words, start=1)))
    assert as_guessed(path).opinions["text"].tolist() == words


def test_headings_that_are_sessions_give_the_session(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "【第1回】令和7年5月10日",
        "・橋が古い。",
        "【第2回】",
        "・道が狭い。",
        "・坂が急だ。",
    )
    reading = as_guessed(path)
    assert reading.opinions["session"].tolist() == [1, 2, 2]
    assert reading.opinions["category"].isna().all()
    assert reading.sessions["session"].tolist() == [1, 2]


def test_a_title_without_headings_is_no_opinion_and_named(tmp_path: Path) -> None:
    path = write(
        tmp_path, "第1回 意見交換会 記録", "令和7年5月10日 公民館", "", "橋が古い。", "道が狭い。"
    )
    reading = as_guessed(path)
    assert reading.opinions["text"].tolist() == ["橋が古い。", "道が狭い。"]
    assert said(reading, "表題とみた段落") == ["第1回 意見交換会 記録", "令和7年5月10日 公民館"]
    assert guess_settings(path).title == "第1回 意見交換会 記録"


def test_the_first_opinion_is_not_the_title(tmp_path: Path) -> None:
    assert guess_settings(write(tmp_path, "橋が古い。", "道が狭い。")).title == "記録"


def test_headings_named_opinions_and_wishes_are_categories_where_nobody_answers(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "■ご意見", "・橋が古い。", "■ご要望", "・街灯がほしい。", "・道が狭い。")
    categories = as_guessed(path).opinions["category"].tolist()
    assert categories == ["■ご意見", "■ご要望", "■ご要望"]


def test_words_like_the_citys_that_are_counted_are_doubted_and_the_advice_works(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path, "市民の声（抜粋）", "橋が古い。", "注意書きが多い。", "回答：改善に努めます。"
    )
    reading = as_guessed(path)
    assert reading.opinions["text"].tolist() == [
        "橋が古い。",
        "注意書きが多い。",
        "回答：改善に努めます。",
    ]
    doubted = reading.findings.query("check == '市の言葉らしい意見'")
    assert doubted["source"].tolist() == ["記録.txt:4行"]
    assert len(read(path, reply_marks=("回答",)).replies) == 1


def test_headings_of_markdown_are_headings(tmp_path: Path) -> None:
    path = write(tmp_path, "# 調査", "", "## 交通", "- バスが少ない", "## 公園", "* 木が多い")
    opinions = as_guessed(path).opinions
    assert opinions[["category", "text"]].to_numpy().tolist() == [
        ["## 交通", "バスが少ない"],
        ["## 公園", "木が多い"],
    ]


def test_only_what_is_headed_as_a_note_is_a_note(tmp_path: Path) -> None:
    opinions = ["注意書きが多い。", "注文の窓口が遠い。", "備考欄が狭い。"]
    path = write(tmp_path, *opinions, "（注）順不同です。", "注：敬称略", "備考：なし", "以上")
    reading = read(path)
    assert reading.opinions["text"].tolist() == opinions
    assert set(reading.set_aside["treatment"]) == {"注記"}
