"""The parts of an article put together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lxml import html
from trafilatura import extract

from pipelines.clean import structured
from pipelines.clean.characters import plain
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Cleaned


def from_page(tree: html.HtmlElement, url: str | None, given: Mapping[str, Any], latest: datetime | None) -> Cleaned:
    """The article of a web page."""
    stated = structured.read(tree)
    text = extract(tree, include_comments=False, fast=True)
    if not text:
        raise Rejected("no_article", "there is no running text on the page")
    row = _empty("\n\n".join(line for line in plain(text).split("\n") if line.strip()))
    row["title"] = structured.named(stated.article.get("headline")) or stated.first("og:title", "twitter:title")
    row["authors"] = [n for a in structured.listed(stated.article.get("author")) if (n := structured.named(a))]
    row["publisher"] = structured.named(stated.article.get("publisher")) or stated.first("og:site_name")
    row["published_at"] = structured.named(stated.article.get("datePublished")) or stated.first(
        "article:published_time"
    )
    row["url"] = stated.canonical or url
    return _overridden(row, given)


def from_text(source: str, url: str | None, given: Mapping[str, Any], latest: datetime | None) -> Cleaned:
    """The article of a pasted text."""
    lines = [line.strip() for line in plain(source).split("\n")]
    body = [line for line in lines if len(line.split()) >= 10]
    if not body:
        raise Rejected("no_article", "there is no running text")
    row = _empty("\n\n".join(body))
    row["url"] = url
    return _overridden(row, given)


def _empty(text: str) -> Cleaned:
    return Cleaned(
        url=None,
        title=None,
        subtitle=None,
        authors=[],
        publisher=None,
        wire=None,
        dateline=None,
        section=None,
        language=None,
        published_at=None,
        modified_at=None,
        zone="none",
        date_evidence=[],
        text=text,
        flags=[],
    )


def _overridden(row: Cleaned, given: Mapping[str, Any]) -> Cleaned:
    known = {key: value for key, value in given.items() if key in row and value is not None}
    row.update(known)  # type: ignore[typeddict-item]
    return row
