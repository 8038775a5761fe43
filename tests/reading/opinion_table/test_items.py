import pytest

from kyodo_analysis.reading.opinion_table.items import find_items


def items(text: str) -> list[str]:
    return [text[start:end] for start, end in find_items(text)]


@pytest.mark.parametrize("bullet", ["・", "○", "●", "■", "※"[:0] + "◆", "- ", "(1) ", "①", "1．"])
def test_lines_with_the_same_bullet_are_items_without_it(bullet: str) -> None:
    text = f"{bullet}バスの本数\n{bullet} 橋の\n　修繕 \n"
    assert items(text) == ["バスの本数", "橋の\n　修繕"]


def test_numbers_that_count_on_are_one_kind_of_bullet() -> None:
    assert items("①バス\n②橋\n③道") == ["バス", "橋", "道"]


def test_words_above_the_list_are_an_item_of_their_own() -> None:
    assert items("次の二つです。\n・バス\n・橋") == ["次の二つです。", "バス", "橋"]


def test_a_list_within_an_item_stays_in_it() -> None:
    assert items("1. バス\n ・本数\n ・運賃\n2. 橋") == ["バス\n ・本数\n ・運賃", "橋"]


@pytest.mark.parametrize(
    "text",
    ["", "橋が古い。", "・一つだけ", "・\n・", "1.5kmの道\n2.5kmの橋", "-5度\n-3度", "橋\n道"],
)
def test_any_other_text_is_one_item_with_every_character(text: str) -> None:
    assert items(text) == [text]
