"""Who wrote a page: what it states, what it shows, and what of these to believe."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from lxml import html

from pipelines.clean import byline, credit, header, publisher
from pipelines.clean.characters import one_line
from pipelines.clean.structured import Structured, listed, named

_META = ("author", "article:author", "og:author", "dc.creator", "dcterms.creator", "byl", "sailthru.author",
         "parsely-author", "article:author_name", "citation_author", "twitter:creator:name")  # fmt: skip
_PATHS = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
    "//a[@rel='author']",
    "//*[contains(@class,'byline') or contains(@class,'author-name') or contains(@class,'author__name')]",
)
_CREDIT = 120  # characters: a longer byline is a paragraph
_PAGE = re.compile(
    r"/(?:authors?|people|profiles?|by|staff|contributors?|journalists?|autor(?:en|es)?|auteurs?)/([^/?#]+)/?$"
)
_SLUG = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{1,}){1,3}")


def of_page(
    tree: html.HtmlElement,
    stated: Structured,
    head: Sequence[str],
    foot: Sequence[str],
    shown: Sequence[str],
    bare: Sequence[str],
    site: Sequence[str],
) -> tuple[list[str], str | None]:
    """The people who wrote a page, and the agency that its byline names.

    A byline that the page shows under its headline is believed before what the page states for machines, where that
    names fewer people or others whom the page does not show: there, the account that uploaded the story often stands.

    Args:
        tree: the page.
        stated: its structured data.
        head: the lines around the headline and down to the story.
        foot: the lines below the story.
        shown: the bylines among the lines of the head.
        bare: names that stand there without By, taken where nothing else names anybody.
        site: names of the site, which are no authors.
    """
    visible = byline.people(shown, site)
    people: list[str] = []
    wire = None
    for group in _credits(tree, stated, [*head, *foot]):
        people = byline.people(group, site)
        wire = next((agency for text in group if (agency := credit.of_line(text))), None)
        if people or wire:
            break
    if visible and (set(people) <= set(visible) or not _is_shown(people, [*head, *foot])):
        people = visible
    wire = wire or next((agency for text in shown if (agency := credit.of_line(text))), None)
    return people or ([] if wire else byline.people(bare, site) or byline.people(_addresses(stated), site)), wire


def _is_shown(people: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether a page shows any of the people around its story."""
    text = " ".join(lines).casefold()
    return any(name.casefold() in text for name in people)


def _credits(tree: html.HtmlElement, stated: Structured, around: Sequence[str]) -> Iterator[list[str]]:
    """Bylines by where they stand, the most trustworthy first.

    Elements of the page count only where they stand around the story: other stories have bylines, too.
    """
    yield [name for author in _stated(stated) for name in _names(author, stated)]
    for key in _META:
        values = [value for value in stated.meta.get(key, ()) if "/" not in value and "(" not in value]
        yield [_turned(value) for value in values] if key == "citation_author" else values
    near = " ".join(around)
    for path in _PATHS:
        texts = [one_line(element.text_content()) for element in tree.xpath(path)]
        yield [text for text in texts if text and len(text) < _CREDIT and text in near]
    yield [text for text in around if header.is_credited(text)]
    yield [text for text in around if len(text) < _CREDIT and credit.of_line(text)]


def _stated(stated: Structured) -> list[Any]:
    return listed(stated.article.get("author")) or listed(stated.article.get("creator"))


def _names(author: Any, stated: Structured) -> Iterator[str]:
    """The names that one author of JSON-LD has: a text, an object, several names in one, a node elsewhere."""
    if isinstance(author, dict):
        several = author.get("name")
        if isinstance(several, list):
            yield from (one_line(item) for item in several if isinstance(item, str))
            return
        if not several and (parts := [named(author.get(key)) for key in ("givenName", "familyName")]) and all(parts):
            yield " ".join(filter(None, parts))
            return
    if name := named(author) or publisher.referred(stated, author):
        yield name


def _addresses(stated: Structured) -> Iterator[str]:
    """Names out of the addresses of authors' pages."""
    links = [item.get("url") or item.get("@id") for item in _stated(stated) if isinstance(item, dict)]
    links += [item for item in _stated(stated) if isinstance(item, str)]
    links += stated.meta.get("article:author", [])
    for link in links:
        if not isinstance(link, str) or not link.startswith(("http://", "https://")):
            continue
        found = _PAGE.search(unquote(link))
        if found and _SLUG.fullmatch(found[1]):
            yield " ".join(word.capitalize() for word in found[1].split("-"))


def _turned(name: str) -> str:
    """A name that stands as in a list of references, the family's name first."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given else name
