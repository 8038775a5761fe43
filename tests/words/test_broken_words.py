from kyodo_analysis.words import BROKEN_WORDS, find_broken_words, tokenize_opinions


def test_kashiwas_kyodo_is_found_broken_in_27_places(kashiwa, plain):
    broken = find_broken_words(tokenize_opinions(kashiwa, tokenizer=plain))
    assert list(broken.columns) == BROKEN_WORDS.names
    assert broken.to_dict("records") == [
        {"word": "協働", "n_opinions": 21, "n": 27, "cut": "協|働", "opinion_id": "A1"},
        {"word": "協働事業", "n_opinions": 11, "n": 12, "cut": "協|働事業", "opinion_id": "B2"},
    ]


def test_with_the_studys_dictionary_nothing_recurs(kashiwa, with_kyodo):
    tokens = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    assert find_broken_words(tokens).empty
    assert list(find_broken_words(tokens, least=1)["word"]) == ["也不错"]


def test_whole_words_and_no_words_are_not_broken(make_opinions, plain):
    tokens = tokenize_opinions(
        make_opinions("市役所と市民の橋", "市役所と市民の橋"), tokenizer=plain
    )
    assert find_broken_words(tokens).empty
    assert find_broken_words(tokens.iloc[:0]).empty


def test_a_verbs_stem_that_stands_as_a_noun_gives_a_broken_word_away(make_opinions, plain):
    texts = ("健診の予約が取れない。", "がん健診を受けたい", "健診率", "土曜も健診、夜も健診")
    broken = find_broken_words(tokenize_opinions(make_opinions(*texts), tokenizer=plain))
    assert broken.to_dict("records") == [
        {"word": "健診", "n_opinions": 4, "n": 5, "cut": "健|診", "opinion_id": "N1"}
    ]


def test_a_verb_with_its_ending_behind_a_noun_is_no_broken_word(make_opinions, plain):
    texts = ("駅出てすぐの橋", "駅出たところの橋", "駅出やすい橋", "駅を出、橋へ")
    tokens = tokenize_opinions(make_opinions(*texts * 2), tokenizer=plain)
    assert {"駅", "出"} <= set(tokens["surface"])
    assert find_broken_words(tokens).empty
