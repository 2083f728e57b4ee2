"""Rows of raw and clean: a document as it came in, the article in it or why there is none."""

from datetime import date, datetime
from typing import Annotated, Literal, TypedDict

from pipelines.schemas.table import Hash64

ZoneKind = Literal["known", "assumed", "none"]
Verdict = Literal["won", "lesser_source", "not_first_of_source", "day_only", "later_than_capture"]
MediaType = Literal[
    "text/html",
    "text/plain",
    "application/json",
    "application/nitf+xml",
    "application/vnd.iptc.g2.newsitem+xml",
    "application/pdf",
    "message/rfc822",
    "multipart/related",
    "application/gzip",
    "application/octet-stream",
]
Stage = Literal["ingest", "clean"]


class Capture(TypedDict):
    """A document as it came in: its bytes, unchanged, with when and where from."""

    capture_id: Annotated[str, "SHA-256 over the address, if there is one, and the bytes; 32 hex digits"]
    sha256: Annotated[str, "SHA-256 of `content`"]
    content: Annotated[bytes, "The bytes of the document, unchanged; of a broken container, the container's bytes"]
    media_type: Annotated[MediaType, "What the bytes are, told by their content"]
    source: Annotated[
        str,
        "Where it came from: path of the file, `#L12` for a line, `#R7` for a record, `#entry3` of a feed,"
        " `!a/b.txt` for a file inside",
    ]
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
    reason: Annotated[str, "Why, in one word or two: empty, binary, truncated_gzip, left_out, no_article, timeout ..."]
    detail: Annotated[str, "What exactly was wrong"]
    source: Annotated[str, "Where the input came from"]
    captured_at: Annotated[datetime, "When it was captured (UTC)"]
    cleaner_version: Annotated[str, "Version of the cleaning that made the row"]
