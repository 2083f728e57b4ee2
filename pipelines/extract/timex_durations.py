"""Lengths of time, and times counted by a length: three years, the past five years, two weeks ago."""

from pipelines.extract.timex_grammar import Level, Phrase
from pipelines.extract.timex_lengths import Ago, Compound, From, Lasting, Rolling
from pipelines.extract.timex_meaning import FUTURE, PAST, Node, Weekday
from pipelines.extract.timex_numbers import number

LENGTHS = Level()
_COUNT = "AMOUNT|NUMBER|VAGUE"
_UNIT = "UNIT|UNITS|SECOND|FORTNIGHT"


def _count(value: object) -> float | None:
    return None if value == "X" else number(value)


def lasting(p: Phrase, count: float | None, shift: int | None = None) -> Node:
    """So many of the unit in a phrase."""
    unit = p["UNIT"]
    if isinstance(unit, int):  # fortnights
        return Lasting("week", unit * count if count else None, shift)
    return Lasting(unit, count, shift)


@LENGTHS.rule(f"(DET|THAT|SHIFT|ARTICLE)? ({_COUNT} AND|DASH)? high:{_COUNT}|ARTICLE {_UNIT} OLD", makes="AGE")
def age(p: Phrase) -> bool:
    """A 34-year-old teacher won."""
    del p
    return True


@LENGTHS.rule(f"APPROX? DET? ({_COUNT} AND|DASH)? count:{_COUNT} MORE|FULL? {_UNIT}", makes="D")
def amount(p: Phrase) -> Node | None:
    """They talked for [three more days]."""
    if p["UNIT"] == "quarter" and p.lexeme("UNIT").glued:
        return None  # three-quarters
    if "DET" in p and p.lexeme("UNIT").glued:
        return None  # the article is that of what lasts so long: the 14-day wait
    return lasting(p, _count(p["AMOUNT"] if "AMOUNT" in p else p["count"]))


@LENGTHS.rule(f"APPROX? DET? count:AMOUNT|NUMBER {_UNIT} AND? AMOUNT|NUMBER smaller:{_UNIT} (?!OLD)", makes="D")
def compound(p: Phrase) -> Node | None:
    """The term is [six years and three months]."""
    greater, smaller = p["UNIT"], p["smaller"]
    if (greater, smaller) not in _COMPOUNDS or p.lexeme("UNIT").glued != p.lexeme("smaller").glued:
        return None
    return Compound((Lasting(greater, number(p["count"])), Lasting(smaller, number(p["AMOUNT"]))))


@LENGTHS.rule(
    "APPROX? count:AMOUNT|NUMBER UNIT|UNITS AND? AMOUNT|NUMBER smaller:UNIT|UNITS"
    f" AND? least:AMOUNT|NUMBER third:{_UNIT}",
    makes="D",
)
def compound_of_three(p: Phrase) -> Node | None:
    """She won in [4 hours 48 minutes and 2 seconds]."""
    units = p["UNIT"], p["smaller"], p["third"]
    if not {(units[0], units[1]), (units[1], units[2])} <= _COMPOUNDS:
        return None
    counts = (number(p["count"]), number(p["AMOUNT"]), number(p["least"]))
    return Compound(tuple(Lasting(unit, count) for unit, count in zip(units, counts, strict=True)))


_COMPOUNDS = frozenset(
    [
        *(("year", "month"), ("year", "week"), ("year", "day"), ("month", "week"), ("month", "day"), ("week", "day")),
        *(("day", "hour"), ("hour", "minute"), ("minute", "second")),
    ]
)


@LENGTHS.rule("DET MORE|FULL|FISCAL? UNIT (?=ENDED)", makes="D")
def year_ended(p: Phrase) -> Node | None:
    """It lost money in [the year] ended July 2."""
    return Lasting("year", 1.0) if p["UNIT"] == "year" else None


@LENGTHS.rule(f"APPROX? ARTICLE|MORE MORE|FULL? {_UNIT}", makes="D")
def one(p: Phrase) -> Node | None:
    """She stayed [a full year]."""
    return lasting(p, 1.0) if p["ARTICLE"] == 1 and p["UNIT"] != "quarter" else None


@LENGTHS.rule(f"APPROX? ARTICLE|AMOUNT {_UNIT} AND half:ARTICLE HALF", makes="D")
def one_and_a_half(p: Phrase) -> Node | None:
    """It took [a minute and a half]."""
    return lasting(p, number(p["ARTICLE"]) + 0.5)


@LENGTHS.rule(f"APPROX? AMOUNT|NUMBER AND ARTICLE HALF {_UNIT}", makes="D")
def and_a_half(p: Phrase) -> Node:
    """It ran for [two and a half years]."""
    return lasting(p, number(p["AMOUNT"]) + 0.5)


@LENGTHS.rule(f"APPROX? (HALF ARTICLE | ARTICLE? HALF) {_UNIT}", makes="D")
def half_a(p: Phrase) -> Node:
    """He spoke for [half an hour]."""
    return lasting(p, 0.5)


@LENGTHS.rule(f"APPROX? DET? SHIFT|PAST|FOLLOWING ({_COUNT} AND|DASH)? count:{_COUNT} MORE|FULL? {_UNIT}", makes="D")
def shifted_amount(p: Phrase) -> Node:
    """Sales doubled in [the past five years]."""
    return lasting(p, _count(p["AMOUNT"] if "AMOUNT" in p else p["count"]), p["SHIFT"] or None)


@LENGTHS.rule("DET? AMOUNT|NUMBER|VAGUE SHIFT|PAST|FOLLOWING UNITS", makes="D")
def amount_shifted(p: Phrase) -> Node:
    """It lost money in [two straight months]."""
    return lasting_units(p, _count(p["AMOUNT"]))


def lasting_units(p: Phrase, count: float | None) -> Node:
    """So many of the plural unit in a phrase, to or from now."""
    return Lasting(p["UNITS"], count, p["SHIFT"] or None)


@LENGTHS.rule("DET? SHIFT|PAST|FOLLOWING UNITS", makes="D")
def shifted_units(p: Phrase) -> Node:
    """Talks go on in [coming weeks]."""
    return Lasting(p["UNITS"], None, p["SHIFT"] or None)


@LENGTHS.rule("DET? RECENT UNITS", makes="D")
def recent_units(p: Phrase) -> Node:
    """Rents rose in [recent years]."""
    return Lasting(p["UNITS"], None)


@LENGTHS.rule("DET? (ORDINAL|LATEST|SHIFT|FISCAL)? count:AMOUNT|NUMBER|VAGUE UNITS", makes="D")
def first_units(p: Phrase) -> Node | None:
    """Net fell in [the first nine months]."""
    if p.lexeme("UNITS").glued and p["UNITS"] == "quarter":
        return None
    edge = {1: 1, -1: PAST}.get(p.get("ORDINAL") or p.get("SHIFT") or 0, 0)
    return Lasting(p["UNITS"], _count(p["count"]), edge=edge)


@LENGTHS.rule("DET PAST UNIT", makes="T")
def past_unit(p: Phrase) -> Node:
    """Prices rose over [the past year]."""
    if p["UNIT"] in ("decade", "century", "hour", "minute"):
        return Lasting(p["UNIT"], 1.0, PAST)
    return Rolling(p["UNIT"], PAST)


@LENGTHS.rule("DET UNITS", makes="D")
def the_units(p: Phrase) -> Node:
    """Over [the years] it sank."""
    return Lasting(p["UNITS"], None)


@LENGTHS.rule("UNITS", makes="UNITS_ALONE")
def units(p: Phrase) -> Node:
    """It slept for [months]."""
    return Lasting(p["UNITS"], None)


@LENGTHS.rule("UNIT? UNITS? LONG", makes="D")
def long(p: Phrase) -> Node | None:
    """The [day-long] siege ended."""
    if ("UNIT" in p) == ("UNITS" in p):
        return None
    return Lasting(p["UNIT"], 1.0) if "UNIT" in p else Lasting(p["UNITS"], None)


LENGTHS_OF = Level()


@LENGTHS_OF.rule("D|UNITS_ALONE ORSO? AGO", makes="T")
def ago(p: Phrase) -> Node | None:
    """The bank failed [two weeks ago]."""
    return Ago(p["D"], p["AGO"])


@LENGTHS_OF.rule("D|T ORSO", makes="D")
def or_so(p: Phrase) -> Node:
    """It lasts [two years or so]."""
    return p["D"]  # type: ignore[no-any-return]


@LENGTHS_OF.rule("D|UNITS_ALONE FROM_NOW", makes="T")
def from_now(p: Phrase) -> Node:
    """It will open [two years from now]."""
    return Ago(p["D"], FUTURE)


@LENGTHS_OF.rule("D FROM T", makes="T")
def from_day(p: Phrase) -> Node | None:
    """The trial begins [a week from Friday]."""
    length, day = p["D"], p["T"]
    if not isinstance(length, Lasting) or not isinstance(day, Weekday) or day.narrated:
        return None
    return From(length, day) if length.unit in ("day", "week", "month") else None


@LENGTHS_OF.rule("D|UNITS_ALONE POSS HENCE", makes="T")
def in_so_much_time(p: Phrase) -> Node:
    """It opens in [two years' time]."""
    return Ago(p["D"], FUTURE)


@LENGTHS_OF.rule("D (?=SINCE)", makes="D")
def since(p: Phrase) -> Node:
    """It is only [a month] since they met."""
    length: Lasting = p["D"]
    return Lasting(length.unit, length.count, PAST)


@LENGTHS_OF.rule("D|UNITS_ALONE ORSO? EARLIER", makes="T")
def earlier(p: Phrase) -> Node | None:
    """It lost twice as much [a year earlier]."""
    if p["EARLIER"] == "whole":
        return None
    return Ago(p["D"], PAST if p["EARLIER"] == "earlier" else FUTURE, narrated=True)
