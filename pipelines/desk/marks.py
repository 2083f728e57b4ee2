"""A text cut where its facts begin and end, so that each piece can be marked with all facts that it stands in."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

BREAK = "\n\n"  # between paragraphs of a clean body


class Mark(NamedTuple):
    """Characters of a fact: `row` is the name of the row that tells of it, `about` says in words what it is."""

    row: str
    kind: str
    start: int
    end: int
    about: str = ""


class Piece(NamedTuple):
    """Characters with the marks that cover them, the narrowest first, and those of them that begin here."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]


def paragraphs(text: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """The paragraphs of a text, each as pieces that together are its characters; marks count from the text's start."""
    ordered = sorted(marks, key=lambda m: (m.start, m.end))
    found: list[list[Piece]] = []
    start = 0
    for paragraph in text.split(BREAK):
        end = start + len(paragraph)
        inside = [m for m in ordered if m.start < end and m.end > start]
        found.append(_pieces(text, start, end, inside))
        start = end + len(BREAK)
    return found


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    cuts = sorted({start, end, *(min(max(at, start), end) for m in marks for at in (m.start, m.end))})
    found = []
    for first, past in pairwise(cuts):
        covering = sorted((m for m in marks if m.start <= first and m.end >= past), key=lambda m: m.end - m.start)
        begins = tuple(m for m in covering if max(m.start, start) == first)
        found.append(Piece(text[first:past], tuple(covering), begins))
    return found
