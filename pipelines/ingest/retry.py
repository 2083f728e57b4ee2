"""When a request is made again: at once, later, or never."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipelines.schemas import FetchOutcome

TRIES = 3
PATIENCE = 20.0  # seconds that a run waits for one host; what asks for more is left for a later run
_FIRST = 1.0  # seconds before the second try; four times as long before each next
_LONGEST = timedelta(days=1)  # a longer Retry-After is a mistake, or as good as a day
# Trouble that passes within seconds more often than not; what a server answers on purpose (403, 404) does not.
AT_ONCE: frozenset[FetchOutcome] = frozenset(("throttled", "server_error", "unreachable", "bad_response"))
# Trouble that a later run may not meet: the address stays on the list.
LATER: frozenset[FetchOutcome] = AT_ONCE | {"timeout", "empty", "denied", "robots_unreachable"}


def moment(header: str | None, now: datetime) -> datetime | None:
    """When a Retry-After header lets one come back (RFC 9110, 10.2.3): seconds or a date; null for neither."""
    text = (header or "").strip()
    try:
        found = now + timedelta(seconds=int(text)) if text.isdecimal() else parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return now + _LONGEST if text.isdecimal() else None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return min(max(found, now), now + _LONGEST)


def pause(outcome: FetchOutcome, retry_at: datetime | None, tried: int) -> float | None:
    """Seconds until the next try; null for none in this run.

    Backs off exponentially, with a quarter of chance so that many clients do not come back together.
    """
    if outcome not in AT_ONCE or tried >= TRIES:
        return None
    asked = (retry_at - datetime.now(UTC)).total_seconds() if retry_at else 0.0
    wait = max(asked, _FIRST * 4 ** (tried - 1) * random.uniform(0.75, 1.25))  # noqa: S311 - no secret
    return wait if wait <= PATIENCE else None
