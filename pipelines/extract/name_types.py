"""What type a name has: the model's, unless its grammar or the rest of the document says otherwise."""

import re
from collections import Counter, defaultdict

from spacy.tokens import Doc

from pipelines.extract.countries import is_demonym, territory
from pipelines.extract.name_spans import Name
from pipelines.extract.titles import is_title
from pipelines.schemas import NameType

PLACES = frozenset({"GPE", "LOC", "FAC"})
BEFORE = re.compile(r"([\w'’.-]+)\s+$")


def retyped(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with their types mended, in the same order."""
    text = doc.text
    names = [name._replace(type=by_lexicon(text, name)) for name in names]
    people = surnames(text, names)
    names = [name._replace(type="PERSON") if is_part(text, name, people) else name for name in names]
    ruling = ruling_types(text, names)
    return [name._replace(type=ruling.get(text[name.start : name.end], name.type)) for name in names]


def by_lexicon(text: str, name: Name) -> NameType:
    """The type that a title before the name, or a list of countries and peoples, gives it."""
    surface = text[name.start : name.end]
    before = BEFORE.search(text, max(0, name.start - 30), name.start)
    if before and before[1][0].isupper() and is_title(before[1]) and name.type in {"ORG", "GPE", "PERSON", "FAC"}:
        return "PERSON"
    if name.type in {"PERSON", "ORG", "NORP", "LOC", "FAC", "GPE"}:
        if is_demonym(surface):
            return "NORP"
        if name.type != "PERSON" and territory(surface) is not None:
            return "GPE"
    return name.type


def surnames(text: str, names: list[Name]) -> frozenset[str]:
    """First and last words of the full names of people in the document, where no place or body is named so."""
    words: Counter[str] = Counter()
    for name in names:
        parts = text[name.start : name.end].split()
        if name.type == "PERSON" and len(parts) > 1:
            words.update({parts[0], parts[-1]})
    return frozenset(word for word in words if word[0].isupper() and len(word) > 1)


def is_part(text: str, name: Name, people: frozenset[str]) -> bool:
    """Whether the name is one word of a known person's name, and no country's or people's."""
    surface = text[name.start : name.end]
    return (
        surface in people
        and name.type in {"ORG", "GPE", "FAC", "LOC", "PRODUCT", "NORP", "WORK_OF_ART"}
        and not is_demonym(surface)
        and territory(surface) is None
    )


def ruling_types(text: str, names: list[Name]) -> dict[str, NameType]:
    """For each string, the type that most of its mentions have; of equals, the first one's."""
    seen: defaultdict[str, Counter[NameType]] = defaultdict(Counter)
    for name in names:
        seen[text[name.start : name.end]][name.type] += 1
    return {surface: counts.most_common(1)[0][0] for surface, counts in seen.items()}
