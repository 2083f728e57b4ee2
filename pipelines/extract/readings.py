"""What stands beside a number and makes it a figure: per cent, money, a unit, a rate, an age."""

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

from pipelines.extract.lexemes import Lexemes
from pipelines.extract.money import Prefix, money_after, scaled_money
from pipelines.extract.numerals import DASHES, Number, abbreviated
from pipelines.extract.units import (
    Currency,
    Unit,
    below,
    currencies,
    doubtful_names,
    each,
    measures,
    named,
    of_letter,
    part_signs,
    ratio,
    symbols,
    times,
)

UnitKind = Literal["money", "percent", "measure", "duration"]

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    files("pipelines.extract.data").joinpath("readings.toml").read_text("utf-8")
)
_PERCENT, _EACH, _PER_A, _LENGTHWISE, _ANGLES, _IN_MILLIONS = (
    frozenset(_TABLES[name]["words"].split())
    for name in ("percent", "each", "per_a", "lengthwise", "angles", "in_millions")
)
_PLUS, _MORE = frozenset(["odd", "plus", "+"]), frozenset(["so", "more", "fewer", "less"])
_COUNTRIES = _TABLES["countries"]
_PHRASE, _LARGE = 6, 1000
_AGE_UNITS = frozenset(["year", "month", "week", "day"])


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit read beside a number: up to lexeme `after`, with the scale that an abbreviation added."""

    kind: UnitKind
    name: str
    after: int
    unit: Unit | None = None
    currency: str | None = None
    shared: str | None = None
    age: bool = False
    part: bool = False

    @property
    def ucum(self) -> str | None:
        """UCUM code, measures and durations only."""
        return self.unit.ucum if self.unit else None


def reading(lex: Lexemes, found: Number) -> tuple[Number, Reading | None]:
    """The number with its abbreviated scale, and the unit behind it."""
    if alone := _percent(lex, found.after) or _magnitude(lex, found) or _percentage_of(lex, found):
        return found, alone
    if found.form == "vague":
        return found, _of_unit(lex, found)
    if found.form == "fraction" and (part := _part_of_unit(lex, found)):
        return found, part
    if late := scaled_money(lex, found):
        return late[0], _money(late[1], late[0].after)
    if short := _abbreviation(lex, found):
        return short, unit_after(lex, short)
    return found, unit_after(lex, found) or _past_qualifier(lex, found)


def _magnitude(lex: Lexemes, found: Number) -> Reading | None:
    """The strength of an earthquake, whose name stands before the figures or behind them.

    "a magnitude 6.2 earthquake" -> 6.2 magnitude
    "a magnitude-6.2 quake" -> 6.2 magnitude
    "a 6.2-magnitude quake" -> 6.2 magnitude
    "It had a magnitude of 6.2." -> 6.2 magnitude
    """
    before = lex[found.first - 1]
    led = before.text in DASHES or before.lower == "of"
    behind = found.after + (lex[found.after].text in DASHES)
    if found.form != "figures" or lex[found.first].gap == "\n":
        return None
    if lex[found.first - 1 - led].lower == "magnitude":
        return Reading("measure", "magnitude", found.after, _MAGNITUDE)
    named_ = lex[behind].lower == "magnitude" and lex[behind].gap != "\n"
    return Reading("measure", "magnitude", behind + 1, _MAGNITUDE) if named_ else None


def _percentage_of(lex: Lexemes, found: Number) -> Reading | None:
    """A share whose unit stands before the figures.

    "It won with a percentage of 30." -> 30 percentage
    """
    led = lex[found.first - 1].lower == "of" and lex[found.first - 2].lower in _SHARES
    if not led or found.form != "figures" or lex[found.after].kind == "word" or lex[found.first - 3].kind == "num":
        return None
    return Reading("percent", "percentage", found.after)


_SHARES = frozenset(["percentage", "percent", "percents"])
_MAGNITUDE = Unit("magnitude", None, None)


def _past_qualifier(lex: Lexemes, found: Number) -> Reading | None:
    """The unit behind a qualifier that follows the number.

    "twenty-odd years" -> approx 20 year
    "15-plus years" -> at_least 15 year
    "five or more miles" -> at_least 5 mile
    """
    at = found.after + (lex[found.after].text in DASHES and not lex[found.after].gap)
    after = at + 2 if lex[at].lower == "or" and lex[at + 1].lower in _MORE else at + (lex[at].lower in _PLUS)
    if after == at or lex[after].kind != "word" or lex[at].gap == "\n":
        return None
    return unit_after(lex, replace(found, after=after))


def _of_unit(lex: Lexemes, found: Number) -> Reading | None:
    """The unit of a vague number.

    "hundreds of millions of dollars" -> 100000000..1000000000 dollar
    "several miles" -> 3..9 mile
    """
    return unit_after(lex, replace(found, after=found.after + (lex[found.after].lower == "of")))


def _part_of_unit(lex: Lexemes, found: Number) -> Reading | None:
    """The unit that a share is a part of.

    "half an hour" -> 0.5 hour
    "three quarters of a mile" -> 0.75 mile
    "half of 1 percent" -> 0.5 percentage
    "The bank made a quarter-point cut." -> down 0.25 percentage point
    """
    at = found.after + (lex[found.after].text in DASHES)
    if lex[at].lower == "point" and lex[at].gap != "\n" and found.value in (0.25, 0.5, 0.75):
        return Reading("percent", "percentage point", at + 1)
    at = found.after + (lex[found.after].lower == "of")
    if lex[at].lower in ("a", "an"):
        return unit_after(lex, replace(found, after=at + 1))
    return _percent(lex, at + 1) if lex[at].lower in ("1", "one") and lex[at].gap == " " else None


def _abbreviation(lex: Lexemes, found: Number) -> Number | None:
    """An abbreviated scale where it cannot be a unit: "35m of its devices" but "a 35m pool"."""
    here, follower = lex[found.after], lex[found.after + 1]
    short = abbreviated(lex, found, glued=len(here.text) < 2)  # noqa: PLR2004 - "1.8 bln", but not "8 b"
    if short is None:
        if here.text in ("B", "M") and here.gap == " " and follower.lower.isalpha() and follower.gap == " ":
            return abbreviated(lex, found, glued=False)
        return None
    if here.text == "T":
        return None
    if here.text == "m":
        return short if _goes_on_to_plural(lex, found.after + 1) or _is_sum(lex, found) else None
    return short


def _is_sum(lex: Lexemes, found: Number) -> bool:
    """Whether what is measured comes in millions: "a profit of 45m", "a 35m fund".

    "Sales climbed to 45.6m." -> 45600000
    "The tower rises to 45.6m." -> 45.6 metre
    """
    for at in range(found.first - 1, found.first - _PHRASE - 1, -1):
        if lex[at + 1].gap == "\n" or lex[at].text in (".", ";"):
            break
        if lex[at].lower in _IN_MILLIONS or (lex[at].text == "m" and lex[at - 2].text in ("$", "£", "€")):
            return True
    return lex[found.after + 1].lower in _IN_MILLIONS and lex[found.after + 1].gap == " "


def _inches(lex: Lexemes, at: int) -> Unit | None:
    """Inches by the mark that also closes a quotation, or by "in" against the figures.

    "The screen is 5.8in across." -> 5.8 inch
    """
    if lex[at].gap or lex[at - 1].kind != "num" or lex[at].text not in ("in", '"'):
        return None
    last = lex.text.rfind('"', lex.text.rfind("\n", 0, lex[at].start) + 1, lex[at].start)
    opened = last >= 0 and not lex.text[last - 1 : last].strip(" (\n")
    return None if lex[at].text == '"' and opened else measures()["inch"]


def _goes_on_to_plural(lex: Lexemes, at: int) -> bool:
    """Whether a plural noun or a unit comes in the same phrase, as it does after millions and not after metres."""
    if lex[at].gap != " ":
        return False
    if lex[at].lower == "of" or named(lex, at):
        return True
    for step in range(at, at + _PHRASE):
        word = lex[step].lower
        if lex[step].kind != "word" or word in _LENGTHWISE:
            return False
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")):
            return True
    return False


def unit_after(lex: Lexemes, found: Number) -> Reading | None:
    """The unit behind a number, with the rate it is given at.

    "24pc" -> percentage
    "10-foot" -> foot
    "30 mph" -> mile per hour
    "12 US cents" -> cent
    """
    at = found.after
    if lex[at].gap == "\n":
        return None
    if lex[at].text in DASHES and (lex[at].gap == lex[at + 1].gap):
        at += 1
        if lex[at].gap == " " and (lex[at].text.istitle() or not named(lex, at)):
            return None
    if lex[at].text in ("(", "{", "[") and lex[at + 2].text in (")", "}", "]"):
        at += 1
    if percent := _percent(lex, at):
        return percent
    if lex[at].lower in ("yo", "y.o.") or lex.surface(at, at + 3).lower() == "y/o":
        after = at + 1 if lex[at].lower in ("yo", "y.o.") else at + 3
        return Reading("measure", "year of age", after, measures()["year"], age=True)
    base = _base(lex, at, found)
    return base and _age(lex, rated(lex, base))


def _percent(lex: Lexemes, at: int) -> Reading | None:
    """Per cent, percentage points, basis points."""
    word = lex[at].lower
    if lex[at].gap == "\n":
        return None
    if word in ("percentage", "percent", "basis") or (word == "%" and lex[at + 1].lower.startswith("point")):
        step = at + 1 + (lex[at + 1].text in DASHES)
        if lex[step].lower in ("point", "points"):
            return Reading("percent", "basis point" if word == "basis" else "percentage point", step + 1)
    if word in ("bps", "bp") and lex[at].text != "BP":
        return Reading("percent", "basis point", at + 1)
    if word == "per":
        step = at + 1 + (lex[at + 1].text in DASHES)
        return Reading("percent", "percentage", step + 1) if lex[step].lower == "cent" else None
    if word in _PERCENT and word != "basis":
        return Reading("percent", "percentage", at + 1)
    return None


def _base(lex: Lexemes, at: int, found: Number) -> Reading | None:
    """The unit itself, without a rate."""
    here = lex[at]
    if money := money_after(lex, at, found):
        return _money(*money)
    if here.text in part_signs() and (not here.gap or here.text == "p"):  # "68 p", but no "5 c"
        return _money(part_signs()[here.text], at + 1)
    if unit := of_letter(lex, at) or _inches(lex, at) or _hours(lex, at):
        return Reading("duration" if unit.dimension == "time" else "measure", unit.name, at + 1, unit)
    if (meaning := named(lex, at)) is None or _is_name(lex, at, found):
        return None
    what, after = meaning
    if isinstance(what, Currency):
        large = found.scaled or (found.value or 0.0) >= _LARGE
        return _money(what, after) if large or here.lower not in doubtful_names() else None
    return _measured(lex, at, after, what, found) if _sure(lex, at, after, what) else None


def _hours(lex: Lexemes, at: int) -> Unit | None:
    """Hours by their symbol, which "from 7h to 21h" has as a clock.

    "Stir it for 24 h with sand." -> 24 hour
    "The stage took 4h 12m." -> 4.2 hour
    """
    if lex[at].text == "h" and lex[at + 1].kind == "num" and lex[at + 2].lower in _MINUTES:
        return measures()["hour"]
    ends = lex[at + 1].kind == "sign" or lex[at + 1].lower in _AFTER_HOURS
    return measures()["hour"] if lex[at].text == "h" and lex[at].gap == " " and ends else None


_MINUTES = frozenset(["m", "min", "mins", "minute", "minutes"])
_AFTER_HOURS = frozenset(["with", "at", "in", "of", "and", "to", "before", "after", "or", "by", "on", "under"])


def _measured(lex: Lexemes, at: int, after: int, what: Unit, found: Number) -> Reading:
    """A measure or a duration; pounds may be money."""
    if what.name == "pound-mass" and lex[at].lower.startswith("pound") and _is_sterling(lex, after, found):
        sterling = lex[after].lower == "sterling"
        return _money(currencies()[1]["british pound" if sterling else "pound"], after)
    if what.name == "degree" and not any(
        lex[i].lower in _ANGLES for i in (at - 3, at - 2, after, after + 1, after + 2)
    ):
        what = Unit("degree", None, None)  # of a temperature in degrees that are not said
    return Reading("duration" if what.dimension == "time" else "measure", what.name, after, what)


def _money(currency: Currency, after: int) -> Reading:
    code, shared = currency.code, currency.shared
    return Reading("money", currency.name, after, currency=code, shared=shared, part=currency.part)


def _is_sterling(lex: Lexemes, after: int, found: Number) -> bool:
    """Whether pounds are money: "361 million pounds" is, "208 pounds" and "3 million pounds of beef" are weights."""
    return (found.scaled or lex[after].lower == "sterling") and lex[after].lower != "of"


def _is_name(lex: Lexemes, at: int, found: Number) -> bool:
    """As in "in 2016 Stone said", "2022′s": no unit."""
    here = lex[at]
    if here.text in ("′", "″"):
        return lex[at + 1].lower == "s" and not lex[at + 1].gap
    year = found.form == "figures" and not found.scaled and len(lex[found.first].text) == 4  # noqa: PLR2004
    year = year and lex[found.first].text.isdigit()
    capital = here.text.istitle() and not here.lower.endswith("s")
    return year and here.gap == " " and capital and len(here.text) > 2  # noqa: PLR2004


def _sure(lex: Lexemes, at: int, after: int, unit: Unit) -> bool:
    """Whether a short symbol is a unit here: "5m", "6 kW", "816 000 t", but not "2 in April" or "3 A"."""
    here = lex[at].text
    if here.lower() == "second":  # "a 30-second clip" and "one second", but "seven second-half goals"
        return lex[at - 1].text in DASHES or lex[at - 1].lower in ("one", "1", "a")
    if after > at + 1 or symbols().get(here) is not unit or len(here) > 2 or not here.isalpha():  # noqa: PLR2004
        return True
    if here in ("A", "J", "MT", "PS", "mi", "mb", "MP"):
        glued = not lex[at].gap and (here != "J" or lex[at + 1].kind != "word")  # no joules in "the 11J marchers"
        return glued or lex[at + 1].text == "/"
    return here not in ("ha", "mo", "yd", "gm") or lex[at + 1].kind != "word"


def rated(lex: Lexemes, base: Reading) -> Reading:
    """The rate behind a unit: "$52 a barrel", "10 kV/cm", "325,000 barrels per day".

    "$52 a barrel" -> dollar per barrel
    "£24 a-year" -> pound sterling per year
    "$38 a year ago" -> dollar
    "$2.53 per diluted share" -> dollar per share
    """
    step = base.after
    word = lex[step].lower
    if word in DASHES and lex[step + 1].lower in ("a", "an", "per") and lex[step + 2].text in DASHES:
        step, word = step + 1, lex[step + 1].lower
    if word not in _EACH or lex[step].gap == "\n" or word in ("each", "every") or lex[step + 2].lower in SINCE:
        return base
    step += 1 + (lex[step + 1].text in DASHES)
    if lex[step].gap == "\n" or (base.kind == "percent" and word != "per"):
        return base
    if divisor := _divisor(lex, step, word):
        if word in ("a", "an") and lex[step].lower not in _PER_A:
            return base
        unit = ratio(base.unit, divisor[0]) if base.unit else None
        name = unit.name if unit else f"{base.name} per {divisor[0].name}"
        return replace(
            base, name=name, after=divisor[1], unit=unit, kind="measure" if base.kind == "duration" else base.kind
        )
    step += lex[step].lower in _KINDS_OF_SHARES and lex[step + 1].lower == "share"
    noun = lex[step].lower
    if word == "/" or not noun.isalpha() or (word in ("a", "an") and noun not in _PER_A) or base.kind == "duration":
        return base
    unit = base.unit and each(base.unit, noun)
    return replace(base, name=f"{base.name} per {noun}", after=step + 1, unit=unit)


_KINDS_OF_SHARES = frozenset(["diluted", "basic", "common", "ordinary", "preferred"])
SINCE = frozenset(["ago", "earlier", "later", "before"])


def _divisor(lex: Lexemes, at: int, word: str) -> tuple[Unit, int] | None:
    """The unit that another is divided by, and where it ends: of "per hour", "/s", "per 100 km".

    "40 m/s" -> metre per second
    "6 litres per 100 km" -> litre per 100 kilometres
    """
    if word == "/" and (unit := below().get(lex[at].text)):
        return unit, at + 1
    if lex[at].text == "100" and word not in ("a", "an"):
        found = named(lex, at + 1)
        if found and isinstance(found[0], Unit) and found[0].dimension == "length":
            return times(found[0], f"100 {found[0].name}s", 100), found[1]
        return None
    found = named(lex, at)
    return (found[0], found[1]) if found and isinstance(found[0], Unit) else None


def _age(lex: Lexemes, base: Reading) -> Reading:
    """An age: "34-year-old", "ten months old", "eighteen months of age".

    "34-year-old" -> year of age
    "ten months old" -> month of age
    """
    if base.name not in _AGE_UNITS or base.unit is None:
        return base
    step = base.after
    while lex[step].text in DASHES or lex[step].text in ("'", "’"):
        step += 1
    if lex[step].gap == "\n":
        return base
    if lex[step].lower in ("old", "olds", "young"):
        after = step + 1
    elif lex[step].lower == "of" and lex[step + 1].lower == "age":
        after = step + 2
    else:
        return base
    return replace(base, kind="measure", name=f"{base.name} of age", after=after, age=True)


def priced(lex: Lexemes, found: Number, prefix: Prefix) -> tuple[Number, Reading]:
    """Figures behind a currency sign: any abbreviated scale counts, and the country may follow.

    "$450m" -> 450000000 dollar
    "$31.20 US" -> 31.2 dollar
    """
    value = found.times(prefix.scale, found.after) if prefix.scale != 1 else found
    if not value.scaled:
        value = abbreviated(lex, value, glued=False) or value
    currency, after = prefix.currency, value.after
    follower = lex[after]
    if prefix.currency.name == "dollar" and follower.gap == " ":
        country = named(lex, after)
        if follower.text in _COUNTRIES:
            currency, after = currencies()[0][_COUNTRIES[follower.text]], after + 1
        elif country and isinstance(country[0], Currency) and country[0].name.endswith(("dollar", "peso")):
            currency, after = country[0], country[1]
    return value, rated(lex, _money(currency, after))
