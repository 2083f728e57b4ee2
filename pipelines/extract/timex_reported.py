"""What a report of business means by the quarter, the latest period, a year earlier."""

from dataclasses import dataclass, replace

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Unit
from pipelines.extract.timex_meaning import Frame, Meaning, Shift, dated


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The same period a year before: a year-earlier loss, the year-ago quarter."""

    def resolve(self, frame: Frame) -> Meaning:
        """A year before the period reported on; before the year of publication where none is."""
        base = frame.compared or (cal.year(frame.published.year) if frame.published else None)
        before = cal.moved(base.first, "year", -1) if base and base.first else None
        return dated(replace(cal.holding(base.unit, before), fiscal=base.fiscal) if base and before else None)


@dataclass(frozen=True, slots=True)
class ReportedIn:
    """The period that is reported on, in the year that is named: the 1988 quarter, the 1988 period."""

    year: int

    def resolve(self, frame: Frame) -> Meaning:
        """The same quarter of that year; the year where no quarter was spoken of."""
        if frame.reported and frame.reported.first and frame.reported.unit in ("quarter", "half"):
            begin = frame.reported.first.replace(year=self.year, day=1)
            return dated(replace(cal.holding(frame.reported.unit, begin), fiscal=frame.reported.fiscal))
        return dated(cal.year(self.year))


@dataclass(frozen=True, slots=True)
class Reported:
    """The period that is reported on: the latest quarter, the period, the quarter."""

    unit: Unit

    def resolve(self, frame: Frame) -> Meaning:
        """The one named last, or the last that is complete."""
        if frame.reported:
            return dated(frame.reported)
        return Shift(self.unit, -1).resolve(frame)
