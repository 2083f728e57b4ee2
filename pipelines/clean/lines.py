"""A document as lines, as a browser's select-all would give them: what the labeller reads.

A line is a run of text between two breaks. `gap` counts the blank lines before it. Lines of a page also know where in
the page they stand.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from lxml import html

from pipelines.clean.characters import one_line

# Elements whose text is never shown as running text, or that the reader works with instead of reading.
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "select",
        "option",
        "button",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "datalist",
        "input",
        "textarea",
        "map",
        "progress",
        "meter",
        "dialog",
    ]
)
_PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure"]
)
_BLOCKS = _PARAGRAPHS | frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "address",
        "li",
        "dt",
        "dd",
        "tr",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "figcaption",
        "details",
        "summary",
        "form",
        "fieldset",
        "legend",
        "hr",
        "center",
        "menu",
        "hgroup",
        "search",
    ]
)

# Blocks that hold one line or a list of lines; what holds several of them is their container.
_LEAVES = _PARAGRAPHS - {"table", "figure"} | frozenset(["li", "dt", "dd", "tr", "figcaption", "caption", "center"])

# Where a line stands: bits of its element and of all elements around it.
PLACES = (
    "p", "heading", "li", "table", "quote", "figure", "link", "article", "main", "aside", "footer", "nav", "header",
    "form", "body_class", "comment", "share", "related", "promo", "caption", "meta", "menu", "legal", "hidden",
)  # fmt: skip
_BIT = {name: 1 << i for i, name in enumerate(PLACES)}
_TAG_BITS = {
    "a": _BIT["link"],
    "p": _BIT["p"],
    "li": _BIT["li"], "dt": _BIT["li"], "dd": _BIT["li"],
    "table": _BIT["table"],
    "blockquote": _BIT["quote"],
    "figure": _BIT["figure"], "figcaption": _BIT["figure"] | _BIT["caption"],
    "article": _BIT["article"], "main": _BIT["main"], "aside": _BIT["aside"], "footer": _BIT["footer"],
    "nav": _BIT["nav"], "header": _BIT["header"], "form": _BIT["form"],
} | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _BIT["heading"])  # fmt: skip

# Words in class and id that say what a part of the page is for; names that sites share, none of one site.
_CLASS_WORDS = {
    "body_class": r"article-?_?body|story-?_?body|entry-?_?content|post-?_?content|article-?_?(?:content|text)"
    r"|articlebody|story-?_?(?:content|text)|body-?_?(?:copy|text|content)|rich-?_?text|main-?_?content|prose|wysiwyg",
    "comment": r"comment|disqus|respond|reply|discussion|conversation",
    "share": r"share|sharing|social|follow|facebook|twitter|whatsapp|addthis",
    "related": r"related|recommend|more-?_?(?:from|stories|news|on)|read-?_?(?:more|next|also)|trending|popular"
    r"|up-?_?next|most-?_?read|latest|recirc|teaser|card|carousel|outbrain|taboola|inline-?_?link|see-?_?also",
    "promo": r"promo|newsletter|subscri|sign-?_?up|banner|sponsor|advert|\bad-|\bads?\b|donat|paywall|cta|commercial"
    r"|affiliate|product|widget",
    "caption": r"caption|credit|photo|image-?_?(?:text|desc)|media-?_?(?:text|desc)|gallery|slideshow|wp-image",
    "meta": r"byline|author|date|time|meta\b|tags?\b|categor|bio\b|contributor|breadcrumb|kicker|dek\b|standfirst"
    r"|summary|subtitle|sub-?_?head|headline|rubric|eyebrow",
    "menu": r"menu|nav|side-?_?bar|rail|footer|header|toolbar|skip|masthead|pagination|pager|toc\b",
    "legal": r"cookie|consent|gdpr|privacy|copyright|disclaim|terms|legal",
    "hidden": r"hidden|visually|sr-?_?only|screen-?_?reader|print-?_?only|modal|popup|tooltip|overlay|lightbox"
    r"|fallback",
}
_CLASSES = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CLASS_WORDS.items()))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LINK = _BIT["link"]


@dataclass(slots=True)
class Line:
    """A line of a document.

    Attributes:
        text: its characters, without blanks at the ends.
        gap: blank lines before it, at most 3.
        places: bits of `PLACES`, 0 for a line of a text.
        linked: share of its characters that are links.
        depth: elements around it.
        container: number of the innermost element around it that may hold several paragraphs.
        outer: number of the container around that one.
        kind: what tags and classes its block and its container have; equal for lines made by the same template.
    """

    text: str
    gap: int
    places: int = 0
    linked: float = 0.0
    depth: int = 0
    container: int = 0
    outer: int = 0
    kind: int = 0


# The block that text stands in: its container, the one around that, its kind, and the container's tag and classes.
# A plain tuple, since a page has some thousand blocks.
_Block = tuple[int, int, int, str]
_NOWHERE: _Block = (0, 0, 0, "")


def of_text(text: str) -> list[Line]:
    """The lines of a plain text."""
    lines: list[Line] = []
    gap = 0
    for raw in text.split("\n"):
        if line := raw.strip():
            lines.append(Line(line, min(gap, 3)))
            gap = 0
        else:
            gap += 1
    return lines


@lru_cache(maxsize=16384)
def _class_bits(name: str) -> int:
    bits = 0
    for found in _CLASSES.finditer(name.lower()):
        bits |= _BIT[found.lastgroup or ""]
    return bits


@lru_cache(maxsize=16384)
def _names_bits(names: str) -> int:
    bits = 0
    for name in names.split():
        bits |= _class_bits(name)
    return bits


class _Writer:
    """Collects inline text and breaks it into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = 0
        self._gap = 0
        self._places = 0
        self._depth = 0
        self._block = _NOWHERE

    def text(self, text: str, places: int, block: _Block, depth: int) -> None:
        if not self._parts:
            if text.isspace():
                return
            self._places, self._block, self._depth = places, block, depth
        self._parts.append(text)
        if places & LINK:
            self._linked += len(text.strip())

    def end(self, gap: int) -> None:
        if self._parts:
            text = one_line("".join(self._parts))
            if text:
                share = min(1.0, self._linked / len(text))
                container, outer, kind, _ = self._block
                self.lines.append(Line(text, self._gap, self._places, share, self._depth, container, outer, kind))
                self._gap = 0
            self._parts, self._linked = [], 0
        self._gap = max(self._gap, gap)


def of_page(tree: html.HtmlElement) -> list[Line]:
    """The lines of a page, each with its place; scripts, controls and what is styled away are left out."""
    writer = _Writer()
    body = tree.find("body")
    stack: list[tuple[html.HtmlElement, int, _Block, int, bool]] = [
        (tree if body is None else body, 0, _NOWHERE, 0, False)
    ]
    blocks = 0
    while stack:
        element, places, block, depth, leaving = stack.pop()
        tag = element.tag
        if leaving:
            _leave(writer, element, places, block, depth)
            continue
        inner = _around(element, tag, places) if isinstance(tag, str) and tag not in _SKIPPED else None
        if inner is None:
            if element.tail:
                writer.text(element.tail, places, block, depth)
            continue
        stack.append((element, places, block, depth, True))
        if tag == "br":
            writer.end(0)
        elif tag in _BLOCKS:
            writer.end(1 if tag in _PARAGRAPHS else 0)
            blocks += 1
            block = _inside(element, tag, block, blocks)
        if element.text:
            writer.text(element.text, inner, block, depth + 1)
        stack.extend((child, inner, block, depth + 1, False) for child in reversed(element))
    writer.end(0)
    return writer.lines


def _inside(element: html.HtmlElement, tag: str, around: _Block, number: int) -> _Block:
    """What stands directly in a block: in a new container, or in that of the block, if it holds but lines."""
    container, outer, _, above = around
    names = f"{tag} {element.get('class')}"
    if tag in _LEAVES:
        return container, outer, hash(above + names), above
    return number, container, hash(above + names), names


def _around(element: html.HtmlElement, tag: str, places: int) -> int | None:
    """The places of what an element holds; null where it is styled away."""
    places |= _TAG_BITS.get(tag, 0)
    for name, value in element.items():
        if name in ("class", "id"):
            if tag not in ("html", "body", "a"):
                places |= _names_bits(value)
        elif (
            name == "hidden" or (name, value) == ("aria-hidden", "true") or (name == "style" and _UNSEEN.search(value))
        ):
            return None
    return places


def _leave(writer: _Writer, element: html.HtmlElement, places: int, block: _Block, depth: int) -> None:
    tag = element.tag
    if tag in ("td", "th"):
        writer.text(" ", places, block, depth)
    elif tag in _BLOCKS:
        writer.end(1 if tag in _PARAGRAPHS else 0)
    if element.tail:
        writer.text(element.tail, places, block, depth)


def paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Lines grouped by the blank lines between them."""
    numbers: list[int] = []
    for line in lines:
        numbers.append((numbers[-1] if numbers else 0) + (line.gap > 0))
    return [[line for _, line in group] for _, group in groupby(zip(numbers, lines, strict=True), key=lambda x: x[0])]
