"""What a feed or sitemap names, as rows that wait to be fetched, and pages as captures."""

import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urldefrag

from pipelines.ingest import feeds, gz, registry, sitemaps
from pipelines.ingest.entry import Entry
from pipelines.ingest.fetch import Answer
from pipelines.ingest.files import capture
from pipelines.ingest.piece import BrokenContainerError, Piece
from pipelines.ingest.sitemaps import Child
from pipelines.ingest.sources import Source
from pipelines.ingest.unpack import BadEncodingError, TooMuchError, body
from pipelines.schemas import Capture, ListedEntry

_MOST_PIECES = 200  # documents that one address gives: more is an archive, and is ingested as a file


class NotAListingError(Exception):
    """What came is no feed or sitemap, or not whole."""


def read(source: Source, answer: Answer, limit: int) -> tuple[list[Entry], list[Child]]:
    """The entries of a fetched feed or sitemap, and the sitemaps that it names.

    Raises:
        NotAListingError: what came is none: an error page, a login, half a feed. Nothing is known of the source then.
    """
    base = answer.final_url or source.url
    try:
        content = _plain(answer.content, limit)
        if source.kind == "feed":
            return feeds.entries(content, base), []
        return sitemaps.entries(content, base), sitemaps.children(content, base)
    except BrokenContainerError as broken:
        raise NotAListingError(f"{broken.problem}: {broken.detail}"[:300]) from broken
    except (TooMuchError, BadEncodingError) as error:
        raise NotAListingError(f"bad_gzip: {error}"[:300]) from error


def _plain(content: bytes, limit: int) -> bytes:
    """A sitemap is often a .gz file, which is not the encoding of the answer that brings it."""
    return body([content], "gzip", limit)[0] if content.startswith(gz.MAGIC) else content


def entry_id(source: str, url: str) -> str:
    """What an article is known by within its source."""
    return hashlib.sha256(f"{source}\0{url}".encode()).hexdigest()[:32]


def rows(source: Source, entries: list[Entry], at: datetime) -> Iterator[ListedEntry]:
    """Entries with an address as rows; what is older than the source's `since` is left out."""
    seen: set[str] = set()
    for entry in entries:
        url = urldefrag(entry.url or "").url
        stamp = entry.published_at or entry.modified_at
        known = entry_id(source.name, url)
        if not url or known in seen or (source.since and stamp and date.fromisoformat(stamp[:10]) < source.since):
            continue
        seen.add(known)
        yield {
            "entry_id": known,
            "source": source.name,
            "url": url,
            "listed_at": at,
            "published_at": stamp,
            "stated": entry.stated(),
        }


def whole(source: Source, entries: list[Entry], at: datetime) -> list[Capture]:
    """Entries without an address that hold their article themselves, as captures."""
    kept = (entry for entry in entries if not entry.url and (entry.html or entry.text))
    return [capture(entry.piece(f"#{entry.id or entry.title}"), f"web:{source.name}", at) for entry in kept]


def captures(source: str, answer: Answer, stated: str | None, limit: int) -> list[Capture]:
    """What was fetched, as captures: its bytes unchanged, its final address, and what led to it says of it."""
    pieces: list[Piece] = []
    try:
        with io.BufferedReader(io.BytesIO(answer.content)) as stream:
            for piece in registry.read(stream, limit):
                pieces.append(piece)
                if len(pieces) == _MOST_PIECES:
                    break
    except BrokenContainerError as broken:
        kind = "application/octet-stream"
        pieces.append(Piece(answer.content, kind, problem=broken.problem, detail=broken.detail))  # type: ignore[arg-type]
    fetched = (
        piece._replace(
            url=piece.url or answer.final_url,
            content_type=piece.content_type or answer.content_type,
            stated=piece.stated or stated,
        )
        for piece in pieces
    )
    return [capture(piece, f"web:{source}", answer.at) for piece in fetched]
