"""Figures in the text: read by a grammar over lexemes, then tied to what the sentence says by its parse."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from spacy.tokens import Doc

from pipelines.extract.ages import read_ages
from pipelines.extract.changes import mark_changes
from pipelines.extract.counted import ground, is_stand_in, names_model, spans
from pipelines.extract.exclusions import is_counted_zero, is_figure
from pipelines.extract.figures import Figure, per_so_many, share_converted, share_rates, share_units
from pipelines.extract.grammar import scan
from pipelines.extract.home_currency import place_currencies
from pipelines.extract.lexemes import Lexemes, lex
from pipelines.extract.parsed import Parse
from pipelines.extract.plain_text import text_of
from pipelines.extract.qualifiers import merge_bounds, qualify, share_qualifiers
from pipelines.extract.scales import share_scales
from pipelines.extract.si import Measure, in_si
from pipelines.schemas import Mention, Quantity, Time


def quantities(doc: Doc, times: Sequence[Time], mentions: Sequence[Mention]) -> list[Quantity]:
    """The figures of a document, in order, none overlapping.

    Numbers inside dates, clock times and sets are none, nor are numbers inside names; durations are.
    """
    text = text_of(doc)
    lexemes = lex(text)
    whens = _Reach([(t["start"], t["end"]) for t in times if t["type"] != "DURATION"])
    refs = {(t["start"], t["end"]) for t in times if t["value"].endswith("_REF")}  # "will one day open"
    names = _Reach([(m["start"], m["end"]) for m in mentions])
    scanned = list(scan(lexemes))
    read_ages(lexemes, scanned, mentions)
    figures = [
        figure
        for figure in scanned
        if is_figure(lexemes, figure)
        and (figure.start, figure.end) not in refs
        and not (figure.is_bare and (_is_when(lexemes, figure, whens) or names.touch(figure.start, figure.end)))
    ]
    figures = per_so_many(lexemes, figures)
    share_units(lexemes, figures)
    share_converted(lexemes, figures)
    share_rates(lexemes, figures)
    for figure in figures:
        qualify(lexemes, figure)
    share_qualifiers(lexemes, figures)
    figures = merge_bounds(lexemes, figures)
    mark_changes(lexemes, figures)
    place_currencies(text, figures)
    share_scales(figures)
    parse = Parse(doc)
    ground(parse, figures)
    figures = [
        figure
        for figure in figures
        if not names_model(parse, figure) and not is_stand_in(parse, figure) and is_counted_zero(text, figure)
    ]
    index = {id(figure): i for i, figure in enumerate(figures)}
    return [spans(_row(text, figure, index, in_si(lexemes, figure)), text, figure) for figure in figures]


class _Reach:
    """Spans, asked by figure in the time of a bisection: how far do those reach that begin before a character?"""

    def __init__(self, spans_: Sequence[tuple[int, int]]) -> None:
        ordered = sorted(spans_)
        self.starts = [start for start, _ in ordered]
        self.ends = list(accumulate((end for _, end in ordered), max))

    def _of_those_before(self, char: int) -> int:
        place = bisect_left(self.starts, char)
        return self.ends[place - 1] if place else -1

    def hold(self, start: int, end: int) -> bool:
        """Whether a stretch of characters lies in one of the spans."""
        return self._of_those_before(start + 1) >= end

    def touch(self, start: int, end: int) -> bool:
        """Whether a stretch of characters shares one with the spans."""
        return self._of_those_before(end) > start


def _is_when(lex: Lexemes, figure: Figure, whens: _Reach) -> bool:
    """Whether a number is part of a time, or a range of two: "in 2019", "from 2010 to 2015"."""
    if figure.other is None:
        return whens.hold(figure.start, figure.end)
    first, last = lex[figure.number.first], lex[figure.other.after - 1]
    return whens.hold(first.start, first.end) and whens.hold(last.start, last.end)


def _row(text: str, figure: Figure, index: dict[int, int], si: Measure) -> Quantity:
    return {
        "start": figure.start,
        "end": figure.end,
        "text": text[figure.start : figure.end],
        "kind": figure.kind,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "approx": figure.approx,
        "bound": figure.bound,
        "change": figure.change,
        "baseline": index.get(id(figure.baseline)) if figure.baseline else None,
        "unit": figure.unit,
        "currency": figure.currency,
        "ucum": figure.ucum,
        "dimension": si.dimension,
        "si_value": si.value,
        "si_low": si.low,
        "si_high": si.high,
        "si_unit": si.unit,
        "counted": None,
        "counted_start": None,
        "counted_end": None,
        "about": None,
        "about_start": None,
        "about_end": None,
    }
