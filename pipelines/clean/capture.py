"""A capture's bytes as a document to clean: decoded, and with what the source itself states of it."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from pipelines.clean.decode import decode
from pipelines.clean.document import Document, Rejected, clean
from pipelines.schemas import Capture, Cleaned, MediaType

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


def cleaned(capture: Capture, fields: Mapping[str, str]) -> tuple[Cleaned, str]:
    """The article of a capture, and the encoding that its bytes were read in.

    Args:
        capture: one that can be read.
        fields: names of an export's fields by those of `FIELDS`, beside the names known for each.

    Raises:
        Rejected: with the reason why there is no article in it.
    """
    made, encoding = document(capture, fields)
    return clean(made), encoding


def document(capture: Capture, fields: Mapping[str, str]) -> tuple[Document, str]:
    """The document of a capture, and the encoding that its bytes were read in.

    Raises:
        Rejected: the bytes are no text, or the record has none.
    """
    if capture["media_type"] == "application/json":
        return record_document(json.loads(capture["content"]), capture, fields), "utf-8"
    return DOCUMENTS.get(capture["media_type"], source_document)(capture)


def source_document(capture: Capture) -> tuple[Document, str]:
    """The document of a page or a text: its bytes, decoded.

    Raises:
        Rejected: the bytes are no text.
    """
    source, encoding = decode(capture["content"], _charset(capture["content_type"]))
    html, text = (source, None) if capture["media_type"] == "text/html" else (None, source)
    stated = json.loads(capture["stated"] or "{}")
    return Document(html, text, url=capture["url"], stated=stated, latest=capture["captured_at"]), encoding


def _charset(content_type: str | None) -> str | None:
    """The charset that a Content-Type header declares."""
    if not content_type:
        return None
    header = Message()
    header["Content-Type"] = content_type
    return header.get_content_charset()


def record_document(record: Mapping[str, Any], capture: Capture, fields: Mapping[str, str]) -> Document:
    """The document of one object of an export.

    Raises:
        Rejected: the object has neither text nor page.
    """
    names = {field: (*([fields[field]] if field in fields else []), *known) for field, known in FIELDS.items()}
    found = {field: value for field in FIELDS if (value := _first(record, names[field]))}
    html, text = _string(found.pop("html", None)), _string(found.pop("text", None))
    if not (html or text):
        listed = ", ".join((*names["text"], *names["html"]))
        raise Rejected("no_text", f"the object has none of {listed}; DATELINE_FIELDS names others")
    given = {field: _given(field, value) for field, value in found.items()}
    return Document(
        html=html,
        text=None if html else text,
        url=given.pop("url", None) or capture["url"],
        given={key: value for key, value in given.items() if value},
        latest=capture["captured_at"],
    )


def _first(record: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((record[name] for name in names if record.get(name)), None)


def _given(field: str, value: Any) -> Any:
    if field == "authors":
        return _names(value)
    return _moment(value) if field == "published_at" else _string(value)


def _string(value: Any) -> str | None:
    """A text that can be kept: JSON can spell halves of characters, which no text can hold."""
    return value.encode("utf-8", "replace").decode().strip() or None if isinstance(value, str) else None


def _names(value: Any) -> list[str]:
    names = map(_string, value if isinstance(value, list) else [value])
    return [name for name in names if name]


def _moment(value: Any) -> str | None:
    """A day or a time as ISO 8601, from that or from RFC 5322; what is neither is left to the document."""
    text = _string(value)
    if text is None:
        return None
    try:
        return (date if len(text) <= len("2026-03-02") else datetime).fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


# What reads the media types that are neither pages, texts nor records of an export, a line each.
DOCUMENTS: dict[MediaType, Callable[[Capture], tuple[Document, str]]] = {}
