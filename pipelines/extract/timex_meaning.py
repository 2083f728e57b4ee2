"""What a time expression means, before and after it is resolved against the day of publication.

A node says what the words say ("the third quarter", "two weeks ago"); `resolve` gives its TIMEX3 type, value and days
in a frame: the day of publication, what the text spoke of last, and where the verb points. A node that names a day
that does not exist resolves to nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period, Unit
from pipelines.schemas import TimeType

PAST, PRESENT, FUTURE = -1, 0, 1
LONG_PAST = -2  # past beyond doubt, however long ago and however near the next such day

# The value of a period whose place in the calendar is not known.
UNKNOWN: dict[str, str] = {
    "day": "XXXX-XX-XX",
    "weekend": "XXXX-WXX-WE",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "millennium": "X",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against."""

    published: date | None
    direction: Callable[[], int] = lambda: PRESENT
    anchor: Period | None = None
    nearby: Period | None = None
    reported: Period | None = None
    compared: Period | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved time."""

    type: TimeType
    value: str
    period: Period | None = None


class Node(Protocol):
    """What an expression says."""

    def resolve(self, frame: Frame) -> Meaning | None:
        """The type, value and days that it comes to in a frame."""


def dated(period: Period | None, unit: Unit = "year", unknown: str | None = None) -> Meaning:
    """A date: the period's own value, or how the value looks where the calendar does not say which."""
    return Meaning("DATE", period.value if period else unknown or UNKNOWN[unit], period)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A place in the calendar that the words name in full: 13 December 2025."""

    period: Period

    def resolve(self, frame: Frame) -> Meaning:
        """The period, whatever the frame."""
        del frame
        return dated(self.period)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A day that its name alone stands for once it has passed: the Sept. 11 attacks."""

    period: Period
    otherwise: Node

    def resolve(self, frame: Frame) -> Meaning | None:
        """That day; what the words say otherwise, in a text of an earlier day."""
        if frame.published and self.period.last and frame.published < self.period.last:
            return self.otherwise.resolve(frame)
        return dated(self.period)


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A day that the calendar does not have: 29 February 2015."""

    def resolve(self, frame: Frame) -> None:
        """Nothing."""
        del frame


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit of the calendar counted from the one that publication falls in: last month, today, next year."""

    unit: Unit
    count: int
    fiscal: bool = False

    def resolve(self, frame: Frame) -> Meaning:
        """That unit, or its form with X where publication is not known."""
        if not frame.published:
            return dated(None, self.unit)
        found = cal.shifted(self.unit, frame.published, self.count)
        return dated(replace(found, fiscal=self.fiscal) if found else None, self.unit)


_RANK = {
    unit: rank for rank, unit in enumerate(("day", "weekend", "week", "month", "quarter", "half", "season", "year"))
}


@dataclass(frozen=True, slots=True)
class Narrated:
    """A unit of the calendar counted from what the text spoke of last: that year, the following month."""

    unit: Unit
    count: int

    def resolve(self, frame: Frame) -> Meaning:
        """That unit, from the publication where the text spoke of nothing as fine yet."""
        finer = frame.anchor and _RANK.get(frame.anchor.unit, 9) <= _RANK.get(self.unit, 0)
        base = frame.anchor.first if frame.anchor and finer else frame.published
        return dated(cal.shifted(self.unit, base, self.count) if base else None, self.unit)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A part of the year without its year: October, 23 October, the third quarter, winter, Thanksgiving."""

    find: Callable[[int], Period | None]
    unknown: str
    shift: int | None = None
    firm: bool = False  # whether a verb decides alone, however far the day: they met on Christmas Eve

    def resolve(self, frame: Frame) -> Meaning | None:
        """The one that the words and the verb point to."""
        if not frame.published:
            return dated(None, unknown=self.unknown)
        return self.near(frame.published, frame.direction)

    def near(self, base: date, direction: Callable[[], int]) -> Meaning | None:
        """The occurrence about a day: the last, the next, this year's, or by the verb the last begun or still open."""
        found = [p for y in range(base.year - 4, base.year + 5) if 0 < y <= date.max.year and (p := self.find(y))]
        past = [p for p in found if p.first and p.first <= base]
        future = [p for p in found if p.last and p.last >= base]
        if self.shift == PAST:
            past = [p for p in past if p.last and p.last < base]
        elif self.shift == FUTURE:
            future = [p for p in future if p.first and p.first > base]
        if self.shift == PRESENT:
            here = self.find(base.year)
            return dated(here) if here else None
        if not past or not future:
            only = past[-1:] or future[:1]
            return dated(only[0]) if only else None
        if self.shift is not None:
            return dated(past[-1] if self.shift == PAST else future[0])
        pointed = direction()
        if pointed == LONG_PAST or (self.firm and pointed):
            return dated(future[0] if pointed == FUTURE else past[-1])
        return dated(_likelier(past[-1], future[0], base, pointed))


_SOON, _LONG_AGO = 100, 240  # days
_NEAR = {"day": 60, "month": 45}
_JUST = {"day": 15, "quarter": _SOON}
_LEAN = 1.5  # news looks back rather than ahead


def _likelier(past: Period, future: Period, base: date, direction: int) -> Period:
    """The last occurrence or the coming one: what the verb says, unless the other is near and its own is far."""
    since, until = (base - (past.last or base)).days, ((future.first or base) - base).days
    if direction == PAST:
        return future if until < _NEAR.get(past.unit, 0) and since > _LONG_AGO else past
    if direction == FUTURE:
        return past if since < _JUST.get(past.unit, 0) and until > _LONG_AGO else future
    return past if since <= _LEAN * until else future


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: Friday, last Monday."""

    number: int
    shift: int | None = None
    narrated: bool = False

    def resolve(self, frame: Frame) -> Meaning:
        """The day just past, or the coming one, publication's own day included where the words do not exclude it."""
        if not frame.published:
            return dated(None, unknown=f"XXXX-WXX-{self.number}")
        base = frame.published
        if self.narrated and frame.anchor and frame.anchor.first and frame.anchor.unit == "day":
            base = frame.anchor.first
        if self.shift is None:
            return dated(self.from_day(base, frame.direction() == FUTURE, same=True))
        if self.shift == PRESENT:
            return dated(cal.day(cal.add_days(base, self.number - base.isoweekday())))
        return dated(self.from_day(base, self.shift == FUTURE, same=False))

    def from_day(self, base: date, future: bool, *, same: bool) -> Period:  # noqa: FBT001
        """The nearest such day after or before another."""
        ahead = (self.number - base.isoweekday()) % 7
        if ahead == 0:
            return cal.day(base if same else cal.add_days(base, 7 if future else -7))
        return cal.day(cal.add_days(base, ahead if future else ahead - 7))


@dataclass(frozen=True, slots=True)
class NewYear:
    """The new year: the one that begins next, or that has begun not long ago."""

    def resolve(self, frame: Frame) -> Meaning:
        """The year of publication in its first half, the next one from then on; its beginning is meant."""
        if not frame.published:
            return dated(None, "year")
        late = frame.published.month > cal.YEAR_MONTHS // 2
        return dated(cal.part(cal.year(frame.published.year + late), "start"))


@dataclass(frozen=True, slots=True)
class WeekendNear:
    """The weekend, or this weekend: the one just past, or the coming one where the verb points ahead."""

    this: bool = False

    def resolve(self, frame: Frame) -> Meaning:
        """The weekend of publication's week from Saturday on, or where the verb points ahead; else the one before.

        This weekend is the coming one, unless the verb is past.
        """
        if not frame.published:
            return dated(None, "weekend")
        saturday = 6
        pointed = frame.direction()
        here = pointed >= PRESENT if self.this else pointed == FUTURE
        begun = frame.published.isoweekday() >= saturday
        return Shift("weekend", 0 if begun or here else -1).resolve(frame)


@dataclass(frozen=True, slots=True)
class Inside:
    """A part of the year or week within one that is named: the third quarter of 1990, Monday of last week."""

    inner: Recurring | Weekday
    outer: Node

    def resolve(self, frame: Frame) -> Meaning | None:
        """The part; nothing where the year has no such day."""
        outer = self.outer.resolve(frame)
        if not outer or not outer.period or not outer.period.first:
            return self.inner.resolve(replace(frame, published=None)) if outer else None
        first = outer.period.first
        if isinstance(self.inner, Weekday):
            return dated(self.inner.from_day(first, future=True, same=True))
        found = self.inner.find(first.year)
        return dated(replace(found, fiscal=found.fiscal or outer.period.fiscal)) if found else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period: early next year, the end of 2026, late September."""

    name: str
    whole: Node

    def resolve(self, frame: Frame) -> Meaning | None:
        """The whole's value with the part's days."""
        whole = self.whole.resolve(frame)
        if not whole or not whole.period or whole.type != "DATE":
            return whole
        if self.name in ("earlier", "later", "rest"):
            return replace(whole, period=_side(whole.period, self.name, frame.published))
        return replace(whole, period=cal.part(whole.period, self.name))


def _side(whole: Period, name: str, published: date | None) -> Period:
    """What of a period lies before or after the day of publication."""
    if not published or not whole.first or not whole.last or not whole.first <= published <= whole.last:
        return whole
    return replace(whole, last=published) if name == "earlier" else replace(whole, first=published)


@dataclass(frozen=True, slots=True)
class Reference:
    """The past, present or future as such: now, recently, soon."""

    value: str
    ahead: bool = False

    def resolve(self, frame: Frame) -> Meaning | None:
        """The value, of the present with the day of publication; nothing for the `soon` of what is long past."""
        if self.value == "FUTURE_REF" and self.ahead and frame.direction() < PRESENT:
            return None
        present = self.value == "PRESENT_REF" and frame.published
        return Meaning("DATE", self.value, cal.day(frame.published) if present and frame.published else None)


@dataclass(frozen=True, slots=True)
class SomeDay:
    """A day that nobody knows: it will one day open, one day he left."""

    def resolve(self, frame: Frame) -> Meaning:
        """The past where the verb is past, else the future."""
        return Meaning("DATE", "PAST_REF" if frame.direction() < PRESENT else "FUTURE_REF")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A set of times: every day, weekly, Tuesday nights."""

    value: str

    def resolve(self, frame: Frame) -> Meaning:
        """The value, whatever the frame."""
        del frame
        return Meaning("SET", self.value)


@dataclass(frozen=True, slots=True)
class Holding:
    """The unit that another time falls in: the week of March 6."""

    unit: Unit
    inner: Node

    def resolve(self, frame: Frame) -> Meaning | None:
        """That unit's value and days."""
        inner = self.inner.resolve(frame)
        if not inner or not inner.period or not inner.period.first:
            return inner and dated(None, self.unit)
        return dated(cal.holding(self.unit, inner.period.first))
