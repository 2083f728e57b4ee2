"""Sitemaps (https://www.sitemaps.org/protocol.html), with the news extension, and indexes of sitemaps.

A sitemap holds no article. As a file it is therefore one document, kept with the problem `link_only`: a row for each of
up to 50,000 addresses would say no more.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipelines.clean import untrusted_xml
from pipelines.clean.rejected import Rejected
from pipelines.clean.untrusted_xml import local
from pipelines.ingest.entry import Entry, address, stamp, words
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream, read_at_most
from pipelines.ingest.xml_root import PROLOG, root_of

_ROOTS = ("urlset", "sitemapindex")


class Child(NamedTuple):
    """A sitemap that an index names: its address, and when it was changed (ISO 8601), null where that is not said."""

    url: str
    modified_at: str | None


def is_sitemap(head: bytes) -> bool:
    """Whether a document is a sitemap or an index of sitemaps by its first element."""
    root = root_of(head)
    return root is not None and root.name in _ROOTS


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """The file as one piece that says how many addresses it holds.

    Raises:
        BrokenContainerError: as `entries`.
    """
    content = read_at_most(stream, limit)
    pages, maps = len(entries(content, None)), len(children(content, None))
    detail = f"a sitemap of {pages} pages and {maps} other sitemaps: `dateline source add` fetches what it names"
    yield Piece(content, "application/octet-stream", problem="link_only", detail=detail)


def entries(content: bytes, base: str | None) -> list[Entry]:
    """The pages that a sitemap names, as it stands at `base`; none for an index of sitemaps.

    Raises:
        BrokenContainerError: `empty`, `html_instead` of a sitemap, `bad_sitemap` (also where it is cut off),
            `unsafe_xml`.
    """
    return [entry for url in _named(content, "url") if (entry := _entry(url, base)).url]


def children(content: bytes, base: str | None) -> list[Child]:
    """The sitemaps that an index of sitemaps names; none for a sitemap.

    Raises:
        BrokenContainerError: as `entries`.
    """
    found = ((address(_said(item, "loc"), base), stamp(_said(item, "lastmod"))) for item in _named(content, "sitemap"))
    return [Child(url, modified) for url, modified in found if url]


def _named(content: bytes, name: str) -> list[etree._Element]:
    if not content.strip(b"\0 \t\r\n"):
        raise BrokenContainerError("empty", f"no sitemap, but {len(content)} bytes without any text")
    root = root_of(content, PROLOG)
    if root is None or root.name not in _ROOTS:
        found = f"<{root.name}>" if root else content[:20]
        page = root is not None and root.name.lower() in ("html", "head", "body")
        raise BrokenContainerError("html_instead" if page else "bad_sitemap", f"no sitemap, but {found!r}")
    try:
        tree = untrusted_xml.tree(untrusted_xml.source(content))
    except Rejected as refused:
        problem = "bad_sitemap" if refused.reason == "bad_xml" else refused.reason
        raise BrokenContainerError(problem, refused.detail) from None
    return [child for child in tree if local(child) == name]


def _entry(url: etree._Element, base: str | None) -> Entry:
    link, modified = address(_said(url, "loc"), base), stamp(_said(url, "lastmod"))
    news = next((child for child in url if local(child) == "news"), None)
    if news is None:
        return Entry(url=link, modified_at=modified)
    paper = next((child for child in news if local(child) == "publication"), news)
    return Entry(
        url=link,
        title=words(_said(news, "title")),
        published_at=stamp(_said(news, "publication_date")),
        modified_at=modified,
        publisher=words(_said(paper, "name")),
        language=words(_said(paper, "language")),
    )


def _said(element: etree._Element, name: str) -> str | None:
    """The text of a child, by its name."""
    child = next((child for child in element if local(child) == name), None)
    return None if child is None else "".join(child.itertext()).strip()
