"""The headline of a page, out of what the page calls its title in several places."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree, html

from pipelines.clean.characters import one_line
from pipelines.clean.lines import PLACES, Line
from pipelines.clean.structured import Structured, named

_HEADING = 1 << PLACES.index("heading")
SEPARATOR = re.compile(r"\s+(?:\||[-–—•·»:]|::|--|/)\s+")
_NO_WORD = re.compile(r"[\W_]+")
_BREAKS = frozenset(["br", "div", "p", "small"])
_CUT = ("…", "...")
_SAME = 0.8  # of the words: the same headline, in another house style
_MOST_WORDS = 5  # of a site's name with what stands beside it: longer parts that hold the name are headlines about it
_HEAD = 3  # kept lines among which the headline may have stayed
_LONGEST = 400  # characters: no headline is longer


def title(
    tree: html.HtmlElement, stated: Structured, lines: Sequence[Line], site: Iterable[str], kept: Sequence[bool]
) -> str | None:
    """The headline without the site's name.

    The title for sharing is taken where the page shows it or where it shortens the page's own heading; else what
    JSON-LD states and the page shows; else the first large heading that agrees with any of them.

    Args:
        tree: the page.
        stated: its structured data.
        lines: its lines.
        site: names of the site, to be cut off.
        kept: which lines are the story; where all else fails, the heading above it is the headline.
    """
    names = {key(name) for name in site if name}
    shared = without_site(stated.first("og:title", "twitter:title", "dc.title", "parsely-title"), names)
    headline = without_site(named(stated.article.get("headline")), names)
    tag = without_site(one_line(tree.findtext(".//title")), names)
    shown = [line.text for line in lines if line.places & _HEADING]
    if shared and shared.endswith(_CUT):
        shared = None
    large = next((h for h in _large(tree) if _like(h, shared) or _like(h, headline) or _like(h, tag)), None)
    if shared and (_shown(shared, shown) or (large and _shortens(shared, large))):
        return shared
    if headline and _shown(headline, shown):
        return headline
    return large or headline or shared or tag or next(_large(tree), None) or _above(lines, kept)


def _above(lines: Sequence[Line], kept: Sequence[bool]) -> str | None:
    """The heading that stands last above the first paragraph."""
    first = next((i for i, keep in enumerate(kept) if keep and not lines[i].places & _HEADING), 0)
    return next((line.text for line in reversed(lines[:first]) if line.places & _HEADING), None)


def left_out(title: str | None, lines: Sequence[Line], kept: Sequence[bool]) -> list[bool]:
    """What is kept of a page without the headline itself, where that stands at the head of the story."""
    out = list(kept)
    own = key(title or "")
    first = [i for i, keep in enumerate(kept) if keep][:_HEAD]
    for i in first:
        if own and key(lines[i].text) == own:
            out[i] = False
    return out


def without_site(text: str | None, names: set[str]) -> str | None:
    """A title without the name of the site at its end or beginning; null for what is no title."""
    if not text or len(text) > _LONGEST:
        return None
    if key(text) in names:
        return None
    parts = SEPARATOR.split(text)
    while len(parts) > 1 and _is_site(parts[-1], names):
        text = text[: text.rindex(parts.pop())].rstrip(" |-–—•·»:/")
    if len(parts) > 1 and _is_site(parts[0], names):
        text = text[text.index(parts[0]) + len(parts[0]) :].lstrip(" |-–—•·»:/")
    return text or None


def _is_site(part: str, names: set[str]) -> bool:
    own = key(part)
    if not own or len(part.split()) > _MOST_WORDS:
        return own in names
    return any(own == name or (len(own) > 3 and (own in name or name in own)) for name in names if name)  # noqa: PLR2004


def key(text: str) -> str:
    """A text by its letters and digits alone."""
    return _NO_WORD.sub("", text).casefold()


def is_of(own: str, text: str) -> bool:
    """Whether a key is a text's: `key(text) == own`, which most texts' first letter already denies."""
    first = text[:1]
    return (not first.isalnum() or first.casefold()[:1] == own[:1]) and key(text) == own


def _shown(candidate: str, headings: Sequence[str]) -> bool:
    """Whether a heading is the candidate, or the candidate with a kicker before it or a standfirst after it."""
    own = key(candidate)
    long = len(candidate.split()) > 3  # noqa: PLR2004 - no words that others begin or end with by chance
    return any(own == head or (long and head.endswith(own)) for head in map(key, headings))


def _shortens(short: str, full: str) -> bool:
    """Whether a title is another with the same opening and words left out."""
    few, many = _words(short), _words(full)
    rest = iter(many)
    return few[:2] == many[:2] and all(word in rest for word in few)


def _words(text: str | None) -> list[str]:
    return _NO_WORD.sub(" ", text or "").casefold().split()


def _like(one: str, other: str | None) -> bool:
    a, b = set(_words(one)), set(_words(other))
    return bool(a and b) and len(a & b) >= _SAME * min(len(a), len(b))


def _large(tree: html.HtmlElement) -> Iterator[str]:
    return iter([text for h in tree.iter("h1") if (text := _text(h)) and len(text) <= _LONGEST])


def _text(heading: html.HtmlElement) -> str:
    """What a heading says, its lines apart."""
    if len(heading) == 0:
        return one_line(heading.text)
    parts: list[str] = []
    for event, element in etree.iterwalk(heading, events=("start", "end")):
        parts.append(" " if element.tag in _BREAKS else "")
        if event == "start":
            parts.append(element.text or "")
        elif element is not heading:
            parts.append(element.tail or "")
    return one_line("".join(parts))
