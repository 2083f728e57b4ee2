"""Every table of the lake, declared once.

A row is a TypedDict whose fields carry their description; from it come the pyarrow schema, DuckDB's tables and
comments, Dagster's column metadata, the data dictionary and the blocking schema checks. The rows of facts are, field
by field, what `dateline extract` writes. Every `start` and `end` counts Unicode code points in the article's `text`,
half open.
"""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, NewType, TypedDict, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

Hash64 = NewType("Hash64", int)  # a hash as a signed 64-bit integer

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
Hedge = Literal["asserted", "reported", "estimated", "expected", "planned", "possible", "denied"]
ZoneKind = Literal["known", "assumed", "none"]
Verdict = Literal["won", "lesser_source", "not_first_of_source", "day_only", "later_than_capture"]
MediaType = Literal["text/html", "text/plain", "application/json", "application/gzip", "application/octet-stream"]
Stage = Literal["ingest", "clean"]
FetchKind = Literal["listing", "part", "page", "article"]
FetchOutcome = Literal[
    "ok", "not_modified", "gone", "denied", "throttled", "server_error", "timeout", "unreachable", "bad_response",
    "empty", "too_large", "redirects", "refused", "robots", "robots_unreachable", "not_a_listing",
]  # fmt: skip


class Capture(TypedDict):
    """A document as it came in: its bytes, unchanged, with when and where from."""

    capture_id: Annotated[str, "SHA-256 over the address, if there is one, and the bytes; 32 hex digits"]
    sha256: Annotated[str, "SHA-256 of `content`"]
    content: Annotated[bytes, "The bytes of the document, unchanged; of a broken container, the container's bytes"]
    media_type: Annotated[MediaType, "What the bytes are, told by their content"]
    source: Annotated[str, "Where it came from: path of the file, `#L12` for a line of a JSONL file"]
    url: Annotated[str | None, "Web address the document is said to come from"]
    captured_at: Annotated[datetime, "When it was captured (UTC): of an archive, as its record says"]
    content_type: Annotated[str | None, "Content-Type that the server or the container declared"]
    stated: Annotated[
        str | None,
        "JSON object of what led to it says of it, such as the feed's entry (title, published_at ...): evidence beside"
        " the document's own",
    ]
    problem: Annotated[str | None, "Why it cannot be read; null if it can. Such a capture becomes a reject"]
    detail: Annotated[str | None, "What exactly is wrong, with `problem`"]


class Fetch(TypedDict):
    """A request to the web, and what became of it; from its rows follows what each source has yet to fetch."""

    fetch_id: Annotated[str, "Hash of source, address and time; 32 hex digits"]
    source: Annotated[str, "Name of the source in sources.toml"]
    kind: Annotated[
        FetchKind,
        "A feed or sitemap, a sitemap that an index named, a page that is watched itself, or a listed article",
    ]
    entry_id: Annotated[str | None, "The entry of raw.entries that was fetched; null for what is no article"]
    url: Annotated[str, "The address asked for, without passwords and the values of keys"]
    final_url: Annotated[str | None, "The address that answered, after redirects"]
    asked_at: Annotated[datetime, "When the request began (UTC)"]
    seconds: Annotated[float, "How long it took, with its repetitions"]
    status: Annotated[int | None, "HTTP status of the last answer; null without any"]
    outcome: Annotated[FetchOutcome, "What became of it"]
    error: Annotated[str | None, "What exactly went wrong"]
    bytes: Annotated[int, "Bytes of the body as they came over the wire"]
    etag: Annotated[str | None, "Validator for the next request; kept only of what was read whole"]
    last_modified: Annotated[str | None, "As `etag`"]
    retry_at: Annotated[datetime | None, "The host asks not to come back before (UTC)"]
    new_entries: Annotated[int | None, "Of a listing or a part of one: entries that were not named before"]
    capture_id: Annotated[str | None, "The capture that came of it; null where none did"]


class ListedEntry(TypedDict):
    """An article that a feed or sitemap named for the first time; it waits until a request for it came to an end."""

    entry_id: Annotated[str, "Hash of source and address; 32 hex digits"]
    source: Annotated[str, "Name of the source in sources.toml"]
    url: Annotated[str, "Address of the article"]
    listed_at: Annotated[datetime, "When the listing that named it first was fetched (UTC)"]
    published_at: Annotated[str | None, "When it was published or changed, as the listing states it; ISO 8601"]
    stated: Annotated[str, "JSON object of what the listing says of it: title, published_at, authors ..."]


class DateEvidence(TypedDict):
    """One candidate for the publication time."""

    source: Annotated[str, "Where it stands: jsonld, meta, time, feed, url, byline, wire, dateline, given"]
    value: Annotated[str, "ISO 8601, as far as it is known"]
    zone: Annotated[ZoneKind, "Whether the time's zone is known, assumed, or there is none"]
    surface: Annotated[str, "The characters it was read from"]
    verdict: Annotated[
        Verdict,
        "Why it won or lost: a lesser source than the winner's, not the first of its source, a bare day that gave way"
        " to a time on it, or later than the capture",
    ]


class Story(TypedDict):
    """A text and its metadata, null where unknown, never guessed."""

    url: Annotated[str | None, "Canonical address, without tracking parameters"]
    title: Annotated[str | None, "Headline, without the site's name"]
    subtitle: Annotated[str | None, "Line under the headline"]
    authors: Annotated[list[str], "Names of people, without By, roles and agencies"]
    publisher: Annotated[str | None, "The paper or site that ran it"]
    wire: Annotated[str | None, "News agency that it came from"]
    dateline: Annotated[str | None, "Place of the dateline"]
    section: Annotated[str | None, "Section of the paper"]
    language: Annotated[str | None, "ISO 639-1 code of the text"]
    published_at: Annotated[str | None, "ISO 8601 with offset where known; date only where only the day is known"]
    modified_at: Annotated[str | None, "ISO 8601, as `published_at`"]
    zone: Annotated[ZoneKind, "Whether the time's zone is known, assumed, or there is none"]
    text: Annotated[str, "The clean body; paragraphs separated by one blank line"]
    flags: Annotated[list[str], "paywalled, truncated, live_blog, list, gallery, corrected, advisory"]


class Cleaned(Story):
    """What cleaning takes out of a document: its story, and all candidates for its time, the winner first."""

    date_evidence: list[DateEvidence]


class ArticleKey(TypedDict):
    """What a row of articles begins with."""

    capture_id: Annotated[str, "The capture it was taken from"]
    article_id: Annotated[str, "The same for all versions of one article"]
    version_id: Annotated[str, "This text under this title: captures of the same version share it"]


class ArticleEnd(TypedDict):
    """What a row of articles ends with."""

    published_day: Annotated[date | None, "Day of publication in the publisher's own zone"]
    words: Annotated[int, "Words of the body"]
    fingerprint: Annotated[list[Hash64], "Sample of the hashes of all runs of five words, by which copies are found"]
    captured_at: Annotated[datetime, "When it was captured (UTC)"]
    encoding: Annotated[str, "Character encoding in which the bytes were read, as a browser would find it"]
    cleaner_version: Annotated[str, "Version of the cleaning that made the row"]


class Article(ArticleKey, Story, ArticleEnd):
    """The article of one capture: its clean text and its metadata."""


class DateKey(TypedDict):
    """What a row of evidence for a publication time begins with."""

    capture_id: Annotated[str, "The capture whose publication time it speaks for"]
    rank: Annotated[int, "Place in the order of trust, from 1; a winner is the first"]


class DateEnd(TypedDict):
    """What a row of evidence for a publication time ends with."""

    cleaner_version: Annotated[str, "Version of the cleaning that made the row"]


class DateCandidate(DateKey, DateEvidence, DateEnd):
    """One candidate for the publication time of a capture, and why it won or lost."""


class SourceLine(TypedDict):
    """A line of an article that shares few words with the rest of it: one that its site may print in all articles."""

    capture_id: Annotated[str, "The capture whose article has the line"]
    line: Annotated[Hash64, "Hash of its words and figures, whatever their case and punctuation"]
    site: Annotated[str, "Host of the article's address, or its publisher where it has none"]
    article_id: Annotated[str, "The article: versions of one article count once"]
    story: Annotated[Hash64, "Hash of the rest of the text: near copies of one text, which count once, mostly share it"]
    at_edge: Annotated[
        bool, "It stands only as the article's first line or among its last three (at most a third of all)"
    ]
    text: Annotated[str, "The line as it was printed"]
    taken_out: Annotated[bool, "It was left out of the article, since the site printed it on earlier days"]
    cleaner_version: Annotated[str, "Version of the cleaning that made the row"]


class Reject(TypedDict):
    """An input that gave no article, and why."""

    capture_id: Annotated[str, "The capture that was rejected"]
    stage: Annotated[Stage, "Step that rejected it"]
    reason: Annotated[str, "Why, in one word or two: empty, binary, truncated_gzip, no_article, timeout ..."]
    detail: Annotated[str, "What exactly was wrong"]
    source: Annotated[str, "Where the input came from"]
    captured_at: Annotated[datetime, "When it was captured (UTC)"]
    cleaner_version: Annotated[str, "Version of the cleaning that made the row"]


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


class Quote(Span):
    """What somebody said, in his words (direct), partly in his words (mixed) or in the article's (indirect)."""

    kind: Annotated[QuoteKind, "How much of it is between quotation marks"]
    cue: Annotated[str | None, "The word that reports: said, according to ..."]
    cue_start: Annotated[int | None, "First character of `cue`"]
    cue_end: Annotated[int | None, "Character after `cue`"]
    speaker: Annotated[str | None, "The span that names or describes the source"]
    speaker_start: Annotated[int | None, "First character of `speaker`"]
    speaker_end: Annotated[int | None, "Character after `speaker`"]
    speaker_id: Annotated[str | None, "`entity_id` of the speaker, where somebody is named"]
    speaker_name: Annotated[str | None, "Canonical name after coreference; null where nobody is named"]


class Claim(TypedDict):
    """A quantity that somebody asserts."""

    quantity: Annotated[int, "Index of the quantity in the article"]
    speaker_name: Annotated[str | None, "Canonical name of the speaker"]
    speaker: Annotated[str | None, "The words that name or describe the speaker"]
    cue: Annotated[str | None, "The word that reports"]
    source_type: Annotated[SourceType, "What sort of source it is"]
    hedge: Annotated[Hedge, "How sure: as stated, relayed, estimated, expected, planned, possible or denied"]
    negated: Annotated[bool, "The assertion is negated"]
    as_of_first: Annotated[date | None, "First day for which the figure is given"]
    as_of_last: Annotated[date | None, "Last day for which the figure is given"]
    sentence: Annotated[int, "Index of the sentence in the article"]


class Facts(TypedDict):
    """The facts of one article: each list in the order of the text."""

    sentences: list[Sentence]
    mentions: list[Mention]
    roles: list[Role]
    quantities: list[Quantity]
    times: list[Time]
    quotes: list[Quote]
    claims: list[Claim]


class Failure(TypedDict):
    """An article whose facts could not be extracted, and why."""

    version_id: Annotated[str, "The article version"]
    error: Annotated[str, "What went wrong"]


class FactKey(TypedDict):
    """What every row of facts begins with."""

    version_id: Annotated[str, "The article version that the fact stands in"]
    index: Annotated[int, "Place among the facts of its kind in the article, from 0"]


class FactEnd(TypedDict):
    """What every row of facts ends with."""

    extractor_version: Annotated[str, "Version of the extractor and its language model"]


class InSentence(TypedDict):
    """Facts with a place of their own know the sentence they begin in."""

    sentence: Annotated[int | None, "Index of the sentence in the article; null outside of any"]


@dataclass(frozen=True)
class Table:
    """A table of the lake: `facts/quantities` is its asset key, its folder and, with a point, its DuckDB name."""

    key: str
    parts: tuple[type, ...]
    grain: tuple[str, ...]

    @property
    def sql_name(self) -> str:
        """The DuckDB name, `facts.quantities`."""
        return self.key.replace("/", ".")

    @property
    def description(self) -> str:
        """The first line of what the row's class says of itself."""
        row = next(part for part in self.parts if part not in (FactKey, FactEnd, InSentence))
        return (row.__doc__ or "").strip().splitlines()[0]

    @cached_property
    def schema(self) -> pa.Schema:
        """The pyarrow schema: a description for each field, and the values allowed where they are a list."""
        return pa.schema([f for part in self.parts for f in _fields(part)])


_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    bytes: pa.binary(),
    int: pa.int32(),
    Hash64: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def _fields(row: type) -> Iterator[pa.Field]:
    for name, hint in get_type_hints(row, include_extras=True).items():
        annotated, description = get_args(hint)
        kind, nullable = _without_none(annotated)
        about = {"description": description}
        if get_origin(kind) is Literal:
            about["values"] = ",".join(get_args(kind))
        yield pa.field(name, _arrow(kind), nullable=nullable, metadata=about)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        (kept,) = (a for a in get_args(hint) if a is not type(None))
        return kept, True
    return hint, False


def _arrow(kind: Any) -> pa.DataType:
    if get_origin(kind) is Literal:
        return pa.string()
    if get_origin(kind) is list:
        return pa.list_(pa.field("item", _arrow(get_args(kind)[0]), nullable=False))
    return _ARROW[kind]


TABLES: dict[str, Table] = {
    table.key: table
    for table in (
        Table("raw/captures", (Capture,), ("capture_id",)),
        Table("raw/fetches", (Fetch,), ("fetch_id",)),
        Table("raw/entries", (ListedEntry,), ("entry_id",)),
        Table("clean/articles", (Article,), ("capture_id",)),
        Table("clean/date_evidence", (DateCandidate,), ("capture_id", "rank")),
        Table("clean/source_lines", (SourceLine,), ("capture_id", "line")),
        Table("clean/rejects", (Reject,), ("capture_id",)),
        Table("facts/sentences", (FactKey, Sentence, FactEnd), ("version_id", "index")),
        Table("facts/mentions", (FactKey, Mention, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/roles", (FactKey, Role, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/quantities", (FactKey, Quantity, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/times", (FactKey, Time, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/quotes", (FactKey, Quote, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/claims", (FactKey, Claim, FactEnd), ("version_id", "index")),
        Table("facts/failures", (Failure, FactEnd), ("version_id",)),
    )
}
