"""The formats: one line each, the first whose test the file's first bytes pass."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.ingest import (
    csv_table,
    feeds,
    gz,
    json_document,
    jsonl,
    mail,
    newsml,
    other_xml,
    packed,
    parquet,
    sitemaps,
    tar,
    warc,
    whole,
    zip,  # noqa: A004 - named as the format is
)
from pipelines.ingest.member import Inner
from pipelines.ingest.piece import HEAD, BrokenContainerError, Piece, Stream


class Format(NamedTuple):
    """A format: told by its first bytes, read by its reader."""

    matches: Callable[[bytes], bool]
    read: Callable[[Stream, int], Iterator[Piece]]


class Packing(NamedTuple):
    """What documents of any format stand in: told by its first bytes, and read with what reads those inside."""

    matches: Callable[[bytes], bool]
    read: Callable[[Stream, int, Inner], Iterator[Piece]]


FORMATS = (
    Format(warc.is_warc, warc.read),
    Format(feeds.is_feed, feeds.read),
    Format(sitemaps.is_sitemap, sitemaps.read),
    Format(newsml.is_newsml, newsml.read),
    Format(json_document.is_json, json_document.read),
    Format(jsonl.is_jsonl, jsonl.read),
    Format(other_xml.is_other_xml, other_xml.read),
    Format(parquet.is_parquet, parquet.read),
    Format(csv_table.is_csv, csv_table.read),
    Format(lambda _: True, whole.read),
)
PACKINGS = (
    Packing(gz.is_gzip, lambda stream, _, inner: inner(gz.unpacked(stream))),
    Packing(packed.is_bz2, lambda stream, _, inner: inner(packed.from_bz2(stream))),
    Packing(packed.is_xz, lambda stream, _, inner: inner(packed.from_xz(stream))),
    Packing(zip.is_zip, lambda stream, limit, inner: zip.read(stream, limit, inner, is_named_as_news)),
    Packing(tar.is_tar, lambda stream, _, inner: tar.read(stream, inner, is_named_as_news)),
    Packing(mail.is_mail, mail.read),
    Packing(mail.is_mailbox, mail.read_mailbox),
)
SUFFIXES = (
    ".txt",
    ".html",
    ".htm",
    ".xhtml",
    ".json",
    ".jsonl",
    ".ndjson",
    ".csv",
    ".tsv",
    ".parquet",
    ".warc",
    ".pdf",
    ".xml",
    ".rss",
    ".atom",
    ".rdf",
    ".nitf",
    ".eml",
    ".mbox",
    ".mht",
    ".mhtml",
    ".zip",
    ".tar",
    ".tgz",
)
PACKED = (".gz", ".bz2", ".xz")
DEPTH = 3  # a file packed more often than that is no news, and may be a bomb


def is_named_as_news(path: str) -> bool:
    """Whether a file of a folder or an archive is taken for its name: a suffix of news formats, and not hidden."""
    *folders, name = path.lower().strip("/").split("/")
    for suffix in PACKED:
        name = name.removesuffix(suffix)
    return name.endswith(SUFFIXES) and not any(map(_is_hidden, (*folders, name)))


def _is_hidden(part: str) -> bool:
    return part.startswith((".", "__macosx")) and part not in (".", "..")


def read(stream: Stream, limit: int, depth: int = DEPTH) -> Iterator[Piece]:
    """The documents of an open file, its format told by its content; none larger than `limit` bytes.

    Raises:
        BrokenContainerError: a container is damaged or packed too often; what came before has been given.
    """
    head = stream.peek(HEAD)
    for packing in PACKINGS:
        if packing.matches(head):
            if not depth:
                raise BrokenContainerError("nested", f"packed more than {DEPTH} times: unpack it first")
            yield from packing.read(stream, limit, lambda inner: read(inner, limit, depth - 1))
            return
    yield from next(f for f in FORMATS if f.matches(head)).read(stream, limit)
