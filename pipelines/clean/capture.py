"""A capture's bytes as a document to clean: decoded, and with what the source itself states of it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.clean.decode import decode
from pipelines.clean.document import Document, Rejected
from pipelines.schemas import Capture

# Names under which exports keep a field, the first present wins: Common Crawl tools, news-please, Fundus, newspaper4k.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "subtitle": ("subtitle", "description_short", "standfirst"),
    "text": ("text", "body", "maintext", "content", "plain_text", "article"),
    "html": ("html", "raw_html"),
    "url": ("url", "canonical_url", "link"),
    "published_at": ("published_at", "date", "date_publish", "publishing_date", "publish_date", "published"),
    "authors": ("authors", "author", "byline"),
    "publisher": ("publisher", "source", "source_domain", "site_name"),
    "section": ("section", "category"),
    "language": ("language", "lang"),
}


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a capture, and the encoding that its bytes were read in.

    Raises:
        Rejected: the bytes are no text, or the record has none.
    """
    if capture["media_type"] == "application/json":
        return record_document(json.loads(capture["content"]), capture), "utf-8"
    text, encoding = decode(capture["content"])
    key = "html" if capture["media_type"] == "text/html" else "text"
    return Document(**{key: text}, url=capture["url"], latest=capture["captured_at"]), encoding


def record_document(record: Mapping[str, Any], capture: Capture) -> Document:
    """The document of one object of an export.

    Raises:
        Rejected: the object has neither text nor page.
    """
    found = {field: value for field, names in FIELDS.items() if (value := _first(record, names))}
    html, text = _string(found.pop("html", None)), _string(found.pop("text", None))
    if not (html or text):
        names = ", ".join((*FIELDS["text"], *FIELDS["html"]))
        raise Rejected("no_text", f"the object has none of {names}")
    given = {key: _names(value) if key == "authors" else _string(value) for key, value in found.items()}
    return Document(
        html=html,
        text=None if html else text,
        url=given.pop("url", None) or capture["url"],
        given={key: value for key, value in given.items() if value},
        latest=capture["captured_at"],
    )


def _first(record: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((record[name] for name in names if record.get(name)), None)


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _names(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]
