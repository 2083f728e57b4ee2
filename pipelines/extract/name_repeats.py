"""Names that the model tagged once and missed when they came again."""

import re

from spacy.tokens import Doc

from pipelines.extract.name_spans import Name
from pipelines.extract.plain_text import text_of
from pipelines.schemas import NameType

# Initials and two-letter words are too often something else.
SHORTEST = 2


def repeats(doc: Doc, names: list[Name], capitals: list[tuple[int, int]]) -> list[Name]:
    """Further places where a name of the document, or a part of one of its people's names, stands.

    In `capitals`, stretches of the text without small letters, the name may stand in capitals.
    """
    text = text_of(doc)
    known: dict[str, NameType] = {text[name.start : name.end]: name.type for name in names}
    known |= {word: "PERSON" for word in surnames(text, names) if word not in known}
    known = {surface: kind for surface, kind in known.items() if len(surface) > SHORTEST and surface[0].isupper()}
    found = occurrences(text, known, 0, len(text))
    upper = {surface.upper(): kind for surface, kind in known.items()}
    for start, end in capitals:
        found += occurrences(text, upper, start, end)
    return found


def occurrences(text: str, known: dict[str, NameType], start: int, end: int) -> list[Name]:
    """Where the strings stand as whole words, the longest at each place."""
    if not known:
        return []
    longest_first = sorted(known, key=lambda surface: (-len(surface), surface))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
    return [Name(hit.start(), hit.end(), known[hit.group()]) for hit in pattern.finditer(text, start, end)]


def surnames(text: str, names: list[Name]) -> frozenset[str]:
    """First and last words of the full names of people in the document."""
    found: set[str] = set()
    for name in names:
        words = text[name.start : name.end].split()
        if name.type == "PERSON" and len(words) > 1:
            found.update({words[0], words[-1]})
    return frozenset(word for word in found if word[0].isupper())
