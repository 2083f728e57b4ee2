"""Times in the text as TIMEX3."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from pipelines.extract.timex_dates import DATES
from pipelines.extract.timex_durations import LENGTHS, LENGTHS_OF
from pipelines.extract.timex_lexer import Lexeme, lexemes, windows
from pipelines.extract.timex_meaning import Frame, Meaning, reports
from pipelines.extract.timex_numbers import NUMBERS
from pipelines.extract.timex_rest import CLOCKS, NESTED
from pipelines.extract.timex_tense import Parse, in_sense
from pipelines.schemas import Time

CASCADE = (NUMBERS, LENGTHS, DATES, LENGTHS_OF, CLOCKS, NESTED, NESTED, NESTED)
FINAL = frozenset(("T", "D", "REPEAT", "REF", "REF_NOUN"))


def times(doc: Doc, published: date | None) -> list[Time]:
    """Dates, times, durations and sets of a document, in order, none overlapping."""
    parse = Parse(doc)
    frame = Frame(published)
    found: list[Time] = []
    for lexeme in candidates(parse):
        here = replace(frame, direction=lambda lexeme=lexeme: parse.direction(lexeme.start))
        meaning = lexeme.value.resolve(here)
        if meaning is None:
            continue
        frame = _moved_on(frame, lexeme, meaning)
        found.append(_row(doc.text, lexeme, meaning))
    return found


def candidates(parse: Parse) -> Iterator[Lexeme]:
    """The expressions of a document with what they say, in order."""
    text = parse.doc.text
    end_before = 0
    for start, end in windows(text):
        run = [x for x in lexemes(text, start, end) if x.start >= end_before]
        run = [x if x.kind == "OTHER" else in_sense(parse, x) for x in run]
        for level in CASCADE:
            run = level.apply(run)
        for i, lexeme in enumerate(run):
            if lexeme.kind in FINAL and not _glued(run, i):
                end_before = lexeme.end
                yield lexeme


def _glued(run: list[Lexeme], i: int) -> bool:
    return run[i].glued and i > 0


def _moved_on(frame: Frame, lexeme: Lexeme, meaning: Meaning) -> Frame:
    """The frame for what follows: what the text spoke of last."""
    period = meaning.period
    if meaning.type == "DATE" and period and period.first:
        frame = replace(frame, anchor=period)
        if period.unit in ("quarter", "half") and reports(lexeme.value):
            frame = replace(frame, reported=period)
    return frame


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
