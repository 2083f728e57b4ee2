"""What type a name has: the model's word for it, weighed against the other cues of the whole document.

One string has one type in one article. A linear model over the cues of all its mentions (`name_evidence`) tells people,
bodies, places and the rest apart, and names from what is none; its weights are made by `scripts/train_name_types.py`.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from pipelines.extract.company_forms import COMPANY_FORM
from pipelines.extract.countries import is_demonym
from pipelines.extract.name_evidence import cues, small_words
from pipelines.extract.name_lexicon import lexicon
from pipelines.extract.name_spans import Name
from pipelines.extract.plain_text import text_of
from pipelines.schemas import NameType

COARSE: dict[NameType, str] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
OTHER = "other"
NONE = "none"
# Below it a span that the model tagged stays a name.
SURE_OF_NONE = 0.7
ROUNDS = 2
TELLING = frozenset(
    {"Title before", "age", "who", "owner of kin", "says", "place_before", "place of", "owner of staff", "ruler_after"}
)
KNOWN_PLACES = frozenset({"territory", "people", "large town"})
# Longer names are the same whatever their case.
ABBREVIATION = 4
# A given name of two syllables, behind the surname.
SYLLABLES = re.compile(r"[A-Z][a-z]+-[a-z]+")


def coarse(kind: NameType) -> str:
    """The class that the weights tell apart."""
    return COARSE.get(kind, OTHER)


def retyped(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with their types mended, in the same order, without those that are none.

    Done twice: the second time, parts of names that turned out as people's or bodies' are seen as such.
    """
    text = text_of(doc)
    groups = [key(text, name) for name in names]
    own = shares(doc, names)
    typed = names
    longer: dict[str, set[str]] = {}
    found: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        before, longer = longer, parts(text, typed)
        firms = company_names(text, typed)
        for group, cue in own.items():
            part = longer.get(group.casefold(), set())
            if group not in found or part != before.get(group.casefold(), set()):
                found[group] = probabilities(cue | dict.fromkeys(part, 1.0))
        top = {group: best(odds) for group, odds in found.items()}
        typed = [
            name._replace(type=fine(text, name, settled(g, longer, own, firms) or judged(g, own[g], name.type, top[g])))
            for name, g in zip(names, groups, strict=True)
        ]
    return [name for name, group in zip(typed, groups, strict=True) if found[group][NONE] < SURE_OF_NONE]


def settled(
    group: str, longer: Mapping[str, set[str]], own: Mapping[str, Mapping[str, float]], firms: frozenset[str]
) -> str | None:
    """The class of a name that a longer one of the document tells; null where none does."""
    if group.casefold() in firms:
        return "organization"
    return "person" if is_surname(group, longer, own) else None


def judged(group: str, present: Mapping[str, float], kind: NameType, likeliest: str) -> str:
    """The likeliest class of a name, unless its last word or what it has beside it belongs to another alone."""
    words = group.split()
    if len(words) > 1 and (likeliest == "person" or (likeliest == OTHER and kind in {"PRODUCT", "ORG"})):
        last = words[-1].casefold()
        return next((known for known, endings in lexicon("only_last").items() if last in endings), likeliest)
    is_ruler = likeliest == "place" and "administration behind" in present
    if KNOWN_PLACES.isdisjoint(present) and (is_ruler or "owner of family" in present):
        return "person"
    return likeliest


def company_names(text: str, names: list[Name]) -> frozenset[str]:
    """Names of companies without their form, in small letters: "norlund" where the text has "Norlund Corp."."""
    bodies = (text[name.start : name.end] for name in names if name.type == "ORG")
    return frozenset(COMPANY_FORM.sub("", body).casefold() for body in bodies if COMPANY_FORM.search(body))


def is_surname(group: str, longer: Mapping[str, set[str]], own: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether the name is the last word of a person's full name, and of nothing else's."""
    return longer.get(group.casefold()) == {"last of person"} and not own[group].keys() & {"territory", "people"}


def best(odds: Mapping[str, float]) -> str:
    """The likeliest class of a name."""
    return max((kind for kind in odds if kind != NONE), key=lambda kind: odds[kind])


def fine(text: str, name: Name, kind: str) -> NameType:
    """The OntoNotes type of a name of this class: the model's, if it is of the class."""
    surface = text[name.start : name.end]
    if is_demonym(surface) and kind == OTHER:
        return "NORP"
    if coarse(name.type) == kind:
        return name.type
    last = surface.split()[-1].lower()
    by_word = lexicon("last")
    if kind == "place":
        facilities = by_word["facility"] | lexicon("only_last")["place"]
        return "FAC" if last in facilities else "LOC" if last in by_word["location"] else "GPE"
    if kind == OTHER:
        return "EVENT" if last in by_word["event"] else "LAW" if last in by_word["law"] else "PRODUCT"
    return "PERSON" if kind == "person" else "ORG"


def key(text: str, name: Name) -> str:
    """What mentions of one name in a document share: the string, whatever its case if it is no abbreviation."""
    surface = " ".join(text[name.start : name.end].split())
    return surface.casefold() if len(surface) > ABBREVIATION else surface


def shares(doc: Doc, names: list[Name]) -> dict[str, dict[str, float]]:
    """For each name of the document, the share of its mentions with each cue."""
    text = text_of(doc)
    small = small_words(text)
    members: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for name in names:
        members[key(text, name)].append(cues(doc, text, name, small))
    counts = {group: Counter(cue for one in present for cue in one) for group, present in members.items()}
    shared = {g: {cue: n / len(members[g]) for cue, n in count.items()} for g, count in counts.items()}
    for group, count in counts.items():
        # One such cue tells what all the others are, however many there are.
        shared[group] |= {f"ever {cue}": 1.0 for cue in count if cue in TELLING}
        shared[group]["repeated"] = float(len(members[group]) > 1)
    return shared


def parts(text: str, names: list[Name]) -> dict[str, set[str]]:
    """For the first and last words of longer names, in small letters, what they are part of.

    Where the surname comes first, as in Korea, it counts as the last word.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        words = text[name.start : name.end].split()
        if len(words) > 1:
            ends = (words[-1], words[0]) if SYLLABLES.fullmatch(words[-1]) else (words[0], words[-1])
            for place, word in zip(("first", "last"), ends, strict=True):
                found[word.casefold()].add(f"{place} of {coarse(name.type)}")
    return dict(found)


@cache
def weights() -> dict[str, dict[str, float]]:
    """For each class, the weight of each cue; under the empty string that of the class itself."""
    table: dict[str, dict[str, float]] = json.loads(
        (files(__package__) / "data" / "name_type_weights.json").read_text("utf-8")
    )
    return table


def probabilities(present: Mapping[str, float]) -> dict[str, float]:
    """How likely each class is, given the cues."""
    known = sorted(present.items())  # sums of floats depend on their order
    scores = {
        kind: by_cue[""] + sum([by_cue[cue] * share for cue, share in known if cue in by_cue])
        for kind, by_cue in weights().items()
    }
    top = max(scores.values())
    powers = {kind: math.exp(score - top) for kind, score in scores.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}
