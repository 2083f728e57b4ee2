"""Rows of what was asked of the web, and of what it named."""

from datetime import datetime
from typing import Annotated, Literal, TypedDict

FetchKind = Literal["listing", "part", "page", "article"]
FetchOutcome = Literal[
    "ok", "not_modified", "gone", "denied", "throttled", "server_error", "timeout", "unreachable", "bad_response",
    "empty", "too_large", "redirects", "refused", "robots", "robots_unreachable", "not_a_listing",
]  # fmt: skip


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
