"""What a page states of itself for machines: schema.org JSON-LD and microdata, Open Graph and other meta tags."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from lxml import html

from pipelines.clean.characters import one_line

_JSONLD = "application/ld+json"
# schema.org types of a piece of journalism, https://schema.org/Article
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|Recipe|LiveBlogPosting|OpinionNewsArticle)$")
_WRAPPED = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_WORD = re.compile(r"\w+")
_ALIKE = 0.5  # of the words of two headlines of one story
_DEPTH = 12  # of nested JSON-LD; real graphs stay below 6


@dataclass(frozen=True)
class Structured:
    """The machine-readable statements of one page."""

    nodes: list[dict[str, Any]]
    meta: dict[str, list[str]]
    canonical: str | None
    language: str | None
    microdata: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def article(self) -> dict[str, Any]:
        """The JSON-LD node of the article; empty where there is none."""
        found = [node for node in self.nodes if _is_article(node) and not self._is_other(node)]
        return max(found, key=_worth, default={})

    def _is_other(self, node: dict[str, Any]) -> bool:
        """Whether a node tells of another story: another address and another headline than the page's."""
        page = node.get("mainEntityOfPage")
        address = node.get("url") or (page.get("@id") if isinstance(page, dict) else page)
        own, headline = self.first("og:title", "twitter:title"), named(node.get("headline"))
        if not (isinstance(address, str) and self.canonical and own and headline) or _path(address) == _path(
            self.canonical
        ):
            return False
        one, other = (set(_WORD.findall(text.casefold())) for text in (own, headline))
        return len(one & other) < _ALIKE * min(len(one), len(other))

    @property
    def types(self) -> set[str]:
        """The schema.org types of the article."""
        return set(kinds(self.article))

    def first(self, *names: str) -> str | None:
        """The first value that is not blank among meta tags of these names, in the order of the names."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def read(tree: html.HtmlElement) -> Structured:
    """The statements of a page."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = as_shown(element.get("content") or element.get("value") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                meta.setdefault(name.strip().casefold(), []).append(content)
    links = tree.xpath("//link[@rel='canonical' and @href]")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Structured(
        list(_nodes(tree)), meta, links[0].get("href").strip() if links else None, language, _microdata(tree)
    )


def kinds(node: dict[str, Any]) -> list[str]:
    """The schema.org types of a node, without their namespace."""
    return [kind.rsplit("/", 1)[-1] for kind in listed(node.get("@type")) if isinstance(kind, str)]


def listed(value: Any) -> list[Any]:
    """JSON-LD's one value or several, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def named(value: Any) -> str | None:
    """The text of a JSON-LD value that may be a string, an object with a name, or a list of either."""
    for item in listed(value):
        text = item.get("name") or item.get("@value") if isinstance(item, dict) else item
        if isinstance(text, list):
            text = text[0] if text else None
        if isinstance(text, str) and (shown := as_shown(text)):
            return shown
    return None


def as_shown(text: str) -> str:
    """A value as a reader would see it: sites put escaped markup into their data."""
    return one_line(_TAG.sub(" ", unescape(text))) if "&" in text or "<" in text else one_line(text)


def _microdata(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Publisher and section as schema.org microdata give them."""
    out: dict[str, list[str]] = {}
    for element in tree.xpath("//*[@itemprop='publisher' or @itemprop='articleSection']"):
        names = element.xpath(".//*[@itemprop='name']") if element.get("itemscope") is not None else [element]
        values = [as_shown(name.get("content") or name.text_content()) for name in names]
        out.setdefault(element.get("itemprop"), []).extend(value for value in values if value)
    return out


def _nodes(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == _JSONLD and script.text:
            yield from _flat(_loads(script.text), 0)


def _loads(source: str) -> Any:
    """JSON as sites write it: in comments or CDATA, with raw newlines in strings."""
    source = _WRAPPED.sub("", _WRAPPED.sub("", source)).strip()
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _flat(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """All nodes that describe a thing of their own: those of lists, graphs and main entities."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"):
            yield from _flat(value.get(key), depth + 1)


def _path(address: str) -> str:
    """An address without its site, its query and a slash at its end."""
    return re.sub(r"^https?://[^/]+|[?#].*$", "", address).rstrip("/")


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in kinds(node))


def _worth(node: dict[str, Any]) -> int:
    """How much a node says of the article; pages also carry stubs of related ones."""
    return sum(bool(node.get(key)) for key in ("headline", "author", "datePublished", "articleBody", "publisher"))
