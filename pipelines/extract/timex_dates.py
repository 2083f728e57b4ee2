"""Calendar dates: days, months, years, decades and centuries that are named."""

from pipelines.extract import timex_calendar as cal
from pipelines.extract.timex_calendar import Period
from pipelines.extract.timex_grammar import Level, Phrase
from pipelines.extract.timex_meaning import Fixed, Inside, Node, Nowhere, Recurring, Remembered, Shift, Weekday

DATES = Level()
_DAY = "NUMBER|NTH|ORDINAL|SECOND|CARDINAL"
CENTURY = 100
LONGEST_MONTH = 31


def day_number(value: object) -> int:
    """The number of a day or quarter: 23, 23rd, third, second."""
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
    month, day, year = p["MONTH"], day_number(p["day"]), p.get("YEAR4")
    if not 1 <= day <= LONGEST_MONTH:
        return None
    if year is None:
        return monthday(month, day, p.get("WEEKDAY"), p.get("SHIFT")) or Nowhere()
    found = cal.real_day(year, month, day)
    return Fixed(found) if found else Nowhere()


def full_year(text: str) -> int:
    """A year of two digits: 26 is 2026, 89 is 1989."""
    number = int(text.strip("'’"))
    pivot = 50
    return number if len(text) > 3 else number + (1900 if number >= pivot else 2000)  # noqa: PLR2004


@DATES.rule("MONTH day:NUMBER|NTH (?=COMMA? ATTACKS)", makes="T")
def september_11(p: Phrase) -> Node | None:
    """The [September 11] attacks changed the rules."""
    month, day = p["MONTH"], day_number(p["day"])
    plain = monthday(month, day)
    found = cal.real_day(2001, month, day)
    return Remembered(found, plain) if (month, day) == (9, 11) and found and plain else None


@DATES.rule(f"(WEEKDAY COMMA?)? SHIFT|PAST|CURRENT? MONTH day:{_DAY} (COMMA? YEAR4)?", makes="T")
def month_day(p: Phrase) -> Node | None:
    """The mill burned on [Friday, Oct. 23, 1998]."""
    return _in_year(p)


@DATES.rule("MONTH day:NUMBER|NTH DASH|AND last:NUMBER|NTH (COMMA? YEAR4)?", makes="T")
def month_days(p: Phrase) -> Node | None:
    """The fair is on [June 15-17]."""
    return _days(p)


@DATES.rule("day:NUMBER|NTH DASH|AND last:NUMBER|NTH MONTH (COMMA? YEAR4)?", makes="T")
def days_month(p: Phrase) -> Node | None:
    """The fair is on [15 to 17 June]."""
    return _days(p)


def _days(p: Phrase) -> Node | None:
    month, first, last, year = p["MONTH"], day_number(p["day"]), day_number(p["last"]), p.get("YEAR4")
    if p["DASH"] == 0 or not 1 <= first < last <= LONGEST_MONTH:
        return None

    def find(y: int) -> Period | None:
        begin, end = cal.real_day(y, month, first), cal.real_day(y, month, last)
        return Period(f"{begin.value}/{end.value}", "day", begin.first, end.last) if begin and end else None

    if year is not None:
        found = find(year)
        return Fixed(found) if found else Nowhere()
    return Recurring(find, f"XXXX-{month:02d}-{first:02d}/XXXX-{month:02d}-{last:02d}")


@DATES.rule("MONTH day:NUMBER|NTH COMMA? SHORTYEAR", makes="T")
def month_day_short_year(p: Phrase) -> Node | None:
    """The lease is dated [March 3, '87]."""
    found = cal.real_day(full_year(p["SHORTYEAR"]), p["MONTH"], day_number(p["day"]))
    return Fixed(found) if found else None


@DATES.rule("(WEEKDAY COMMA?)? day:NUMBER OF? MONTH (COMMA? YEAR4)?", makes="T")
@DATES.rule("(WEEKDAY COMMA?)? DET? day:NTH|ORDINAL OF? MONTH (COMMA? YEAR4)?", makes="T")
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


@DATES.rule("YEAR4 DASH last:YEAR4|NUMBER", makes="T")
def years(p: Phrase) -> Node | None:
    """The club's [2012-13] season was its best."""
    first = p["YEAR4"]
    text = str(p["last"])
    whole = 10 ** len(text)
    last = first // whole * whole + int(text) if text.isdecimal() else 0
    if not first < last <= first + (CENTURY if len(text) > 1 else 1):  # 1998-9, and no 1998-5
        return None
    return Fixed(Period(f"{first}/{last}", "year", cal.year(first).first, cal.year(last).last))


@DATES.rule("NUMBER|YEAR4 ERA", makes="T")
def year_of_era(p: Phrase) -> Node | None:
    """The city fell in [146 B.C.]."""
    number = str(p["NUMBER"])
    if not number.isdecimal():
        return None
    return Fixed(cal.before_christ(int(number)) if p["ERA"] == "BC" else cal.year(int(number)))


@DATES.rule("ERA NUMBER|YEAR4", makes="T")
def era_year(p: Phrase) -> Node | None:
    """The wall dates from [A.D. 79]."""
    number = str(p["NUMBER"])
    return Fixed(cal.year(int(number))) if p["ERA"] == "AD" and number.isdecimal() else None


@DATES.rule("DET? DECADE4", makes="T")
def decade(p: Phrase) -> Node | None:
    """The quarter was built in [the 1990s]."""
    digits = p["DECADE4"].strip("'’s")
    if len(digits) == 2 and "DET" not in p and p["DECADE4"][0].isdigit():  # noqa: PLR2004
        return None  # an age: in her 30s
    if len(digits) == 4:  # noqa: PLR2004
        whole = digits[2:] == "00" and digits != "2000"  # the 2000s are the years to 2009
        return Fixed(_hundred(int(digits)) if whole else cal.decade(int(digits)))
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
    number = day_number(p["NTH"])
    if p["UNIT"] == "century" and number > 0:
        if p.get("ERA") == "BC":
            return Fixed(Period(f"BC{number - 1:02d}XX", "century", None, None))
        return Fixed(cal.century(number)) if number <= 99 else None  # noqa: PLR2004
    return None


@DATES.rule("PRE YEAR4", makes="T")
def after_year(p: Phrase) -> Node:
    """Its [post-1959] rulers fled."""
    return Fixed(cal.year(p["YEAR4"]))
