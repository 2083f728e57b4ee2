"""Acronyms that the text defines: "Palestinian Authority (PA)", or a name whose initials another name is."""

import re
from collections.abc import Iterable

from pipelines.extract.name_spans import Name

BRACKETED = re.compile(r"\s?\((?:the )?[\"“'‘]?([A-Z][A-Za-z&.-]{1,9})[\"”'’]?\)")
SMALL_WORD = re.compile(r"^(?:of|the|and|for|in|on|de|la|del|du|des|to|&)$", re.IGNORECASE)
FEWEST_LETTERS = 2


def stands_for(acronym: str, full: str) -> bool:
    """Whether the letters of the acronym are the initials of the words, small words counted or not."""
    letters = "".join(c for c in acronym if c.isalpha()).casefold().removesuffix("s" if acronym.endswith("s") else " ")
    words = re.split(r"[\s-]+", full)
    if len(letters) < FEWEST_LETTERS or len(words) < FEWEST_LETTERS:
        return False
    every = "".join(word[:1] for word in words).casefold()
    large = "".join(word[:1] for word in words if not SMALL_WORD.match(word)).casefold()
    return letters in {every, large}


def defined(text: str, names: Iterable[Name]) -> list[Name]:
    """Acronyms in brackets right behind the name they stand for, with its type."""
    found: list[Name] = []
    for name in names:
        bracket = BRACKETED.match(text, name.end)
        if bracket and matches_tail(bracket[1], text[name.start : name.end]):
            found.append(Name(*bracket.span(1), name.type))
    return found


def matches_tail(acronym: str, full: str) -> bool:
    """Whether the acronym stands for the name, or for it with more in front that the span may have lost."""
    letters = [c for c in acronym.casefold() if c.isalpha()]
    initials = [word[0] for word in full.casefold().split() if not SMALL_WORD.match(word)]
    return stands_for(acronym, full) or (
        len(initials) > FEWEST_LETTERS and len(letters) > FEWEST_LETTERS and letters[-2:] == initials[-2:]
    )
