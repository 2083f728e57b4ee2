"""Passages between quotation marks: straight, curly and British, nested, over paragraphs, with marks missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH = re.compile(r"[^\n]+")
DOUBLE = re.compile(r"\"|[“”„‟«»＂]|''|``")
SINGLE = re.compile(r"['‘’‛]")
OPENING = frozenset("“„«‘‛")
CLOSING = frozenset("”»")
FAMILY = {"“": "curly", "”": "curly", "„": "curly", "‟": "curly", "«": "angle", "»": "angle", "`": "tex", "'": "tex"}
CLOSES_AFTER = frozenset(".,!?…—–-;:)")


@dataclass(frozen=True)
class Passage:
    """Text between marks within one paragraph, the marks included.

    `inner_start` and `inner_end` leave the marks out. `continues` says that the passage before it, a paragraph
    earlier, was left open, so that one utterance goes on.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    continues: bool
    closed: bool


def passages(text: str) -> list[Passage]:
    """The passages between quotation marks, in order; those nested in another are part of it."""
    found: list[Passage] = []
    left_open = False
    for paragraph in PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        here = list(_in_paragraph(text, start, end, left_open=left_open))
        found += here
        left_open = bool(here) and not here[-1].closed
    return found


def _in_paragraph(text: str, start: int, end: int, *, left_open: bool) -> Iterator[Passage]:
    marks = [(m.start(), m.end()) for m in DOUBLE.finditer(text, start, end)]
    if not marks:
        marks = list(_single_marks(text, start, end))
    continues = left_open
    opened: tuple[int, int] | None = None
    for i, mark in enumerate(marks):
        if opened is None:
            if _opens(text, *mark, start):
                opened = mark
                continues = continues and not text[start : mark[0]].strip()
        elif _closes(text, *mark, end) and not _nested(text, opened, mark, marks[i + 1 :]):
            yield Passage(opened[0], mark[1], opened[1], mark[0], continues, closed=True)
            opened, continues = None, False
    if opened is not None and text[opened[1] : end].strip():
        stop = start + len(text[start:end].rstrip())
        yield Passage(opened[0], stop, opened[1], stop, continues, closed=False)


def _family(text: str, mark: tuple[int, int]) -> str:
    return FAMILY.get(text[mark[0]], text[mark[0] : mark[1]])


def _nested(text: str, opened: tuple[int, int], mark: tuple[int, int], later: list[tuple[int, int]]) -> bool:
    """Whether a mark of another kind closes a quote within the quote, since the right kind is still to come."""
    family = _family(text, opened)
    if _family(text, mark) == family:
        return False
    following = [m for m in later if _family(text, m) == family]
    return bool(following) and text[following[0][0]] not in OPENING and not _starts_word(text, following[0])


def _starts_word(text: str, mark: tuple[int, int]) -> bool:
    return text[mark[0] - 1].isspace() and text[mark[1] : mark[1] + 1].isalnum()


def _opens(text: str, start: int, end: int, floor: int) -> bool:
    mark = text[start:end]
    if mark[0] in CLOSING and mark != "»":
        return start == floor or text[start - 1].isspace()
    if mark[0] in OPENING or mark == "``":
        return True
    after = text[end : end + 1]
    return bool(after) and not after.isspace() and (start == floor or not text[start - 1].isalnum())


def _closes(text: str, start: int, end: int, ceiling: int) -> bool:
    mark = text[start:end]
    if mark[0] in CLOSING or end == ceiling:
        return True
    before, after = text[start - 1], text[end]
    if mark[0] in OPENING:
        return before in CLOSES_AFTER and not after.isalnum()
    return not before.isspace() or not after.isalnum()


def _single_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Single marks that quote, as in British print, without apostrophes."""
    inside = False
    for mark in SINGLE.finditer(text, start, end):
        before = text[mark.start() - 1 : mark.start()] if mark.start() > start else " "
        after = text[mark.end() : mark.end() + 1] if mark.end() < end else " "
        if not inside and (before.isspace() or before in "([—–-") and (after.isalpha() or after in "[…"):
            inside = _closing_single(text, mark.end(), end)
            if inside:
                yield mark.span()
        elif inside and _ends_single(before, after):
            inside = False
            yield mark.span()


def _closing_single(text: str, start: int, end: int) -> bool:
    """Whether a single mark that was opened is ever closed by one after punctuation or before the end of a phrase."""
    for mark in SINGLE.finditer(text, start, end):
        after = text[mark.end() : mark.end() + 1] if mark.end() < end else " "
        if _ends_single(text[mark.start() - 1], after):
            return True
    return False


def _ends_single(before: str, after: str) -> bool:
    """Whether a mark between two characters can close; "workers' rights" does not."""
    if before.isspace() or after.isalnum():
        return False
    return before != "s" or not after.isspace() or before in CLOSES_AFTER
