"""Times in the text as TIMEX3."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from spacy.tokens import Doc

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period
from pipelines.extract.timex_clock import Clock
from pipelines.extract.timex_clocks import CLOCKS
from pipelines.extract.timex_durations import LENGTHS, LENGTHS_OF
from pipelines.extract.timex_games import is_played
from pipelines.extract.timex_lengths import Ago
from pipelines.extract.timex_lexer import Lexeme, lexemes, windows
from pipelines.extract.timex_listed import Listed, listed
from pipelines.extract.timex_meaning import Frame, Meaning, Node, Shift, SomeDay
from pipelines.extract.timex_nested import NESTED
from pipelines.extract.timex_numbers import NUMBERS
from pipelines.extract.timex_periods import PERIODS
from pipelines.extract.timex_reported import ReportedIn, YearBefore
from pipelines.extract.timex_tense import Parse, in_sense
from pipelines.extract.timex_ties import tied
from pipelines.extract.timex_years import is_year
from pipelines.schemas import Time

CASCADE = (NUMBERS, LENGTHS, PERIODS, LENGTHS_OF, CLOCKS)
DEEPEST = 3  # times that stand in one another
NEARBY = 120  # characters: an expression may count from one so near


def times(doc: Doc, published: date | None) -> list[Time]:
    """Dates, times, durations and sets of a document, in order, none overlapping."""
    parse = Parse(doc)
    frame = Frame(published)
    found: list[Time] = []
    spoken = -NEARBY
    for lexeme in tied(parse.text, [*listed(parse, [*candidates(parse)])]):
        nearby = frame.anchor if lexeme.start - spoken <= NEARBY else None
        at = lexeme.value.at if isinstance(lexeme.value, Listed) else lexeme.start
        here = replace(frame, direction=partial(parse.direction, at), nearby=nearby)
        if isinstance(lexeme.value, Clock) and parse.text[lexeme.start - 1 : lexeme.start] in ("", "\n"):
            here = replace(here, anchor=None)  # the hour of an entry of its own, in a running report
        meaning = lexeme.value.resolve(here)
        if meaning is None:
            continue
        frame = _moved_on(frame, lexeme, meaning)
        spoken = lexeme.end
        found.append(_row(parse.text, lexeme, meaning))
    return found


def candidates(parse: Parse) -> Iterator[Lexeme]:
    """The expressions of a document with what they say, in order."""
    text = parse.text
    end_before = 0
    for start, end in windows(text):
        run = [x for x in lexemes(text, start, end) if x.start >= end_before]
        run = [x if x.kind == "OTHER" else _read(parse, x) for x in run]
        for level in CASCADE:
            run = level.apply(run)
        for _ in range(DEEPEST):
            before, run = run, NESTED.apply(run)
            if run is before:
                break
        for i, lexeme in enumerate(run):
            if _stands(parse, run, i):
                end_before = lexeme.end
                yield lexeme._replace(value=SomeDay()) if _is_some_day(parse, lexeme) else lexeme


def _read(parse: Parse, lexeme: Lexeme) -> Lexeme:
    """A word or number as what it is where it stands: 2000 the year, or 2000 people."""
    if lexeme.kind == "YEAR4" and not is_year(parse, lexeme):
        return lexeme._replace(kind="NUMBER", value=str(lexeme.value))
    return in_sense(parse, lexeme)


def _stands(parse: Parse, run: list[Lexeme], i: int) -> bool:
    """Whether what the grammar made is a time by itself."""
    check = _CHECKS.get(run[i].kind)
    return check is not None and not (run[i].glued and i > 0) and check(parse, run[i])


_ONE_DAY = re.compile(r"one day", re.IGNORECASE)
_RELATED = frozenset(("after", "before", "later", "earlier", "ago", "of", "at", "a", "and", "or"))


def _is_some_day(parse: Parse, lexeme: Lexeme) -> bool:
    """Whether "one day" says that something happens some day, and not for how long: the chapel will one day open."""
    if not _ONE_DAY.fullmatch(parse.text, lexeme.start, lexeme.end):
        return False
    day = parse.token(lexeme.end - 1)
    behind = day.nbor().lower_ if day.i + 1 < len(day.doc) else ""
    first = parse.token(lexeme.start)
    moved = first.i > 0 and first.nbor(-1).tag_ in ("MD", "TO")
    ahead = day.dep_ == "npadvmod" and day.head.pos_ in ("VERB", "AUX") and day.i < day.head.i
    return (moved or ahead) and behind not in _RELATED


def _preceded(words: str, width: int) -> Callable[[Parse, Lexeme], bool]:
    pattern = re.compile(rf"\b(?:{words})\s$", re.IGNORECASE)
    return lambda parse, lexeme: bool(pattern.search(parse.text, max(0, lexeme.start - width), lexeme.start))


_AGAIN = re.compile(r" and (?:again|then)\b")  # every now and again


def _soon(parse: Parse, lexeme: Lexeme) -> bool:
    after = parse.text.startswith((" as", " after"), lexeme.end)
    return not after and not _preceded("as", 4)(parse, lexeme)


def _noun(parse: Parse, lexeme: Lexeme) -> bool:
    return parse.token(lexeme.end - 1).tag_ in ("NN", "NNS")


def _adjective(parse: Parse, lexeme: Lexeme) -> bool:
    return parse.token(lexeme.start).tag_ == "JJ"


def _free(parse: Parse, lexeme: Lexeme) -> bool:
    """Whether it is no part of a telephone number or a code, as in 555-1990."""
    text = parse.text
    surface = text[lexeme.start : lexeme.end]
    before, after = text[max(0, lexeme.start - 2) : lexeme.start], text[lexeme.end : lexeme.end + 2]
    coded = (before[:1].isdigit() and before[1:] == "-") or (after[:1] == "-" and after[1:].isdigit())
    return not (surface.isdigit() and coded)


def _no_title(parse: Parse, lexeme: Lexeme) -> bool:
    """Whether it is no programme or paper: not CBS This Morning."""
    words = parse.text[lexeme.start : lexeme.end].split()
    titled = len(words) > 1 and words[0] == "This" and all(word[0].isupper() for word in words)
    return not titled or parse.token(lexeme.start).ent_type_ not in ("ORG", "WORK_OF_ART", "PRODUCT")


def _no_rate(parse: Parse, lexeme: Lexeme) -> bool:
    """Whether `a year` does not say how much at a time, as in 700 seats a week."""
    first = parse.token(lexeme.start)
    if first.lower_ not in ("a", "an") or first.i == 0 or parse.token(lexeme.end - 1).i != first.i + 1:
        return True
    before = first.nbor(-1)
    if before.text == ")":
        return False  # 300 francs ($350) a month
    return before.pos_ not in ("NOUN", "NUM", "SYM") and before.lower_ not in ("once", "twice", "times", "%", "half")


# What a lexeme must be at the end of the cascade to be a time: the kinds, and the test that each has to pass.
_CHECKS: dict[str, Callable[[Parse, Lexeme], bool]] = {
    "T": lambda parse, lexeme: _free(parse, lexeme) and _no_title(parse, lexeme) and not is_played(parse.text, lexeme),
    "D": _no_rate,
    "REPEAT": _free,
    "REF": lambda parse, lexeme: _free(parse, lexeme) and not _AGAIN.match(parse.text, lexeme.end),
    "REF_NOUN": _noun,
    "REF_ADJECTIVE": _adjective,
    "SOON": _soon,
    "UNITS_ALONE": _preceded("for|in|within|lasts?|lasted|lasting", 9),
    "BARE_CLOCK": _preceded("at|by|until|from|since|around|before|after", 8),
}


def _moved_on(frame: Frame, lexeme: Lexeme, meaning: Meaning) -> Frame:
    """The frame for what follows: what the text spoke of last."""
    period = meaning.period
    if meaning.type == "DATE" and period and period.first:
        frame = replace(frame, anchor=period)
        if period.unit in ("quarter", "half") and _is_news(frame, period) and _reports(lexeme.value):
            frame = replace(frame, reported=period, compared=period)
    if meaning.value in ("P6M", "P9M") and frame.published:
        frame = replace(frame, compared=cal.year(frame.published.year))
    return frame


def _is_news(frame: Frame, period: Period) -> bool:
    """Whether a quarter may be what a report is about: over, and not before one named already; else the first begun."""
    if not frame.published or not period.first or not period.last or period.first >= frame.published:
        return False
    before = frame.reported
    if before is None or before.last is None or before.unit != period.unit:
        return True
    return period.last < frame.published and before.last <= period.last


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
        "first_day": period.first if period and not period.fiscal else None,
        "last_day": period.last if period and not period.fiscal else None,
    }
