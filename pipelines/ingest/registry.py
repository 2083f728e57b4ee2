"""The formats: one line each, the first whose test the file's first bytes pass."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.ingest import feeds, gz, jsonl, mail, newsml, other_xml, sitemaps, whole
from pipelines.ingest.piece import HEAD, BrokenContainerError, Piece, Stream


class Format(NamedTuple):
    """A format: told by its first bytes, read by its reader."""

    matches: Callable[[bytes], bool]
    read: Callable[[Stream, int], Iterator[Piece]]


class Packing(NamedTuple):
    """What documents of any format stand in: told by its first bytes, read with what reads those inside."""

    matches: Callable[[bytes], bool]
    read: Callable[[Stream, int, mail.Inner], Iterator[Piece]]


PACKINGS = (
    Packing(mail.is_mail, mail.read),
    Packing(mail.is_mailbox, mail.read_mailbox),
)
FORMATS = (
    Format(feeds.is_feed, feeds.read),
    Format(sitemaps.is_sitemap, sitemaps.read),
    Format(newsml.is_newsml, newsml.read),
    Format(jsonl.is_jsonl, jsonl.read),
    Format(other_xml.is_other_xml, other_xml.read),
    Format(lambda _: True, whole.read),
)
SUFFIXES = (
    ".txt",
    ".html",
    ".htm",
    ".jsonl",
    ".xml",
    ".rss",
    ".atom",
    ".rdf",
    ".json",
    ".nitf",
    ".eml",
    ".mbox",
    ".mht",
    ".mhtml",
)
DEPTH = 3  # a file packed more often than that is no news, and may be a bomb


def read(stream: Stream, limit: int, depth: int = DEPTH) -> Iterator[Piece]:
    """The documents of an open file, its format told by its content; none larger than `limit` bytes.

    Raises:
        BrokenContainerError: a container is damaged or packed too often; what came before has been given.
    """
    head = stream.peek(HEAD)
    if head.startswith(gz.MAGIC):
        if not depth:
            raise BrokenContainerError("nested", f"packed more than {DEPTH} times")
        with gz.unpacked(stream) as inner:
            yield from read(inner, limit, depth - 1)
        return
    for packing in PACKINGS:
        if packing.matches(head):
            if not depth:
                raise BrokenContainerError("nested", f"packed more than {DEPTH} times")
            yield from packing.read(stream, limit, lambda inner: read(inner, limit, depth - 1))
            return
    yield from next(f for f in FORMATS if f.matches(head)).read(stream, limit)
