"""Calendar periods with their TIMEX3 values, and the arithmetic among them. Nothing here knows of text."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Unit = Literal[
    "second",
    "minute",
    "hour",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "half",
    "season",
    "year",
    "decade",
    "century",
    "millennium",
]

SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # meteorological seasons of the northern hemisphere (WMO)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
MONTHS["millennium"] = 12000
DAYS = {"second": 0, "minute": 0, "hour": 0, "day": 1, "weekend": 7, "week": 7}
YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its TIMEX3 value, and its first and last day where they can be told.

    A fiscal one has the days of the calendar's namesake, to compare it with others; they are not its own.
    """

    value: str
    unit: Unit
    first: date | None
    last: date | None
    fiscal: bool = False


def day(d: date) -> Period:
    """The day itself, `2025-12-13`."""
    return Period(d.isoformat(), "day", d, d)


def week(d: date) -> Period:
    """The ISO 8601 week that holds a day, `2025-W50`: Monday to Sunday."""
    year_, number, weekday = d.isocalendar()
    monday = add_days(d, 1 - weekday)
    return Period(f"{year_:04d}-W{number:02d}", "week", monday, add_days(d, 7 - weekday))


def weekend(d: date) -> Period:
    """The Saturday and Sunday of the week that holds a day, `2025-W50-WE`."""
    whole = week(d)
    saturday = add_days(d, 6 - d.isoweekday())
    return Period(f"{whole.value}-WE", "weekend", saturday, whole.last)


def month(year_: int, number: int) -> Period:
    """A month, `2025-12`."""
    return Period(f"{year_:04d}-{number:02d}", "month", *_months(year_, number, 1))


def quarter(year_: int, number: int) -> Period:
    """A quarter of the calendar year, `2025-Q4`."""
    return Period(f"{year_:04d}-Q{number}", "quarter", *_months(year_, 3 * number - 2, 3))


def half(year_: int, number: int) -> Period:
    """A half of the calendar year, `2025-H2`."""
    return Period(f"{year_:04d}-H{number}", "half", *_months(year_, 6 * number - 5, 6))


def season(year_: int, name: str) -> Period:
    """A season, `2025-WI`; winter bears the year in which it begins."""
    return Period(f"{year_:04d}-{name}", "season", *_months(year_, SEASON_START[name], 3))


def year(number: int) -> Period:
    """A year, `2025`."""
    return Period(f"{number:04d}", "year", *_months(number, 1, 12))


def decade(first: int) -> Period:
    """The ten years from a round one, `199X`."""
    begin = max(first, 1)  # the calendar has no year 0
    return Period(f"{first // 10:03d}X", "decade", *_months(begin, 1, 12 * (first + 10 - begin)))


def century(ordinal: int) -> Period:
    """A century, `19XX`: the twentieth runs from 1901 to 2000, its value says 19 as TIMEX3 does."""
    return Period(f"{ordinal - 1:02d}XX", "century", *_months(100 * ordinal - 99, 1, 1200))


def millennium(ordinal: int) -> Period:
    """A millennium, `1XXX`: the second runs from 1001 to 2000."""
    return Period(f"{ordinal - 1}XXX", "millennium", *_months(1000 * ordinal - 999, 1, 12000))


def before_christ(number: int) -> Period:
    """A year B.C., `BC0044`: before the calendar that days can be given in."""
    return Period(f"BC{number:04d}", "year", None, None)


def _months(year_: int, number: int, count: int) -> tuple[date | None, date | None]:
    try:
        first = date(year_, number, 1)
    except ValueError:
        return None, None
    following = add_months(first, count)
    return first, add_days(following, -1) if following else date.max


def real_day(year_: int, number: int, day_: int) -> Period | None:
    """A day by its numbers; nothing where the calendar has no such day, as 29 February 2015."""
    try:
        return day(date(year_, number, day_))
    except ValueError:
        return None


def add_days(d: date, count: int) -> date:
    """So many days on; the calendar's end where it would pass it."""
    try:
        return d + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def add_months(d: date, count: int) -> date | None:
    """The same day so many months on, or the month's last; nothing beyond the years 1 to 9999."""
    index = d.year * YEAR_MONTHS + d.month - 1 + count
    year_, number = divmod(index, YEAR_MONTHS)
    if not date.min.year <= year_ <= date.max.year:
        return None
    for day_ in range(d.day, 0, -1):
        found = real_day(year_, number + 1, day_)
        if found:
            return found.first
    return None


def moved(d: date, unit: Unit, count: float) -> date | None:
    """A day so many units on (or back, below zero); units shorter than a day stay on it."""
    if unit in DAYS:
        return add_days(d, max(-(10**7), min(10**7, round(DAYS[unit] * count))))
    return add_months(d, max(-(10**6), min(10**6, round(MONTHS[unit] * count))))


def holding(unit: Unit, d: date) -> Period:
    """The period of a unit that a day falls in."""
    holder = _HOLDERS.get(unit)
    return holder(d) if holder else day(d)


def _season_of(d: date) -> Period:
    name = next((n for n, m in SEASON_START.items() if m <= d.month < m + 3), "WI")
    return season(d.year if d.month >= SEASON_START["SP"] else d.year - 1, name)


_HOLDERS: dict[str, Callable[[date], Period]] = {
    "week": week,
    "weekend": weekend,
    "month": lambda d: month(d.year, d.month),
    "quarter": lambda d: quarter(d.year, (d.month + 2) // 3),
    "half": lambda d: half(d.year, (d.month + 5) // 6),
    "season": _season_of,
    "year": lambda d: year(d.year),
    "decade": lambda d: decade(d.year // 10 * 10),
    "century": lambda d: century((d.year + 99) // 100),
    "millennium": lambda d: millennium((d.year + 999) // 1000),
}


def shifted(unit: Unit, d: date, count: int) -> Period | None:
    """The period of a unit that lies so many of them from the one that holds a day."""
    whole = holding(unit, d)
    target = moved(whole.first or d, unit, count)
    return holding(unit, target) if target else None


def part(whole: Period, name: str) -> Period:
    """A part of a period, with the whole one's value: TIMEX3 says the part in `mod`, and the days say it here.

    Early, the middle and late are thirds, but the outer quarters of a year; `first` and `last` are single days,
    `half1` and `half2` halves.
    """
    if not whole.first or not whole.last or whole.unit in ("day", "weekend") or name not in _SHARES:
        return whole
    if name in ("first", "last"):
        edge = whole.first if name == "first" else whole.last
        return replace(whole, first=edge, last=edge)
    low, high = _YEAR_SHARES.get(name, _SHARES[name]) if whole.unit == "year" else _SHARES[name]
    length = (whole.last - whole.first).days + 1
    return replace(
        whole, first=_snapped(whole, round(length * low)), last=add_days(_snapped(whole, round(length * high)), -1)
    )


_SHARES = {
    "start": (0.0, 1 / 3),
    "mid": (1 / 3, 2 / 3),
    "end": (2 / 3, 1.0),
    "half1": (0.0, 0.5),
    "half2": (0.5, 1.0),
    "first": (0.0, 0.0),
    "last": (1.0, 1.0),
}
_YEAR_SHARES = {"start": (0.0, 0.25), "end": (0.75, 1.0)}


def _snapped(whole: Period, offset: int) -> date:
    cut = add_days(whole.first or date.min, offset)
    if whole.unit in ("year", "decade", "century", "millennium", "half", "season", "quarter"):
        nearest = add_days(cut, 15)
        return nearest.replace(day=1)
    return cut


def easter(year_: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher: Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year_ % 19, divmod(year_, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    number, day_ = divmod(h + m - 7 * n + 114, 31)
    return date(year_, number, day_ + 1)
