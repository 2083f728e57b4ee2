"""Rows of facts, field by field what `dateline extract` writes."""

from datetime import date
from typing import Annotated, Literal, TypedDict

NameType = Literal[
    "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"
]  # OntoNotes 5 name types
QuantityKind = Literal[
    "cardinal", "ordinal", "money", "percent", "measure", "duration", "multiple", "fraction", "score"
]
Bound = Literal["at_least", "more_than", "at_most", "less_than"]
RoleKind = Literal["title", "role", "party", "region", "affiliation"]
Change = Literal["up", "down"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]  # TIMEX3
QuoteKind = Literal["direct", "mixed", "indirect"]
SourceType = Literal["official", "named", "anonymous", "document", "media", "author"]
SourceKind = Literal[
    "named_person", "named_body", "unnamed_official", "unnamed_body", "anonymous", "document", "media", "author"
]
VenueKind = Literal[
    "statement",
    "social_media",
    "interview",
    "news_conference",
    "testimony",
    "speech",
    "debate",
    "meeting",
    "call",
    "letter",
    "document",
    "broadcast",
    "media",
]
SilenceKind = Literal[
    "declined_to_comment",
    "refused_to_comment",
    "did_not_comment",
    "declined_to_say",
    "refused_to_say",
    "did_not_say",
    "did_not_respond",
    "could_not_be_reached",
]
Hedge = Literal["asserted", "reported", "estimated", "expected", "planned", "possible", "denied"]


class Span(TypedDict):
    """Characters of the article."""

    start: Annotated[int, "First character"]
    end: Annotated[int, "Character after the last"]
    text: Annotated[str, "The characters themselves"]


class Sentence(Span):
    """A sentence."""


class Mention(Span):
    """A name in the text."""

    type: Annotated[NameType, "OntoNotes name type"]
    entity_id: Annotated[str, "Stable across documents"]
    name: Annotated[str, "Canonical name, the same for every mention of one entity in the document"]


class Role(Span):
    """What the text calls a person beside the name: a title, a role, a party, a region, a body."""

    kind: Annotated[
        RoleKind,
        "A title before the name, a description beside it, the party or the seat's region behind it, or a body, place"
        " or people that these name",
    ]
    mention: Annotated[int, "Index of the person's mention in the article"]
    name: Annotated[str, "What it stands for: name of the party, region or body in full; else the words themselves"]
    entity_id: Annotated[str | None, "`entity_id` of that party, region or body; null for words, and where unknown"]


class Quantity(Span):
    """A figure: `text` is the number with its scale word and unit, without the qualifier."""

    kind: Annotated[QuantityKind, "What sort of figure it is"]
    value: Annotated[float | None, "The number in full; null only where it is purely a range"]
    low: Annotated[float | None, "Lower end of the interval meant; null if open"]
    high: Annotated[float | None, "Upper end of the interval meant; null if open"]
    approx: Annotated[bool, "Said to be about, around, roughly, nearly so much"]
    bound: Annotated[Bound | None, "The figure is a bound"]
    change: Annotated[Change | None, "The figure is the size of a rise or a fall"]
    baseline: Annotated[int | None, "Index of the quantity that the change starts from"]
    unit: Annotated[str | None, "Canonical singular English name; null for a bare count"]
    currency: Annotated[str | None, "ISO 4217, money only"]
    ucum: Annotated[str | None, "UCUM code, measures and durations only"]
    dimension: Annotated[str | None, "What is measured: length, mass, time, speed ...; null where nothing is"]
    si_value: Annotated[float | None, "`value` in `si_unit`; of a rise or fall of temperature, the difference"]
    si_low: Annotated[float | None, "`low` in `si_unit`"]
    si_high: Annotated[float | None, "`high` in `si_unit`"]
    si_unit: Annotated[
        str | None,
        "UCUM code of the dimension's coherent SI unit; a month counts 2,629,800 s and a year 31,557,600 s, as in UCUM",
    ]
    counted: Annotated[str | None, "What is counted or measured out, without its determiner"]
    counted_start: Annotated[int | None, "First character of `counted`"]
    counted_end: Annotated[int | None, "Character after `counted`"]
    about: Annotated[str | None, "Noun phrase that the figure describes, where it is not the counted noun"]
    about_start: Annotated[int | None, "First character of `about`"]
    about_end: Annotated[int | None, "Character after `about`"]


class Time(Span):
    """A date, time, duration or set, resolved against the publication time."""

    type: Annotated[TimeType, "TIMEX3 type"]
    value: Annotated[str, "TIMEX3 value"]
    first_day: Annotated[date | None, "First calendar day meant; null where it cannot be resolved"]
    last_day: Annotated[date | None, "Last calendar day meant"]


class Who(TypedDict):
    """Who speaks or is silent."""

    speaker: Annotated[str | None, "The span that names or describes the source"]
    speaker_start: Annotated[int | None, "First character of `speaker`"]
    speaker_end: Annotated[int | None, "Character after `speaker`"]
    speaker_id: Annotated[str | None, "`entity_id` of the speaker, where somebody is named"]
    speaker_name: Annotated[str | None, "Canonical name after coreference; null where nobody is named"]
    source_type: Annotated[
        SourceType | None,
        "What sort of source it is, as of claims; null where there is none, or a pronoun that stands for nobody known",
    ]
    source_kind: Annotated[
        SourceKind | None,
        "Whether it is named: a person or body by name, an official, a body or people who are only described, "
        "a document, other media, the author; null as `source_type`",
    ]
    role: Annotated[str | None, "What the article calls the speaker beside the name, or instead of one"]
    role_start: Annotated[int | None, "First character of `role`, which may stand in another sentence"]
    role_end: Annotated[int | None, "Character after `role`"]


class SaidOn(TypedDict):
    """When it was said."""

    said_first: Annotated[date | None, "First day on which it was said, by a time beside the cue; else null"]
    said_last: Annotated[date | None, "Last day on which it was said"]


class Reported(Span):
    """What a row of quotes begins with."""

    kind: Annotated[QuoteKind, "How much of it is between quotation marks"]
    cue: Annotated[str | None, "The word that reports: said, according to ..."]
    cue_start: Annotated[int | None, "First character of `cue`"]
    cue_end: Annotated[int | None, "Character after `cue`"]


class Where(TypedDict):
    """Where it was said."""

    venue_kind: Annotated[VenueKind | None, "What it was said in, at, on or to; media: told to a paper or reporters"]
    venue: Annotated[str | None, "The words that say so: in a statement, on Facebook, Reuters in an interview"]
    venue_start: Annotated[int | None, "First character of `venue`"]
    venue_end: Annotated[int | None, "Character after `venue`"]


class Quote(Reported, Who, Where, SaidOn):
    """What somebody said, in his words (direct), partly in his words (mixed) or in the article's (indirect)."""


class Withheld(Span):
    """What a row of silences begins with."""

    kind: Annotated[
        SilenceKind, "declined, refused or failed, to comment at all or to say one thing; no answer; not reached"
    ]
    cue: Annotated[str, "The words that say so: declined, did not immediately respond"]
    cue_start: Annotated[int, "First character of `cue`"]
    cue_end: Annotated[int, "Character after `cue`"]


class Asked(TypedDict):
    """What was asked, and by whom."""

    topic: Annotated[str | None, "On what: the sale, whether he would resign"]
    topic_start: Annotated[int | None, "First character of `topic`"]
    topic_end: Annotated[int | None, "Character after `topic`"]
    asked_by: Annotated[str | None, "Who asked, where it stands there"]
    asked_by_start: Annotated[int | None, "First character of `asked_by`"]
    asked_by_end: Annotated[int | None, "Character after `asked_by`"]


class Silence(Withheld, Who, Asked, SaidOn):
    """That somebody would not speak, or was not heard: declined to comment, did not respond, could not be reached."""


class Asserted(TypedDict):
    """What a row of claims begins with."""

    quantity: Annotated[int, "Index of the quantity in the article"]
    speaker_name: Annotated[str | None, "Canonical name of the speaker"]
    speaker: Annotated[str | None, "The words that name or describe the speaker"]
    cue: Annotated[str | None, "The word that reports"]
    source_type: Annotated[SourceType, "What sort of source it is"]
    hedge: Annotated[Hedge, "How sure: as stated, relayed, estimated, expected, planned, possible or denied"]
    negated: Annotated[bool, "The assertion is negated"]
    as_of_first: Annotated[date | None, "First day for which the figure is given"]
    as_of_last: Annotated[date | None, "Last day for which the figure is given"]


class InClause(TypedDict):
    """The clause that a figure stands in."""

    subject: Annotated[str | None, "Subject of the clause that the figure stands in"]
    subject_start: Annotated[int | None, "First character of `subject`"]
    subject_end: Annotated[int | None, "Character after `subject`"]
    subject_id: Annotated[str | None, "`entity_id` of the subject, where it is a name or stands for one"]
    subject_name: Annotated[str | None, "Its canonical name"]
    verb: Annotated[str | None, "Verb of that clause with its auxiliaries: will cut, were killed"]
    verb_start: Annotated[int | None, "First character of `verb`"]
    verb_end: Annotated[int | None, "Character after `verb`"]
    place: Annotated[str | None, "Place that the clause, or one above it up to the speaker's, gives for the figure"]
    place_start: Annotated[int | None, "First character of `place`"]
    place_end: Annotated[int | None, "Character after `place`"]
    place_id: Annotated[str | None, "`entity_id` of the place"]
    place_name: Annotated[str | None, "Its canonical name"]


class Claim(Asserted, InClause):
    """A quantity that somebody asserts."""

    sentence: Annotated[int, "Index of the sentence in the article"]


class Facts(TypedDict):
    """The facts of one article: each list in the order of the text."""

    sentences: list[Sentence]
    mentions: list[Mention]
    roles: list[Role]
    quantities: list[Quantity]
    times: list[Time]
    quotes: list[Quote]
    silences: list[Silence]
    claims: list[Claim]


class Failure(TypedDict):
    """An article whose facts could not be extracted, and why."""

    version_id: Annotated[str, "The article version"]
    error: Annotated[str, "What went wrong"]
