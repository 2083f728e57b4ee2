"""One visit to a source: its listing read, or its page captured; nothing is written yet."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pipelines.ingest import listing
from pipelines.ingest.fetch import Answer, Fetcher
from pipelines.ingest.sitemaps import Child
from pipelines.ingest.sources import Source
from pipelines.schemas import Capture, ListedEntry
from pipelines.settings import Settings
from pipelines.steps.cursor import Cursor

CHILDREN = 20  # sitemaps of an index that one visit reads; the others come first in the next


@dataclass
class Visit:
    """What a visit found: each request with the entries that it listed, and captures of what came whole."""

    source: Source
    requests: list[tuple[Answer, list[ListedEntry]]] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)

    @property
    def answer(self) -> Answer:
        """The answer to the first request, which is for the source itself."""
        return self.requests[0][0]


def visit(source: Source, cursor: Cursor, fetcher: Fetcher, limits: Settings) -> Visit:
    """Ask a source what is new; of an index of sitemaps, those that have changed since they were read."""
    found = Visit(source)
    answer = fetcher.get(source.url, cursor.terms(source, source.url))
    if source.kind == "page":
        found.requests.append((answer, []))
        if answer.outcome == "ok":
            found.captures = listing.captures(source.name, answer, None, limits.capture_megabytes * 2**20)
        return found
    for child in chosen(_listed(found, answer, limits), source, cursor):
        if not fetcher.stop.is_set():
            _listed(found, fetcher.get(child.url, cursor.terms(source, child.url)), limits)
    return found


def _listed(found: Visit, answer: Answer, limits: Settings) -> list[Child]:
    """Take a listing into the visit; gives the sitemaps that it names."""
    source = found.source
    if answer.outcome != "ok":
        found.requests.append((answer, []))
        return []
    try:
        entries, children = listing.read(source, answer, limits.fetch_megabytes * 2**20)
    except listing.NotAListingError as error:
        found.requests.append((replace(answer, outcome="not_a_listing", error=str(error)), []))
        return []
    if children:  # its validators would hide those that a later visit has yet to read
        answer = replace(answer, etag=None, last_modified=None)
    found.requests.append((answer, list(listing.rows(source, entries, answer.at))))
    found.captures += listing.whole(source, entries, answer.at)
    return children


def chosen(children: list[Child], source: Source, cursor: Cursor) -> list[Child]:
    """The sitemaps of an index to read in a visit: those changed since they were read, the latest change first.

    What states no change is read in turn, the one that was read longest ago first.
    """
    never = datetime.min.replace(tzinfo=UTC)
    read = {child.url: cursor.seen(source, child.url) or never for child in children}

    def changed(child: Child) -> bool:
        return child.modified_at is None or _moment(child.modified_at) >= read[child.url]

    todo = [child for child in children if changed(child) and not _older(child, source)]
    todo.sort(key=lambda child: read[child.url])
    todo.sort(key=lambda child: child.modified_at or "", reverse=True)
    return todo[:CHILDREN]


def _older(child: Child, source: Source) -> bool:
    return bool(source.since and child.modified_at and child.modified_at[:10] < source.since.isoformat())


def _moment(stamp: str) -> datetime:
    """A time of change; a bare day ends with its last second, since it may have changed until then."""
    found = datetime.fromisoformat(stamp if "T" in stamp else f"{stamp}T23:59:59")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def would_take(found: Visit, cursor: Cursor) -> list[ListedEntry]:
    """The entries of a visit that were not listed before."""
    return [entry for _, entries in found.requests for entry in entries if entry["entry_id"] not in cursor.known]
