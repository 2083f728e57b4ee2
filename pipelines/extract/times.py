"""Times in the text as TIMEX3."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from spacy.tokens import Doc

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_clocks import CLOCKS
from pipelines.extract.timex_durations import LENGTHS, LENGTHS_OF
from pipelines.extract.timex_lengths import Ago
from pipelines.extract.timex_lexer import Lexeme, lexemes, windows
from pipelines.extract.timex_meaning import Frame, Meaning, Node, Shift
from pipelines.extract.timex_nested import NESTED
from pipelines.extract.timex_numbers import NUMBERS
from pipelines.extract.timex_periods import PERIODS
from pipelines.extract.timex_reported import ReportedIn, YearBefore
from pipelines.extract.timex_tense import Parse, in_sense
from pipelines.schemas import Time

CASCADE = (NUMBERS, LENGTHS, PERIODS, LENGTHS_OF, CLOCKS, NESTED, NESTED, NESTED)
FINAL = frozenset(("T", "REPEAT", "REF"))


def times(doc: Doc, published: date | None) -> list[Time]:
    """Dates, times, durations and sets of a document, in order, none overlapping."""
    parse = Parse(doc)
    frame = Frame(published)
    found: list[Time] = []
    for lexeme in candidates(parse):
        here = replace(frame, direction=partial(parse.direction, lexeme.start))
        meaning = lexeme.value.resolve(here)
        if meaning is None:
            continue
        frame = _moved_on(frame, lexeme, meaning)
        found.append(_row(parse.text, lexeme, meaning))
    return found


def candidates(parse: Parse) -> Iterator[Lexeme]:
    """The expressions of a document with what they say, in order."""
    text = parse.text
    end_before = 0
    for start, end in windows(text):
        run = [x for x in lexemes(text, start, end) if x.start >= end_before]
        run = [x if x.kind == "OTHER" else in_sense(parse, x) for x in run]
        for level in CASCADE:
            run = level.apply(run)
        for i, lexeme in enumerate(run):
            if _stands(parse, run, i):
                end_before = lexeme.end
                yield lexeme


_FOR = re.compile(r"\b(?:for|in|within)\s$", re.IGNORECASE)
_SOON_AS = re.compile(r"\bas\s$", re.IGNORECASE)


def _stands(parse: Parse, run: list[Lexeme], i: int) -> bool:
    """Whether what the grammar made is a time by itself."""
    lexeme = run[i]
    if lexeme.glued and i > 0:
        return False
    text = parse.text
    match lexeme.kind:
        case "UNITS_ALONE":
            return bool(_FOR.search(text, max(0, lexeme.start - 8), lexeme.start))
        case "SOON":
            after = text.startswith((" as", " after"), lexeme.end)
            return not after and not _SOON_AS.search(text, max(0, lexeme.start - 4), lexeme.start)
        case "REF_NOUN":
            return parse.token(lexeme.end - 1).tag_ in ("NN", "NNS")
        case "D":
            return not _rate(parse, lexeme)
        case kind:
            return kind in FINAL


def _rate(parse: Parse, lexeme: Lexeme) -> bool:
    """Whether `a year` says how often or how much at a time: 700 seats a week, 24 hours a day."""
    first = parse.token(lexeme.start)
    if first.lower_ not in ("a", "an") or first.i == 0 or parse.token(lexeme.end - 1).i != first.i + 1:
        return False
    before = first.nbor(-1)
    return before.pos_ in ("NOUN", "NUM", "SYM") or before.lower_ in ("once", "twice", "times", "%", "half")


def _moved_on(frame: Frame, lexeme: Lexeme, meaning: Meaning) -> Frame:
    """The frame for what follows: what the text spoke of last."""
    period = meaning.period
    if meaning.type == "DATE" and period and period.first:
        frame = replace(frame, anchor=period)
        begun = frame.published and period.first < frame.published
        if period.unit in ("quarter", "half") and begun and _reports(lexeme.value):
            frame = replace(frame, reported=period, compared=period)
    if meaning.value in ("P6M", "P9M") and frame.published:
        frame = replace(frame, compared=cal.year(frame.published.year))
    return frame


def _reports(node: Node) -> bool:
    """Whether a node names the period that a report is about, and not the one that it compares with."""
    if isinstance(node, Shift):
        return node.count < 0
    return not isinstance(node, YearBefore | ReportedIn | Ago)


def _row(text: str, lexeme: Lexeme, meaning: Meaning) -> Time:
    period = meaning.period
    return {
        "start": lexeme.start,
        "end": lexeme.end,
        "text": text[lexeme.start : lexeme.end],
        "type": meaning.type,
        "value": meaning.value,
        "first_day": period.first if period else None,
        "last_day": period.last if period else None,
    }
