"""What people are: titles before their names, descriptions beside them, parties, regions and the bodies named in these.

"Sen. Ann Lee (R., S.C.), a former Quarry Fund official": a title, a party, a region, a role and an affiliation.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rigour.territories import get_territory
from rigour.territories.territory import Territory
from spacy.tokens import Doc, Span, Token

from pipelines.extract.countries import table, territory
from pipelines.extract.name_clusters import entity
from pipelines.extract.name_lexicon import occupations
from pipelines.extract.plain_text import text_of
from pipelines.extract.titles import is_modifier, is_title
from pipelines.schemas import Mention, Role, RoleKind

WORD_BEFORE = re.compile(r"([^\s,.;:()\"“”]+\.?)[ \xa0]$")
# A full stop behind a whole word: "... left the party. Chief Inspector Ann Lee". Titles are abbreviated to less.
SENTENCE_END = re.compile(r"^[a-z-]{4,}\.$")
LONGEST = 40
LONGEST_OFFICE = 100
# "Secretary of State Ann Lee", "Minister of Planning and Trade Ann Lee", "Ambassador to the Norlund Isles Ann Lee".
OFFICE_OF = re.compile(
    r"\b(?P<title>[\w-]+) (?:of|for|to) "
    r"(?P<what>(?:the )?(?:[A-Z][\w-]*|state)(?: (?:and |of |for |the )?[A-Z][\w-]*){0,5}) $"
)
NOUNS = frozenset({"NOUN", "PROPN"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
CLAUSE = frozenset({"who", "whom", "whose", "which", "that", "where"})
BODIES = frozenset({"ORG", "GPE", "NORP"})
# "Ann Lee, 42, a teacher".
AGE = re.compile(r",(?: \d{1,3},)?")
# "(R., S.C.)", "(D-Ohio)", "(Lab, Almer West)", and the same between commas where the party is one letter.
SEAT = re.compile(
    r" \((?P<party>[A-Z][A-Za-z ]{0,9}\.?)(?:, ?|[-–—/] ?)(?P<region>[A-Z][\w.'’ -]{1,30})\)"
    r"|, (?P<party_of>[RDI])[-–—](?P<region_of>[A-Z][\w.]*(?: [A-Z][a-z]+)?)(?=[,.;]|\.? |$)"
)
IN_A_PLACE = re.compile(r"\b(?:of|at|for|with) (?:the )?[A-Z][^,;]* in (?:the )?$")
IN_BRACKETS = re.compile(r" \($")


def roles(doc: Doc, mentions: Sequence[Mention]) -> list[Role]:
    """What the text calls the people it names, in order, with `mention` the index of the person's mention."""
    text = text_of(doc)
    found: set[tuple[int, int, RoleKind, int, str, str | None]] = set()
    for index, person in enumerate(mentions):
        if person["type"] != "PERSON":
            continue
        said = list(descriptions(doc, text, person))
        found |= {(start, end, kind, index, text[start:end], None) for start, end, kind in said}
        bodies = [m for m in mentions[max(0, index - 8) : index + 9] if m["type"] in BODIES]
        for body in bodies:
            if is_of(text, body, person, said):
                party_or_body, name, entity_id = affiliation(body)
                found.add((body["start"], body["end"], party_or_body, index, name, entity_id))
        for start, end, kind, name, known in seat(text, person["end"]):
            found.add((start, end, kind, index, name, known))
    return [
        Role(start=start, end=end, text=text[start:end], kind=kind, mention=index, name=name, entity_id=entity_id)
        for start, end, kind, index, name, entity_id in sorted(found, key=lambda row: row[:4])
    ]


def descriptions(doc: Doc, text: str, person: Mention) -> Iterator[tuple[int, int, RoleKind]]:
    """The title or noun right before a name, and the phrases in apposition to it."""
    if (title := title_bounds(text, person["start"])) is not None:
        yield (*title, "title")
    elif (noun := occupation_before(text, person["start"])) is not None:
        yield (*noun, "role")
    span = doc.char_span(person["start"], person["end"], alignment_mode="expand")
    if span is None:
        return
    for bounds in (apposition_before(doc, text, span), apposition_bounds(doc, text, span)):
        if bounds is not None:
            yield (*bounds, "role")


def title_bounds(text: str, end: int) -> tuple[int, int] | None:
    """The run of title words right before a name, or before what an office is of: "Secretary of State"."""
    office = OFFICE_OF.search(text, max(0, end - LONGEST_OFFICE), end)
    if office is not None and is_title(office["title"]):
        before = title_bounds(text, office.start("title"))
        return before[0] if before else office.start("title"), office.end("what")
    start = end
    while (word := WORD_BEFORE.search(text, max(0, start - LONGEST), start)) is not None:
        if SENTENCE_END.search(word[1]) or not (is_title(word[1]) if start == end else is_modifier(word[1])):
            break
        start = word.start()
    return (start, len(text[:end].rstrip())) if start < end else None


def occupation_before(text: str, end: int) -> tuple[int, int] | None:
    """The word for an occupation right before a name: "novelist Ann Lee"."""
    word = WORD_BEFORE.search(text, max(0, end - LONGEST), end)
    return word.span(1) if word is not None and word[1].lower() in occupations() else None


def apposition_bounds(doc: Doc, text: str, span: Span) -> tuple[int, int] | None:
    """The noun phrase behind the name and a comma, or behind "who is", without the clause that follows it."""
    for token in span.root.children:
        noun = token
        if token.dep_ == "relcl" and token.lemma_ == "be" and doc[token.left_edge.i].lower_ == "who":
            noun = next((t for t in token.children if t.dep_ == "attr" and t.i > token.i), token)
        edge = noun.left_edge
        between = text[span.end_char : edge.idx].rstrip()
        is_noun = noun.pos_ == "NOUN" or (noun.pos_ == "PROPN" and is_role(noun))
        if is_noun and (noun is not token or (token.dep_ == "appos" and AGE.fullmatch(between))):
            return phrase(doc, noun, edge.i, noun.right_edge.i + 1)
    return None


def apposition_before(doc: Doc, text: str, span: Span) -> tuple[int, int] | None:
    """The noun phrase before a comma and the name: "the harbour inspector, Ann Lee"."""
    noun = span.root.head
    if span.root.dep_ != "appos" or noun.pos_ not in NOUNS or noun.i >= span.start or not is_role(noun):
        return None
    last = span.start - 1
    if doc[last].text != "," or "\n" in text[noun.idx : span.start_char]:
        return None
    return phrase(doc, noun, noun.left_edge.i, last)


def is_role(noun: Token) -> bool:
    """Whether a noun, small or with a capital, is an office or an occupation."""
    return noun.lower_ in occupations() or is_title(noun.lower_)


def phrase(doc: Doc, noun: Token, first: int, end: int) -> tuple[int, int] | None:
    """Characters of the phrase from its first token, up to a comma, a bracket or a clause behind the noun.

    Null where the parse took a clause, or another person with his noun, for a phrase: "the lawyer Otto Brandt".
    """
    words = doc[first:end]
    stop = next(
        (w.i for w in words if w.i > noun.i and (w.text in {",", "("} or w.is_space or w.lower_ in CLAUSE)), end
    )
    last = doc[first:stop]
    is_person = noun.i + 1 < stop and doc[noun.i + 1].ent_type_ == "PERSON"
    if not len(last) or is_person or any(w.tag_ in FINITE and not w.ent_type_ for w in last):
        return None
    return last.start_char, last.end_char


def is_of(text: str, body: Mention, person: Mention, said: Sequence[tuple[int, int, RoleKind]]) -> bool:
    """Whether a body or place is named in what a person is said to be, right before it, or right behind the name."""
    if any(start <= body["start"] and body["end"] <= end for start, end, _ in said):
        return body["type"] != "GPE" or not is_seat(text, body)
    if any(text[body["end"] : start] in {" ", "'s ", "’s "} for start, end, _ in said if end <= person["start"]):
        return True
    between = text[person["end"] : body["start"]] if person["end"] <= body["start"] else ""
    bracketed = IN_BRACKETS.fullmatch(between) is not None and text.startswith(")", body["end"])
    return body["type"] == "ORG" and (between in {" of ", " of the ", " from "} or bracketed)


def is_seat(text: str, body: Mention) -> bool:
    """Whether a place only says where a body is: "of the Almer Institute in Norlund"."""
    return IN_A_PLACE.search(text, max(0, body["start"] - LONGEST), body["start"]) is not None


def affiliation(body: Mention) -> tuple[RoleKind, str, str]:
    """What the name of a body, place or people beside a person is, and what that is called."""
    party = parties().get(body["text"])
    if party is not None:
        return "party", party, entity(party, "ORG").id
    return "affiliation", body["name"], body["entity_id"]


def seat(text: str, end: int) -> Iterator[tuple[int, int, RoleKind, str, str | None]]:
    """Party and region right behind a politician's name, with their names in full and their ids."""
    found = SEAT.match(text, end)
    if found is None:
        return
    groups = ("party", "region") if found["party"] else ("party_of", "region_of")
    party = parties().get(found[groups[0]].rstrip("."))
    if party is None:
        return
    yield (*found.span(groups[0]), "party", party, entity(party, "ORG").id)
    place = region(found[groups[1]])
    named = (place.name, place.qid) if place else (found[groups[1]], None)
    yield (*found.span(groups[1]), "region", *named)


def region(text: str) -> Territory | None:
    """The territory of a seat: a state by its name, its abbreviation or its postal code; null for a constituency."""
    if len(text) == len("XX") and text.isupper():
        return get_territory(f"us-{text.lower()}")
    return territory(text)


@cache
def parties() -> dict[str, str]:
    """Abbreviation of a party -> its name."""
    return dict(table("parties"))
