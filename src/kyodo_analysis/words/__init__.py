"""Words: opinions -> tokens -> terms and phrases."""

from kyodo_analysis.words.broken_words import find_broken_words
from kyodo_analysis.words.dictionary import DictionaryWord, read_dictionary
from kyodo_analysis.words.janome import JanomeTokenizer
from kyodo_analysis.words.lists import read_stop_words, read_synonyms
from kyodo_analysis.words.mecab import MecabTokenizer
from kyodo_analysis.words.phrases import find_phrases
from kyodo_analysis.words.progress import Progress, ProgressLine
from kyodo_analysis.words.settings import KH_CODER_LEAVES_OUT, WordSettings
from kyodo_analysis.words.store import load_or_tokenize
from kyodo_analysis.words.tables import BROKEN_WORDS
from kyodo_analysis.words.terms import select_terms
from kyodo_analysis.words.tokenizers import Tokenizer, make_tokenizer
from kyodo_analysis.words.tokens import tokenize_opinions

__all__ = [
    "BROKEN_WORDS",
    "KH_CODER_LEAVES_OUT",
    "DictionaryWord",
    "JanomeTokenizer",
    "MecabTokenizer",
    "Progress",
    "ProgressLine",
    "Tokenizer",
    "WordSettings",
    "find_broken_words",
    "find_phrases",
    "load_or_tokenize",
    "make_tokenizer",
    "read_dictionary",
    "read_stop_words",
    "read_synonyms",
    "select_terms",
    "tokenize_opinions",
]
