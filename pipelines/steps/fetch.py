"""Fetching: due sources are visited, and what they name is captured, each request with a row of its own.

Two commits: first the listings with the entries that they name for the first time, then, batch by batch, the captures
of these with the requests that brought them. What lies between is safe: an entry that is listed and not done waits.
"""

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines.ingest import listing
from pipelines.ingest.fetch import Answer, Fetcher, Terms
from pipelines.ingest.retry import LATER
from pipelines.ingest.robots import Robots
from pipelines.ingest.sources import Source
from pipelines.ingest.take import READER_VERSION
from pipelines.ingest.web_address import shown
from pipelines.lake import Lake, Writer
from pipelines.schemas import Capture, Fetch, FetchKind, FetchOutcome, ListedEntry
from pipelines.settings import Settings
from pipelines.steps import by_host, cursor
from pipelines.steps.cursor import Cursor
from pipelines.steps.visit import Visit, visit

COMMIT_EVERY = 60.0  # seconds of fetching that a run which dies has to do again


@dataclass
class Watched:
    """What a run brought of one source.

    Attributes:
        outcome: of the request for the source itself.
        error: what went wrong with it.
        listed: entries that it named for the first time.
        captured: new captures.
        failed: requests for articles that brought none.
        waiting: entries that wait for a later run, for the limit, a failure or the end of the run's time.
    """

    outcome: FetchOutcome
    error: str | None = None
    listed: int = 0
    captured: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass
class _Batch:
    """Rows that are committed together."""

    fetches: list[Fetch] = field(default_factory=list)
    entries: list[ListedEntry] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(c["content"]) for c in self.captures)


class _Job(NamedTuple):
    source: Source
    entry: ListedEntry


def fetcher(limits: Settings, *, keep: bool = True) -> Fetcher:
    """A fetcher that asks robots.txt; with `keep`, its copies are kept for later runs."""
    return Fetcher(limits, Robots(limits, limits.robots if keep else None).rule)


def due(sources: Iterable[Source], lake: Lake, now: datetime) -> list[Source]:
    """The sources whose time it is."""
    active = [source for source in sources if not source.paused]
    if not active:
        return []
    known = cursor.read(lake)
    return [source for source in active if known.due(source, now)]


def fetch(sources: Sequence[Source], lake: Lake, limits: Settings, now: datetime) -> dict[str, Watched]:
    """Visit these sources and capture what is new; what came of each, by its name.

    A source is left for the next run, and out of the answer, where its host fails again and again or the time is over.

    Args:
        sources: those that are due.
        lake: where everything is kept.
        limits: how fast, how long and how much.
        now: the day's shards that rows go into, and what is due for another try.
    """
    if not sources:
        return {}
    ask = fetcher(limits)
    alarm = threading.Timer(limits.fetch_run_seconds, ask.stop.set)
    alarm.daemon = True
    alarm.start()
    try:
        known = cursor.read(lake)
        found = _visit_all(sources, lake, limits, known, ask, now)
        _capture_all([source for source in sources if source.name in found], lake, limits, ask, now, found)
    finally:
        alarm.cancel()
    left = cursor.read(lake)
    for name, entries in cursor.waiting(lake, left, set(found), datetime.max.replace(tzinfo=UTC)).items():
        found[name].waiting = len(entries)
    return found


def _visit_all(
    sources: Sequence[Source], lake: Lake, limits: Settings, known: Cursor, ask: Fetcher, now: datetime
) -> dict[str, Watched]:
    visits = list(
        by_host.outcomes(
            sources,
            lambda source: visit(source, known, ask, limits),
            host=lambda source: urlsplit(source.url).netloc,
            failed=lambda made: made.answer.outcome in LATER,
            threads=limits.fetch_hosts,
            stop=ask.stop,
        )
    )
    found = {v.source.name: Watched(v.answer.outcome, v.answer.error) for v in visits}
    batch = _Batch(captures=[capture for made in visits for capture in made.captures])
    new: set[str] = set()
    for made in visits:
        _listed(made, known, new, batch)
        found[made.source.name].listed = sum(e["source"] == made.source.name for e in batch.entries)
    for capture in _commit(lake, batch, now):
        found[_source_of(capture)].captured += 1
    return found


def _listed(made: Visit, known: Cursor, new: set[str], batch: _Batch) -> None:
    """Add a visit's requests to the batch, and the entries that no listing named before."""
    for number, (answer, entries) in enumerate(made.requests):
        fresh = [e for e in entries if e["entry_id"] not in known.known and e["entry_id"] not in new]
        new.update(e["entry_id"] for e in fresh)
        batch.entries += fresh
        kind: FetchKind = "page" if made.source.kind == "page" else "part" if number else "listing"
        captures = made.captures if kind == "page" else []
        batch.fetches.append(_row(made.source, kind, answer, captures, new_entries=len(fresh)))


def _capture_all(
    sources: Sequence[Source], lake: Lake, limits: Settings, ask: Fetcher, now: datetime, found: dict[str, Watched]
) -> None:
    """Fetch the articles that wait, newest first, up to each source's limit."""
    for batch in _batches(_answers(sources, lake, limits, ask, now), limits):
        for row in batch.fetches:
            found[row["source"]].failed += row["capture_id"] is None
        for capture in _commit(lake, batch, now):
            found[_source_of(capture)].captured += 1


def _answers(
    sources: Sequence[Source], lake: Lake, limits: Settings, ask: Fetcher, now: datetime
) -> Iterator[tuple[_Job, Answer]]:
    known = cursor.read(lake)
    open_now = {s.name for s in sources if known.closed.get(s.name, now) <= now}
    waiting = cursor.waiting(lake, known, open_now, now)
    jobs = [_Job(source, entry) for source in sources for entry in waiting.get(source.name, [])[: source.limit]]
    yield from by_host.outcomes(
        jobs,
        lambda job: (job, ask.get(job.entry["url"], Terms(job.source.allowed, job.source.delay))),
        host=lambda job: urlsplit(job.entry["url"]).netloc,
        failed=lambda made: made[1].outcome in LATER,
        threads=limits.fetch_hosts,
        stop=ask.stop,
    )


def _batches(answers: Iterable[tuple[_Job, Answer]], limits: Settings) -> Iterator[_Batch]:
    batch, began = _Batch(), time.monotonic()
    for (source, entry), answer in answers:
        captures: list[Capture] = []
        if answer.outcome == "ok":
            most = limits.capture_megabytes * 2**20
            captures = listing.captures(source.name, answer, entry["stated"], most)
        batch.captures += captures
        batch.fetches.append(_row(source, "article", answer, captures, entry=entry["entry_id"]))
        full = len(batch.fetches) >= limits.shard_rows or batch.size >= limits.shard_megabytes * 2**20
        if full or time.monotonic() - began > COMMIT_EVERY:
            yield batch
            batch, began = _Batch(), time.monotonic()
    if batch.fetches:
        yield batch


def _row(
    source: Source,
    kind: FetchKind,
    answer: Answer,
    captures: Sequence[Capture],
    *,
    entry: str | None = None,
    new_entries: int | None = None,
) -> Fetch:
    return {
        "fetch_id": _hash(f"{source.name}\0{kind}\0{entry or answer.url}\0{answer.at.isoformat()}"),
        "source": source.name,
        "kind": kind,
        "entry_id": entry,
        "url": answer.url,
        "final_url": shown(answer.final_url) if answer.final_url else None,
        "asked_at": answer.at,
        "seconds": answer.seconds,
        "status": answer.status,
        "outcome": answer.outcome,
        "error": answer.error,
        "bytes": answer.received,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "retry_at": answer.retry_at,
        "new_entries": new_entries if kind in ("listing", "part") else None,
        "capture_id": captures[0]["capture_id"] if captures else None,
    }


def _commit(lake: Lake, batch: _Batch, now: datetime) -> list[Capture]:
    """Commit a batch whole, without what is in the lake already; gives the captures that are new.

    What the lake holds is read by the writer: another run may have fetched the same meanwhile.
    """
    return lake.write(lambda writer: _write(lake, writer, batch, now))


def _write(lake: Lake, writer: Writer, batch: _Batch, now: datetime) -> list[Capture]:
    known = lake.column("raw/captures", "capture_id") if batch.captures else set()
    new = {c["capture_id"]: c for c in batch.captures if c["capture_id"] not in known}
    named = lake.column("raw/entries", "entry_id") if batch.entries else set()
    listed = {e["entry_id"]: e for e in batch.entries if e["entry_id"] not in named}
    name = _hash("".join(f["fetch_id"] for f in batch.fetches))[:16]
    if new:
        writer.add("raw/captures", now.date(), name, READER_VERSION, list(new.values()))
    if listed:
        writer.add("raw/entries", now.date(), name, READER_VERSION, list(listed.values()))
    if batch.fetches:
        writer.add("raw/fetches", now.date(), name, READER_VERSION, batch.fetches)
    writer.commit()
    return list(new.values())


def _source_of(capture: Capture) -> str:
    return capture["source"].removeprefix("web:").partition("#")[0]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
