"""Clock times, parts of the day, sets of times, and the past, present or future as such."""

from pipelines.extract.timex_clock import Clock, DayPart
from pipelines.extract.timex_grammar import Level, Phrase
from pipelines.extract.timex_lengths import Lasting, duration_value
from pipelines.extract.timex_meaning import Narrated, Node, Recurring, Reference, Repeat, Shift, Weekday
from pipelines.extract.timex_numbers import number

CLOCKS = Level()


NOON, MIDNIGHT, LAST_MINUTE = 12, 24, 59


def _hour(text: str, meridiem: int | None) -> str | None:
    """`hh:mm` of a clock time; nothing where there is no such time."""
    parts = [int(part) for part in text.replace(".", ":").split(":")]
    hour, rest = parts[0], parts[1:]
    if meridiem is not None:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + meridiem
    if hour > MIDNIGHT or any(part > LAST_MINUTE for part in rest):
        return None
    return ":".join(f"{part:02d}" for part in [hour, *(rest or [0])])


@CLOCKS.rule("NUMBER|CLOCKTIME|AMOUNT MERIDIEM ZONE?", makes="K")
@CLOCKS.rule("NUMBER|CLOCKTIME|AMOUNT OCLOCK ZONE?", makes="K")
def clock(p: Phrase) -> Clock | None:
    """Doors open at [9:30 a.m. EST]."""
    value = p["NUMBER"]
    text = str(int(value)) if isinstance(value, float) else value
    time = _hour(text, p.get("MERIDIEM")) if set(text) <= set("0123456789:.") else None
    return Clock(time, p.get("ZONE") or "", None) if time else None


@CLOCKS.rule("NUMBER|AMOUNT OCLOCK? IN DET? DAYPART", makes="K")
def hour_in_the_morning(p: Phrase) -> Clock | None:
    """The alarm rang at [4 in the morning]."""
    time = _hour(str(int(number(p["NUMBER"]))), 0 if p["DAYPART"] == "MO" else NOON)
    return Clock(time, "", None) if time else None


@CLOCKS.rule("FIXED_HOUR ZONE?", makes="K")
def fixed_hour(p: Phrase) -> Clock:
    """The whistle blows at [noon]."""
    return Clock(p["FIXED_HOUR"], p.get("ZONE") or "", None)


@CLOCKS.rule("CLOCKTIME ZONE", makes="K")
def clock_in_zone(p: Phrase) -> Clock | None:
    """The wires fell silent at [17:00 GMT]."""
    time = _hour(p["CLOCKTIME"], None)
    return Clock(time, p["ZONE"], None) if time else None


@CLOCKS.rule("NUMBER|YEAR4 ZONE", makes="K")
def four_digits_in_zone(p: Phrase) -> Clock | None:
    """The siren sounded at [0735 GMT]."""
    digits = str(p["NUMBER"])
    four = len(digits) == 4 and digits.isdigit()  # noqa: PLR2004
    time = _hour(f"{digits[:2]}:{digits[2:]}", None) if four else None
    return Clock(time, p["ZONE"], None) if time else None


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
    return DayPart(p["DAYPART"], Narrated("day", p["FOLLOWING"] if p["FOLLOWING"] > 0 else -1))


@CLOCKS.rule("THAT DAYPART", makes="T")
def that_night(p: Phrase) -> Node:
    """He flew home [that night]."""
    return DayPart(p["DAYPART"], None)


@CLOCKS.rule("PRESENT", makes="REF")
def reference(p: Phrase) -> Node:
    """The mine is [now] shut."""
    return Reference(p["PRESENT"])


@CLOCKS.rule("CURRENT", makes="REF_ADJECTIVE")
def current(p: Phrase) -> Node:
    """The [current] mayor won."""
    del p
    return Reference("PRESENT_REF")


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


@CLOCKS.rule("DET? FUTURE UNITS_ALONE", makes="REF")
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


@CLOCKS.rule("EVERY OTHERDAY? T", makes="REPEAT")
def every_friday(p: Phrase) -> Node | None:
    """The choir meets [each Thursday]."""
    node = p["T"]
    if isinstance(node, Weekday):
        return Repeat(f"XXXX-WXX-{node.number}")
    return Repeat(node.unknown) if isinstance(node, Recurring) else None


@CLOCKS.rule("WEEKDAYS|WEEKPART DAYPARTS?", makes="REPEAT")
def weekdays(p: Phrase) -> Node:
    """The court sits on [Tuesdays]."""
    part = f"T{p['DAYPARTS']}" if "DAYPARTS" in p else ""
    return Repeat(f"XXXX-WXX-{p['WEEKDAYS']}{part}")


@CLOCKS.rule("T DAYPARTS", makes="REPEAT")
def weekday_nights(p: Phrase) -> Node | None:
    """The bar shuts on [Tuesday nights]."""
    node = p["T"]
    return Repeat(f"XXXX-WXX-{node.number}T{p['DAYPARTS']}") if isinstance(node, Weekday) else None
