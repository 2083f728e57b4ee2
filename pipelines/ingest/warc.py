"""WARC, as Common Crawl publishes news: records one after the other, each packed by itself (ISO 28500:2017).

Records are told apart here and not by a library, since the two that are kept (FastWARC, warcio) pass over an archive
that breaks off inside a record's header or inside a gzip member, and end where they meet damage.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from pipelines.ingest import digest, gz, http_message
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream, TooLargeError
from pipelines.ingest.whole import is_binary, is_markup, is_pdf
from pipelines.schemas import MediaType

MAGIC = b"WARC/"
_LINE = 64 * 1024  # bytes of a header line, and lines of a header
_PART = 1024 * 1024
_DOCUMENTS = frozenset(("response", "resource", "conversion"))
_FURNITURE = frozenset(("warcinfo", "request", "metadata"))
_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))
_ADDRESS = re.compile(r"(?:https?|ftp|file):|$", re.IGNORECASE)  # wget keeps its log as `metadata:`, others as `urn:`
_ROBOTS = re.compile(r"https?://[^/]+/robots\.txt", re.IGNORECASE)  # RFC 9309: what crawlers ask for first
_NUMBER = re.compile(r"\d{1,18}")
_OK = 200


class Record(NamedTuple):
    """A record: its number in the file from 1, its header by names in lower case, and its block.

    Of a record that is no document, and behind the limit, the block is left out. `problem` says where the file is
    broken: within the block, unless it `is_whole`, or behind it.
    """

    number: int
    header: dict[str, str]
    block: bytes
    is_whole: bool = True
    problem: BrokenContainerError | None = None


class _Skip(Exception):  # noqa: N818 - no fault: what is no news
    """A record that is no document of news; its argument says what it is."""


def is_warc(head: bytes) -> bool:
    """Whether a file is a WARC by its first bytes."""
    return head.startswith(MAGIC)


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """The pages, texts and PDFs that servers gave with status 200, and resources and conversions of these types.

    What is broken is a piece with its problem, and reading goes on with the next record that can be found. One piece
    at the end counts the other records, but for requests and metadata.
    """
    left: Counter[str] = Counter()
    found = 0
    for record in _records(stream, limit):
        if record.is_whole and record.header:
            try:
                made = _document(record, limit)
                found += made is not None
                if made:
                    yield made
            except _Skip as skipped:
                left.update(skipped.args)
        if record.problem:
            found += 1
            yield _broken(record)
    if left or not found:
        yield Piece(b"", "application/octet-stream", "#left", problem="left_out", detail=_counted(left))


def _records(stream: Stream, limit: int) -> Iterator[Record]:
    number = 0
    line: bytes | None = b"\n"
    while line is not None:
        number += 1
        try:
            record = _next(stream, number, limit, line)
        except BrokenContainerError as broken:
            record = Record(number, {}, b"", is_whole=False, problem=broken)
        if record is None:
            return
        yield record
        line = _resumed(stream) if record.problem else b"\n"


def _document(record: Record, limit: int) -> Piece | None:
    """The piece of a record; null for one that only tells of others.

    Raises:
        _Skip: it is a record of another kind.
    """
    kind = record.header.get("warc-type", "").lower()
    if kind in _FURNITURE:
        return None
    if kind not in _DOCUMENTS:
        raise _Skip(f"of type {kind[:40] or 'unknown'}")
    piece = _described(record)
    if not _ADDRESS.match(piece.url or ""):
        raise _Skip("with no address of the web")
    if _ROBOTS.fullmatch(piece.url or ""):
        raise _Skip("of rules for robots")
    if len(record.block) > limit:
        return _refused(piece, TooLargeError(limit))
    is_http = kind == "response" and record.header.get("content-type", "").lower().startswith("application/http")
    try:
        made = _response(record, piece, limit) if is_http else _plain(record, piece)
    except TooLargeError as large:
        return _refused(piece, large)
    except http_message.UnknownCodingError as coding:
        detail = f"the page is packed as {str(coding)[:40]!r}, which is not read"
        return piece._replace(content=record.block, problem="unknown_coding", detail=detail)
    if digest.fits(record.header.get("warc-block-digest", ""), [record.block]) is False:
        return made._replace(problem="bad_digest", detail="its bytes have changed since they were captured")
    return made


def _described(record: Record) -> Piece:
    address = record.header.get("warc-target-uri", "").strip("<>")
    stated = json.dumps({"flags": ["truncated"]}) if _is_cut(record.header) else None
    return Piece(
        b"",
        "application/octet-stream",
        f"#R{record.number}",
        address or None,
        _moment(record.header.get("warc-date", "")),
        stated=stated,
    )


def _is_cut(header: dict[str, str]) -> bool:
    """Whether the crawler says that it did not keep all of a document."""
    return "warc-truncated" in header or "warc-segment-number" in header


def _moment(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _refused(piece: Piece, error: BrokenContainerError) -> Piece:
    return piece._replace(problem=error.problem, detail=error.detail)


def _broken(record: Record) -> Piece:
    piece = _described(record)
    place = piece.place if not record.is_whole else f"{piece.place}+"
    kept = b"" if record.is_whole else record.block
    assert record.problem  # noqa: S101  # it is why we are here
    return _refused(piece._replace(content=kept, place=place, stated=None), record.problem)


def _response(record: Record, piece: Piece, limit: int) -> Piece:
    """The piece of what a server answered."""
    message = http_message.parse(record.block)
    if message.status != _OK:
        raise _Skip(f"of status {message.status or 'unknown'}")
    declared = message.headers.get("content-type")
    kind = _kind(declared or record.header.get("warc-identified-payload-type"))
    body = http_message.body(message, limit)
    made = piece._replace(content_type=declared)
    if not body.is_whole:
        made = made._replace(stated=json.dumps({"flags": ["truncated"]}))
    made = _filled(made, body.content, kind)
    labelled = record.header.get("warc-payload-digest", "")
    if not record.header.get("warc-block-digest") and not _is_cut(record.header):
        # Tools differ in what they take it of (github.com/webrecorder/warcio, issue 74).
        kept = [body.unchunked, *([message.body] if message.body is not body.unchunked else []), body.content]
        if digest.fits(labelled, kept) is False:
            made = made._replace(problem="bad_digest", detail="its bytes have changed since they were captured")
    return made


def _plain(record: Record, piece: Piece) -> Piece:
    """The piece of a document that stands in the archive by itself, such as the texts of Common Crawl's WET files."""
    declared = record.header.get("content-type")
    return _filled(piece._replace(content_type=declared), record.block, _kind(declared))


def _kind(declared: str | None) -> str:
    """The type that is declared, one of those that news comes in; empty where none is.

    Raises:
        _Skip: it is of another type.
    """
    kind = (declared or "").partition(";")[0].strip().lower()
    if kind and kind not in _TYPES:
        raise _Skip(f"of type {kind[:60]}")
    return kind


def _filled(piece: Piece, content: bytes, kind: str) -> Piece:
    """The piece with its content and what that is: the server's word counts only between text and page."""
    if not content.strip():
        return piece._replace(
            content=content, media_type="text/plain", problem="empty", detail="the server sent nothing"
        )
    media: MediaType = "text/html" if "html" in kind or is_markup(content) else "text/plain"
    if is_pdf(content):
        media = "application/pdf"
    elif not kind and is_binary(content):
        raise _Skip("of no declared type")
    return piece._replace(content=content, media_type=media)


def _counted(left: Counter[str]) -> str:
    what = ", ".join(f"{count} {kind}" for kind, count in left.most_common(20)) or "no record of a page or text"
    return f"not taken in, since only pages, texts and PDFs of status 200 are: {what}"


def _next(stream: Stream, number: int, limit: int, line: bytes) -> Record | None:
    """The next record, behind a line that was read already; null at the end of the file.

    Raises:
        BrokenContainerError: the file breaks off or is damaged before a block begins.
    """
    while not line.strip():
        line = stream.readline(_LINE)
        if not line:
            return None
    if not line.endswith(b"\n"):
        raise BrokenContainerError("truncated_warc", "the file ends within the first line of a record: fetch it again")
    if not line.startswith(MAGIC):
        raise BrokenContainerError("bad_warc", "no record begins where one should")
    header = _header(stream)
    length = header.get("content-length", "")
    if not _NUMBER.fullmatch(length):
        raise BrokenContainerError("bad_warc", f"a record says of its length {length[:40]!r}")
    is_wanted = header.get("warc-type", "").lower() in _DOCUMENTS
    return _with_block(Record(number, header, b""), stream, int(length), limit + 1 if is_wanted else 0)


def _header(stream: Stream) -> dict[str, str]:
    lines: list[bytes] = []
    size = 0
    while (line := stream.readline(_LINE)).strip():
        lines.append(line)
        size += len(line)
        if size > _LINE:
            raise BrokenContainerError("bad_warc", f"the header of a record has more than {_LINE} bytes")
    if not line.endswith(b"\n"):
        raise BrokenContainerError("truncated_warc", "the file ends within the header of a record: fetch it again")
    return http_message.fields(lines)


def _with_block(record: Record, stream: Stream, length: int, most: int) -> Record:
    """The record with the first bytes of its block, which is so long, read to its end."""
    parts: list[bytes] = []
    at = 0
    problem = None
    try:
        while at < length and (part := stream.read1(min(_PART, length - at))):
            if at < most:
                parts.append(part[: most - at])
            at += len(part)
        problem = _cut(length - at) if at < length else _behind(stream)
    except BrokenContainerError as broken:
        problem = broken
    return record._replace(block=b"".join(parts), is_whole=at == length, problem=problem)


def _behind(stream: Stream) -> BrokenContainerError | None:
    """What is wrong with the two empty lines that end a record."""
    end = b"".join(stream.readline(2) for _ in range(2))
    if end.strip():
        return BrokenContainerError("bad_warc", "a record is longer than it says: fetch it again")
    return None if end.count(b"\n") == 2 else _cut(0)  # noqa: PLR2004 - as in the docstring


def _cut(missing: int) -> BrokenContainerError:
    where = f"{missing} bytes before the end of a record" if missing else "at the end of a record, before its end mark"
    return BrokenContainerError("truncated_warc", f"the file ends {where}: fetch it again")


def _resumed(stream: Stream) -> bytes | None:
    """The first line of the next record that can be found behind damage; null where there is none."""
    members = getattr(stream, "raw", None)
    while True:
        try:
            while line := stream.readline(_LINE):
                if line.startswith(MAGIC):
                    return line
        except BrokenContainerError:
            if isinstance(members, gz.Members) and members.is_broken and members.resume():
                continue
        return None
