"""Times built of other times: Friday night, early next year, the third quarter of 1990, 9 a.m. Tuesday."""

from dataclasses import dataclass

from pipelines.extract.timex_calendar import Unit
from pipelines.extract.timex_clock import Clock, DayPart
from pipelines.extract.timex_grammar import Level, Phrase
from pipelines.extract.timex_meaning import (
    PRESENT,
    Fixed,
    Frame,
    Holding,
    Inside,
    Meaning,
    Node,
    Part,
    Recurring,
    Shift,
    Weekday,
)

NESTED = Level()


@NESTED.rule("PART? T DAYPART", makes="T")
def friday_night(p: Phrase) -> Node | None:
    """They met [late Friday night]."""
    node = p["T"]
    if isinstance(node, DayPart):
        return None
    return DayPart(p["DAYPART"], node)


@NESTED.rule("DET? PART? DAYPART (OF | IN)? T", makes="T")
def night_of(p: Phrase) -> Node | None:
    """The fire began on [the morning of Sept. 11]."""
    return DayPart(p["DAYPART"], p["T"])


@NESTED.rule("DET PART? DAYPART", makes="T")
def the_morning(p: Phrase) -> Node:
    """Rain is due in [the morning]."""
    return DayPart(p["DAYPART"], None)


@NESTED.rule("APPROX? K|BARE_CLOCK COMMA? IN? T", makes="T")
def clock_on_day(p: Phrase) -> Clock:
    """Polls open at [9 a.m. EST Tuesday]."""
    return _timed(p["K"], p["T"])


def _timed(clock: Clock, day: Node) -> Clock:
    return Clock(clock.time, clock.zone, (day.day or day) if isinstance(day, DayPart) else day)


@NESTED.rule("T COMMA? IN? K|BARE_CLOCK", makes="T")
def day_at_clock(p: Phrase) -> Clock:
    """The shuttle lands [Tuesday at 7:15 p.m.] if it is dry."""
    return _timed(p["K"], p["T"])


@NESTED.rule("APPROX? K", makes="T")
def clock_alone(p: Phrase) -> Node:
    """The shop shuts at [6 p.m.] in towns."""
    return p["K"]  # type: ignore[no-any-return]


@NESTED.rule("inner:T (COMMA? | OF | IN) outer:T", makes="T")
def inside(p: Phrase) -> Node | None:
    """It grew in [the third quarter of last year]."""
    return _inside(p["inner"], p["outer"])


def _inside(inner: Node, outer: Node) -> Node | None:
    if isinstance(inner, Recurring) and inner.unknown.startswith("XXXX-H") and not _holds(inner, outer):
        return Part(f"half{inner.unknown[-1]}", outer)
    if isinstance(inner, Recurring | Weekday) and inner.shift is None and _holds(inner, outer):
        return Inside(inner, outer)
    return None


def _holds(inner: Recurring | Weekday, outer: Node) -> bool:
    if isinstance(outer, Fixed):
        return outer.period.unit == ("year" if isinstance(inner, Recurring) else "day")
    unit = getattr(outer, "unit", None)
    return unit == ("year" if isinstance(inner, Recurring) else "week")


@NESTED.rule("DET? HALFYEAR OF DET? UNIT", makes="T")
def half_of_the(p: Phrase) -> Node | None:
    """It will rain in [the second half of the month]."""
    return _part_of_unit(f"half{p['HALFYEAR']}", p["UNIT"])


@NESTED.rule("outer:T POSS inner:T", makes="T")
def possessive(p: Phrase) -> Node | None:
    """Against [this year's third quarter] it is weak."""
    return _inside(p["inner"], p["outer"])


@NESTED.rule("DET? PARTNOUN OF T", makes="T")
def end_of(p: Phrase) -> Node:
    """It must shut by [the end of 2026]."""
    return Part(p["PARTNOUN"], p["T"])


@NESTED.rule("DET? PARTNOUN OF DET? UNIT", makes="T")
def end_of_the(p: Phrase) -> Node | None:
    """He leaves before [the end of the year]."""
    return _part_of_unit(p["PARTNOUN"], p["UNIT"])


def _part_of_unit(name: str, unit: Unit) -> Node | None:
    return Part(name, Shift(unit, 0)) if unit not in ("minute", "hour") else None


@NESTED.rule("T POSS? PARTNOUN", makes="T")
def years_end(p: Phrase) -> Node | None:
    """Ships sail at [this year's end]."""
    return Part(p["PARTNOUN"], p["T"]) if p["PARTNOUN"] in ("first", "last") else None


@NESTED.rule("UNIT POSS? PARTNOUN", makes="T")
def year_end(p: Phrase) -> Node | None:
    """Debts fall due at [year-end]."""
    if p["UNIT"] not in ("year", "month", "quarter") or p["PARTNOUN"] not in ("first", "last"):
        return None
    return Edge(p["PARTNOUN"], p["UNIT"])


@dataclass(frozen=True, slots=True)
class Edge:
    """The last or first day of a year, month or quarter: by year-end, since year-end."""

    name: str
    unit: Unit

    def resolve(self, frame: Frame) -> Meaning | None:
        """That of the unit that publication falls in, or of the one before where it is past and that lies ahead."""
        here = Part(self.name, Shift(self.unit, 0)).resolve(frame)
        ahead = here and here.period and here.period.first and frame.published and here.period.first > frame.published
        before = Part(self.name, Shift(self.unit, -1))
        return before.resolve(frame) if ahead and frame.direction() < PRESENT else here


@NESTED.rule("DET? MUCH OF T", makes="T")
def much_of(p: Phrase) -> Node:
    """It rained for [much of last year]."""
    return Part(p["MUCH"], p["T"])


@NESTED.rule("DET? MUCH OF DET UNIT", makes="T")
def rest_of(p: Phrase) -> Node | None:
    """He rests for [the rest of the year]."""
    return _part_of_unit(p["MUCH"], p["UNIT"])


@NESTED.rule("DET? PART IN? T", makes="T")
def early(p: Phrase) -> Node | None:
    """They wed in [late September]."""
    if "DET" in p and p.lexeme("T").glued and isinstance(p["T"], Recurring):
        return None  # the article is that of what was then: the late-November trip
    return Part(p["PART"], p["T"])


@NESTED.rule("EARLIER IN? T", makes="T")
def earlier_this(p: Phrase) -> Node:
    """He quit [earlier this year]."""
    return Part(p["EARLIER"], p["T"])


@NESTED.rule("(EARLIER|PART) IN DET UNIT", makes="T")
def later_in_the(p: Phrase) -> Node | None:
    """It opens [later in the year]."""
    return Part(p["EARLIER"], Shift(p["UNIT"], 0)) if p["UNIT"] not in ("minute", "hour", "day") else None


@NESTED.rule("DET UNIT OF T", makes="T")
def week_of(p: Phrase) -> Node | None:
    """The fair is on [the week of March 6]."""
    return Holding(p["UNIT"], p["T"]) if p["UNIT"] in ("week", "month") else None
