"""How sources stand, and what a visit to one would bring."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipelines.ingest.sources import Source
from pipelines.ingest.web_address import shown
from pipelines.lake import Lake
from pipelines.settings import Settings
from pipelines.steps import cursor
from pipelines.steps.fetch import fetcher
from pipelines.steps.visit import visit

_GOOD = ("ok", "not_modified")


@dataclass(frozen=True)
class Trial:
    """What a visit to a source would bring.

    Attributes:
        requests: address, outcome and error of each request.
        new: entries that were not listed before, newest first: address, time, title.
        known: entries that were.
        bytes: size of what came.
    """

    requests: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    known: int = 0
    bytes: int = 0

    @property
    def well(self) -> bool:
        """Whether the source itself answered with what it should be."""
        return self.requests[0]["outcome"] in _GOOD

    def to_json(self) -> dict[str, Any]:
        """The trial for programs."""
        return asdict(self)


def trial(source: Source, lake: Lake, limits: Settings) -> Trial:
    """Visit a source as if for the first time, and keep nothing; what the lake knows is told from what is new."""
    known = cursor.read(lake)
    found = visit(source, cursor.Cursor(), fetcher(limits, keep=False), limits)
    entries = [entry for _, listed in found.requests for entry in listed]
    new = [entry for entry in entries if entry["entry_id"] not in known.known]
    new.sort(key=cursor.moment, reverse=True)
    return Trial(
        requests=[{"url": a.url, "outcome": a.outcome, "error": a.error} for a, _ in found.requests],
        new=[
            {"url": e["url"], "published_at": e["published_at"], "title": json.loads(e["stated"]).get("title")}
            for e in new
        ],
        known=len(entries) - len(new),
        bytes=sum(answer.received for answer, _ in found.requests),
    )


def standing(sources: Sequence[Source], lake: Lake, now: datetime) -> list[dict[str, Any]]:
    """A row for each source: what it is, when it was asked last and is next, how that ended, and what waits."""
    known = cursor.read(lake)
    waiting = cursor.waiting(lake, known, {s.name for s in sources}, datetime.max.replace(tzinfo=UTC))
    return [
        {
            "name": source.name,
            "kind": source.kind,
            "url": shown(source.url),
            "every": source.schedule or source.interval,
            "last asked": known.tried.get(source.name),
            "outcome": known.outcomes.get(source.name),
            "next": "paused" if source.paused else _next(source, known, now),
            "waiting": len(waiting.get(source.name, ())),
        }
        for source in sources
    ]


def _next(source: Source, known: cursor.Cursor, now: datetime) -> datetime | str:
    coming = source.due(known.tried.get(source.name)) or now
    coming = max(coming, known.closed.get(source.name, coming))
    return coming if coming > now else "now"
