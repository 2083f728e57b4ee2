"""One document in, the article and its metadata out."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipelines.clean import page, story
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Cleaned

__all__ = ["Document", "Rejected", "clean"]


@dataclass(frozen=True, slots=True)
class Document:
    """A page or a text, with what is known of it from elsewhere.

    Attributes:
        html: markup of a page; exactly one of `html` and `text` is given.
        text: a wire copy, or a page pasted as text.
        url: the address it came from.
        given: metadata that the source itself states, keys as in `Cleaned`; it overrides what the document says.
        stated: metadata that what led to the document states of it, a feed's entry or a sitemap: its time is evidence
            beside the document's own, its title and authors stand where the document has none.
        latest: when it was captured; nothing was published later. Null for no limit.
    """

    html: str | None = None
    text: str | None = None
    url: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    stated: Mapping[str, Any] = field(default_factory=dict)
    latest: datetime | None = None

    def __post_init__(self) -> None:
        if (self.html is None) == (self.text is None):
            raise ValueError("a document is either html or text")


def warm() -> None:
    """Load the models, so that no document's time limit pays for them."""
    with suppress(Rejected):
        clean(Document(text="The council met on Monday and voted for the plan, which will cost 3 million crowns. " * 2))
    with suppress(Rejected):
        clean(Document(html="<html><body><p>The council met on Monday and voted for the plan.</p></body></html>"))


def clean(document: Document) -> Cleaned:
    """The article of a document: its body and metadata.

    Raises:
        Rejected: with the reason why there is no article in it.
    """
    source = document.html if document.html is not None else document.text or ""
    if not source.strip():
        raise Rejected("empty", "the document holds nothing but blanks")
    told = story.Told(document.given, document.stated, document.latest)
    if page.is_html(source):
        cut = page.is_cut(source)
        return story.from_page(page.parse(source), document.url, told, cut=cut)
    return story.from_text(source, document.url, told)
