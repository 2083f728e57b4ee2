"""A file that is one document: a saved page, a pasted text, a wire copy."""

import codecs
from collections.abc import Iterator

from pipelines.ingest.piece import Piece, Stream, read_at_most
from pipelines.ingest.saved_page import origin
from pipelines.schemas import MediaType

_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>", b"<p ", b"<meta")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """The file as one piece."""
    content = read_at_most(stream, limit)
    if not content.strip():
        yield Piece(content, "text/plain", problem="empty", detail=f"the file has {len(content)} bytes and no text")
    elif is_pdf(content):
        yield Piece(content, "application/pdf")
    elif is_binary(content):
        kind: MediaType = "application/octet-stream"
        yield Piece(content, kind, problem="binary", detail="the bytes are no text in any encoding that news comes in")
    elif is_markup(content):
        saved = origin(content)
        yield Piece(content, "text/html", url=saved.url, captured_at=saved.saved_at)
    else:
        yield Piece(content, "text/plain")


def is_pdf(content: bytes) -> bool:
    """Whether the bytes are a PDF file; readers of it look for its mark among the first thousand bytes."""
    at = content[:1024].find(b"%PDF-")
    return at == 0 or (at > 0 and not content[:at].strip(b"\xef\xbb\xbf \r\n\t\0"))


def is_markup(content: bytes) -> bool:
    """Whether the bytes are a page rather than text: tags among their first four thousand characters."""
    head = content[:8192].replace(b"\0", b"").lower()[:4096]
    return any(tag in head for tag in _MARKUP)


def is_binary(content: bytes) -> bool:
    """Whether the bytes are no text: control characters that no encoding of text uses, without a mark of UTF-16.

    A twentieth of the first 64 kB may be control characters: text cut out of a terminal or a wire feed has some.
    """
    head = content[:65_536]
    if head.startswith(_UTF16):
        return False
    controls = sum(head.count(bytes([b])) for b in (*range(9), *range(14, 27), *range(28, 32), 127))
    return controls > len(head) / 20
