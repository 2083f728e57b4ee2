"""What a feed, a sitemap or an API says of one article: its address, and often its text."""

import json
import re
from typing import NamedTuple
from urllib.parse import urljoin

from pipelines.clean import dates
from pipelines.clean.characters import one_line
from pipelines.clean.media import pages
from pipelines.ingest.piece import Piece

_YEAR = re.compile(r"(?<=[a-z] )(\d{2})(?= \d{1,2}:)", re.IGNORECASE)  # RFC 822 has years of two digits
_PIVOT = 50  # RFC 2822, section 4.3
_HOUR = re.compile(r"(?<= )(?=\d:\d{2})")


class Entry(NamedTuple):
    """One entry, null where it says nothing.

    Attributes:
        url: absolute address of the article.
        id: what the feed calls it: guid, Atom's id.
        title: headline, plain.
        published_at: ISO 8601 with the offset that was written; a bare day where no time was.
        modified_at: as `published_at`.
        authors: names of people and whoever else is credited.
        publisher: the feed's title, or of an aggregator's entry, that of the feed it was taken from.
        language: BCP 47 tag as written.
        summary: a line or more about the article, plain.
        html: the whole article as markup, a part of a page.
        text: the whole article as plain text, where there is no markup.
        enclosures: addresses of sound, film or files that it carries.
    """

    url: str | None = None
    id: str | None = None
    title: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    summary: str | None = None
    html: str | None = None
    text: str | None = None
    enclosures: tuple[str, ...] = ()

    def stated(self) -> str:
        """The entry as JSON without its text: what led to the article says of it."""
        return _json(self._replace(html=None, text=None))

    def piece(self, place: str) -> Piece:
        """The entry as a document of a file.

        One that holds no article, only where one stands, cannot be cleaned: it is kept with the problem `link_only`,
        so that its headline and address are not lost. The language is left to the text: a feed's tag is often that of
        the software's default.
        """
        page = pages.of_markup(self.title, self.html) if self.html else None
        page = page or (pages.of_text(self.title, self.text) if self.text else None)
        content = _json(self._replace(language=None, html=page, text=None)).encode()
        if page:
            return Piece(content, "application/json", place, self.url)
        return Piece(content, "application/json", place, self.url, problem="link_only", detail=self._lack())

    def _lack(self) -> str:
        if self.url:
            return "only an address and a summary: `dateline source add` fetches what a feed links to"
        carried = f"only {', '.join(self.enclosures)[:200]}" if self.enclosures else "no address"
        return f"the entry has no text and {carried}"


def _json(entry: Entry) -> str:
    said = {key: value for key, value in entry._asdict().items() if value}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace").decode()


def address(link: object, base: str | None) -> str | None:
    """A link as an absolute web address; null for what is none (`mailto:`, a path without a base)."""
    if not isinstance(link, str) or not (written := link.strip()):
        return None
    try:
        found = urljoin(base or "", written)
    except ValueError:  # a bracket in the host that is no IPv6 address
        return None
    kept = found.encode("utf-8", "replace").decode()
    return kept if kept.lower().startswith(("http://", "https://")) and " " not in kept else None


def stamp(written: object) -> str | None:
    """A time in any shape that feeds use, as ISO 8601 with its own offset; null for what is no time."""
    text = one_line(str(written)) if isinstance(written, str | int) else ""
    text = _HOUR.sub(r"\g<0>0", _YEAR.sub(_century, text))
    found = dates.iso("given", text)
    return found.value if found else None


def _century(year: re.Match[str]) -> str:
    return ("20" if int(year[0]) < _PIVOT else "19") + year[0]


def words(written: object) -> str | None:
    """A plain text on one line; null for nothing."""
    return (one_line(written) or None) if isinstance(written, str) else None
