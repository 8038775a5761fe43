"""What the analyst decided about a table of opinions, as ``study.toml`` says it."""

from dataclasses import dataclass

NOTHING_PHRASES = ("無回答", "未記入", "該当なし", "none", "n/a")


@dataclass(frozen=True)
class OpinionColumns:
    """Which column holds what; each by its header, or as e.g. ``C列``.

    Parameters
    ----------
    text : str or tuple of str
        The opinions. With several columns, as the questions of a form, each answer is an opinion,
        its question the attribute 設問, and a row one respondent.
    id, category, category_code, session, date, respondent, reply : str, optional
        What else is known of an opinion; `reply` is the city's answer.
    attributes : tuple of str
        Age group, district and the like; never what names a person.
    multiple_choice : tuple of str
        Attributes of which a cell may hold several choices, parted by ``;`` ``、`` ``／`` or line
        breaks; each choice becomes an attribute that was chosen or not.
    """

    text: str | tuple[str, ...]
    id: str | None = None
    category: str | None = None
    category_code: str | None = None
    session: str | None = None
    date: str | None = None
    respondent: str | None = None
    attributes: tuple[str, ...] = ()
    reply: str | None = None
    multiple_choice: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns of the opinions."""
        return (self.text,) if isinstance(self.text, str) else self.text


@dataclass(frozen=True)
class SessionSheet:
    """The sheet with one row per session: its headers' rows and columns.

    `start` and `end` may name the same column, one that holds e.g. ``14:00~16:00``.
    """

    sheet: str
    session: str
    header_rows: tuple[int, ...] = (1,)
    date: str | None = None
    start: str | None = None
    end: str | None = None
    venue: str | None = None
    n_organizations: str | None = None
    n_people: str | None = None


@dataclass(frozen=True)
class AttendanceSheet:
    """The sheet with one row per organisation at a session."""

    sheet: str
    session: str
    organization: str
    header_rows: tuple[int, ...] = (1,)
    organization_type: str | None = None


@dataclass(frozen=True)
class SpreadsheetSettings:
    """How to read a table of opinions.

    Parameters
    ----------
    columns : OpinionColumns
        Which column holds what.
    sheet : str, optional
        The sheet's name; the first one by default.
    more_sheets : tuple of str
        Further sheets with the same headers in the same rows. Without a column for it, the
        session is read from the sheets' names where all of them say one (第1回, 第2回).
    header_rows : tuple of int
        The rows with the headers, as Excel numbers them; empty where there are none.
    fill_down : bool
        Whether an empty category, session or date means the one above.
    split_items : bool
        Whether a cell that lists items (・ ○ ① -) holds one opinion for each of them.
    nothing_phrases : tuple of str
        Answers that say nothing, set aside and counted as 特になし and the like always are.
    count_phrases : tuple of str
        Answers that are opinions although they look like 特になし, 同上 or 以上です.
    sessions : SessionSheet, optional
        The sheet of the sessions.
    attendance : AttendanceSheet, optional
        The sheet of the organisations.
    """

    columns: OpinionColumns
    sheet: str | None = None
    more_sheets: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = (1,)
    fill_down: bool = False
    split_items: bool = False
    nothing_phrases: tuple[str, ...] = NOTHING_PHRASES
    count_phrases: tuple[str, ...] = ()
    sessions: SessionSheet | None = None
    attendance: AttendanceSheet | None = None


@dataclass(frozen=True)
class DocumentSettings:
    """How to read a Word file of opinions.

    Parameters
    ----------
    columns : OpinionColumns, optional
        The columns of the tables that hold the opinions; without them each paragraph under a
        heading is an opinion, and the heading its category.
    header_rows : tuple of int
        The rows with the headers in each table, from 1.
    fill_down, split_items, nothing_phrases, count_phrases
        As in :class:`SpreadsheetSettings`.
    only_list_items : bool
        Whether only paragraphs with a bullet, a number or a speaker are opinions.
    by_speaker : bool
        Whether the city's answers are told from opinions by who is said to speak: ``市民A：``,
        ``●市：``, ``Q1`` and ``A1``, ``(市)``, 市の考え方 above a paragraph.
    reply_marks : tuple of str
        What else begins an answer of the city: ``●``, ``→``.
    """

    columns: OpinionColumns | None = None
    header_rows: tuple[int, ...] = (1,)
    fill_down: bool = False
    split_items: bool = False
    nothing_phrases: tuple[str, ...] = NOTHING_PHRASES
    count_phrases: tuple[str, ...] = ()
    only_list_items: bool = False
    by_speaker: bool = True
    reply_marks: tuple[str, ...] = ()
