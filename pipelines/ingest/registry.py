"""The formats: one line each, the first whose test the file's first bytes pass."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.ingest import feeds, gz, jsonl, sitemaps, whole
from pipelines.ingest.piece import HEAD, BrokenContainerError, Piece, Stream


class Format(NamedTuple):
    """A format: told by its first bytes, read by its reader."""

    matches: Callable[[bytes], bool]
    read: Callable[[Stream, int], Iterator[Piece]]


FORMATS = (
    Format(feeds.is_feed, feeds.read),
    Format(sitemaps.is_sitemap, sitemaps.read),
    Format(jsonl.is_jsonl, jsonl.read),
    Format(lambda _: True, whole.read),
)
SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".xml", ".rss", ".atom", ".rdf", ".json")
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
    yield from next(f for f in FORMATS if f.matches(head)).read(stream, limit)
