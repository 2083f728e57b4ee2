"""Where each source stands, read out of the lake: there is no other record that could differ from it.

A listing's validators stand in the same commit as the entries that it named, and an entry is done by the commit that
holds its capture. So the cursor cannot move before what it passes is kept, and a run that dies anywhere has lost
nothing: what it did not commit is fetched again.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from pipelines.ingest.fetch import Terms
from pipelines.ingest.retry import LATER
from pipelines.ingest.sources import Source
from pipelines.ingest.web_address import shown
from pipelines.lake import Lake
from pipelines.schemas import ListedEntry

TRIES = 8  # requests for an entry, over all runs, until it is given up
_AGAIN = timedelta(minutes=15)  # after the first failure; twice as long after each next, so that eight take 32 hours
_COLUMNS = ("source", "kind", "entry_id", "url", "asked_at", "outcome", "etag", "last_modified", "retry_at")
_Validators = tuple[str | None, str | None]


@dataclass
class Cursor:
    """What the lake knows of all sources.

    Attributes:
        known: entries that were listed.
        done: entries that need no further request.
        tried: when each source was asked last.
        outcomes: how that ended.
        closed: before when the hosts of a source asked not to be asked again.
    """

    known: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    tried: dict[str, datetime] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)
    _failed: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _validators: dict[tuple[str, str], _Validators] = field(default_factory=dict)
    _seen: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def due(self, source: Source, now: datetime) -> bool:
        """Whether it is the source's time: it is not paused, its interval is over, and its host does not object."""
        if source.paused or self.closed.get(source.name, now) > now:
            return False
        coming = source.due(self.tried.get(source.name))
        return coming is None or coming <= now

    def terms(self, source: Source, url: str) -> Terms:
        """On which terms a listing or a page is fetched: with the validators of the last time it was read whole."""
        etag, modified = self._validators.get((source.name, shown(url)), (None, None))
        return Terms(source.allowed, source.delay, etag, modified)

    def seen(self, source: Source, url: str) -> datetime | None:
        """When a listing was read whole, or found unchanged, last."""
        return self._seen.get((source.name, shown(url)))

    def ripe(self, entry: str, now: datetime) -> bool:
        """Whether an entry waits for a request now: it is not done, and its last failure is some time ago."""
        if entry in self.done:
            return False
        failed = self._failed.get(entry)
        return not failed or failed[-1] + _AGAIN * 2 ** (len(failed) - 1) <= now

    def take(self, row: dict[str, Any]) -> None:
        """Move on by one row of `raw/fetches`; rows come in the order of their time."""
        if row["retry_at"]:
            self.closed[row["source"]] = max(row["retry_at"], self.closed.get(row["source"], row["retry_at"]))
        if row["kind"] == "article":
            self._take_article(row["entry_id"], row["outcome"], row["asked_at"])
            return
        place = row["source"], row["url"]
        if row["kind"] != "part":
            self.tried[row["source"]], self.outcomes[row["source"]] = row["asked_at"], row["outcome"]
        if row["outcome"] in ("ok", "not_modified"):
            self._seen[place] = row["asked_at"]
        if row["outcome"] == "ok":
            self._validators[place] = row["etag"], row["last_modified"]

    def _take_article(self, entry: str, outcome: str, at: datetime) -> None:
        if outcome in LATER:
            self._failed[entry].append(at)
        if outcome not in LATER or len(self._failed[entry]) >= TRIES:
            self.done.add(entry)


def read(lake: Lake) -> Cursor:
    """The cursor as the lake has it."""
    cursor = Cursor(known=lake.column("raw/entries", "entry_id"))
    rows = [row for shard in lake.shards("raw/fetches") for row in lake.read(shard, _COLUMNS).to_pylist()]
    for row in sorted(rows, key=lambda r: r["asked_at"]):
        cursor.take(row)
    return cursor


def waiting(lake: Lake, cursor: Cursor, sources: set[str], now: datetime) -> dict[str, list[ListedEntry]]:
    """The entries of each source that wait for a request, newest first."""
    found: defaultdict[str, list[ListedEntry]] = defaultdict(list)
    for entry in _undone(lake, cursor):
        if entry["source"] in sources and cursor.ripe(entry["entry_id"], now):
            found[entry["source"]].append(entry)
    for entries in found.values():
        entries.sort(key=moment, reverse=True)
    return found


def _undone(lake: Lake, cursor: Cursor) -> Iterator[ListedEntry]:
    for shard in lake.shards("raw/entries"):
        if not lake.values(shard, "entry_id") <= cursor.done:
            rows = cast("list[ListedEntry]", lake.read(shard).to_pylist())
            yield from (row for row in rows if row["entry_id"] not in cursor.done)


def moment(entry: ListedEntry) -> datetime:
    """When an entry was published; one that does not say so, when it was listed."""
    if not entry["published_at"]:
        return entry["listed_at"]
    found = datetime.fromisoformat(entry["published_at"])
    return found if found.tzinfo else found.replace(tzinfo=UTC)
