"""Lines as paragraphs: lines that belong together are joined, and words that were parted at a line's end are mended."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pipelines.clean.media.columns import Line

HYPHENS = "-\xad\u2010\x02\ufffe"  # the last two are PDFium's for one at the end of a line
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(rf"([^\W\d_]+)[{re.escape(HYPHENS)}]$")
_SENTENCE_END = re.compile(r"""[.!?:][")\]”’»]*$""")
_BEGINS_SMALL = re.compile(r"[a-zà-öø-ÿ]")
_ITEM = re.compile(r"\s*[•●▪■‣◦–—]\s")  # of a list, whose lines may hang behind its sign
_PITCH = 1.35  # times the usual distance of lines: more is a blank between paragraphs
_INDENT = 0.7  # of the type's size
_SIZE = 1.1  # times the size of the line before: another kind of text
_SHORT = 0.8  # of the column's width: a full stop before that ends a paragraph


def plain(text: str) -> str:
    """Text without ligatures and without control characters."""
    return "".join(c for c in text.translate(_LIGATURES) if c.isprintable() or c in HYPHENS)


def paragraphs(pages: Iterable[Sequence[Line]]) -> list[str]:
    """The paragraphs of a document; one that goes on in the next column or on the next page is one."""
    found = [line for page in pages for line in page if line.text.strip()]
    words = set(_WORD.findall(" ".join(line.text for line in found).casefold()))
    pitch = _pitch(found)
    joined: list[str] = []
    for before, line in pairwise([None, *found]):
        if line is None:
            continue
        if before is None or _begins(before, line, pitch):
            joined.append(line.text.strip())
        else:
            joined[-1] = _join(joined[-1], line.text.strip(), words)
    return [text.replace("\xad", "").replace("\x02", "").replace("\ufffe", "") for text in joined]


def _pitch(found: Sequence[Line]) -> float:
    """The usual distance of lines, in sizes of their type."""
    steps = [
        (a.base - b.base) / a.size for a, b in pairwise(found) if a.size and 0 < a.base - b.base < 3 * a.size
    ]  # three sizes are more than any text is set apart
    return median(steps) if steps else 1.2


def _begins(before: Line, line: Line, pitch: float) -> bool:
    """Whether a line begins a paragraph."""
    if max(before.size, line.size) > _SIZE * min(before.size, line.size):
        return True
    ended = bool(_SENTENCE_END.search(before.text.rstrip()))
    step = before.base - line.base
    if step <= 0 or before.margin != line.margin:  # another column or page
        return ended or not (_BEGINS_SMALL.match(line.text) or before.text.rstrip().endswith(tuple(HYPHENS)))
    if step > _PITCH * pitch * before.size:
        return True
    indent = _INDENT * line.size
    if _ITEM.match(line.text):
        return True
    if line.left - line.margin > indent >= before.left - before.margin and not _ITEM.match(before.text):
        return True
    return ended and before.right - before.margin < _SHORT * (before.end - before.margin)


def _join(text: str, line: str, words: set[str]) -> str:
    parted, rest = _PARTED.search(text), _WORD.match(line)
    if not (parted and rest and _BEGINS_SMALL.match(line)):
        return f"{text} {line}"
    together = (parted[1] + rest[0]).casefold()
    is_compound = together not in words and f"{parted[1]}-{rest[0]}".casefold() in words
    return f"{text[:-1]}{'-' if is_compound else ''}{line}"
