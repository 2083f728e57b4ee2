"""What exports call the fields of an article, and what their values are read as."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

# Names under which exports keep a field, the first present wins: Common Crawl tools, news-please (NewsArticle.py),
# Fundus (scraping/article.py, parser/data.py, scraping/html.py), trafilatura (xml.py), newspaper4k, NewsAPI. Case, `_`,
# `-` and blanks do not matter; a point leads into an object.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "subtitle": ("subtitle", "description_short", "standfirst"),
    "text": ("maintext", "text", "body", "content", "plain_text", "article_body", "article"),
    "html": ("html", "raw_html", "html.content"),
    "url": ("url", "canonical_url", "canonical_link", "link", "html.responded_url", "html.requested_url", "source"),
    "published_at": (
        "published_at",
        "date_publish",
        "date_published",
        "publishing_date",
        "publish_date",
        "publication_date",
        "published",
        "date",
    ),
    "modified_at": ("modified_at", "date_modify", "date_modified", "updated_at", "date_updated", "last_modified"),
    "authors": ("authors", "author", "byline"),
    "publisher": (
        *("publisher", "source", "source_hostname", "source_domain", "site_name", "meta_site_name"),
        *("hostname", "domain"),
    ),
    "section": ("section", "category"),
    "language": ("language", "lang"),
}
_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s_-]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]+)?")


def names(field: str, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The names of a field: what the settings call it first, then those known."""
    return (*([mapping[field]] if field in mapping else ()), *FIELDS[field])


def read(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """What an object of an export says of an article, by the names of `FIELDS`; without what is empty or unreadable.

    Args:
        record: the object.
        mapping: names of its fields by those of `FIELDS`, before the names known for each.
    """
    bare = _bare(record)
    found = {field: _first(field, _values(record, bare, names(field, mapping))) for field in FIELDS}
    return {field: value for field, value in found.items() if value}


def address(record: Mapping[str, Any], mapping: Mapping[str, str]) -> str | None:
    """The address that an object of an export names."""
    found: str | None = _first("url", _values(record, _bare(record), names("url", mapping)))
    return found


def known(columns: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The columns of a table that are a field of an article, by the field."""
    bare = {key(column): column for column in columns}
    found = (
        (field, next((bare[k] for name in names(field, mapping) if (k := key(name)) in bare), None)) for field in FIELDS
    )
    return {field: column for field, column in found if column is not None}


@lru_cache(4096)
def key(name: str) -> str:
    """A name without what exports spell in different ways: `publishedAt`, `published_at`, `Published at`."""
    return _SEPARATORS.sub("", name).lower()


def _bare(record: Mapping[str, Any]) -> dict[str, Any]:
    """An object by its bare names; of several of one name the first."""
    return {key(str(name)): record[name] for name in reversed(list(record))}


def _values(record: Mapping[str, Any], bare: Mapping[str, Any], wanted: Iterable[str]) -> Iterator[Any]:
    for name in wanted:
        if name in record:
            yield record[name]
        elif key(name) in bare:
            yield bare[key(name)]
        elif "." in name:
            value: Any = record
            for part in name.split("."):
                value = _bare(value).get(key(part)) if isinstance(value, Mapping) else None
            yield value


def _first(field: str, values: Iterable[Any]) -> Any:
    return next((found for value in values if value and (found := _value(field, value))), None)


def _value(field: str, value: Any) -> Any:
    if field == "authors":
        return _people(value)
    if field in ("published_at", "modified_at"):
        return moment(value)
    if field == "text":
        return "\n\n".join(_paragraphs(value)) or None
    text = string(value.get("name") if isinstance(value, Mapping) else value)
    if field in ("url", "publisher"):  # `source` is an address or a name
        return text if bool(_ADDRESS.match(text or "")) == (field == "url") else None
    return language(text) if field == "language" else text


def _paragraphs(value: Any) -> Iterator[str]:
    """The text of a string, of a list of paragraphs, or of Fundus' body: its summary, headlines and paragraphs."""
    if isinstance(value, Mapping):
        value = [value.get(part) for part in ("summary", "headline", "paragraphs", "sections")]
    for part in value if isinstance(value, list) else ():
        yield from _paragraphs(part)
    if text := string(value):
        yield text


def _people(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    found = (string(part.get("name") if isinstance(part, Mapping) else part) for part in parts)
    return [name for name in found if name]


def string(value: Any) -> str | None:
    """A text that can be kept: JSON can spell halves of characters, which no text can hold."""
    return value.encode("utf-8", "replace").decode().strip() or None if isinstance(value, str) else None


def language(tag: str | None) -> str | None:
    """The ISO 639-1 code of a language tag (BCP 47), where it begins with one."""
    found = _LANGUAGE.fullmatch(tag or "")
    return found[1].lower() if found else None


def moment(value: Any) -> str | None:
    """A day or a time as ISO 8601, from that or from RFC 5322; what is neither is left to the document."""
    text = string(value)
    if text is None:
        return None
    try:
        return (date if len(text) <= len("2026-03-02") else datetime).fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, OverflowError):
        return None
