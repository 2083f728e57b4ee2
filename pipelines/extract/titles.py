"""Titles and offices before a person's name: found, cut off, and kept."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

WORD = re.compile(r"[^\s,]+")


@cache
def lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """Title words that may stand right before a name, and words that may stand before those."""
    table = tomllib.loads((files(__package__) / "data" / "titles.toml").read_text("utf-8"))
    titles = frozenset(table["courtesy"]) | frozenset(table["office"])
    return titles, titles | frozenset(table["modifier"])


def bare(word: str) -> str:
    """A word as the lexicon has it: lower case, without final point."""
    return word.lower().rstrip(".")


@lru_cache(maxsize=2**14)
def is_title(word: str) -> bool:
    """Whether the word can stand right before a person's name as title: "Colonel", "Lieutenant-Colonel"."""
    titles, all_words = lexicon()
    *first, last = bare(word).split("-")
    return bare(word) in titles or (last in titles and bool(first) and all(part in all_words for part in first))


def is_modifier(word: str) -> bool:
    """Whether the word may stand before an office ("Interior Minister")."""
    return bare(word) in lexicon()[1]


@lru_cache(maxsize=2**14)
def title_length(text: str) -> int:
    """How many characters at the start are title with the space behind it; 0 where the text is title alone."""
    all_words = lexicon()[1]
    end = 0
    words = list(WORD.finditer(text))
    for word, following in pairwise(words):
        if bare(word.group()) not in all_words and not is_title(word.group()):
            break
        if is_title(word.group()) and following.group()[0].isupper():
            end = following.start()
    return end
