"""`sources.toml`: what is watched, how often, and on which terms.

[[source]]
name = "harbour-post"
kind = "feed"                 # or sitemap, or page
url = "https://harbour-post.example/feed.xml"
interval = "30m"              # or schedule = "5 6-22 * * *", cron in UTC
limit = 50                    # most articles fetched in a run; the rest waits
delay = 1.0                   # seconds between two requests to a host
allow_host = []               # hosts that may be at private addresses
since = 2026-11-18            # nothing older is taken
paused = false
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from pipelines.ingest.addresses import RefusedError
from pipelines.ingest.web_address import target

_INTERVAL = re.compile(r"(\d{1,4})\s?([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_SHORTEST = timedelta(minutes=5)
_HEAD = re.compile(r"^\s*\[\[\s*source\s*\]\]", re.MULTILINE)
_START = "# What Dateline watches: see docs/operations.md, or `dateline source --help`.\n"

Kind = Literal["feed", "sitemap", "page"]


class SourcesError(ValueError):
    """sources.toml cannot be read; the message names the line and what is wrong there."""


def _span(text: str) -> timedelta:
    found = _INTERVAL.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no interval: write it as 30m, 6h or 1d")
    return int(found[1]) * _UNITS[found[2]]


def _interval(text: str) -> str:
    if _span(text) < _SHORTEST:
        raise ValueError(f"{text!r} is too often: no host is asked more than every 5 minutes")
    return text


def _cron(text: str) -> str:
    try:
        next(CronSim(text, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration):
        raise ValueError(f"{text!r} is no cron schedule: write five fields, as in '5 6-22 * * *' (UTC)") from None
    return text


def _web(url: str) -> str:
    try:
        return target(url).url
    except RefusedError as error:
        raise ValueError(str(error)) from None


def _hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    for host in hosts:
        if not re.fullmatch(r"[\w.:-]+", host) or host.startswith("."):
            raise ValueError(f"{host!r} is no host: write its name alone, without scheme, port and wildcard")
    return tuple(host.lower() for host in hosts)


class Source(BaseModel):
    """Something that is watched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]
    kind: Kind
    url: Annotated[str, AfterValidator(_web)]
    interval: Annotated[str, AfterValidator(_interval)] = "1h"
    schedule: Annotated[str, AfterValidator(_cron)] | None = None
    limit: Annotated[int, Field(ge=1, le=10_000)] = 50
    delay: Annotated[float, Field(ge=0, le=3600)] = 1.0
    allow_host: Annotated[tuple[str, ...], AfterValidator(_hosts)] = ()
    since: date | None = None
    paused: bool = False

    @model_validator(mode="after")
    def _one_rhythm(self) -> "Source":
        if self.schedule and "interval" in self.model_fields_set:
            raise ValueError("either interval or schedule, not both")
        return self

    @property
    def allowed(self) -> frozenset[str]:
        """Hosts that may be at addresses that are not public."""
        return frozenset(self.allow_host)

    def due(self, last: datetime | None) -> datetime | None:
        """When it is to be asked next, if it was asked last at `last`; null for at once."""
        if last is None:
            return None
        return next(CronSim(self.schedule, last)) if self.schedule else last + _span(self.interval)

    def rhythm(self, now: datetime) -> timedelta:
        """The usual time between two visits; of a schedule, the longest of the coming ten."""
        if not self.schedule:
            return _span(self.interval)
        coming = CronSim(self.schedule, now)
        times = [next(coming) for _ in range(11)]
        gaps: list[timedelta] = [later - earlier for earlier, later in pairwise(times)]
        return max(gaps)


def load(file: Path) -> list[Source]:
    """The sources of the file, in order; none where there is no file.

    Raises:
        SourcesError: it is no TOML, or an entry is not understood.
    """
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
    except UnicodeDecodeError as error:
        raise SourcesError(f"{file} is not UTF-8: {error}") from None
    return _read(text, file)


def _read(text: str, file: Path) -> list[Source]:
    try:
        entries = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise SourcesError(f"{file}: {error}") from None
    listed = entries.pop("source", [])
    if entries or not isinstance(listed, list):
        raise SourcesError(f"{file}: it holds only [[source]] entries, and not {', '.join(entries) or 'one [source]'}")
    lines = [text.count("\n", 0, head.end()) + 1 for head in _HEAD.finditer(text)]
    found: dict[str, Source] = {}
    for number, entry in enumerate(listed):
        line = f"line {lines[number]}" if number < len(lines) else f"entry {number + 1}"
        source = _source(entry, f"{file}, {line}")
        if source.name in found:
            raise SourcesError(f"{file}, {line}: {source.name!r} stands there twice")
        found[source.name] = source
    return list(found.values())


def _source(entry: dict[str, Any], place: str) -> Source:
    try:
        return Source.model_validate(entry)
    except ValidationError as error:
        named = f" ({entry['name']})" if isinstance(entry.get("name"), str) else ""
        parts = (f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors(include_url=False))
        raise SourcesError(f"{place}{named}: {'; '.join(parts)}") from None


def add(file: Path, entry: dict[str, Any]) -> Source:
    """Write a new entry at the end of the file; comments and order of the rest stay.

    Raises:
        SourcesError: the entry is not understood, or its name is taken.
    """
    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, value)
    _change(file, lambda listed: listed.append(table))
    return next(source for source in load(file) if source.name == entry["name"])


def remove(file: Path, name: str) -> None:
    """Take an entry out of the file; what was fetched stays in the lake.

    Raises:
        SourcesError: there is none of that name.
    """
    _change(file, lambda listed: listed.pop(_place(listed, name, file)))


def pause(file: Path, name: str, *, paused: bool) -> None:
    """Stop fetching from a source, or go on.

    Raises:
        SourcesError: there is none of that name.
    """

    def change(listed: AoT) -> None:
        entry = listed[_place(listed, name, file)]
        if paused:
            entry["paused"] = True
        else:
            entry.pop("paused", None)

    _change(file, change)


def _place(listed: AoT, name: str, file: Path) -> int:
    for number, entry in enumerate(listed):
        if entry.get("name") == name:
            return number
    names = ", ".join(str(entry.get("name")) for entry in listed) or "none yet"
    raise SourcesError(f"{file} has no source {name!r}; it has {names}")


def _change(file: Path, change: Callable[[AoT], Any]) -> None:
    """Read, change, check and replace the file whole: a change that would not be understood is not written."""
    text = file.read_text(encoding="utf-8") if file.exists() else _START
    _read(text, file)
    document = tomlkit.parse(text)
    if "source" not in document:
        document.add("source", tomlkit.aot())
    change(document["source"])
    made = tomlkit.dumps(document)
    _read(made, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}.writing")
    beside.write_text(made, encoding="utf-8")
    beside.replace(file)
