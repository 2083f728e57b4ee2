"""What is built of other times: clock times, parts of the day, parts of a period, sets, and the past or future as such."""

from pipelines.extract.timex_grammar import Level, Phrase
from pipelines.extract.timex_meaning import (
    Clock,
    DayPart,
    Fixed,
    Inside,
    Lasting,
    Node,
    Part,
    Recurring,
    Reference,
    Repeat,
    Shift,
    Weekday,
    duration_value,
)

CLOCKS = Level()


def _hour(text: str, meridiem: int | None) -> str | None:
    """`hh:mm` of a clock time; nothing where there is no such time."""
    parts = [int(part) for part in text.replace(".", ":").split(":")]
    hour, rest = parts[0], parts[1:]
    if meridiem is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + meridiem
    if hour > 24 or any(part > 59 for part in rest):
        return None
    return ":".join(f"{part:02d}" for part in [hour, *(rest or [0])])


@CLOCKS.rule("NUMBER|CLOCKTIME|AMOUNT MERIDIEM ZONE?", makes="K")
@CLOCKS.rule("NUMBER|CLOCKTIME|AMOUNT OCLOCK ZONE?", makes="K")
@CLOCKS.rule("CLOCKTIME ZONE", makes="K")
def clock(p: Phrase) -> Clock | None:
    """Doors open at [9:30 a.m. EST]."""
    value = p["NUMBER"]
    text = str(int(value)) if isinstance(value, float) else value
    time = _hour(text, p.get("MERIDIEM")) if set(text) <= set("0123456789:.") else None
    return Clock(time, p.get("ZONE") or "", None) if time else None


@CLOCKS.rule("NUMBER|AMOUNT IN DET? DAYPART", makes="K")
def hour_in_the_morning(p: Phrase) -> Clock | None:
    """The alarm rang at [4 in the morning]."""
    meridiem = 0 if p["DAYPART"] == "MO" else 12
    time = _hour(str(int(float(p["NUMBER"]))), meridiem) if float(str(p["NUMBER"]).replace(",", "")) <= 12 else None
    return Clock(time, "", None) if time else None


@CLOCKS.rule("FIXED_HOUR ZONE?", makes="K")
def fixed_hour(p: Phrase) -> Clock:
    """The whistle blows at [noon]."""
    return Clock(p["FIXED_HOUR"], p.get("ZONE") or "", None)


@CLOCKS.rule("CLOCKTIME", makes="BARE_CLOCK")
def bare_clock(p: Phrase) -> Clock | None:
    """The train left at [19:15]."""
    time = _hour(p["CLOCKTIME"], None)
    return Clock(time, "", None) if time and ":" in p["CLOCKTIME"] else None


@CLOCKS.rule("NIGHT", makes="T")
def night(p: Phrase) -> Node:
    """The rebels struck [last night]."""
    return DayPart("NI", Shift("day", p["NIGHT"]))


@CLOCKS.rule("SHIFT|PAST|CURRENT DAYPART", makes="T")
def this_morning(p: Phrase) -> Node:
    """Trading stopped [this morning]."""
    return DayPart(p["DAYPART"], Shift("day", p["SHIFT"]))


@CLOCKS.rule("DET FOLLOWING|SHIFT|PAST DAYPART", makes="T")
def next_morning(p: Phrase) -> Node:
    """They woke [the next morning]."""
    from pipelines.extract.timex_meaning import Narrated

    return DayPart(p["DAYPART"], Narrated("day", p["FOLLOWING"] if p["FOLLOWING"] > 0 else -1))


@CLOCKS.rule("THAT DAYPART", makes="T")
def that_night(p: Phrase) -> Node:
    """He flew home [that night]."""
    return DayPart(p["DAYPART"], None)


@CLOCKS.rule("PRESENT", makes="REF")
def reference(p: Phrase) -> Node:
    """The mine is [now] shut."""
    return Reference(p["PRESENT"])


@CLOCKS.rule("SOON", makes="SOON")
def soon(p: Phrase) -> Node:
    """The ferry will [soon] leave."""
    del p
    return Reference("FUTURE_REF", ahead=True)


@CLOCKS.rule("DET PAST", makes="REF_NOUN")
def the_past(p: Phrase) -> Node:
    """Nobody spoke of [the past]."""
    del p
    return Reference("PAST_REF")


@CLOCKS.rule("DET FUTURE", makes="REF_NOUN")
def future(p: Phrase) -> Node:
    """She fears [the future]."""
    del p
    return Reference("FUTURE_REF")


@CLOCKS.rule("DET? FUTURE UNITS", makes="REF")
def future_units(p: Phrase) -> Node:
    """It will gain in [future quarters]."""
    del p
    return Reference("FUTURE_REF")


@CLOCKS.rule("ADVERB", makes="REPEAT")
def adverb(p: Phrase) -> Node:
    """The tide turns [daily]."""
    return Repeat(p["ADVERB"])


@CLOCKS.rule("EVERY UNIT|WEEKEND|SECOND", makes="REPEAT")
def every(p: Phrase) -> Node:
    """The bell rings [every hour]."""
    unit = p["UNIT"]
    return Repeat("XXXX-WXX-WE" if unit == "weekend" else duration_value(unit, 1.0))


@CLOCKS.rule("EVERY OTHERDAY|SECOND UNIT", makes="REPEAT")
def every_other(p: Phrase) -> Node:
    """The market meets [every other week]."""
    return Repeat(duration_value(p["UNIT"], 2.0))


@CLOCKS.rule("EVERY D", makes="REPEAT")
def every_few(p: Phrase) -> Node | None:
    """The post comes [every two weeks]."""
    length = p["D"]
    return Repeat(duration_value(length.unit, length.count)) if isinstance(length, Lasting) else None


@CLOCKS.rule("EVERY DAYPART", makes="REPEAT")
def every_morning(p: Phrase) -> Node:
    """The fog comes [every morning]."""
    return Repeat(f"XXXX-XX-XXT{p['DAYPART']}")


@CLOCKS.rule("EVERY T", makes="REPEAT")
def every_friday(p: Phrase) -> Node | None:
    """The choir meets [each Thursday]."""
    node = p["T"]
    if isinstance(node, Weekday):
        return Repeat(f"XXXX-WXX-{node.number}")
    return Repeat(node.unknown) if isinstance(node, Recurring) else None


@CLOCKS.rule("WEEKDAYS DAYPARTS?", makes="REPEAT")
def weekdays(p: Phrase) -> Node:
    """The court sits on [Tuesdays]."""
    part = f"T{p['DAYPARTS']}" if "DAYPARTS" in p else ""
    return Repeat(f"XXXX-WXX-{p['WEEKDAYS']}{part}")


@CLOCKS.rule("T DAYPARTS", makes="REPEAT")
def weekday_nights(p: Phrase) -> Node | None:
    """The bar shuts on [Tuesday nights]."""
    node = p["T"]
    return Repeat(f"XXXX-WXX-{node.number}T{p['DAYPARTS']}") if isinstance(node, Weekday) else None


NESTED = Level()
_RANGE_OF_DAY = (Weekday, Shift, Recurring, Fixed)


@NESTED.rule("PART? T DAYPART", makes="T")
def friday_night(p: Phrase) -> Node | None:
    """They met late [Friday night]."""
    node = p["T"]
    if isinstance(node, DayPart):
        return None
    return DayPart(p["DAYPART"], node)


@NESTED.rule("DET? PART? DAYPART (OF | IN)? T", makes="T")
def night_of(p: Phrase) -> Node | None:
    """The fire began on [the morning of Sept. 11]."""
    return DayPart(p["DAYPART"], p["T"])


@NESTED.rule("DAYPART", makes="DAYPART_ALONE")
def bare_daypart(p: Phrase) -> Node:
    """It was a long [night]."""
    return DayPart(p["DAYPART"], None)


@NESTED.rule("DET PART? DAYPART", makes="T")
def the_morning(p: Phrase) -> Node:
    """Rain is due in [the morning]."""
    return DayPart(p["DAYPART"], None)


@NESTED.rule("APPROX? K|BARE_CLOCK COMMA? IN? T", makes="T")
def clock_on_day(p: Phrase) -> Node | None:
    """Polls open at [9 a.m. EST Tuesday]."""
    clock_: Clock = p["K"]
    node = p["T"].day if isinstance(p["T"], DayPart) else p["T"]
    return Clock(clock_.time, clock_.zone, node)


@NESTED.rule("T COMMA? IN? K|BARE_CLOCK", makes="T")
def day_at_clock(p: Phrase) -> Node | None:
    """The shuttle lands [Tuesday at 7:15 p.m]."""
    return clock_on_day(p)


@NESTED.rule("APPROX? K", makes="T")
def clock_alone(p: Phrase) -> Node:
    """The shop shuts at [6 p.m]."""
    return p["K"]  # type: ignore[no-any-return]


@NESTED.rule("BARE_CLOCK", makes="BARE_CLOCK")
def clock_unsure(p: Phrase) -> Node:
    """The train left at [19:15]."""
    return p["BARE_CLOCK"]  # type: ignore[no-any-return]


@NESTED.rule("inner:T (COMMA? | OF | IN) outer:T", makes="T")
def inside(p: Phrase) -> Node | None:
    """It grew in [the third quarter of last year]."""
    inner, outer = p["inner"], p["outer"]
    if isinstance(inner, Recurring | Weekday) and inner.shift is None and _holds(inner, outer):
        return Inside(inner, outer)
    return None


def _holds(inner: Recurring | Weekday, outer: Node) -> bool:
    if isinstance(outer, Fixed):
        return outer.period.unit == ("year" if isinstance(inner, Recurring) else "day")
    unit = getattr(outer, "unit", None)
    return unit == ("year" if isinstance(inner, Recurring) else "week")


@NESTED.rule("outer:T POSS inner:T", makes="T")
def possessive(p: Phrase) -> Node | None:
    """Against [this year's third quarter] it is weak."""
    return inside(p)


@NESTED.rule("DET? PARTNOUN OF T", makes="T")
def end_of(p: Phrase) -> Node:
    """It must shut by [the end of 2026]."""
    return Part(p["PARTNOUN"], p["T"])


@NESTED.rule("DET? PARTNOUN OF DET? UNIT", makes="T")
def end_of_the(p: Phrase) -> Node | None:
    """He leaves before [the end of the year]."""
    return Part(p["PARTNOUN"], Shift(p["UNIT"], 0)) if p["UNIT"] not in ("minute", "hour") else None


@NESTED.rule("T POSS? PARTNOUN", makes="T")
def years_end(p: Phrase) -> Node | None:
    """Ships sail at [this year's end]."""
    return Part(p["PARTNOUN"], p["T"]) if p["PARTNOUN"] in ("first", "last") else None


@NESTED.rule("UNIT POSS? PARTNOUN", makes="T")
def year_end(p: Phrase) -> Node | None:
    """Debts fall due at [year-end]."""
    if p["UNIT"] not in ("year", "month", "quarter") or p["PARTNOUN"] not in ("first", "last"):
        return None
    return Part(p["PARTNOUN"], Shift(p["UNIT"], 0))


@NESTED.rule("DET? MUCH OF T", makes="T")
def much_of(p: Phrase) -> Node:
    """It rained for [much of last year]."""
    return Part(p["MUCH"], p["T"])


@NESTED.rule("DET? MUCH OF DET UNIT", makes="T")
def rest_of(p: Phrase) -> Node | None:
    """He rests for [the rest of the year]."""
    return Part(p["MUCH"], Shift(p["UNIT"], 0)) if p["UNIT"] not in ("minute", "hour") else None


@NESTED.rule("DET? PART IN? T", makes="T")
def early(p: Phrase) -> Node:
    """They wed in [late September]."""
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
    from pipelines.extract.timex_meaning import Holding

    return Holding(p["UNIT"], p["T"]) if p["UNIT"] in ("week", "month") else None
