"""Who published an article: as the page states it, or a name that stands in two places where a publisher's does."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from lxml import html

from pipelines.clean.byline import agency
from pipelines.clean.characters import one_line
from pipelines.clean.headline import SEPARATOR, key
from pipelines.clean.structured import Structured, listed, named

_COPYRIGHT = re.compile(
    r"(?:^\W{0,3}copyright|©|\(c\))(?:\s?(?:©|\(c\)))?\s?(?:(?:19|20)\d{2}(?:\s?[-–]\s?\d{2,4})?,?\s)?(?:by\s)?"
    r"(?P<name>[^\W\d_][^.,|©\d]{1,58}?)(?=\s?[.,|©]|\s(?:19|20)\d{2}|\s[-–—]|\sall rights|$)",
    re.IGNORECASE,
)
_HOME = re.compile(r"^(?:https?://[^/?#]+)?/?(?:index\.\w{2,5})?$")
_MASTHEAD = "//*[self::a or self::img or self::div or self::span][{}]".format(
    " or ".join(f"contains(@{name},'{part}')" for name in ("class", "id", "src") for part in ("logo", "masthead"))
)
# Systems that sites are made with, which name themselves as their publishers.
_PLATFORMS = frozenset(
    ["blogger", "blogspot", "wordpress", "wordpresscom", "medium", "substack", "wix", "squarespace", "tumblr"]
)
_COMPANY = re.compile(
    r",?\s(?:company|co|inc|incorporated|corp|corporation|ltd|limited|llc|plc|gmbh|ag|media|group|interactive)\.?$",
    re.IGNORECASE,
)
_MOST_WORDS = 6
NEAR = 14  # lines above a headline among which its publisher stands
_ALIKE = 0.5  # of the longer name: a site's name in its address, or the address in its name
_LONGEST = 40  # characters
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"])  # below a country
_GAPS = " '’&-"  # between the letters of a name that an address writes as one word
_INITIALS = 3  # letters of the shortest name looked for in running text
_LEAST = 4  # letters of a name that can be told in an address


def of_page(tree: html.HtmlElement, stated: Structured, texts: Iterable[str], host: str) -> str | None:
    """The publisher of a page; null where nothing states one and no name is borne out by a second place.

    Args:
        tree: the page.
        stated: its structured data.
        texts: its lines, among which are those of copyright.
        host: the name of its site in its address, empty if unknown.
    """
    names = [name for name in map(_bare, _stated(stated)) if name]
    if names and (
        _in_address(names[0], host) or not (agency(names[0]) or _is_platform(names[0]) or not names[0].isascii())
    ):
        return names[0]
    shown = list(dict.fromkeys(_mastheads(tree)))
    owners = [owner for text in texts if (owner := copyright_holder(text))]
    for part in [*names[1:], *_title_parts(tree)]:
        if _same(part, shown) or _same(part, owners) or _in_address(part, host):
            return part
    return next(iter(names), None) or next(
        (name for name in shown if _same(name, owners) or _in_address(name, host)), None
    )


def _stated(stated: Structured) -> Iterator[str | None]:
    """The names that the page states, the most trustworthy first."""
    value = stated.article.get("publisher")
    yield named(value) or referred(stated, value)
    for key_ in ("og:site_name", "application-name", "article:publisher_name"):
        yield stated.first(key_)
    yield from stated.microdata.get("publisher", ())


def _bare(name: str | None) -> str | None:
    """A name without the slogan after it and the sign of an account before it; null for an address."""
    text = re.split(r"\s\|\s", name or "")[0].lstrip("@").strip()
    return None if "://" in text else text or None


def _is_platform(name: str) -> bool:
    return key(name) in _PLATFORMS


def of_text(
    above: Sequence[str], rest: Sequence[str], owners: Sequence[str], title: str | None, host: str
) -> tuple[str | None, str | None]:
    """The headline and the publisher of a pasted text.

    The publisher is the end of the headline's line, or a line above it, that the copyright line bears out or that is a
    newspaper's name; else a line, some words around the story or a holder of the copyright that are named as the
    address is.

    Args:
        above: the lines above the story.
        rest: all lines that are not the story's.
        owners: those whose copyright the text asserts.
        title: the line of the headline.
        host: the name of the site in the address, empty if unknown.
    """
    parts = SEPARATOR.split(title or "")
    if title and len(parts) > 1 and _is_short(parts[-1]) and (_same(parts[-1], owners) or _is_paper(parts[-1])):
        return title[: title.rindex(parts[-1])].rstrip(" |-–—•·»:/"), parts[-1]
    at = above.index(title) if title in above else 0
    heads = [text for text in above[max(0, at - NEAR) : at] if _is_short(text)]
    found = next((text for text in heads if _same(text, owners)), None)
    found = found or next((text for text in heads[:1] if text == above[0] and _is_paper(text)), None)
    return title, found or _named_as(host, [*owners, *above]) or _borne_out(host, rest, owners)


def _named_as(host: str, texts: Iterable[str]) -> str | None:
    """The first of some lines that is the name of an address, letter by letter, with The or without."""
    wanted = _label(host).removeprefix("the")
    names = [own for own in (wanted, f"the{wanted}") if len(own) >= _LEAST]
    firsts = "".join(own[0] + own[0].upper() for own in names)
    short = (text for text in texts if text[0] in firsts and len(text) <= _LONGEST)
    return next((text for text in short if key(text) in names), None)


def _label(host: str) -> str:
    """The letters and digits of the name that a site has in its address, without www, blog and the like."""
    parts = host.split(".")
    return key(parts[-2] if len(parts) > 1 and parts[-1] in _SECOND_LEVEL else parts[-1])


def _borne_out(host: str, texts: Sequence[str], owners: Iterable[str]) -> str | None:
    """The holder of the copyright whose initials the address has, what the text calls the site, or another holder."""
    bare = [_COMPANY.sub("", owner) for owner in owners]
    return (
        next((name for name in bare if _shortened(_label(host), name)), None)
        or _said(host, texts)
        or next((name for name in bare if _in_address(name, host)), None)
    )


def _said(host: str, texts: Sequence[str]) -> str | None:
    """How a text most often writes the words that are, letter by letter, the name of an address.

    A name of three letters has to be in capitals, as a word of three letters stands in any address by chance.
    """
    wanted = _label(host)
    text = "\n".join(texts)
    small = text.lower()
    for gap in _GAPS:
        small = small.replace(gap, "")
    if len(wanted) < _INITIALS or wanted not in small:
        return None
    forms = Counter(name for name in _written(wanted).findall(text) if not name.islower())
    whole = [name for name in forms if name.isupper() or len(wanted) >= _LEAST]
    return max(whole, key=lambda name: (forms[name], not name.isupper()), default=None)


def _written(label: str) -> re.Pattern[str]:
    """A label with blanks between some of its letters, in capitals or not, where it is no part of an address."""
    first, *others = (f"[{re.escape(letter)}{re.escape(letter.upper())}]" for letter in label)
    between = f"[{re.escape(_GAPS)}]{{0,2}}"
    return re.compile(between.join([rf"{first}(?<![\w.@/-]{first})", *others]) + r"(?![\w@/-])")


def _shortened(label: str, name: str) -> bool:
    """Whether a label is the initials of a name with its last word whole, as in nytimes."""
    *words, last = [word for word in name.casefold().split() if word != "the"] or [""]
    return bool(words) and len(last) >= _LEAST and label == "".join(word[0] for word in words) + last


def is_own(name: str, site: Iterable[str]) -> bool:
    """Whether an unknown agency's name is the site's own, or its initials; known agencies publish, too."""
    if agency(name):
        return False
    initials = ["".join(word[0] for word in text.split()) for text in site if text]
    return any(key(name) in key(text) for text in site if text) or _same(name, initials)


def copyright_holder(text: str) -> str | None:
    """Whose copyright a line asserts."""
    head = text[:200]
    small = head.lower()
    if "©" not in head and "copyright" not in small and "(c)" not in small:  # this is asked of every line
        return None
    found = _COPYRIGHT.search(head)
    return found["name"].strip() if found else None


def referred(stated: Structured, value: object) -> str | None:
    """The name of a node that JSON-LD refers to by its @id."""
    wanted = {item.get("@id") for item in listed(value) if isinstance(item, dict)} - {None}
    return next(
        (name for node in stated.nodes if node.get("@id") in wanted and (name := named(node.get("name")))), None
    )


def _mastheads(tree: html.HtmlElement) -> Iterator[str]:
    """Texts of the links to the front page, and of logos."""
    home = [link for link in tree.iter("a") if _HOME.match((link.get("href") or "#").strip())]
    for element in [*home, *tree.xpath(_MASTHEAD)]:
        pictures = [picture.get("alt") for picture in element.iter("img")]
        for text in (one_line(element.text_content()), *map(one_line, filter(None, pictures))):
            if _is_short(text):
                yield text


def _title_parts(tree: html.HtmlElement) -> Iterator[str]:
    parts = SEPARATOR.split(one_line(tree.findtext(".//title") or ""))
    for part in dict.fromkeys((parts[-1], parts[0])):
        if _is_short(part):
            yield part


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= _MOST_WORDS and len(key(text)) > 1 and text[-1] not in ".:!?" and len(text) < 60  # noqa: PLR2004


def _same(name: str, others: Iterable[str]) -> bool:
    own = key(name)
    return any(own in (key(other), key(_COMPANY.sub("", other))) for other in others)


def _in_address(name: str, host: str) -> bool:
    one, other = sorted((key(name), _label(host)), key=len)
    return len(one) >= _LEAST and one in other and len(one) >= _ALIKE * len(other)


@cache
def _paper_words() -> frozenset[str]:
    data = tomllib.loads((files("pipelines.clean") / "agencies.toml").read_text(encoding="utf-8"))
    return frozenset(data["paper_words"])


def _is_paper(text: str) -> bool:
    words = text.split()
    titled = all(word[0].isupper() or not word[0].isalpha() for word in (words[0], words[-1]))
    return len(words) > 1 and titled and words[-1].casefold() in _paper_words()
