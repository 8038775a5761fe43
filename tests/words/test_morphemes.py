from kyodo_analysis.words.morphemes import Morpheme, MorphemeIndex, gather_morphemes

BRIDGE = Morpheme("橋", "橋", "名詞,一般,*,*", "*", "*", unknown=False)
COIN = Morpheme("ポイ活", "ポイ活", "名詞,一般,*,*", "*", "*", unknown=True)


def test_a_word_keeps_its_number_and_its_row_of_every_column():
    index = MorphemeIndex()
    assert [index.number(word) for word in (BRIDGE, COIN, BRIDGE)] == [0, 1, 0]
    assert index.lengths.tolist() == [1, 3]
    assert index.unknown.tolist() == [False, True]
    assert index.number(BRIDGE._replace(surface="橋橋")) == 2
    assert index.lengths.tolist() == [1, 3, 2]
    assert [one.split("\n")[0] for one in index.written] == ["橋", "ポイ活", "橋橋"]


def test_words_that_differ_in_one_field_are_written_differently():
    other = [BRIDGE._replace(**{field: "道"}) for field in Morpheme._fields[:-1]]
    words = [BRIDGE, BRIDGE._replace(unknown=True), *other]
    assert len({word.written for word in words}) == len(words)


def test_lines_are_gathered_in_order_each_with_its_number_of_words():
    gathered = gather_morphemes([[COIN, BRIDGE], [], [BRIDGE]])
    assert [gathered.index.morphemes[code] for code in gathered.codes] == [COIN, BRIDGE, BRIDGE]
    assert gathered.counts.tolist() == [2, 0, 1]
