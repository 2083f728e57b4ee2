"""Names that the model tagged once and missed when they came again."""

from collections.abc import Iterator

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
    hits = sorted((at, -len(surface), surface) for surface in known for at in _places(text, surface, start, end))
    found: list[Name] = []
    for at, _, surface in hits:
        if at >= start:
            start = at + len(surface)
            found.append(Name(at, start, known[surface]))
    return found


def _places(text: str, surface: str, start: int, end: int) -> Iterator[int]:
    """Where a string stands as whole words; a pattern of all strings would have to be compiled for each article."""
    at = text.find(surface, start, end)
    while at >= 0:
        after = at + len(surface)
        if not (at and _is_part(text[at - 1])) and not (after < end and _is_part(text[after])):
            yield at
        at = text.find(surface, at + 1, end)


def _is_part(letter: str) -> bool:
    """Whether a character is a part of a word."""
    return letter.isalnum() or letter in "_-"


def surnames(text: str, names: list[Name]) -> frozenset[str]:
    """First and last words of the full names of people in the document."""
    found: set[str] = set()
    for name in names:
        words = text[name.start : name.end].split()
        if name.type == "PERSON" and len(words) > 1:
            found.update({words[0], words[-1]})
    return frozenset(word for word in found if word[0].isupper())
