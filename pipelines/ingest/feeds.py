"""RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom and JSON Feed: their entries, and those that hold an article as documents.

feedparser reads the XML. It gets text that is known to be well-formed and free of entity declarations, as a stream: of
bytes and strings it would open the file of that name. What its loose parser would mend, libxml2 mends before.
"""

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import feedparser
from lxml import etree, html

from pipelines.clean import untrusted_xml
from pipelines.clean.rejected import Rejected
from pipelines.ingest import json_feed
from pipelines.ingest.entry import Entry, address, stamp, words
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream, read_at_most
from pipelines.ingest.xml_root import PROLOG, Root, root_of

_ROOTS = {"rss": "item", "RDF": "item", "feed": "entry"}
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_BARE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w{1,31};)", re.DOTALL)
_ESCAPED = re.compile(r"&lt;/?(?:p|br|div|a|em|strong|ul|li)\b", re.IGNORECASE)
_MARKUP = ("text/html", "application/xhtml+xml")
_WHOLE_WORDS = 200  # a description as long as that is the article: teasers of news feeds have 20 to 80 words
_ENTRIES, _ELEMENTS, _PARTS = 20_000, 1_000_000, 1_000
_NAMED = "local-name() = 'item' or local-name() = 'entry'"
_ENTRY = f"//*[{_NAMED}]"
_HEAD = "/* | /*/*[local-name() = 'channel']"
_Feed = Any  # feedparser's dictionaries


def is_feed(head: bytes) -> bool:
    """Whether a document is a feed by its first element, or a JSON Feed by its version."""
    root = root_of(head)
    return json_feed.is_json_feed(head) if root is None else _is_root(root)


def _is_root(root: Root) -> bool:
    """RDF is a feed where it says so: RSS 1.0 is purl.org/rss/1.0/, 0.9 and 1.1 are at netscape.com and purl.org."""
    return root.name in _ROOTS and (
        root.name != "RDF" or "purl.org/" in root.attributes or "netscape" in root.attributes
    )


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """Each entry as a document, its place `#entry1` on.

    Raises:
        BrokenContainerError: the feed is damaged, cut off or without entries; what could be read has been given.
    """
    content = read_at_most(stream, limit)
    number = 0
    for number, entry in enumerate(_entries(content, None), 1):
        yield entry.piece(f"#entry{number}")
    if not number:
        raise BrokenContainerError("no_entries", "a feed without any entry")


def entries(content: bytes, base: str | None) -> list[Entry]:
    """The entries of a feed as it stands at `base`; none where it is whole and has none.

    Raises:
        BrokenContainerError: `empty`, `html_instead` of a feed, `bad_feed`, `truncated_feed`, `unsafe_xml` or
            `too_large`: nothing is known then of what the feed holds now.
    """
    return list(_entries(content, base))


def _entries(content: bytes, base: str | None) -> Iterator[Entry]:
    if not content.strip(b"\0 \t\r\n"):
        raise BrokenContainerError("empty", f"no feed, but {len(content)} bytes without any text")
    if json_feed.is_json(content):
        yield from json_feed.entries(content, base)
        return
    root = root_of(content, PROLOG)
    if root is None or not _is_root(root):
        found = f"<{root.name}>" if root else content[:20]
        page = root is not None and root.name.lower() in ("html", "head", "body")
        raise BrokenContainerError("html_instead" if page else "bad_feed", f"no feed, but a document of {found!r}")
    text, whole = _well_formed(content, root.name)
    if text:
        yield from _xml_entries(text, base, atom=root.name == "feed")
    if not whole:
        raise BrokenContainerError("truncated_feed", f"the feed ends without </{root.name}>: fetch it again")


def _well_formed(content: bytes, root: str) -> tuple[str, bool]:
    """The feed as well-formed XML, and whether it is whole; of one that is cut off, up to its last whole entry."""
    try:
        text = untrusted_xml.source(content)
        try:
            _refuse_crowds(untrusted_xml.tree(text))
        except Rejected:
            entry_end = max((m.end() for m in re.finditer(rf"</(?:\w+:)?{_ROOTS[root]}\s*>", text)), default=0)
            whole = re.search(rf"</(?:\w+:)?{root}\s*>", text[entry_end:]) is not None
            if not (whole or entry_end):
                return "", False
            kept = text if whole else text[:entry_end]
            mended = untrusted_xml.tree(_BARE.sub(lambda bare: bare[1] or "&amp;", kept), mend=True)
            _refuse_crowds(mended)
            return etree.tostring(mended, encoding="utf-8").decode("utf-8", "replace"), whole
    except Rejected as refused:
        problem = "bad_feed" if refused.reason == "bad_xml" else refused.reason
        raise BrokenContainerError(problem, refused.detail) from None
    return text, True


def _refuse_crowds(feed: etree._Element) -> None:
    """Refuse what no feed is like, and feedparser takes minutes for: some of its work grows with the square."""
    if feed.xpath(f"count(//*) > {_ELEMENTS}") or feed.xpath(f"count({_ENTRY}) > {_ENTRIES}"):
        raise BrokenContainerError("too_large", f"a feed of more than {_ENTRIES} entries or {_ELEMENTS} elements")
    if feed.xpath(f"boolean(({_ENTRY} | {_HEAD})[count(*[not(self::*[{_NAMED}])]) > {_PARTS}])"):
        raise BrokenContainerError("too_large", f"an entry or the head of a feed has more than {_PARTS} parts")


def _xml_entries(text: str, base: str | None, *, atom: bool) -> Iterator[Entry]:
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": base} if base else {})}
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as fault:  # it fails in ways of its own, over a namespace with wide blanks for one
        detail = f"feedparser cannot read it: {type(fault).__name__}: {fault}"[:300]
        raise BrokenContainerError("bad_feed", detail) from fault
    home = address(parsed.feed.get("link"), base) or base
    for entry in parsed.entries:
        yield _entry(entry, parsed.feed, home, atom=atom)


def _entry(entry: _Feed, feed: _Feed, base: str | None, *, atom: bool) -> Entry:
    link = address(entry.get("feedburner_origlink"), base) or address(entry.get("link"), base)
    markup, text, language = _content(entry, has_link=link is not None)
    published, modified = (stamp(dict.get(entry, key)) for key in ("published", "updated"))
    if not (published or atom):
        published, modified = modified, None  # dc:date of RSS, which feedparser takes for a change
    source = entry.get("source") or {}
    return Entry(
        url=link,
        id=words(entry.get("id")),
        title=_plain(entry.get("title")),
        published_at=published,
        modified_at=modified,
        authors=_authors(entry) or (_authors(source) or _authors(feed) if atom else ()),
        publisher=_plain(source.get("title")) or words(entry.get("publisher")) or _plain(feed.get("title")),
        language=words(language) or words(entry.get("language")) or words(feed.get("language")),
        summary=_plain((entry.get("summary_detail") or {}).get("value")),  # `summary` alone may be the content's copy
        html=markup,
        text=text,
        enclosures=tuple(filter(None, (address(e.get("href"), base) for e in entry.get("enclosures", ())))),
    )


def _content(entry: _Feed, *, has_link: bool) -> tuple[str | None, str | None, str | None]:
    """The article in an entry, as markup or as text, and the language that is stated of it.

    RSS 2.0 has an item without a link be complete in itself, with the article as its description; so does practice
    where the description is long.
    """
    parts = [part for part in entry.get("content", ()) if (part.get("value") or "").strip()]
    described = entry.get("summary_detail")
    if described and not parts:
        long = len((_plain(described.get("value")) or "").split())
        parts = [described] if long >= _WHOLE_WORDS or (long and not has_link) else []
    kept = [part for part in parts if part.get("type") in (*_MARKUP, "text/plain", None)]
    if not kept:
        return None, None, None
    best = max(kept, key=lambda part: (part.get("type") in _MARKUP, len(part["value"])))
    value = unescape(best["value"]) if _is_escaped(best["value"]) else best["value"]
    if _TAG.search(value) and (best.get("type") != "text/plain" or _is_escaped(best["value"])):
        return value, None, best.get("language")
    return None, unescape(value) if best.get("type") in _MARKUP else value, best.get("language")


def _is_escaped(value: str) -> bool:
    """Whether markup was escaped once too often: there are names of tags, and no tag."""
    return bool(_ESCAPED.search(value)) and not _TAG.search(value)


def _authors(of: _Feed) -> tuple[str, ...]:
    named: Iterable[_Feed] = of.get("authors") or ()
    return tuple(dict.fromkeys(filter(None, (words(person.get("name")) for person in named))))


def _plain(markup: object) -> str | None:
    """A title or a summary without its markup, escaped once or twice."""
    if not isinstance(markup, str) or not markup.strip():
        return None
    text = unescape(markup) if _ESCAPED.search(markup) else markup
    if _TAG.search(text):
        try:
            text = html.fromstring(f"<div>{text}</div>").text_content()
        except (etree.ParserError, ValueError):
            text = _TAG.sub(" ", text)
    return words(unescape(text))
