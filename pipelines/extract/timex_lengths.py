"""What lengths of time mean, and times that lie such a length away."""

from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period, Unit
from pipelines.extract.timex_meaning import FUTURE, PAST, UNKNOWN, Frame, Meaning, Shift, Weekday, dated
from pipelines.extract.timex_reported import YearBefore


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time: three years, the past five years, the next few days."""

    unit: Unit
    count: float | None
    shift: int | None = None
    edge: int = 0  # of the first so many units of something, 1; of the last, -1

    def resolve(self, frame: Frame) -> Meaning:
        """Its length; its days where it is counted from or to the day of publication."""
        value = duration_value(self.unit, self.count)
        return Meaning("DURATION", value, self._days(frame.published) if self.shift else None)

    def _days(self, published: date | None) -> Period | None:
        if not published or not self.count:
            return None
        unit, count = self.unit, self.count
        if unit in _HOURS:
            unit, count = "day", ceil(count * _HOURS[unit] / 24) if count * _HOURS[unit] >= 24 else 0  # noqa: PLR2004
        end = cal.moved(published, unit, count * (self.shift or 0))
        if not end:
            return None
        return Period("", self.unit, min(end, published), max(end, published))


@dataclass(frozen=True, slots=True)
class Compound:
    """A length of time in several units: six years and three months."""

    parts: tuple[Lasting, ...]

    def resolve(self, frame: Frame) -> Meaning:
        """All lengths in one value, greater units first."""
        del frame
        values = [duration_value(one.unit, one.count) for one in self.parts]
        days = [value.removeprefix("P").partition("T")[0] for value in values]
        hours = [value.partition("T")[2] for value in values]
        return Meaning("DURATION", "P" + "".join(days) + ("T" if any(hours) else "") + "".join(hours))


_HOURS = {"hour": 1.0, "minute": 1 / 60, "second": 1 / 3600}
_LETTERS = {"day": "D", "weekend": "W", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "half": "H"}
_CLOCK_LETTERS = {"second": "S", "minute": "M", "hour": "H"}
_YEARS = {"decade": 10, "century": 100, "millennium": 1000}
_VAGUE = {"decade": "PXDE", "century": "PXCE", "millennium": "PXL"}
_HALVES = {"year": "P{}Y6M", "hour": "PT{}H30M", "minute": "PT{}M30S", "day": "P{}DT12H"}
_SMALLER = {("year", 0.5): "P6M", ("hour", 0.5): "PT30M", ("minute", 0.5): "PT30S", ("day", 0.5): "PT12H"}


def duration_value(unit: str, count: float | None) -> str:
    """The TIMEX3 value of a length of time: P3Y, PT30M, PXD where the number is not said."""
    if count is None and unit in _VAGUE:
        return _VAGUE[unit]
    if unit in _YEARS and count is not None:
        unit, count = "year", count * _YEARS[unit]
    if count is not None and (unit, count) in _SMALLER:
        return _SMALLER[unit, count]
    if count is not None and count % 1 == 0.5 and unit in _HALVES:  # noqa: PLR2004
        return _HALVES[unit].format(int(count))
    number = "X" if count is None else f"{count:.10g}"
    if unit in _CLOCK_LETTERS:
        return f"PT{number}{_CLOCK_LETTERS[unit]}"
    return f"P{number}{_LETTERS[unit]}"


@dataclass(frozen=True, slots=True)
class Ago:
    """So long before or after the publication, or before or after what the text speaks of."""

    length: Lasting
    sign: int
    narrated: bool = False

    def resolve(self, frame: Frame) -> Meaning:
        """A period as coarse as the length's unit: two years ago is a year, ten days ago a day."""
        unit, count = self.length.unit, self.length.count
        near_month = self.narrated and frame.nearby and frame.nearby.unit == "month"
        if unit == "year" and count == 1 and frame.compared and not near_month and self.sign == PAST:
            return YearBefore().resolve(frame)
        if count is None:
            vague = Meaning("DATE", "PAST_REF" if self.sign == PAST else "FUTURE_REF")
            return self.length.resolve(frame) if self.narrated else vague
        base = self._base(frame)
        if near_month and unit == "year":
            unit, count = "month", count * cal.YEAR_MONTHS
        if unit in _HOURS:
            target = cal.moved(base, "day", self.sign * round(count * _HOURS[unit] / 24)) if base else None
        else:
            target = cal.moved(base, unit, self.sign * count) if base else None
        if not target:
            return dated(None, unit if unit in UNKNOWN else "day")
        if unit in ("second", "minute", "hour"):
            return Meaning("TIME", f"{target.isoformat()}TXX", cal.day(target))
        return dated(cal.holding("year" if unit in _YEARS else unit, target))

    def _base(self, frame: Frame) -> date | None:
        if self.narrated and frame.anchor and frame.anchor.first:
            return frame.anchor.first
        return frame.published


@dataclass(frozen=True, slots=True)
class From:
    """So long after a day that is named: a week from Friday."""

    length: Lasting
    day: Weekday

    def resolve(self, frame: Frame) -> Meaning:
        """The day so far from the coming one of that name."""
        unit, count = self.length.unit, self.length.count
        day = self.day.resolve(replace(frame, direction=lambda: FUTURE)).period
        target = cal.moved(day.first, unit, count) if day and day.first and count else None
        return dated(cal.day(target) if target else None, "day")


@dataclass(frozen=True, slots=True)
class Rolling:
    """A unit that ends or begins at the day of publication: the past year."""

    unit: Unit
    shift: int

    def resolve(self, frame: Frame) -> Meaning:
        """The value of the calendar's unit before or after, with the rolling days."""
        whole = Shift(self.unit, self.shift).resolve(frame)
        end = cal.moved(frame.published, self.unit, self.shift) if frame.published else None
        if not end or not frame.published or not whole.period:
            return whole
        days = replace(whole.period, first=min(end, frame.published), last=max(end, frame.published))
        return replace(whole, period=days)
