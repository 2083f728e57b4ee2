"""The scan: every place where a number may begin, and the first rule that makes a figure of it."""

from collections.abc import Iterator

from pipelines.extract.compounds import and_a_half, below_zero, compound, one_and_cents
from pipelines.extract.figures import Figure, joined, made, single, term
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.moves import start_of_move
from pipelines.extract.numerals import STARTERS, Number, sign
from pipelines.extract.shapes import MULTIPLES, shape

_STARTERS = STARTERS | frozenset([*MULTIPLES, "no", "none"])


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


def zero(lex: Lexemes, at: int) -> Figure | None:
    """As in "No" and "none": a count of nothing, if the parse finds a plural noun behind it.

    "No ferries ran on Monday." -> 0
    "None of the pumps worked." -> 0
    """
    follower = lex[at + 1]
    none = lex[at].lower == "none" and follower.kind == "word" and follower.lower not in ("the", "other", "but")
    no = lex[at].lower == "no" and follower.lower not in ("more", "less", "fewer", "longer", "one", "matter")
    if none or (no and follower.kind == "word" and follower.gap == " "):
        return made(lex, at, at + 1, Number(at, at + 1, 0.0, "zero"), "cardinal", 0.0)
    return None


def figure_at(lex: Lexemes, at: int, floor: int) -> Figure | None:
    """The figure whose number begins at a lexeme; nothing before `floor` belongs to it."""
    if figure := zero(lex, at) or and_a_half(lex, at, floor) or one_and_cents(lex, at, floor) or shape(lex, at):
        return figure
    first = term(lex, at, floor)
    if first is None:
        return None
    figure = compound(lex, first) or start_of_move(lex, first) or joined(lex, first) or single(lex, first)
    return below_zero(lex, figure)
