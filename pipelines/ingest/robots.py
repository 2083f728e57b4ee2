"""What hosts ask of robots (RFC 9309): read by protego, kept for a day."""

import hashlib
import json
import threading
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from protego import Protego

from pipelines.ingest.fetch import Answer, Fetcher, Rule, Terms
from pipelines.ingest.web_address import Target, shown
from pipelines.settings import Settings

AGENT = "Dateline"
_KEPT = timedelta(days=1)  # RFC 9309, 2.4
_STALE = timedelta(days=30)  # 2.3.1.4: for so long a copy may stand in for a file that cannot be reached
_READ = 512 * 1024  # bytes that are parsed; 2.5 asks for 500 KiB at least
_LONGEST = 30.0  # seconds that a Crawl-delay may ask for; it is no part of the RFC


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a host's robots.txt was: its rules, none (4xx: all is allowed), or out of reach (nothing is)."""

    at: str
    state: Literal["rules", "none", "unreachable"]
    text: str = ""
    error: str = ""

    def age(self, now: datetime) -> timedelta:
        return now - datetime.fromisoformat(self.at)


class Robots:
    """The rules of hosts, asked for once a day each: in `folder` across runs, or, without one, while this lives."""

    def __init__(self, limits: Settings, folder: Path | None) -> None:
        self._folder = folder
        self._fetcher = Fetcher(limits)
        self._copies: dict[str, tuple[_Copy, Protego]] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def rule(self, there: Target, terms: Terms) -> Rule:
        """What the host says of an address: whether robots may ask for it, and how long they pause."""
        with self._lock:
            lock = self._locks[there.origin]
        with lock:
            if there.origin not in self._copies:
                copy = self._copy(there, terms)
                self._copies[there.origin] = copy, Protego.parse(copy.text)
        copy, parsed = self._copies[there.origin]
        if copy.state == "unreachable":
            return Rule("robots_unreachable", reason=f"{there.origin}/robots.txt: {copy.error}")
        if not parsed.can_fetch(there.url, AGENT):
            return Rule("robots", reason=f"{there.origin}/robots.txt does not allow {shown(there.path)}")
        return Rule(delay=min(parsed.crawl_delay(AGENT) or 0.0, _LONGEST))

    def _copy(self, there: Target, terms: Terms) -> _Copy:
        now = datetime.now(UTC)
        kept = self._kept(there.origin)
        if kept and abs(kept.age(now)) < _KEPT:  # one from days ahead was kept while the clock was wrong
            return kept
        plain = Terms(terms.allowed, delay=0.0)
        found = _read(self._fetcher.get(f"{there.origin}/robots.txt", plain, rules=False), now)
        if found.state == "unreachable":
            return kept if kept and kept.age(now) < _STALE else found
        self._keep(there.origin, found)
        return found

    def _file(self, origin: str) -> Path | None:
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json" if self._folder else None

    def _kept(self, origin: str) -> _Copy | None:
        file = self._file(origin)
        try:
            return _Copy(**json.loads(file.read_text(encoding="utf-8"))) if file else None
        except (OSError, ValueError, TypeError):
            return None  # only a copy: it is fetched anew

    def _keep(self, origin: str, copy: _Copy) -> None:
        if file := self._file(origin):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(f".{threading.get_ident()}.writing")
            beside.write_text(json.dumps(asdict(copy)), encoding="utf-8")
            beside.replace(file)


def _read(answer: Answer, now: datetime) -> _Copy:
    """RFC 9309, 2.3.1: a client error means no rules, a server's error or none at all that everything is forbidden.

    Too many requests is a client error by number alone: who sends it wants fewer requests, not all of them.
    """
    at = now.isoformat()
    if answer.outcome == "ok":
        return _Copy(at, "rules", answer.content[:_READ].decode("utf-8", "replace").removeprefix("\ufeff"))
    if answer.outcome in ("gone", "denied", "empty", "redirects"):
        return _Copy(at, "none")
    return _Copy(at, "unreachable", error=answer.error or answer.outcome)
