"""Texts whose lines are no opinions: refused where they are those of a page, doubted otherwise."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading import DocumentSettings, Guess, guess_settings, read_document
from kyodo_analysis.tables import CORRECTIONS

Guessing = Callable[[str], Guess]


@pytest.fixture
def guess(tmp_path: Path) -> Guessing:
    def guess_text(text: str) -> Guess:
        path = tmp_path / "意見.txt"
        path.write_text(text, encoding="utf-8")
        return guess_settings(path)

    return guess_text


WIDE = """学校の統廃合について、地域の意見をもっと聞いて
から進めてほしい。特に通学路の安全が心配であり
スクールバスの運行も含めて検討してもらいたいと
思っている。公園の整備もお願いしたい。
"""
NARROW = """公園にベンチを増やしてほし
い。高齢者が休めない。
公園の整備に当たっては、休
憩施設の充実に努めてまいり
ます。
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("意見\n市の考え方\n学校名は変えないで。\n■学校名について\n参考にします。\n", "1行目の「意見」"),
        ("学校名は変えないで。\n市の考え方\n参考にします。\n", "2行目の「市の考え方」"),
        ("橋が古い。\n- 3 -\n道が狭い。\n", "2行目のページ番号「- 3 -」"),
        ("橋が古い。\n3/12\n道が狭い。\n", "ページ番号「3/12」"),
        ("橋。\n１２ページ\n道。\n", "ページ番号"),
        ("橋。\n1\n道。\n2\n坂。\n3\n", "ページ番号"),
        (WIDE, "1行目などで文が行の終わりで切れています"),
        (NARROW, "文が行の終わりで切れています"),
        ("駅前の道が暗いので街灯がほし\nい。\n坂が急で困ってい\nます。\n", "切れています"),
        ("遠い\n、橋が古い\n。道が狭い\n", "切れています"),
    ],
)  # fmt: skip
def test_lines_of_a_page_are_refused_with_the_way_out(
    guess: Guessing, text: str, said: str
) -> None:
    with pytest.raises(ReadingError, match=said) as refused:
        guess(text)
    assert "PDF を指定してください" in str(refused.value)
    assert "Excel か Word" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "橋が古い\n道が狭い\n坂が急だ\n",
        "バスの本数を増やしてほしい\n特になし\n公園の遊具が危ない、早く直して\n5\nなし。\nなし。\n",
        "駅前に街灯がほしい\n歩道が狭くて怖い\n図書館を夜も開けて\n公園に日陰がほしい\n給食費を下げてほしい\n",
        "歩道が狭くて危ないです。\n街灯が少なくて怖いです。\n遊具が古くて危ないです。\n",
        "・よかった\n・説明が分かりやすかったので、また参加したい\n・時間が短い\n",
        "3\n2\n1\n橋が古い。\n",
    ],
)
def test_lists_of_answers_are_read_line_by_line(guess: Guessing, text: str) -> None:
    assert guess(text).reader == "document"


def test_the_way_out_by_word_is_read(guess: Guessing, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    rows = [["意見", "市の考え方"], ["学校名は変えないでほしい。", "検討します。"]]
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "表.docx"))
    settings = guess_settings(tmp_path / "表.docx").settings
    assert isinstance(settings, DocumentSettings)
    reading = read_document(tmp_path / "表.docx", settings=settings, corrections=CORRECTIONS.make())
    assert reading.opinions["text"].tolist() == ["学校名は変えないでほしい。"]
    assert reading.replies["reply"].tolist() == ["検討します。"]


CAPTIONS = "1\n00:00:01,000 --> 00:00:04,000\n本日はお集まり\n\n2\n00:00:04,000 --> 00:00:08,000\nバスがほしい。\n"
CHAT = (
    "10:02:33 From 参加者1 to Everyone:\nバスがほしい\n10:03:10 From 参加者2 to Everyone:\n橋が古い\n"
    "10:05:01 From 参加者3 to Everyone:\n街灯がほしい\n"
)
TRANSCRIPT = "[00:12] バスがほしい\n[00:40] 橋が古い\n[01:02] 街灯がほしい\n"
MAIL = "件名：公園について\n差出人：市民\n\n公園のトイレが古いです。\n改修してください。\n"


@pytest.mark.parametrize(
    ("text", "opinions"),
    [
        (CAPTIONS, ["本日はお集まり", "バスがほしい。"]),
        (CHAT, ["バスがほしい", "橋が古い", "街灯がほしい"]),
        (TRANSCRIPT, TRANSCRIPT.splitlines()),
    ],
)
def test_captions_and_chats_warn_and_their_times_are_no_opinions(
    guess: Guessing, tmp_path: Path, text: str, opinions: list[str]
) -> None:
    proposal = guess(text)
    assert "注意" in proposal.choices["item"].tolist()
    assert isinstance(proposal.settings, DocumentSettings)
    reading = read_document(
        tmp_path / "意見.txt", settings=proposal.settings, corrections=CORRECTIONS.make()
    )
    assert reading.opinions["text"].tolist() == opinions
    doubts = reading.findings.query("check == '字幕・会話・メール'")
    assert doubts["result"].tolist() == ["要確認"]


def test_a_mail_and_a_chat_with_tabs_warn(guess: Guessing) -> None:
    assert "注意" in guess(MAIL).choices["item"].tolist()
    line = "[LINE] まちのトーク履歴\n10:12\t山田\tバス停に屋根がほしい\n10:15\t佐藤\t橋が古い\n"
    assert "注意" in guess(line).choices["item"].tolist()


def test_times_of_day_in_a_list_of_wishes_are_no_record(guess: Guessing) -> None:
    text = "8:00~9:00のバスを増やして\n橋が古い\n17:00 以降も図書館を開けて\n坂が急だ\n"
    assert "注意" not in guess(text).choices["item"].tolist()


def test_a_table_with_tabs_stays_a_table(guess: Guessing) -> None:
    assert guess("番号\t意見\n1\t橋が古い。\n2\t道が狭い。\n").reader == "spreadsheet"


def test_commas_and_quotes_in_lines_are_words(guess: Guessing) -> None:
    text = '駐輪場, 駐車場が足りない\n"子育て支援"と言うなら給食費を, 無償に\n橋が, 古い\n'
    assert guess(text).examples["text"].tolist() == text.splitlines()


def test_a_form_with_its_headers_at_the_left_is_refused_with_the_way_out(tmp_path: Path) -> None:
    document = docx.Document()
    for number in range(2):
        table = document.add_table(3, 2)
        rows = [["お住まい", "東"], ["年代", "30代"], ["ご意見", f"{number}番の道が暗い。"]]
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    document.save(str(tmp_path / "用紙.docx"))
    with pytest.raises(ReadingError, match=r"回答用紙.*1行に1人の表"):
        guess_settings(tmp_path / "用紙.docx")
