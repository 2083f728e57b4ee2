"""What browsers and their extensions write into a page that they save: where it came from, and when."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

_HEAD = 16_384
_ADDRESS = re.compile(
    rb"<!--\s{0,9}(?:Page saved with SingleFile\s{1,9}url:\s{1,9}"  # SingleFile
    rb"|saved from url=\(\d{1,6}\)"  # Internet Explorer, Chrome, Edge
    rb"|Saved from )"  # monolith
    rb"(https?://[^\s<>\"]{1,4000})",
    re.IGNORECASE,
)
_DATE = re.compile(
    rb"saved date:\s{1,9}\w{3}\s(\w{3}\s\d{1,2}\s\d{4}\s\d\d:\d\d:\d\d)\sGMT([+-]\d{4})"  # as JavaScript writes it
    rb"|^[^>]{0,4100}? at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z using monolith"
)


class Origin(NamedTuple):
    """Address of the page, and when it was saved (UTC); null where its maker did not say."""

    url: str | None = None
    saved_at: datetime | None = None


def origin(content: bytes) -> Origin:
    """What the comment says that the saving program put at the page's beginning."""
    found = _ADDRESS.search(content[:_HEAD].replace(b"\0", b""))
    if not found:
        return Origin()
    comment = found.string[found.start() : found.end() + 400].partition(b"-->")[0]
    return Origin(found[1].decode("utf-8", "replace"), _moment(comment))


def _moment(comment: bytes) -> datetime | None:
    found = _DATE.search(comment)
    if not found:
        return None
    try:
        if found[3]:
            return datetime.fromisoformat(found[3].decode()).replace(tzinfo=UTC)
        return datetime.strptime(f"{found[1].decode()} {found[2].decode()}", "%b %d %Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
