"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.ingest.entry import Entry, address, stamp, words
from pipelines.ingest.piece import BrokenContainerError

_MARK = "jsonfeed.org/version/"


def is_json(content: bytes) -> bool:
    """Whether a document begins as a JSON object."""
    return content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def is_json_feed(head: bytes) -> bool:
    """Whether a document's first bytes hold JSON Feed's version, which the specification wants at the top."""
    return is_json(head) and _MARK.encode() in head.replace(b"\\/", b"/")


def entries(content: bytes, base: str | None) -> Iterator[Entry]:
    """The items of a JSON Feed.

    Raises:
        BrokenContainerError: `bad_feed` where it is no JSON, or JSON of another kind.
    """
    try:
        feed = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise BrokenContainerError("bad_feed", f"the JSON breaks: {error}"[:200]) from None
    items = feed.get("items")
    if _MARK not in str(feed.get("version")) or not isinstance(items, list):
        raise BrokenContainerError("bad_feed", "no JSON Feed: `version` and a list `items` are not there")
    home = address(feed.get("home_page_url"), base) or address(feed.get("feed_url"), base) or base
    for item in items:
        if not isinstance(item, dict):
            raise BrokenContainerError("bad_feed", "an item of the JSON Feed is no object")
        yield _entry(item, feed, home)


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any], base: str | None) -> Entry:
    markup, text = (_kept(item.get(key)) for key in ("content_html", "content_text"))
    name = words(str(item["id"])) if isinstance(item.get("id"), str | int) else None  # 1.0 has numbers, too
    by_name = name if name and name.startswith(("http://", "https://")) else None  # "ideally, the id is the full URL"
    attachments = item.get("attachments")
    return Entry(
        url=address(item.get("url"), base) or address(item.get("external_url"), base) or address(by_name, base),
        id=name,
        title=words(item.get("title")),
        published_at=stamp(item.get("date_published")),
        modified_at=stamp(item.get("date_modified")),
        authors=_authors(item) or _authors(feed),
        publisher=words(feed.get("title")),
        language=words(item.get("language")) or words(feed.get("language")),
        summary=words(item.get("summary")),
        html=markup,
        text=None if markup else text,
        enclosures=tuple(_attached(attachments, base)) if isinstance(attachments, list) else (),
    )


def _kept(value: object) -> str | None:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and value.strip() else None


def _authors(of: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of `authors`, or of `author` as version 1.0 has it."""
    listed = of.get("authors") if isinstance(of.get("authors"), list) else [of.get("author")]
    return tuple(filter(None, (words(person.get("name")) for person in listed or () if isinstance(person, dict))))


def _attached(attachments: list[Any], base: str | None) -> Iterator[str]:
    for attachment in attachments:
        if isinstance(attachment, dict) and (found := address(attachment.get("url"), base)):
            yield found
