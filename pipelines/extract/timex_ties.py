"""Times that take their days from another beside them: 10:45 GMT on Monday, the three months ended Sept. 30."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeGuard

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period, Unit
from pipelines.extract.timex_clock import Clock
from pipelines.extract.timex_lengths import Lasting
from pipelines.extract.timex_lexer import Lexeme
from pipelines.extract.timex_meaning import (
    FUTURE,
    PAST,
    PRESENT,
    Fixed,
    Frame,
    Meaning,
    Node,
    Recurring,
    Shift,
    Weekday,
    dated,
)
from pipelines.extract.timex_reported import Reported

SPANNING = 9  # characters: "between" before the first end of a span
CLOSE = 25  # characters: a clock time may take its day from one so near
_ENDS = re.compile(r"\s(?:that |which )?(ended|ending|ends|to|through)\s(?:on |in |last )?")
_SPAN = re.compile(r",?\s(?:to|and|through|until|till|or)\s|\s?[-–]\s?")
_LISTED = re.compile(r",? (?:and|or) ")
_SPANNING = re.compile(r"(?<!\w)(?:between|from)\s$", re.IGNORECASE)
_OF = re.compile(r"\sof\s")


@dataclass(frozen=True, slots=True)
class Until:
    """A stretch that ends with another time: the quarter ended Sept. 30, the 12 months to October."""

    stretch: Node
    unit: Unit
    count: float
    end: Node

    def resolve(self, frame: Frame) -> Meaning | None:
        """The stretch's own type, with the days up to the end of the other time."""
        said, end = self.stretch.resolve(frame), self.end.resolve(frame)
        if not said or not end or not end.period or not end.period.last or end.period.fiscal:
            return said
        last = end.period.last
        before = cal.moved(cal.add_days(last, 1), self.unit, -self.count)
        if not before:
            return said
        if said.type == "DURATION":
            return replace(said, period=Period("", self.unit, before, last))
        named = isinstance(self.stretch, Recurring) or (isinstance(self.stretch, Reported) and frame.reported)
        own = said.period if named else None
        return dated(replace(own or cal.holding(self.unit, last), first=before, last=last, fiscal=False))


@dataclass(frozen=True, slots=True)
class Beside:
    """A day or month of the year that lies next to a time it is spanned with: from Jan. 1 to May 3, 2019."""

    inner: Recurring
    other: Node
    sign: int

    def resolve(self, frame: Frame) -> Meaning | None:
        """The last one before the other time, or the first one after it."""
        other = self.other.resolve(frame)
        base = other.period.first if other and other.period else None
        if not base:
            return self.inner.resolve(frame)
        near = [p for y in (base.year - 1, base.year, base.year + 1) if (p := self.inner.find(y)) and p.first]
        found = [p for p in near if p.first and (p.first <= base if self.sign == PAST else p.first >= base)]
        return dated(found[-1] if self.sign == PAST else found[0]) if found else self.inner.resolve(frame)


@dataclass(frozen=True, slots=True)
class DayAfter:
    """A weekday that follows one named just before it: Friday and Saturday."""

    day: Weekday
    other: Weekday

    def resolve(self, frame: Frame) -> Meaning:
        """The first such day from the other on."""
        other = self.other.resolve(frame)
        if not other.period or not other.period.first:
            return self.day.resolve(frame)
        found = self.day.from_day(other.period.first, future=True, same=False)
        ahead = found.first and frame.published and found.first > frame.published
        return self.day.resolve(frame) if ahead and frame.direction() < PRESENT else dated(found)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first or last part of a longer time: the first nine months of 2025."""

    stretch: Lasting
    whole: Node

    def resolve(self, frame: Frame) -> Meaning:
        """The length, with its days counted from the beginning or back from the end of the whole."""
        said, whole = self.stretch.resolve(frame), self.whole.resolve(frame)
        period, unit, count = whole.period if whole else None, self.stretch.unit, self.stretch.count
        if not period or not period.first or not period.last or not count or period.fiscal:
            return said
        first, last = period.first, period.last
        if PAST in (self.stretch.edge, self.stretch.shift):
            cut = cal.moved(cal.add_days(last, 1), unit, -count)
            return replace(said, period=Period("", unit, cut, last)) if cut and first <= cut else said
        cut = cal.moved(first, unit, count)
        cut = cal.add_days(cut, -1) if cut else None
        return replace(said, period=Period("", unit, first, cut)) if cut and first <= cut <= last else said


def tied(text: str, lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """The expressions, each that leans on the one behind it with what it takes from there."""
    behind: Lexeme | None = None
    given: list[Lexeme] = []
    for lexeme in reversed(lexemes):
        here = lexeme
        if behind is not None:
            between = text[here.end : behind.start]
            ends = _ENDS.fullmatch(between)
            if ends and ends[1] == "ended" and isinstance(behind.value, Recurring) and behind.value.shift is None:
                behind = behind._replace(value=replace(behind.value, shift=PAST))
                given[-1] = behind
            here = here._replace(value=_leaning(here.value, behind, between, ends))
            if _LISTED.fullmatch(between) and _is_plain(here.value) and _is_plain(behind.value):
                given[-1] = behind._replace(value=DayAfter(behind.value, here.value))
            if _SPAN.fullmatch(between) and _SPANNING.search(text, max(0, here.start - SPANNING), here.start):
                here, given[-1] = _spanned(here, behind)
        given.append(here)
        behind = here
    return iter(given[::-1])


def _spanned(low: Lexeme, high: Lexeme) -> tuple[Lexeme, Lexeme]:
    """Two ends of a span, the one without a year beside the other."""
    if _is_open(low.value) and isinstance(high.value, Recurring | Fixed):
        return low._replace(value=Beside(low.value, high.value, PAST)), high
    if isinstance(low.value, Fixed) and _is_open(high.value):
        return low, high._replace(value=Beside(high.value, low.value, FUTURE))
    return low, high


def _is_plain(node: Node) -> TypeGuard[Weekday]:
    return isinstance(node, Weekday) and node.shift is None


def _is_open(node: Node) -> TypeGuard[Recurring]:
    return isinstance(node, Recurring) and node.shift is None


def _leaning(node: Node, behind: Lexeme, between: str, ends: re.Match[str] | None) -> Node:
    if isinstance(node, Clock) and node.day is None and len(between) <= CLOSE:
        day = behind.value.day if isinstance(behind.value, Clock) else behind.value
        return replace(node, day=day) if isinstance(behind.value, Clock | Weekday) and day else node
    if isinstance(node, Lasting) and (node.edge or node.shift == PAST) and _OF.fullmatch(between):
        return Opening(node, behind.value)
    stretch = _stretch(node) if ends and not isinstance(behind.value, Lasting) else None
    return Until(node, *stretch, behind.value) if stretch else node


def _stretch(node: Node) -> tuple[Unit, float] | None:
    """The length of what may be said to end at a time."""
    if isinstance(node, Lasting) and node.count and node.shift is None:
        return node.unit, node.count
    if isinstance(node, Recurring) and node.unknown.startswith("XXXX-Q"):
        return "quarter", 1.0
    if isinstance(node, Reported) or (isinstance(node, Shift) and node.count == 0 and node.unit != "day"):
        return node.unit, 1.0
    return None
