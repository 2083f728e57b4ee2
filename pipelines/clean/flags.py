"""What kind of document it is where it is not a plain, whole article."""

import re
from collections.abc import Sequence

from pipelines.clean.structured import Structured, listed
from pipelines.schemas import Cleaned

_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|unlock|keep reading)|to (?:continue|keep) reading|subscribers? only"
    r"|(?:already a|become a) subscriber|(?:log|sign) in to (?:continue|read|view)|for subscribers"
    r"|unlock this (?:article|story)|need to log in to view"
    r"|this (?:article|content|story) is (?:reserved )?(?:for|available to) (?:our )?(?:subscribers|members|paying))",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.\.\.|…|\[\+\d{1,6} chars\]|\bread more\W{0,3}|continue reading\W{0,3})\s*$", re.IGNORECASE)
_LIVE = re.compile(
    r"/live[/-]|[/_-]live-?(?:updates?|blog|feed|ticker|reporting)\b|\blive(?: updates?|[ -]?blog)\b|\bLIVE ?[:|-]"
)
_GALLERY = re.compile(
    r"/(?:gallery|galleries|photos|slideshow|in-pictures|pictures)/|\b(?:in pictures|photo gallery|slideshow)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"^(?:the |top )?\d{1,3} (?!years?\b|people\b|dead\b|killed\b|percent\b)[a-z'’-]+ ", re.IGNORECASE)
_STAMP = re.compile(
    r"^\W{0,3}(?:\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|\d{1,2} (?:min|minutes|hours?) ago)\b",
    re.IGNORECASE,
)
# What the agencies send beside stories: notices to editors, digests of other papers, diaries, schedules of news.
_ADVISORY = re.compile(
    r"^\W{0,2}(?:media )?advisory\b|^(?:press|newspaper) (?:digest|review)\b|^(?:\w+ )?top (?:news|stories) (?:at|of)\b"
    r"|^(?:(?:political|economic|business|sports?|news) )?(?:diary|calendar|schedule|digest|budget)\s?[-:–—]"
    r"|^(?:mandatory )?kill\b\s?[-:–—]|^(?:news ?alert|snap|day ahead|week ahead|upcoming)\s?[-:–—]|^withdrawn\b",
    re.IGNORECASE,
)
_STAMPS = 5  # times at the head of paragraphs: a running report
_SHORT = 250  # words: a story behind a paywall that shows less was cut
_LIST_HEADS = 3
_TOP = 5  # lines above a story among which an advisory says that it is one
_HEADING = 100  # characters


def of_page(row: Cleaned, stated: Structured, rest: Sequence[str], *, cut: bool) -> list[str]:
    """Flags of a page: its structured data, its address, its words, and whether it breaks off in the story."""
    found = set(of_text(row, rest, corrected=False)) | ({"truncated"} if cut else set())
    free = [str(v).lower() for v in listed(stated.article.get("isAccessibleForFree"))]
    if "false" in free or stated.first("article:content_tier") in ("locked", "metered"):
        found.add("paywalled")
    if "LiveBlogPosting" in stated.types:
        found.add("live_blog")
    if {"ImageGallery", "MediaGallery"} & stated.types:
        found.add("gallery")
    words = len(row["text"].split())
    declared = len(str(stated.article.get("articleBody") or "").split())
    if "paywalled" in found and (words < _SHORT or declared > 2 * words):
        found.add("truncated")
    return sorted(found)


def of_text(row: Cleaned, rest: Sequence[str], *, corrected: bool) -> list[str]:
    """Flags of any document: its address, its title, its words and those of its residue."""
    found = {"corrected"} if corrected else set()
    paragraphs = row["text"].split("\n\n")
    address, title = row["url"] or "", row["title"] or ""
    if len(row["text"].split()) < _SHORT and any(_PAYWALL.search(line[:300]) for line in rest):
        found.add("paywalled")
    if _CUT.search(paragraphs[-1][-200:]):
        found.add("truncated")
    if _LIVE.search(address) or _LIVE.search(title) or sum(bool(_STAMP.match(p[:40])) for p in paragraphs) >= _STAMPS:
        found.add("live_blog")
    if _GALLERY.search(address) or _GALLERY.search(title):
        found.add("gallery")
    if _ADVISORY.search(title) or any(_ADVISORY.search(line[:80]) for line in rest[:_TOP] if len(line) < _HEADING):
        found.add("advisory")
    if _LIST.match(title) and sum(map(_is_heading, paragraphs)) >= _LIST_HEADS:
        found.add("list")
    return sorted(found)


def _is_heading(paragraph: str) -> bool:
    return len(paragraph.split()) <= 10 and paragraph[-1:] not in '.?!"”'  # noqa: PLR2004
