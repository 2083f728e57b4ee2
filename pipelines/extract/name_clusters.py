"""Which names of one document name the same, and how that is called."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from pipelines.extract.acronyms import stands_for
from pipelines.extract.company_forms import COMPANY_FORM
from pipelines.extract.countries import demonym, territory
from pipelines.extract.given_forms import are_one_given
from pipelines.extract.name_lexicon import given_names, lexicon
from pipelines.extract.name_spans import Name
from pipelines.extract.plain_text import text_of
from pipelines.extract.surnames import Called, bearers
from pipelines.schemas import NameType

CLASSES: dict[NameType, str] = {"GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group"}
# Words of a name with a given name and a surname.
FULL = 2
# Words that stand small in running text; those of addresses are names as often as not.
RUNNING_WORD = re.compile(r"(?<![\w/.-])[a-zà-ÿ]{3,}(?![\w/-])")
QUOTES = "\"“”‘’'"
NOT_WORD = re.compile(r"[^\w]+")
GENERATION = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")


class Entity(NamedTuple):
    """What a name stands for: an id that is the same in every document, and its name in full."""

    id: str
    name: str


def entities(doc: Doc, names: list[Name]) -> list[Entity]:
    """The entity of each name, in the same order."""
    text = text_of(doc)
    written = [" ".join(text[name.start : name.end].split()) for name in names]
    cases = running_case(written)
    surfaces = [
        (cases.get(w.casefold(), w), CLASSES.get(n.type, n.type.lower())) for w, n in zip(written, names, strict=True)
    ]
    full = fullest(dict.fromkeys(surfaces), frozenset(RUNNING_WORD.findall(text)))
    called = [
        Called(name.start, name.end, surface[0], full[surface])
        for surface, name in zip(surfaces, names, strict=True)
        if name.type == "PERSON"
    ]
    meant = bearers(text, called)
    return [
        entity(meant.get(name.start, full[surface]), name.type) for surface, name in zip(surfaces, names, strict=True)
    ]


def running_case(surfaces: Iterable[str]) -> dict[str, str]:
    """For names that stand both in capitals and not, the form with small letters."""
    return {surface.casefold(): surface for surface in surfaces if not surface.isupper()}


@lru_cache(maxsize=2**14)
def entity(name: str, kind: NameType) -> Entity:
    """The entity of a full name: a country by its Wikidata id, anything else by class and normalised name."""
    people = demonym(name) if kind == "NORP" else None
    name = people[0] if people else name
    place = territory(name) if kind in {"GPE", "LOC"} else None
    if place is not None and place.qid is not None:
        return Entity(place.qid, place.name)
    return Entity(f"{CLASSES.get(kind, kind.lower())}:{normalised(name)}", name)


def normalised(name: str) -> str:
    """Lower case without accents and punctuation, words joined by hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return NOT_WORD.sub("-", plain.casefold()).strip("-") or name


def fullest(surfaces: Iterable[tuple[str, str]], small: Container[str] = frozenset()) -> dict[tuple[str, str], str]:
    """The full name for each surface and class: where two longer names would do, the surface stays as it is.

    `small` are the words that the document writes small: with one of them, a person's name is no fuller than without.
    """
    by_class: dict[str, list[str]] = {}
    for surface, kind in surfaces:
        by_class.setdefault(kind, []).append(surface)
    full: dict[tuple[str, str], str] = {}
    for kind, members in by_class.items():
        shortens = {"person": is_short_person, "org": body_shortens(frozenset(members))}.get(kind)
        main = main_forms(members) if kind == "person" else {}
        for surface in members:
            longer = [other for other in members if shortens and shortens(surface, other)]
            if kind == "person":
                longer = [other for other in longer if not has_common_word(surface, other, small)]
            full[surface, kind] = longest(surface, longer, shortens, main) if shortens else surface
    return full


def has_common_word(short: str, name: str, small: Container[str]) -> bool:
    """Whether a word that a person's name has over a shorter one is none of a name: "Make" in "Make Lund"."""
    own, words = short.split(), name.lower().split()
    extra = [word.lower() for word in name.split() if word not in own]
    return any(
        (word in small or (word in words[:-1] and word in STOP_WORDS)) and word not in given_names() for word in extra
    )


def main_forms(people: Iterable[str]) -> dict[str, str]:
    """For each form of a full name that comes later, the first: "Charles Berg" for "Chuck Berg"."""
    found: dict[str, str] = {}
    first: list[str] = []
    for name in people:
        main = next((other for other in first if are_one_name(name, other)), None)
        if main is not None:
            found[name] = main
        elif " " in name:
            first.append(name)
    return found


def are_one_name(one: str, other: str) -> bool:
    """Whether two full names differ in the form of the given name alone."""
    a, b = GENERATION.sub("", one).split(), GENERATION.sub("", other).split()
    if min(len(a), len(b)) < FULL or a[-1] != b[-1] or a[0] == b[0] or not are_one_given(a[0], b[0]):
        return False
    return not a[1:-1] or not b[1:-1] or a[1:-1] == b[1:-1]


def longest(surface: str, others: list[str], shortens: Callable[[str, str], bool], main: Mapping[str, str]) -> str:
    """The only longest name that the surface is short for; itself where there is none or more than one.

    Names that end in it come first: a single name is a surname more often than a given name. Of names in `main`, those
    that they are forms of.
    """
    longer = [other for other in others if other != surface and shortens(surface, other)]
    longer = [other for other in longer if other.endswith(f" {surface}")] or longer
    top = {main.get(n, n) for n in longer if not any(shortens(n, other) for other in longer if other != n)}
    return top.pop() if len(top) == 1 else main.get(surface, surface)


def is_short_person(short: str, full: str) -> bool:
    """Whether a person of the full name may be called so: surname, first name, or some of the words in order."""
    words, all_words = _words(short), _words(full)
    if len(words) >= len(all_words):
        return len(short) < len(full) and words == all_words
    if len(words) == 1:
        return words[0] in {all_words[0], all_words[-1], " ".join(all_words[-2:])} or words[0] in all_words[1:]
    if words[-1] == all_words[-1]:
        return all(any(fits(w, a) for a in all_words) for w in words)
    return words == all_words[: len(words)] or words == all_words[-len(words) :]


@lru_cache(maxsize=2**12)
def _words(person: str) -> tuple[str, ...]:
    return tuple(GENERATION.sub("", person).split())


def fits(word: str, other: str) -> bool:
    """Whether the words are equal, or one is the other's initial."""
    a, b = word.strip(QUOTES).rstrip("."), other.strip(QUOTES).rstrip(".")
    return a == b or (1 in {len(a), len(b)} and a[:1] == b[:1])


def body_shortens(named: frozenset[str]) -> Callable[[str, str], bool]:
    """`is_short_body`, for a document that names these bodies: "Lantern" for "Quarry Lantern" beside "Quarry"."""
    return lambda short, full: is_short_body(short, full) or is_behind_owner(short, full, named)


def is_behind_owner(short: str, full: str, named: Container[str]) -> bool:
    """Whether the full name is that of another body named, and then the short one: more than "Bank" or "News"."""
    owner = full.removesuffix(f" {short}")
    return owner != full and owner in named and short.lower() not in lexicon("last")["organization"]


def is_short_body(short: str, full: str) -> bool:
    """Whether an organization of the full name may be called so: acronym, name without company form, first words."""
    if short.isupper() and stands_for(short, full):
        return True
    if full == f"{short} Party":
        return True
    bare = COMPANY_FORM.sub("", full)
    if bare != full and short in {bare, COMPANY_FORM.sub("", bare)}:
        return True
    return len(short) < len(bare) and COMPANY_FORM.sub("", full).startswith(short + " ") and bare != full
