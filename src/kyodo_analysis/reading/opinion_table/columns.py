"""Which column of a table holds what, found by the names in the settings."""

from dataclasses import dataclass, fields

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading.decisions.settings import OpinionColumns
from kyodo_analysis.reading.opinion_table.headers import Headers
from kyodo_analysis.reading.opinion_table.personal_columns import is_personal

_WHERE = "study.toml の [reading.columns]"
_MAY_NAME_A_PERSON = ("date", "reply")


@dataclass(frozen=True)
class FoundColumns:
    """The numbers (from 0) of the columns that the settings name.

    Parameters
    ----------
    text : int
        The opinions.
    questions : tuple of int
        All columns of opinions, of which `text` is one.
    facts : dict
        By the names in :class:`~kyodo_analysis.reading.decisions.settings.OpinionColumns`.
    attributes : dict
        By their header.
    multiple_choice : tuple of str
        The attributes of which a cell may hold several choices.
    """

    text: int
    facts: dict[str, int]
    attributes: dict[str, int]
    questions: tuple[int, ...] = ()
    multiple_choice: tuple[str, ...] = ()

    @property
    def used(self) -> set[int]:
        """All of them."""
        return {self.text, *self.questions, *self.facts.values(), *self.attributes.values()}


def find_columns(headers: Headers, columns: OpinionColumns, *, question: int = 0) -> FoundColumns:
    """Find every column that `columns` names.

    Parameters
    ----------
    headers : Headers
        What stands above the table.
    columns : OpinionColumns
        What the settings name.
    question : int
        Which of several columns of opinions is read, from 0.

    Raises
    ------
    StudyError
        When there is no such column, or it is the one of the opinions, or it names a person and
        is to be an attribute or number.
    """
    named = {field.name: getattr(columns, field.name) for field in fields(columns)}
    choices, attributes = named.pop("multiple_choice"), named.pop("attributes")
    texts = [headers.find(name, f"{_WHERE} text") for name in columns.texts]
    del named["text"]
    facts = {
        key: headers.find(name, f"{_WHERE} {key}")
        for key, name in named.items()
        if name is not None
    }
    lists = [headers.find(name, f"{_WHERE} multiple_choice") for name in choices]
    plain = [headers.find(name, f"{_WHERE} attributes") for name in attributes]
    places = list(dict.fromkeys([*plain, *lists]))
    labels = {headers.label(place): place for place in places}
    beside = [
        *facts.items(),
        *(("attributes", place) for place in plain),
        *(("multiple_choice", place) for place in lists),
    ]
    for key, place in beside:
        if place in texts:
            raise _opinions(key, headers.label(place))
        if key not in _MAY_NAME_A_PERSON and is_personal(headers.names[place]):
            raise _personal(key, headers.names[place])
    return FoundColumns(
        texts[question], facts, labels, tuple(texts), tuple(map(headers.label, lists))
    )


def _opinions(key: str, header: str) -> StudyError:
    return StudyError(
        f"{_WHERE} {key}",
        f"「{header}」は意見の列(text)です",
        action="ほかの列を書くか、この項目を消してください",
    )


def _personal(key: str, header: str) -> StudyError:
    return StudyError(
        f"{_WHERE} {key}",
        f"「{header}」は個人を特定する列です",
        "使えるのは、通し番号・年代・地区など、個人が特定されない列です",
        "この列の指定を消してください",
    )
