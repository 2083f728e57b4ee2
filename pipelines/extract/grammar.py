"""The scan: every place where a number may begin, and the first rule that makes a figure of it."""

from collections.abc import Iterator

from pipelines.extract.compounds import compound
from pipelines.extract.figures import Figure, joined, single, term
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import STARTERS, sign
from pipelines.extract.shapes import MULTIPLES, shape

_STARTERS = STARTERS | frozenset(MULTIPLES)


def scan(lex: Lexemes) -> Iterator[Figure]:
    """Every figure of a text, in order, none overlapping."""
    floor = 0
    for place, lexeme in enumerate(lex.items):
        if place < floor or (lexeme.kind != "num" and lexeme.lower not in _STARTERS):
            continue
        at = next((place - step for step in (2, 1) if place - step >= floor and sign(lex, place - step) == step), place)
        if figure := figure_at(lex, at, floor):
            yield figure
            floor = figure.after


def figure_at(lex: Lexemes, at: int, floor: int) -> Figure | None:
    """The figure whose number begins at a lexeme; nothing before `floor` belongs to it."""
    if figure := shape(lex, at):
        return figure
    first = term(lex, at, floor)
    if first is None:
        return None
    return compound(lex, first) or joined(lex, first) or single(lex, first)
