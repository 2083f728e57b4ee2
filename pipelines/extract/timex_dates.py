"""Calendar dates: days, months, years, decades, centuries, quarters and seasons by name."""

from functools import partial

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period
from pipelines.extract.timex_grammar import Level, Phrase
from pipelines.extract.timex_holidays import holiday
from pipelines.extract.timex_meaning import (
    Fixed,
    Inside,
    Narrated,
    Node,
    Recurring,
    Reported,
    ReportedIn,
    Shift,
    Weekday,
    WeekendNear,
    YearBefore,
)

DATES = Level()
_DAY = "NUMBER|NTH|ORDINAL|SECOND|CARDINAL"
MILLENNIUM = 1000
CENTURY = 100


def _day_number(value: object) -> int:
    text = str(value)
    digits = text.rstrip("stndrh")
    return int(digits) if digits.isdecimal() else 2 if text == "second" else 0


def monthday(month: int, day: int, weekday: int | None = None, shift: int | None = None) -> Recurring | None:
    """A day of the year, where there is one: none is 30 February, and 29 February only in leap years."""
    leap_year = 2000
    if not cal.real_day(leap_year, month, day):
        return None

    def find(y: int) -> cal.Period | None:
        found = cal.real_day(y, month, day)
        return found if found and found.first and weekday in (None, found.first.isoweekday()) else None

    return Recurring(find, f"XXXX-{month:02d}-{day:02d}", shift)


def _in_year(p: Phrase) -> Node | None:
    month, day, year = p["MONTH"], _day_number(p["day"]), p.get("YEAR4")
    if year is None:
        return monthday(month, day, p.get("WEEKDAY"), p.get("SHIFT"))
    found = cal.real_day(year, month, day)
    return Fixed(found) if found else None


def full_year(text: str) -> int:
    """A year of two digits: 26 is 2026, 89 is 1989."""
    number = int(text.strip("'’"))
    pivot = 50
    return number if len(text) > 3 else number + (1900 if number >= pivot else 2000)  # noqa: PLR2004


@DATES.rule(f"(WEEKDAY COMMA?)? SHIFT|PAST|CURRENT? MONTH day:{_DAY} (COMMA? YEAR4)?", makes="T")
def month_day(p: Phrase) -> Node | None:
    """The mill burned on [Friday, Oct. 23, 1998]."""
    return _in_year(p)


@DATES.rule("MONTH day:NUMBER|NTH COMMA? SHORTYEAR", makes="T")
def month_day_short_year(p: Phrase) -> Node | None:
    """The lease is dated [March 3, '87]."""
    return _in_year(p["MONTH"], _day_number(p["day"]), full_year(p["SHORTYEAR"]))


@DATES.rule("(WEEKDAY COMMA?)? DET? day:NUMBER|NTH|ORDINAL OF? MONTH (COMMA? YEAR4)?", makes="T")
def day_month(p: Phrase) -> Node | None:
    """The ferry sank on [13 December 2025]."""
    return _in_year(p)


@DATES.rule("WEEKDAY COMMA? DET NTH", makes="T")
def weekday_the_nth(p: Phrase) -> Node:
    """They sail on [Sunday the 14th]."""
    return Weekday(p["WEEKDAY"])


@DATES.rule("NUMDATE", makes="T")
def numeric(p: Phrase) -> Node | None:
    """The file was closed on [2025-12-13]."""
    text: str = p["NUMDATE"]
    if "-" in text:
        year, month, day = (int(part) for part in text.split("-"))
    else:
        first, second, last = text.split("/")
        month, day, year = int(first), int(second), full_year(last)
        if month > cal.YEAR_MONTHS:
            month, day = day, month
    found = cal.real_day(year, month, day)
    return Fixed(found) if found else None


@DATES.rule("MONTH (COMMA|OF)? YEAR4|SHORTYEAR", makes="T")
def month_year(p: Phrase) -> Node:
    """Prices doubled in [October 1998]."""
    year = p["YEAR4"]
    return Fixed(cal.month(year if isinstance(year, int) else full_year(year), p["MONTH"]))


@DATES.rule("MONTH", makes="T")
def month(p: Phrase) -> Node:
    """The dam opened in [October]."""
    number: int = p["MONTH"]
    return Recurring(lambda y: cal.month(y, number), f"XXXX-{number:02d}")


@DATES.rule("DET? SHIFT|PAST|CURRENT MONTH", makes="T")
def shifted_month(p: Phrase) -> Node:
    """She resigned [last May]."""
    number: int = p["MONTH"]
    return Recurring(lambda y: cal.month(y, number), f"XXXX-{number:02d}", p["SHIFT"])


@DATES.rule("MONTH SHIFT UNIT", makes="T")
def month_of_year(p: Phrase) -> Node | None:
    """He left in [July last year]."""
    if p["UNIT"] != "year":
        return None
    number: int = p["MONTH"]
    return Inside(Recurring(lambda y: cal.month(y, number), f"XXXX-{number:02d}"), Shift("year", p["SHIFT"]))


@DATES.rule("YEAR4", makes="T")
def year(p: Phrase) -> Node:
    """The plant closed in [1974]."""
    return Fixed(cal.year(p["YEAR4"]))


@DATES.rule("DET UNIT YEAR4", makes="T")
def the_year(p: Phrase) -> Node | None:
    """It was founded in [the year 1872]."""
    return Fixed(cal.year(p["YEAR4"])) if p["UNIT"] == "year" else None


@DATES.rule("DET? YEAR4 UNIT|PERIOD", makes="T")
def year_period(p: Phrase) -> Node | None:
    """It earned less in [the 1988 period]."""
    return ReportedIn(p["YEAR4"]) if p["UNIT"] in (0, "quarter") else None


@DATES.rule("YEAR4 DASH last:YEAR4|NUMBER", makes="T")
def years(p: Phrase) -> Node | None:
    """The club's [2012-13] season was its best."""
    first = p["YEAR4"]
    text = str(p["last"])
    last = (
        int(text) if len(text) == len(str(first)) else first // CENTURY * CENTURY + int(text) if text.isdigit() else 0
    )
    if not first < last <= first + CENTURY:
        return None
    return Fixed(Period(f"{first}/{last}", "year", cal.year(first).first, cal.year(last).last))


@DATES.rule("NUMBER|YEAR4 ERA", makes="T")
def year_of_era(p: Phrase) -> Node | None:
    """The city fell in [146 B.C.]."""
    number = str(p["NUMBER"])
    if not number.isdigit():
        return None
    return Fixed(cal.before_christ(int(number)) if p["ERA"] == "BC" else cal.year(int(number)))


@DATES.rule("ERA NUMBER|YEAR4", makes="T")
def era_year(p: Phrase) -> Node | None:
    """The wall dates from [A.D. 79]."""
    number = str(p["NUMBER"])
    return Fixed(cal.year(int(number))) if p["ERA"] == "AD" and number.isdigit() else None


@DATES.rule("DET? DECADE4", makes="T")
def decade(p: Phrase) -> Node | None:
    """The quarter was built in [the 1990s]."""
    digits = p["DECADE4"].strip("'’s")
    if len(digits) == 2 and "DET" not in p and p["DECADE4"][0].isdigit():  # noqa: PLR2004
        return None  # an age: in her 30s
    if len(digits) == 4:  # noqa: PLR2004
        return Fixed(cal.decade(int(digits))) if digits[2:] != "00" else Fixed(_hundred(int(digits)))
    return Fixed(cal.decade(1900 + int(digits))) if digits >= "20" else Fixed(cal.decade(2000 + int(digits)))


def _hundred(first: int) -> Period:
    return Period(f"{first // CENTURY}XX", "century", cal.year(first).first, cal.year(first + CENTURY - 1).last)


@DATES.rule("DET DECADE_NAME", makes="T")
def decade_in_words(p: Phrase) -> Node:
    """She sang in clubs in [the nineties]."""
    return Fixed(cal.decade(1900 + p["DECADE_NAME"]))


@DATES.rule("CARDINAL|AMOUNT DECADE_NAME", makes="T")
def decade_wholly_in_words(p: Phrase) -> Node | None:
    """The songs of the [nineteen sixties] sold again."""
    hundreds = int(p["CARDINAL"])
    return Fixed(cal.decade(hundreds * CENTURY + p["DECADE_NAME"])) if hundreds in range(15, 21) else None


@DATES.rule("DET? NTH|ORDINAL UNIT ERA?", makes="T")
def century(p: Phrase) -> Node | None:
    """The chapel is from [the 11th century]."""
    number = _day_number(p["NTH"])
    if p["UNIT"] == "century" and number > 0:
        if p.get("ERA") == "BC":
            return Fixed(Period(f"BC{number - 1:02d}XX", "century", None, None))
        return Fixed(cal.century(number)) if number <= 99 else None  # noqa: PLR2004
    return None


def quarter_of(number: int) -> Recurring:
    """A quarter of the year."""
    return Recurring(lambda y: cal.quarter(y, number), f"XXXX-Q{number}")


@DATES.rule("DET? FISCAL? nth:ORDINAL|SECOND|NTH UNIT|UNITS", makes="T")
def quarter(p: Phrase) -> Node | None:
    """Profit fell in [the third quarter]."""
    number = _day_number(p["nth"])
    if p["UNIT"] != "quarter" or number not in range(1, 5):
        return None
    return quarter_of(number)


@DATES.rule("DET? FISCAL? nth:ORDINAL|SECOND|NTH UNIT (COMMA|OF)? (DET? FISCAL)? YEAR4", makes="T")
def quarter_of_year(p: Phrase) -> Node | None:
    """Sales peaked in [the third quarter of 1984]."""
    number = _day_number(p["nth"])
    if p["UNIT"] != "quarter" or number not in range(1, 5):
        return None
    return Fixed(cal.quarter(p["YEAR4"], number))


@DATES.rule("DET? YEAR4 FISCAL? nth:ORDINAL|SECOND|NTH UNIT", makes="T")
def year_quarter(p: Phrase) -> Node | None:
    """Against [the 1988 third quarter] sales rose."""
    return quarter_of_year(p)


@DATES.rule("QCODE OF? (YEAR4|SHORTYEAR)?", makes="T")
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


@DATES.rule("DET? HALFYEAR", makes="T")
def half(p: Phrase) -> Node:
    """Output fell in [the first half]."""
    number: int = p["HALFYEAR"]
    return Recurring(lambda y: cal.half(y, number), f"XXXX-H{number}")


@DATES.rule("DET? FISCAL UNIT? YEAR4", makes="T")
def fiscal_year(p: Phrase) -> Node | None:
    """The grant runs through [fiscal year 2026]."""
    if "UNIT" in p and p["UNIT"] != "year":
        return None
    return Fixed(Period(f"{p['YEAR4']:04d}", "year", None, None))


@DATES.rule("DET? (SHIFT|CURRENT|FOLLOWING | LATEST) FISCAL UNIT", makes="T")
def shifted_fiscal(p: Phrase) -> Node | None:
    """It will hire in [the current fiscal year]."""
    count = p.get("SHIFT")
    return Shift(p["UNIT"], -1 if count is None else count) if p["UNIT"] in ("year", "quarter") else None


@DATES.rule("DET FISCAL UNIT", makes="T")
def the_fiscal_year(p: Phrase) -> Node | None:
    """Costs fell in [the fiscal year]."""
    return Shift("year", 0) if p["UNIT"] == "year" else None


@DATES.rule("DET? SEASON (COMMA|OF)? YEAR4|SHORTYEAR", makes="T")
def season_of_year(p: Phrase) -> Node:
    """The strike of [the winter of 1994] is remembered."""
    year = p["YEAR4"]
    return Fixed(cal.season(year if isinstance(year, int) else full_year(year), p["SEASON"]))


@DATES.rule("(DET? SHIFT | DET PAST | SHIFT PAST | DET|CURRENT)? SEASON", makes="T")
def season(p: Phrase) -> Node:
    """The orchard burned [last fall]."""
    name: str = p["SEASON"]
    shift = p.get("PAST") or (p["SHIFT"] if "SHIFT" in p else p.get("CURRENT"))
    return Recurring(lambda y: cal.season(y, name), f"XXXX-{name}", shift or None)


@DATES.rule("(DET? SHIFT|PAST|CURRENT)? HOLIDAY", makes="T")
def holidays(p: Phrase) -> Node:
    """The stores shut on [Thanksgiving Day]."""
    name: str = p["HOLIDAY"]
    return Recurring(lambda y: holiday(name, y), "XXXX", p.get("SHIFT"))


@DATES.rule("HOLIDAY (COMMA|OF)? YEAR4", makes="T")
def holiday_of_year(p: Phrase) -> Node | None:
    """They wed on [Christmas Day 1951]."""
    found = holiday(p["HOLIDAY"], p["YEAR4"]) if p["YEAR4"] > 0 else None
    return Fixed(found) if found else None


@DATES.rule("HOLIDAY UNIT|WEEKEND", makes="T")
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


@DATES.rule("(SHIFT|PAST|CURRENT | SHIFT PAST | SHIFT shift:SHIFT)? WEEKDAY", makes="T")
def weekday(p: Phrase) -> Node:
    """The vote is [next Friday]."""
    return Weekday(p["WEEKDAY"], p.get("shift") or p.get("PAST") or p.get("SHIFT"))


@DATES.rule("TODAY", makes="T")
def today(p: Phrase) -> Node:
    """The pact was signed [yesterday]."""
    return Shift("day", p["TODAY"])


@DATES.rule("(DET? SHIFT|PAST|CURRENT) UNIT|WEEKEND", makes="T")
def shifted(p: Phrase) -> Node | None:
    """Rents rose [last month]."""
    if p["UNIT"] in ("minute", "hour"):
        return None
    return Shift(p["UNIT"], p["SHIFT"])


@DATES.rule("DET? FOLLOWING UNIT|WEEKEND", makes="T")
def following(p: Phrase) -> Node | None:
    """It closed [the following year]."""
    if p["UNIT"] in ("minute", "hour"):
        return None
    return Narrated(p["UNIT"], p["FOLLOWING"])


@DATES.rule("DET FOLLOWING WEEKDAY", makes="T")
def following_weekday(p: Phrase) -> Node:
    """It reopened [the following Friday]."""
    return Weekday(p["WEEKDAY"], p["FOLLOWING"], narrated=True)


@DATES.rule("PRE YEAR4", makes="T")
def after_year(p: Phrase) -> Node:
    """Its [post-1959] rulers fled."""
    return Fixed(cal.year(p["YEAR4"]))


@DATES.rule("THAT UNIT|WEEKEND", makes="T")
def that(p: Phrase) -> Node | None:
    """He sold it [that year]."""
    return Narrated(p["UNIT"], 0) if p["UNIT"] not in ("minute", "hour") else None


@DATES.rule("DET WEEKEND", makes="T")
def the_weekend(p: Phrase) -> Node:
    """Rain fell over [the weekend]."""
    del p
    return WeekendNear()


@DATES.rule("DET? COMPARED? UNIT AGO|EARLIER (now:PERIOD|UNIT|(nth:ORDINAL|SECOND q2:UNIT))?", makes="T")
def year_earlier(p: Phrase) -> Node | None:
    """The [year-earlier] loss was small."""
    if p["UNIT"] != "year" or p["AGO"] in ("later", "whole", 1):
        return None
    return YearBefore()


@DATES.rule("DET? LATEST|CURRENT PERIOD|UNIT", makes="T")
def latest(p: Phrase) -> Node | None:
    """Net rose in [the latest quarter]."""
    unit = p["PERIOD"] or "quarter"
    if p["LATEST"] == 0 and "CURRENT" not in p and unit in ("quarter", "year", "month", "week"):
        return Reported(unit)
    return None


@DATES.rule("DET UNIT (?!OF)", makes="T")
def the_quarter(p: Phrase) -> Node | None:
    """Costs rose in [the quarter]."""
    if p["UNIT"] in ("year", "week", "month"):
        return Shift(p["UNIT"], 0)
    return Reported("quarter") if p["UNIT"] == "quarter" else None


@DATES.rule("DET FULL UNIT", makes="T")
def the_full_year(p: Phrase) -> Node | None:
    """It foresees a loss for [the full year]."""
    return Shift("year", 0) if p["UNIT"] == "year" else None


@DATES.rule("DET? COMPARED now:PERIOD|UNIT SHIFT UNIT", makes="T")
def corresponding(p: Phrase) -> Node | None:
    """It lost more in [the corresponding period last year]."""
    return YearBefore() if p["UNIT"] == "year" and p["SHIFT"] == -1 else None


@DATES.rule("DET? COMPARED? now:PERIOD|UNIT D AGO|EARLIER", makes="T")
def quarter_a_year_ago(p: Phrase) -> Node | None:
    """In [the quarter a year ago] it made money."""
    length = p["D"]
    return YearBefore() if (length.unit, length.count) == ("year", 1.0) else None
