"""What a report of business means by the quarter, the latest period, a year earlier."""

from dataclasses import dataclass, replace

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period, Unit
from pipelines.extract.timex_meaning import Frame, Meaning, Shift, dated


def in_year(period: Period, number: int) -> Period | None:
    """A period as it was in another year, with its number of a quarter or half, and its days moved."""
    if number < 1:
        return None
    count = cal.YEAR_MONTHS * (number - int(period.value[:4]))
    first = cal.add_months(period.first, count) if period.first else None
    after = cal.add_months(cal.add_days(period.last, 1), count) if period.last else None
    return replace(period, value=f"{number:04d}{period.value[4:]}", first=first, last=after and cal.add_days(after, -1))


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The same period a year before: a year-earlier loss, the year-ago quarter."""

    def resolve(self, frame: Frame) -> Meaning:
        """A year before the period reported on; before the year of publication where none is."""
        base = frame.compared or (cal.year(frame.published.year) if frame.published else None)
        return dated(in_year(base, int(base.value[:4]) - 1) if base else None)


@dataclass(frozen=True, slots=True)
class ReportedIn:
    """The period that is reported on, in the year that is named: the 1988 quarter, the 1988 period.

    A period is the longer one where a report has come to it: the nine months, then the 1988 period.
    """

    year: int
    quarter: bool = True

    def resolve(self, frame: Frame) -> Meaning:
        """The same quarter of that year; the year where no quarter was spoken of."""
        base = frame.reported if self.quarter else frame.compared
        return dated(in_year(base, self.year) if base else cal.year(self.year))


@dataclass(frozen=True, slots=True)
class Reported:
    """The period that is reported on: the latest quarter, the period, the quarter."""

    unit: Unit

    def resolve(self, frame: Frame) -> Meaning:
        """The one named last, or the last that is complete."""
        if frame.reported:
            return dated(frame.reported)
        return Shift(self.unit, -1).resolve(frame)
