"""The text of a printed page in the order in which it is read: columns, rows, and what is printed on every page."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_GUTTER = 0.9  # of the type's size: blanks between words are a third of it, gutters one and more
_ROWS = 3  # that a column has at least
_CELL = 12  # characters: shorter lines are cells of a table, which is read by rows
_EDGE = 2  # rows at the head and the foot of a page among which running titles stand
_SHARE, _OFTEN = 0.4, 3  # of the pages, and pages, that a running title stands on: it may be that of a chapter
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:/|of|von|de) ?\d{1,4})?\W*", re.IGNORECASE)


class Segment(NamedTuple):
    """Characters beside one another: where they begin and end, their baseline, and the size of the type, in points."""

    left: float
    right: float
    base: float
    size: float
    text: str


class Line(NamedTuple):
    """A line of a column, with where the column begins and ends."""

    left: float
    right: float
    base: float
    size: float
    text: str
    margin: float
    end: float


def rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments on one baseline together, from the top down and from left to right."""
    found: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.base):
        if found and abs(found[-1][0].base - segment.base) < segment.size * 0.3:
            found[-1].append(segment)
        else:
            found.append([segment])
    return [sorted(row) for row in found]


def without_running(pages: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """The pages without running titles and page numbers.

    A row at the head or foot is one if, whatever its figures, it stands there on three pages, or two of up to five.
    """
    edges = [_edges(page) for page in pages]
    counts = Counter(mark for page in edges for mark in {_mark(row) for row in page})
    often = min(_OFTEN, max(2, _SHARE * len(pages)))
    kept: list[list[Segment]] = []
    for page, at_edge in zip(pages, edges, strict=True):
        out = [row for row in at_edge if counts[_mark(row)] >= often or _PAGE_NUMBER.fullmatch(_text(row))]
        gone = {id(segment) for row in out for segment in row}
        kept.append([segment for segment in page if id(segment) not in gone])
    return kept


def _edges(page: Sequence[Segment]) -> list[list[Segment]]:
    found = rows(page)
    return found if len(found) <= 2 * _EDGE else found[:_EDGE] + found[-_EDGE:]


def _mark(row: Sequence[Segment]) -> str:
    return f"{_DIGITS.sub('#', _text(row)).casefold()} {row[0].size:.0f}"  # a title in larger type is no running one


def _text(row: Sequence[Segment]) -> str:
    return " ".join(segment.text.strip() for segment in row)


def lines(segments: Sequence[Segment]) -> list[Line]:
    """The lines of a page in the order of its columns."""
    return [line for block in _blocks(rows(segments)) for line in _lines(block)]


def _lines(block: Sequence[Sequence[Segment]]) -> list[Line]:
    left = min(row[0].left for row in block)
    right = max(segment.right for row in block for segment in row)
    return [
        Line(row[0].left, max(s.right for s in row), row[0].base, max(s.size for s in row), _text(row), left, right)
        for row in block
    ]


def _blocks(found: list[list[Segment]]) -> list[list[list[Segment]]]:
    """Rows parted by their gutters: what stands above the columns first, then each column, then what stands below."""
    if not found:
        return []
    if len(found) < _ROWS or not _may_have_columns(found):
        return [found]
    for top in range(len(found) - _ROWS + 1):
        lowest = top + _ROWS if not top else max(top + _ROWS, len(found) - 2 * _EDGE)
        for end in range(len(found), lowest - 1, -1):
            if (at := _gutter(found[top:end])) is not None:
                inside = [segment for row in found[top:end] for segment in row]
                columns = [[s for s in inside if s.right <= at], [s for s in inside if s.left >= at]]
                parts = [found[:top], *(rows(column) for column in columns), found[end:]]
                return [block for part in parts for block in _blocks(part)]
    return [found]


def _may_have_columns(found: Sequence[Sequence[Segment]]) -> bool:
    wide = sum(any(b.left - a.right > _GUTTER * a.size for a, b in pairwise(row)) for row in found)
    return wide >= _ROWS


def _gutter(found: Sequence[Sequence[Segment]]) -> float | None:
    """The middle of the widest strip that no segment touches, with columns of prose on both sides; null for none."""
    segments = sorted(segment for row in found for segment in row)
    size = median(segment.size for segment in segments)
    gaps: list[tuple[float, float]] = []
    reach = segments[0].right
    for segment in segments[1:]:
        if segment.left - reach > _GUTTER * size:
            gaps.append((segment.left - reach, (segment.left + reach) / 2))
        reach = max(reach, segment.right)
    for _, at in sorted(gaps, reverse=True):
        sides = [[s for s in segments if s.right <= at], [s for s in segments if s.left >= at]]
        if all(_is_column(side) for side in sides):
            return at
    return None


def _is_column(side: Sequence[Segment]) -> bool:
    return len({round(s.base) for s in side}) >= _ROWS and median(len(s.text) for s in side) >= _CELL
