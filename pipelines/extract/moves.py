"""Moves from one figure to another: "rose from X to Y" is a level and where it started, and no range."""

from dataclasses import replace

from pipelines.extract.change_words import ADVERBS, MOVERS, NOUNS, TABLES, VERBS
from pipelines.extract.figures import Figure, Term, joined, single, starts, term
from pipelines.extract.lexemes import Lexemes
from pipelines.schemas import Change

_RANGES = frozenset(TABLES["ranges"]["words"].split())
_FAR = 12  # lexemes between the word of change and its figures
_MOVES = {**VERBS, **NOUNS, **MOVERS}


def start_of_move(lex: Lexemes, low: Term) -> Figure | None:
    """The figure that a rise or a fall starts from, with the scale of the one that it leads to.

    "Output rose from 4.4 to 4.5 million." -> 4400000
    "The fund fell from $15 to $10 billion." -> 15000000000 dollar
    "Fares range from $4 to $6." -> 4..6 dollar
    """
    if lex[low.after].lower != "to" or lex[low.after].gap == "\n" or not starts(lex, low.first):
        return None
    way = _way(lex, low.first)
    high = term(lex, low.after + 1, low.after + 1) or term(lex, low.after + 2, low.after + 1)
    if way is None or high is None:
        return None
    return single(lex, _scaled(low, joined(lex, high) or single(lex, high), way))


def _way(lex: Lexemes, first: int) -> Change | None:
    """The way of the verb or noun of change that "from" belongs to: "an increase in fares from", "up from"."""
    at = first - 1
    while lex[at].lower != "from":
        at -= 1
    if lex[at - 1].lower in ADVERBS and lex[at].gap != "\n":
        return ADVERBS[lex[at - 1].lower]
    for step in range(at - 1 - (lex[at - 1].text == ","), at - _FAR, -1):
        if lex[step + 1].gap == "\n" or lex[step].text in _STOPS or lex[step].lower in _RANGES:
            return None
        if way := _MOVES.get(lex[step].lower):
            return way
    return None


def is_range(lex: Lexemes, first: int) -> bool:
    """Whether the verb before "from" makes a range of it: "vary from three weeks to five years"."""
    return any(lex[step].lower in _RANGES for step in range(first - _NEAR, first))


_NEAR = 5
_STOPS = frozenset(".;:!?()")


def _scaled(low: Term, high: Figure, way: Change) -> Term:
    """The start with the scale that only the end has, where the move then goes the way it is said to go."""
    scale = max(high.number.scale, high.other.scale if high.other else 1.0)
    start, end = low.number.value, high.high if high.value is None else high.value
    if start is None or end is None or low.number.scaled or (start < end / scale) != (way == "up"):
        return low
    return replace(low, number=low.number.times(scale, low.number.after))
