"""Fetching from the web, politely and safely: what became of each request is a value, never an exception.

httpcore speaks HTTP; it follows no redirect, unpacks nothing, keeps no cookie and asks no proxy, so that each of these
is decided here. A connection serves one request: it was checked for that one.
"""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

import httpcore
import httpx

from pipelines.ingest import retry, unpack
from pipelines.ingest.addresses import RefusedError
from pipelines.ingest.connect import CheckedBackend, Deadline
from pipelines.ingest.hosts import Hosts
from pipelines.ingest.web_address import Target, shown, target
from pipelines.schemas import FetchOutcome
from pipelines.settings import Settings

HOPS = 10  # redirects that are followed
_MOVED = frozenset((301, 302, 303, 307, 308))
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a source is fetched.

    Attributes:
        allowed: hosts that may be at addresses that are not public, and at any port.
        delay: seconds between two requests to a host.
        etag: validator of what is at hand; what has not changed is not sent again.
        last_modified: as `etag`.
    """

    allowed: frozenset[str] = frozenset()
    delay: float = 1.0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request; `content` holds something only where the outcome is `ok`."""

    url: str
    at: datetime
    outcome: FetchOutcome
    error: str | None = None
    status: int | None = None
    final_url: str | None = None
    content: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    received: int = 0
    seconds: float = 0.0
    retry_at: datetime | None = None


class Rule(NamedTuple):
    """What a host's robots.txt says of an address: null, or the outcome that forbids it; and a pause in seconds."""

    forbids: FetchOutcome | None = None
    delay: float = 0.0
    reason: str = ""


Rules = Callable[[Target, Terms], Rule]


class Fetcher:
    """Fetches by the settings; safe to share between threads."""

    def __init__(self, limits: Settings, rules: Rules | None = None) -> None:
        self._limits = limits
        self._rules = rules
        self._hosts = Hosts(limits.fetch_connections)
        self._tls: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)
        self.stop = threading.Event()

    def get(self, url: str, terms: Terms, *, rules: bool = True) -> Answer:
        """What is at an address; tried again after a pause where that may help and the pause is short.

        Args:
            url: the address.
            terms: those of the source.
            rules: whether robots.txt is asked; not for robots.txt itself.
        """
        began = time.monotonic()
        for tried in range(1, retry.TRIES + 1):
            answer = self._once(url, terms, rules=rules)
            pause = retry.pause(answer.outcome, answer.retry_at, tried)
            if pause is None or self.stop.wait(pause):
                break
        return replace(answer, seconds=round(time.monotonic() - began, 3))

    def _once(self, url: str, terms: Terms, *, rules: bool) -> Answer:
        left, base, seen = self._limits.fetch_seconds, None, set[str]()
        answer = Answer(shown(url), datetime.now(UTC), "redirects", f"more than {HOPS} redirects")
        try:
            for _ in range(HOPS + 1):
                there = target(url, base)
                if there.url in seen:
                    return replace(answer, error=f"redirects lead back to {shown(there.url)}")
                seen.add(there.url)
                rule = self._rules(there, terms) if rules and self._rules else Rule()
                if rule.forbids:
                    return replace(answer, outcome=rule.forbids, error=rule.reason, final_url=there.url)
                with self._hosts.turn(there.host, max(terms.delay, rule.delay)):
                    began = time.monotonic()
                    answer, onward = self._ask(there, terms, left, answer)
                    left -= time.monotonic() - began
                if onward is None:
                    return answer
                url, base = onward, there.url
        except RefusedError as refused:
            return replace(answer, outcome="refused", error=str(refused)[:500])
        return replace(answer, outcome="redirects", error=f"more than {HOPS} redirects")

    def _ask(self, there: Target, terms: Terms, seconds: float, answer: Answer) -> tuple[Answer, str | None]:
        """One request; the answer, and where a redirect leads."""
        answer = replace(answer, final_url=there.url, status=None)
        try:
            return self._exchange(there, terms, Deadline(seconds), answer)
        except httpcore.TimeoutException:
            return replace(answer, outcome="timeout", error=f"not within {self._limits.fetch_seconds:g} s"), None
        except httpcore.ProtocolError as error:
            return replace(answer, outcome="bad_response", error=str(error)[:300]), None
        except httpcore.NetworkError as error:
            return replace(answer, outcome="unreachable", error=str(error)[:300]), None
        except unpack.TooMuchError as error:
            return replace(answer, outcome="too_large", error=str(error)), None
        except unpack.BadEncodingError as error:
            return replace(answer, outcome="bad_response", error=str(error)), None

    def _exchange(self, there: Target, terms: Terms, deadline: Deadline, answer: Answer) -> tuple[Answer, str | None]:
        backend = CheckedBackend(deadline, terms.allowed)
        with (
            httpcore.ConnectionPool(
                self._tls, max_connections=1, max_keepalive_connections=0, network_backend=backend
            ) as pool,
            pool.stream("GET", there.wire(), headers=self._headers(terms, there)) as response,
        ):
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            answer = replace(answer, status=response.status)
            if response.status in _MOVED and headers.get("location"):
                return answer, _location(headers["location"])
            outcome, error = _outcome(response.status, asked=bool(terms.etag or terms.last_modified))
            retry_at = retry.moment(headers.get("retry-after"), datetime.now(UTC)) if outcome != "ok" else None
            if outcome != "ok":
                return replace(answer, outcome=outcome, error=error, retry_at=retry_at), None
            limit = self._limits.fetch_megabytes * 2**20
            content, received = unpack.body(response.iter_stream(), headers.get("content-encoding", ""), limit)
        if not content.strip():
            return replace(answer, outcome="empty", error="a body without any text", received=received), None
        return replace(
            answer,
            outcome="ok",
            error=None,
            content=content,
            received=received,
            content_type=_kept(headers.get("content-type")),
            etag=_kept(headers.get("etag")),
            last_modified=_kept(headers.get("last-modified")),
        ), None

    def _headers(self, terms: Terms, there: Target) -> list[tuple[str, str]]:
        headers = [
            ("Host", there.origin.partition("//")[2]),
            ("User-Agent", user_agent(self._limits.contact)),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", unpack.ACCEPTED),
            ("Connection", "close"),
        ]
        if terms.etag:
            headers.append(("If-None-Match", terms.etag))
        if terms.last_modified:
            headers.append(("If-Modified-Since", terms.last_modified))
        return headers


def user_agent(contact: str) -> str:
    """How Dateline names itself, with where to reach who runs it."""
    return f"Dateline/0.1 (news archive{'; ' + contact if contact else ''})"


def _outcome(status: int, *, asked: bool) -> tuple[FetchOutcome, str | None]:
    if status in (200, 203):
        return "ok", None
    if status == httpx.codes.NOT_MODIFIED and asked:
        return "not_modified", None
    said = f"status {status}"
    if status in (404, 410):
        return "gone", said
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return "throttled", said
    if status >= 500 or status in (408, 425):  # noqa: PLR2004 - the server's own trouble, RFC 9110, 15.6
        return "server_error", said
    return ("denied" if status >= 400 else "bad_response"), said  # noqa: PLR2004 - RFC 9110, 15.5


def _location(value: str) -> str:
    """Where a redirect leads; servers write it in UTF-8 as it is, which a header is not."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _kept(value: str | None) -> str | None:
    """A header's value as text that can be kept and sent back."""
    text = "".join(c for c in value or "" if c.isprintable() and c.isascii()).strip()
    return text[:500] or None
