"""Acronyms that the text defines: "Palestinian Authority (PA)", or a name whose initials another name is."""

import re
from collections.abc import Iterable

from pipelines.extract.name_spans import Name
from pipelines.schemas import NameType

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
    """Short names in brackets right behind the name they stand for, with its type."""
    found: list[Name] = []
    for name in names:
        bracket = BRACKETED.match(text, name.end)
        if bracket and is_short(bracket[1], text[name.start : name.end], name.type):
            found.append(Name(*bracket.span(1), name.type))
    return found


def is_short(short: str, full: str, kind: NameType) -> bool:
    """Whether the short name stands for the full one, or for it with more in front that the span may have lost."""
    if stands_for(short, full):
        return True
    if kind != "ORG" or len(full.split()) < FEWEST_LETTERS:
        return False
    letters = [c for c in short.casefold() if c.isalpha()]
    initials = [word[0] for word in full.casefold().split() if not SMALL_WORD.match(word)]
    if short.isupper() and len(letters) > FEWEST_LETTERS and letters[-2:] == initials[-2:]:
        return True
    rest = iter(full.casefold())
    return short.casefold()[0] == full.casefold()[0] and all(c in rest for c in letters)
