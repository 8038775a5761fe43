"""How words that no dictionary has start and end, by Janome's classes of characters."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

_LONGEST_GROUP = 1024  # Janome's max_unknown_length


class UnknownRule(NamedTuple):
    """How a character starts an unknown word.

    Parameters
    ----------
    category : str
        Its class; the word goes on while characters belong to it.
    always : bool
        Whether it starts one even where IPADIC has a word.
    longest : int
        The most characters that may follow.
    code : int
        Where the lexicon keeps the readings of such words.
    """

    category: str
    always: bool
    longest: int
    code: int


class UnknownWords:
    """Rules for unknown words; each character's are looked up once.

    Parameters
    ----------
    system : MMapSystemDictionary
        Janome's own, which knows the classes.
    codes : mapping
        From a class to its code in the lexicon.
    """

    def __init__(self, system: Any, codes: Mapping[str, int]) -> None:
        self._system, self._codes = system, codes
        self.find_rules = cache(self._find_rules)
        self.find_strong_rules = cache(self._find_strong_rules)
        self.find_classes = cache(self._find_classes)

    def _find_rules(self, character: str) -> tuple[UnknownRule, ...]:
        """Return how a character may start unknown words, in Janome's order."""
        known = self._system
        return tuple(
            UnknownRule(
                category,
                known.unknown_invoked_always(category),
                _LONGEST_GROUP
                if known.unknown_grouping(category)
                else known.unknown_length(category),
                self._codes[category],
            )
            for category in known.get_char_categories(character)
        )

    def _find_strong_rules(self, character: str) -> tuple[UnknownRule, ...]:
        """Return those that hold even where IPADIC has a word."""
        return tuple(rule for rule in self.find_rules(character) if rule.always)

    def _find_classes(self, character: str) -> frozenset[str]:
        """Return the classes of unknown words that a character may continue."""
        classes = self._system.get_char_categories(character)
        return frozenset(classes).union(*classes.values())

    def find_end(self, part: str, start: int, rule: UnknownRule) -> int:
        """Return where an unknown word that starts here ends."""
        end, limit = start + 1, min(len(part), start + 1 + rule.longest)
        while end < limit and rule.category in self.find_classes(part[end]):
            end += 1
        return end
