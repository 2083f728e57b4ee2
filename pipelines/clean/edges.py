"""The edges of a story: bylines and stamps above it, offers, reader's letters and copyright lines below it."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from pipelines.clean import wire
from pipelines.clean.lines import Line

_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door)\s(?=[A-ZÀ-Þ])(?:[^.!?]|(?<=\b[A-Z])\.|(?<=\b[JS]r)\.){2,118}$", re.IGNORECASE
)
_STAMP = re.compile(
    r"^(?:first |last )?(?:published|posted|updated|modified|created|date|veröffentlicht|aktualisiert|publié|mis à jour"
    r"|publicado|actualizado)\b(?: on| at| am| le| el)?\s?:?\s.{0,60}$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)\s|copyright\b\W{1,3}(?:[A-ZÀ-Þ0-9©]|\(c\))).{0,300}$", re.IGNORECASE)
_OFFER = re.compile(
    r"^(?:continue reading\b.{0,40}|read more(?::.{0,200}|\W{0,3})"
    r"|.{0,80}\b(?:last|remaining|more) free (?:articles?|stor(?:y|ies))\b.{0,120}"
    r"|.{0,80}\b(?:unlimited (?:digital )?access|already a subscriber)\b.{0,120})$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:(?:reader'?s?’? |your )?(?:comments?|views|say|letters)|have your say|join the conversation"
    r"|leave a (?:comment|reply)|kommentare|commentaires|comentarios"
    r"|(?:print|e-?mail) (?:this )?(?:page|article|story|to a friend)\b.{0,40})\W{0,2}(?:\(?\d{1,5}\)?)?$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:\d{1,2}(?:st|nd|rd|th)?\s[^\W\d_]{3,9}\.?,?|[^\W\d_]{3,9}\.?\s\d{1,2},?)"
    r"\s(?:19|20)\d{2}(?:[\s,|-]{1,3}\d{1,2}[:.]\d{2}.{0,20})?$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_EDGE = 4  # kept lines at either end
_HEADER_LINE = 120  # characters: a longer line above a dateline is a paragraph
_LONGEST_OFFER = 260  # characters: no longer line matches `_OFFER`, and trying takes long
_LETTER = 30  # words: a longer paragraph below is the labeller's to judge
_REMNANT = 0.25  # of the story's words: what stands below its end, at most


def trimmed(lines: Sequence[Line], kept: Sequence[bool]) -> list[bool]:
    """What is kept of a document without the lines at the edges of the story that are not of it."""
    out = list(kept)
    _above_dateline(lines, out)
    for i in _kept(out)[:_EDGE]:
        if _is_header(lines[i].text):
            out[i] = False
    _below_end(lines, out)
    for i in _kept(out)[-_EDGE:]:
        if _COPYRIGHT.match(lines[i].text) or (len(lines[i].text) < _LONGEST_OFFER and _OFFER.match(lines[i].text)):
            out[i] = False
    return out if any(out) else list(kept)


def without_standfirst(lines: Sequence[Line], kept: Sequence[bool], standfirsts: Collection[str]) -> list[bool]:
    """What is kept without the standfirst, where that stands apart from the story.

    What the markup calls a standfirst is often the story's first paragraph in large print; it is none of the story's
    where the byline stands between them.
    """
    out = list(kept)
    for i, after in pairwise(_kept(kept)[:2]):
        if lines[i].text in standfirsts and any(is_byline(line.text) for line in lines[i + 1 : after]):
            out[i] = False
    return out


def _is_header(text: str) -> bool:
    """Whether a line is a byline or says no more than when the story appeared."""
    stamped = _STAMP.match(text) and _DIGIT.search(text)
    return bool(is_byline(text) or stamped or _DAY.match(text))


def is_byline(text: str) -> bool:
    """Whether a line says no more than who wrote the story."""
    return bool(_BYLINE.match(text))


def _kept(kept: Sequence[bool]) -> list[int]:
    return [i for i, keep in enumerate(kept) if keep]


def _above_dateline(lines: Sequence[Line], kept: list[bool]) -> None:
    """A story begins with its dateline."""
    head = _kept(kept)[: _EDGE + 1]
    start = next((i for i in head if wire.dateline(lines[i].text)), None)
    if start is not None and all(len(lines[i].text) < _HEADER_LINE for i in head if i < start):
        kept[:start] = [False] * start


def _below_end(lines: Sequence[Line], kept: list[bool]) -> None:
    """A story has ended where readers' letters or the tools of the page begin, if little stands below."""
    sizes = [0] * len(kept)
    for i in _kept(kept):
        sizes[i] = lines[i].text.count(" ") + 1
    most = _REMNANT * sum(sizes)
    below = 0
    end = None
    for i in range(len(lines) - 1, -1, -1):
        below += sizes[i]
        if below > most or sizes[i] > _LETTER:
            break
        if len(lines[i].text) < 100 and _AFTER.match(lines[i].text):  # noqa: PLR2004 - a heading or a row of links
            end = i
    if end is not None:
        kept[end:] = [False] * (len(kept) - end)
