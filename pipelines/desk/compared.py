"""Two versions of a text side by side."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from pipelines.desk.marks import BREAK

Words = list[tuple[str, bool]]  # runs of words, and whether the other side has others in their place


class Line(NamedTuple):
    """A paragraph in both versions; None where one of them has no such paragraph."""

    before: Words | None
    after: Words | None
    is_same: bool


def side_by_side(before: str, after: str) -> list[Line]:
    """The paragraphs of two texts, those beside each other that are the same or stand in each other's place."""
    old, new = before.split(BREAK), after.split(BREAK)
    return [
        line
        for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for line in _lines(step, old, new)
    ]


def _lines(step: tuple[str, int, int, int, int], old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    what, first, past, new_first, new_past = step
    for one, other in zip_longest(old[first:past], new[new_first:new_past]):
        if what == "equal":
            yield Line([(one, False)], [(other, False)], is_same=True)
        elif one is None or other is None:
            yield Line(_alone(one), _alone(other), is_same=False)
        else:
            yield Line(*_changed(one, other), is_same=False)


def _alone(text: str | None) -> Words | None:
    return None if text is None else [(text, True)]


def _changed(one: str, other: str) -> tuple[Words, Words]:
    old, new = one.split(" "), other.split(" ")
    left: Words = []
    right: Words = []
    for what, first, past, new_first, new_past in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append((" ".join(old[first:past]), what != "equal"))
        right.append((" ".join(new[new_first:new_past]), what != "equal"))
    return [w for w in left if w[0]], [w for w in right if w[0]]
