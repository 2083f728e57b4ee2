"""Periods by name: weekdays, weeks, months and years counted from now, seasons, holidays, quarters, fiscal years."""

from dataclasses import replace
from functools import partial

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period, Unit
from pipelines.extract.timex_dates import DATES, day_number, full_year, years
from pipelines.extract.timex_grammar import Phrase
from pipelines.extract.timex_holidays import holiday
from pipelines.extract.timex_meaning import Fixed, Narrated, NewYear, Node, Recurring, Shift, Weekday, WeekendNear
from pipelines.extract.timex_reported import Reported, ReportedIn, YearBefore

PERIODS = DATES  # tried together with the dates, longest first


@PERIODS.rule("DET? YEAR4 UNIT|PERIOD", makes="T")
def year_period(p: Phrase) -> Node | None:
    """It earned less in [the 1988 period]."""
    return ReportedIn(p["YEAR4"], p["UNIT"] == "quarter") if p["UNIT"] in (0, "quarter") else None


def _quarter_number(nth: object) -> int:
    """The number of a quarter, of which the final one is the fourth."""
    return 4 if nth == -1 else day_number(nth)


def quarter_of(number: int, *, fiscal: bool) -> Recurring:
    """A quarter of the year."""
    return Recurring(lambda y: replace(cal.quarter(y, number), fiscal=fiscal), f"XXXX-Q{number}")


@PERIODS.rule("DET? FISCAL? nth:ORDINAL|SECOND|NTH UNIT|UNITS", makes="T")
def quarter(p: Phrase) -> Node | None:
    """Profit fell in [the third quarter]."""
    number = _quarter_number(p["nth"])
    if p["UNIT"] != "quarter" or number not in range(1, 5):
        return None
    return quarter_of(number, fiscal="FISCAL" in p)


@PERIODS.rule("DET? FISCAL? nth:ORDINAL|SECOND|NTH UNIT (COMMA|OF)? (DET? fiscal:FISCAL)? YEAR4", makes="T")
def quarter_of_year(p: Phrase) -> Node | None:
    """Sales peaked in [the third quarter of 1984]."""
    number = _quarter_number(p["nth"])
    if p["UNIT"] != "quarter" or number not in range(1, 5):
        return None
    period = cal.quarter(p["YEAR4"], number)
    return Fixed(_fiscal(period) if "FISCAL" in p or "fiscal" in p else period)


@PERIODS.rule("DET? SHIFT UNIT (COMMA|OF)? (DET? fiscal:FISCAL)? YEAR4", makes="T")
def last_quarter_of_year(p: Phrase) -> Node | None:
    """Sales sank in [the last quarter of 1984]."""
    if p["UNIT"] != "quarter" or p["SHIFT"] != -1:
        return None
    period = cal.quarter(p["YEAR4"], 4)
    return Fixed(_fiscal(period) if "fiscal" in p else period)


@PERIODS.rule("DET? YEAR4 FISCAL? nth:ORDINAL|SECOND|NTH UNIT", makes="T")
def year_quarter(p: Phrase) -> Node | None:
    """Against [the 1988 third quarter] sales rose."""
    number = _quarter_number(p["nth"])
    return Fixed(cal.quarter(p["YEAR4"], number)) if p["UNIT"] == "quarter" and number in range(1, 5) else None


@PERIODS.rule("QCODE OF? (YEAR4|SHORTYEAR)?", makes="T")
def quarter_code(p: Phrase) -> Node:
    """Bookings slowed in [Q3 2025]."""
    letter, number = p["QCODE"][0].upper(), int(p["QCODE"][1])
    find = partial(_coded, letter, number)
    year = p.get("YEAR4")
    if year is None:
        return Recurring(find, f"XXXX-{letter}{number}")
    return Fixed(find(year if isinstance(year, int) else full_year(year)))


def _coded(letter: str, number: int, year: int) -> Period:
    return cal.quarter(year, number) if letter == "Q" else cal.half(year, min(number, 2))


@PERIODS.rule("DET? HALFYEAR", makes="T")
def half(p: Phrase) -> Node:
    """Output fell in [the first half]."""
    number: int = p["HALFYEAR"]
    return Recurring(lambda y: cal.half(y, number), f"XXXX-H{number}")


@PERIODS.rule("FISCAL_CODE", makes="T")
def fiscal_code(p: Phrase) -> Node:
    """Guidance for [FY2026] was cut."""
    return Fixed(_fiscal(cal.year(2000 + int(p["FISCAL_CODE"][-2:]))))


def _fiscal(period: Period) -> Period:
    """The period as one whose days are not told: when a company's or a state's year begins is its own affair."""
    return replace(period, fiscal=True)


@PERIODS.rule("DET? FISCAL UNIT? YEAR4", makes="T")
def fiscal_year(p: Phrase) -> Node | None:
    """The grant runs through [fiscal year 2026]."""
    if "UNIT" in p and p["UNIT"] != "year":
        return None
    return Fixed(_fiscal(cal.year(p["YEAR4"])))


@PERIODS.rule("DET? FISCAL UNIT? YEAR4 DASH last:YEAR4|NUMBER", makes="T")
def fiscal_years(p: Phrase) -> Node | None:
    """The grant is for [fiscal year 2026-27]."""
    span = years(p)
    return Fixed(_fiscal(span.period)) if isinstance(span, Fixed) and p.get("UNIT") in (None, "year") else None


@PERIODS.rule("DET? (SHIFT|CURRENT|FOLLOWING | LATEST) FISCAL UNIT", makes="T")
def shifted_fiscal(p: Phrase) -> Node | None:
    """It will hire in [the current fiscal year]."""
    count = p.get("SHIFT")
    return Shift(p["UNIT"], -1 if count is None else count, fiscal=True) if p["UNIT"] in ("year", "quarter") else None


@PERIODS.rule("DET FISCAL UNIT", makes="T")
def the_fiscal_year(p: Phrase) -> Node | None:
    """Costs fell in [the fiscal year]."""
    return Shift("year", 0, fiscal=True) if p["UNIT"] == "year" else None


@PERIODS.rule("DET? SEASON (COMMA|OF)? YEAR4|SHORTYEAR", makes="T")
def season_of_year(p: Phrase) -> Node:
    """The strike of [the winter of 1994] is remembered."""
    year = p["YEAR4"]
    return Fixed(cal.season(year if isinstance(year, int) else full_year(year), p["SEASON"]))


@PERIODS.rule("(DET? SHIFT | DET PAST | SHIFT PAST | DET|CURRENT)? SEASON", makes="T")
def season(p: Phrase) -> Node:
    """The orchard burned [last fall]."""
    name: str = p["SEASON"]
    shift = p.get("PAST") or (p["SHIFT"] if "SHIFT" in p else p.get("CURRENT"))
    return Recurring(lambda y: cal.season(y, name), f"XXXX-{name}", shift or None)


@PERIODS.rule("(DET? SHIFT|PAST|CURRENT)? HOLIDAY", makes="T")
def holidays(p: Phrase) -> Node:
    """The stores shut on [Thanksgiving Day]."""
    name: str = p["HOLIDAY"]
    return Recurring(lambda y: holiday(name, y), "XXXX", p.get("SHIFT"), firm=True)


@PERIODS.rule("DET NEWYEAR", makes="T")
def new_year(p: Phrase) -> Node:
    """They move in [the new year]."""
    del p
    return NewYear()


@PERIODS.rule("HOLIDAY (COMMA|OF)? YEAR4", makes="T")
def holiday_of_year(p: Phrase) -> Node | None:
    """They wed on [Christmas Day 1951]."""
    found = holiday(p["HOLIDAY"], p["YEAR4"]) if p["YEAR4"] > 0 else None
    return Fixed(found) if found else None


@PERIODS.rule("HOLIDAY UNIT|WEEKEND", makes="T")
def holiday_week(p: Phrase) -> Node | None:
    """Flights are full in [Easter week]."""
    name: str = p["HOLIDAY"]
    if p["UNIT"] not in ("week", "weekend"):
        return None
    unit = p["UNIT"]

    def find(y: int) -> Period | None:
        found = holiday(name, y)
        return cal.holding(unit, found.first) if found and found.first else None

    return Recurring(find, "XXXX-WXX")


@PERIODS.rule("(SHIFT|PAST|CURRENT | SHIFT PAST | SHIFT shift:SHIFT)? WEEKDAY", makes="T")
def weekday(p: Phrase) -> Node:
    """The vote is [next Friday]."""
    return Weekday(p["WEEKDAY"], p.get("shift") or p.get("PAST") or p.get("SHIFT"))


@PERIODS.rule("TODAY", makes="T")
def today(p: Phrase) -> Node:
    """The pact was signed [yesterday]."""
    return Shift("day", p["TODAY"])


@PERIODS.rule("(DET? SHIFT|PAST|CURRENT) UNIT|WEEKEND", makes="T")
def shifted(p: Phrase) -> Node | None:
    """Rents rose [last month]."""
    if p["UNIT"] in ("minute", "hour"):
        return None
    if (p["UNIT"], p["SHIFT"]) == ("weekend", 0):
        return WeekendNear(this=True)
    return Shift(p["UNIT"], p["SHIFT"])


@PERIODS.rule("DET? FOLLOWING UNIT|WEEKEND", makes="T")
def following(p: Phrase) -> Node | None:
    """It closed [the following year]."""
    if p["UNIT"] in ("minute", "hour"):
        return None
    return Narrated(p["UNIT"], p["FOLLOWING"])


@PERIODS.rule("DET FOLLOWING WEEKDAY", makes="T")
def following_weekday(p: Phrase) -> Node:
    """It reopened [the following Friday]."""
    return Weekday(p["WEEKDAY"], p["FOLLOWING"], narrated=True)


@PERIODS.rule("THAT UNIT|WEEKEND", makes="T")
def that(p: Phrase) -> Node | None:
    """He sold it [that year]."""
    return Narrated(p["UNIT"], 0) if p["UNIT"] not in ("minute", "hour") else None


@PERIODS.rule("DET WEEKEND", makes="T")
def the_weekend(p: Phrase) -> Node:
    """Rain fell over [the weekend]."""
    del p
    return WeekendNear()


@PERIODS.rule("DET? COMPARED? UNIT AGO|EARLIER (ORDINAL|SECOND)? now:PERIOD|UNIT", makes="T")
@PERIODS.rule("UNIT AGO|EARLIER", makes="T")
def year_earlier(p: Phrase) -> Node | None:
    """The [year-earlier] loss was small."""
    if p["UNIT"] != "year" or p["AGO"] in ("later", "whole", 1):
        return None
    return YearBefore()


@PERIODS.rule("DET? LATEST PERIOD|UNIT", makes="T")
def latest(p: Phrase) -> Node | None:
    """Net rose in [the latest quarter]."""
    unit: Unit = p["PERIOD"] or "quarter"
    return Reported(unit) if unit in ("quarter", "year", "month", "week") else None


@PERIODS.rule("DET UNIT (?!OF|AGO|EARLIER)", makes="T")
def the_quarter(p: Phrase) -> Node | None:
    """Costs rose in [the quarter]."""
    if p["UNIT"] in ("year", "week", "month"):
        return Shift(p["UNIT"], 0)
    return Reported("quarter") if p["UNIT"] == "quarter" else None


@PERIODS.rule("DET FULL UNIT", makes="T")
def the_full_year(p: Phrase) -> Node | None:
    """It foresees a loss for [the full year]."""
    return Shift("year", 0) if p["UNIT"] == "year" else None


@PERIODS.rule("DET? COMPARED now:PERIOD|UNIT SHIFT UNIT", makes="T")
def corresponding(p: Phrase) -> Node | None:
    """It lost more in [the corresponding period last year]."""
    return YearBefore() if p["UNIT"] == "year" and p["SHIFT"] == -1 else None


@PERIODS.rule("DET? COMPARED? now:PERIOD|UNIT D AGO|EARLIER", makes="T")
def quarter_a_year_ago(p: Phrase) -> Node | None:
    """In [the quarter a year ago] it made money."""
    length = p["D"]
    return YearBefore() if (length.unit, length.count) == ("year", 1.0) else None
