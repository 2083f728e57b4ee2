"""Where something was said: in a statement, on Facebook, to Reuters in an interview, at a news conference."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from spacy.tokens import Doc, Token

from pipelines.extract.direct import Attribution
from pipelines.extract.reporting import Beside, upto
from pipelines.schemas import VenueKind

INTO = frozenset({"in", "at", "on", "during", "via", "through", "by", "over"})
TELLING = frozenset({"tell", "inform", "brief", "address", "assure", "remind", "advise", "warn"})
SPOKEN = frozenset({"speak", "talk", "testify", "say", "write", "appear", "tweet"})
HEARD: frozenset[VenueKind] = frozenset({"media", "testimony", "speech", "news_conference", "meeting"})
WRITTEN: frozenset[VenueKind] = frozenset({"statement", "social_media", "letter", "document", "broadcast"})
OWN: frozenset[VenueKind] = frozenset({"interview", "testimony", "speech"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})


class Venue(NamedTuple):
    """What sort of place or occasion, and the characters that tell it."""

    kind: VenueKind
    start: int
    end: int


@cache
def _lexicon() -> tuple[dict[str, VenueKind], dict[str, VenueKind], frozenset[str]]:
    """Nouns, verbs, and words of the names of media."""
    table = tomllib.loads((files(__package__) / "data" / "venues.toml").read_text("utf-8"))
    verbs, names = table.pop("verbs"), table.pop("names")
    return _by_word(table), _by_word(verbs), frozenset(names["media"].split())


def _by_word(table: dict[str, str]) -> dict[str, VenueKind]:
    return {word: cast("VenueKind", kind) for kind, words in table.items() for word in words.split()}


def venue(
    doc: Doc, text: str, said: Attribution, phrases: Sequence[Beside], stops: frozenset[int], *, by_document: bool
) -> Venue | None:
    """The venue by the phrases of the reporting clause, the one nearest to the cue; else by who or what speaks.

    `stops` are the tokens of times, `by_document` tells that the speaker is a document.
    """
    if said.cue is None:
        return None
    cue = said.cue
    found = [v for phrase in phrases for v in _of_phrase(doc, phrase, stops)]
    if found:
        nearest = min(found, key=lambda v: abs(v.start - cue.idx))
        return _with_next(text, nearest, found)
    spoken = said.source if by_document else cue
    kind = kind_of(spoken) if spoken is not None and spoken.pos_ == "NOUN" else None
    if spoken is not None and kind is not None and kind in WRITTEN | (OWN if spoken == cue else frozenset()):
        return _whole(doc, spoken, stops, kind)
    kind = _lexicon()[1].get(cue.lemma_.lower())
    return Venue(kind, cue.idx, cue.idx + len(cue)) if kind is not None else None


def _with_next(text: str, first: Venue, found: Sequence[Venue]) -> Venue:
    """Two that stand side by side as one: "Reuters / in an interview"."""
    for second in found:
        if 0 < second.start - first.end <= 1 and not text[first.end : second.start].strip():
            return Venue(second.kind if first.kind in HEARD else first.kind, first.start, second.end)
    return first


def kind_of(noun: Token) -> VenueKind | None:
    """The kind that a noun tells, with the word before it where they belong together."""
    nouns, _, _ = _lexicon()
    lemma = noun.lemma_.lower()
    for child in noun.lefts:
        if child.dep_ in MODIFIERS:
            kind = nouns.get(f"{child.lower_}-{lemma}")
            if kind is not None:
                return kind
    return nouns.get(lemma)


def is_medium(noun: Token) -> bool:
    """Whether a name is that of a paper, an agency or a station, by its words."""
    words = _lexicon()[2]
    named = [noun, *(c for c in noun.children if c.dep_ in MODIFIERS)]
    return noun.pos_ == "PROPN" and noun.ent_type_ != "PERSON" and any(t.lower_ in words for t in named)


def _of_phrase(doc: Doc, phrase: Beside, stops: frozenset[int]) -> Iterator[Venue]:
    head, on = phrase
    if head.dep_ in {"dobj", "dative"} and on.lemma_ in TELLING and head.pos_ in {"NOUN", "PROPN"}:
        kind = "media" if is_medium(head) else kind_of(head)
        if kind is not None and kind in HEARD:
            yield _whole(doc, head, stops, kind)
    elif head.dep_ in {"prep", "dative"} and head.pos_ == "ADP":
        for noun in head.children:
            kind = _of_preposition(head, on, noun) if noun.dep_ == "pobj" else None
            if kind is not None:
                span = upto(doc, head.i, noun, stops)
                yield Venue(kind, span.start_char, span.end_char)


def _of_preposition(preposition: Token, on: Token, noun: Token) -> VenueKind | None:
    """What a preposition makes of a noun: nobody speaks in a reporter, or to a statement."""
    word = preposition.lower_
    kind = "media" if is_medium(noun) else kind_of(noun)
    if word == "to":
        return kind if kind in HEARD and on.lemma_ in SPOKEN else None
    if word == "before":
        return kind if kind == "testimony" and on.lemma_ in SPOKEN else None
    if word not in INTO or kind is None:
        return None
    if kind == "media":
        return "broadcast" if word == "on" else "document" if word == "in" and noun.pos_ == "PROPN" else None
    return kind


def _whole(doc: Doc, noun: Token, stops: frozenset[int], kind: VenueKind) -> Venue:
    """The phrase of a noun from its left edge on."""
    first = noun.left_edge.i
    while first < noun.i and (doc[first].is_punct or doc[first].is_space or first in stops):
        first += 1
    span = upto(doc, first, noun, stops)
    return Venue(kind, span.start_char, span.end_char)
