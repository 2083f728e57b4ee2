"""Which names of one document name the same, and how that is called."""

import re
import unicodedata
from typing import NamedTuple

from spacy.tokens import Doc

from pipelines.extract.countries import territory
from pipelines.extract.name_spans import Name
from pipelines.schemas import NameType

CLASSES: dict[NameType, str] = {"GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group"}
NOT_WORD = re.compile(r"[^\w]+")


class Entity(NamedTuple):
    """What a name stands for: an id that is the same in every document, and its name in full."""

    id: str
    name: str


def entities(doc: Doc, names: list[Name]) -> list[Entity]:
    """The entity of each name, in the same order."""
    text = doc.text
    full = fullest(text, names)
    return [entity(full[text[name.start : name.end], name.type], name.type) for name in names]


def entity(name: str, kind: NameType) -> Entity:
    """The entity of a full name: a country by its Wikidata id, anything else by class and normalised name."""
    place = territory(name) if kind in {"GPE", "LOC"} else None
    if place is not None:
        return Entity(place.qid, place.name)
    return Entity(f"{CLASSES.get(kind, kind.lower())}:{normalised(name)}", name)


def normalised(name: str) -> str:
    """Lower case without accents and punctuation, words joined by hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return NOT_WORD.sub("-", plain.casefold()).strip("-") or name


def fullest(text: str, names: list[Name]) -> dict[tuple[str, NameType], str]:
    """The full name for each surface and type: a surname takes the only person's of that surname."""
    surfaces = list(dict.fromkeys((" ".join(text[n.start : n.end].split()), n.type) for n in names))
    full: dict[tuple[str, NameType], str] = {}
    people = [surface for surface, kind in surfaces if kind == "PERSON" and " " in surface]
    for name in names:
        surface = text[name.start : name.end]
        plain = " ".join(surface.split())
        full[surface, name.type] = plain
        if name.type == "PERSON" and " " not in plain:
            owners = [p for p in people if p.split()[-1] == plain] or [p for p in people if p.split()[0] == plain]
            if len(owners) == 1:
                full[surface, name.type] = owners[0]
    return full
