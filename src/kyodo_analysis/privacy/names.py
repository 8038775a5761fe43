"""Persons' names, told by what stands beside them and by lists of surnames and given names."""

from collections.abc import Iterator

from kyodo_analysis.privacy.beside import find_beside_words
from kyodo_analysis.privacy.folding import Page
from kyodo_analysis.privacy.patterns import NAME, Found
from kyodo_analysis.privacy.titles import find_before_titles
from kyodo_analysis.privacy.whole_names import find_alone, find_foreign_names, find_whole_names

# Behind every form: one place has one kind, and a form tells more than a name.
_RANK = 1000


def find_names(page: Page) -> Iterator[Found]:
    """Yield the places of a page where a person is named.

    A name stands before a title (さん, 様, 課長), after what says whose it is (娘の, 担当の, 記入者:), before
    と申します, at the end of a letter, or is a whole name of the lists. Names of places, schools,
    stations and organisations, told by what follows, and well-known people are none.
    """
    for find, reason in (
        (find_before_titles, "敬称や役職の前の言葉"),
        (find_whole_names, "姓と名が続く"),
        (find_foreign_names, "姓と名が続く"),
        (find_beside_words, "名前を示す言葉のそば"),
        (find_alone, "辞書で人の姓とされる言葉"),
    ):
        for start, end in find(page.text):
            number, first = page.place(start)
            yield Found(number, start - first, end - first, _RANK, NAME, reason)
