"""What stands beside a number and makes it a figure: per cent, money, a unit, a rate, an age."""

from dataclasses import dataclass, replace
from typing import Literal

from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import DASHES, SCALES, Number, abbreviated
from pipelines.extract.units import (
    Currency,
    Unit,
    ambiguous_codes,
    currencies,
    leading_names,
    measures,
    named,
    part_signs,
    ratio,
    symbols,
)

UnitKind = Literal["money", "percent", "measure", "duration"]

_PERCENT = frozenset(["%", "percent", "percents", "pct", "pc", "pct.", "percentage", "％"])
_EACH = frozenset(["a", "an", "per", "each", "every", "/"])
_OWNERS = {"us": "USD", "nz": "NZD", "cdn": "CAD"}
_PER_A = frozenset(
    "share barrel ounce ton tonne year month week day hour minute second night gallon litre liter kilo kilogram pound mile"
    " person head unit bushel piece pop bottle ticket seat game acre hectare plate pack packet kg km bbl oz piece hour"
    " lb kwh mwh therm inch foot yard metre meter square barrel session shift household quarter vote carat".split()
)
_PHRASE = 6
_LENGTHWISE = frozenset(
    "tall high wide long deep away from in to at on off above below race sprint hurdles freestyle final butterfly"
    " backstroke breaststroke for the by with is was were are has had".split()
)
_AGE_UNITS = frozenset(["year", "month", "week", "day"])


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit read beside a number: up to lexeme `after`, with the scale that an abbreviation added."""

    kind: UnitKind
    name: str
    after: int
    unit: Unit | None = None
    currency: str | None = None
    age: bool = False
    part: bool = False

    @property
    def ucum(self) -> str | None:
        """UCUM code, measures and durations only."""
        return self.unit.ucum if self.unit else None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A currency sign or code before the figures: from lexeme `first`."""

    first: int
    currency: Currency
    scale: float = 1.0


def money_before(lex: Lexemes, at: int) -> Prefix | None:
    """The currency sign, code or name that stands before a number.

    "HK $5.4m" -> hong kong dollar
    "USD 22.5 million" -> dollar
    "Rs20" -> indian rupee
    "MAUD 60" -> australian dollar
    """
    signs, names = currencies()
    here = lex[at - 1]
    if at < 1 or lex[at].gap == "\n":
        return None
    if here.text in ("$", "£") and lex[at - 2].kind == "word" and here.gap != "\n":
        both = lex[at - 2].text.upper() + here.text
        if (not here.gap or lex[at - 2].text.isupper() or lex[at - 2].text.islower()) and both in signs:
            return Prefix(at - 2, signs[both])
    if here.text == "." and not here.gap and lex[at - 2].text + "." in signs:
        return Prefix(at - 2, signs[lex[at - 2].text + "."])
    if found := signs.get(here.text) or signs.get(here.text.upper() if len(here.text) == 4 else ""):  # noqa: PLR2004
        spaced = lex[at].gap != ""
        if here.kind != "word" or not spaced or (len(here.text) > 1 and here.text not in ambiguous_codes()):
            return Prefix(at - 1, found)
    if here.text[:1] == "M" and here.text[1:] in signs and len(here.text) == 4:  # noqa: PLR2004
        return Prefix(at - 1, signs[here.text[1:]], 1e6)
    if here.kind == "word" and here.gap == " " and (double := f"{lex[at - 2].lower} {here.lower}") in names:
        return Prefix(at - 2, names[double])
    if here.lower in leading_names() and lex[at].kind == "num":
        return Prefix(at - 1, names[here.lower])
    return None


def reading(lex: Lexemes, found: Number) -> tuple[Number, Reading | None]:
    """The number with its abbreviated scale, and the unit behind it."""
    if percent := _percent(lex, found.after):
        return found, percent
    if late := _late_scale(lex, found):
        return late
    if short := _abbreviation(lex, found):
        return short, unit_after(lex, short)
    return found, unit_after(lex, found)


def _late_scale(lex: Lexemes, found: Number) -> tuple[Number, Reading] | None:
    """Scale and currency the other way round: "75 USD million", "120 MEUR"."""
    here, follower = lex[found.after].text, lex[found.after + 1]
    signs = currencies()[0]
    if len(here) == 4 and here[0] in "MB" and here[1:] in signs and here.isupper():  # noqa: PLR2004
        scaled = found.times(1e6 if here[0] == "M" else 1e9, found.after + 1)
        return scaled, _money(signs[here[1:]], found.after + 1)
    if len(here) == 3 and here in signs and here.isupper() and follower.lower in SCALES and follower.gap == " ":  # noqa: PLR2004
        return found.times(SCALES[follower.lower], found.after + 2), _money(signs[here], found.after + 2)
    return None


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
        return short if _goes_on_to_plural(lex, found.after + 1) else None
    return short


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
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
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
        if lex[at].gap == " " and not named(lex, at):
            return None
    if lex[at].text in ("(", "{", "[") and lex[at + 2].text in (")", "}", "]"):
        at += 1
    if percent := _percent(lex, at):
        return percent
    if lex[at].lower in ("yo", "y.o.", "yr-old") or (
        lex[at].lower == "y" and lex[at + 1].text == "/" and lex[at + 2].lower == "o"
    ):
        year = measures()["year"]
        return Reading("measure", "year of age", at + (1 if lex[at].lower != "y" else 3), year, age=True)
    base = _base(lex, at, found)
    return base and _age(lex, _rate(lex, base))


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
    if word == "per" and lex[at + 1].lower == "cent":
        return Reading("percent", "percentage", at + 2)
    if word in _PERCENT and word != "basis":
        return Reading("percent", "percentage", at + 1)
    return None


def _base(lex: Lexemes, at: int, found: Number) -> Reading | None:
    """The unit itself, without a rate."""
    here = lex[at]
    signs = currencies()[0]
    if money := _money_after(lex, at, found):
        return money
    if here.kind != "word" and here.text in signs and here.text != "$U":
        return _money(signs[here.text], at + 1)
    if here.kind == "word" and here.text in part_signs() and not here.gap:
        return _money(part_signs()[here.text], at + 1)
    if (meaning := named(lex, at)) is None or _is_name(lex, at, found):
        return None
    what, after = meaning
    if isinstance(what, Currency):
        return _money(what, after)
    if not _sure(lex, at, after, found, what):
        return None
    if what.name == "pound-mass" and here.lower.startswith("pound") and _is_sterling(lex, after, found):
        return Reading("money", "pound sterling", after, currency="GBP")
    return Reading("duration" if what.dimension == "time" else "measure", what.name, after, what)


def _money_after(lex: Lexemes, at: int, found: Number) -> Reading | None:
    """A code behind the figures: "42 EGP", "10 rmb", "5 €"; never an ordinary word in capitals."""
    signs, names = currencies()
    here = lex[at]
    if here.kind == "word" and here.gap != "\n":
        if here.lower in ("us", "u.s.") and (part := names.get(lex[at + 1].lower)):
            return _money(part if part.part else names["us dollar"], at + 2)
        code = (
            here.text if here.text.isupper() else here.text.upper() if here.text in ("usd", "eur", "gbp", "rmb") else ""
        )
        spoken = here.text if here.text in signs and len(here.text) > 1 and not here.text.isupper() else ""
        if spoken or (
            len(code) in (2, 3) and code in signs and code not in ambiguous_codes() and code not in symbols()
        ):
            sign = spoken or code
            after = at + 2 if sign + "." in signs and lex[at + 1].text == "." and not lex[at + 1].gap else at + 1
            return _money(signs[sign], after)
    return None


def _money(currency: Currency, after: int) -> Reading:
    return Reading("money", currency.name, after, currency=currency.code, part=currency.part)


def _is_sterling(lex: Lexemes, after: int, found: Number) -> bool:
    """ "361 million pounds" is money, "208 pounds" a weight, "3 million pounds of beef" too."""
    return (found.scaled or lex[after].lower == "sterling") and lex[after].lower != "of"


def _is_name(lex: Lexemes, at: int, found: Number) -> bool:
    """ "in 2016 Stone said", "2022′s": no unit."""
    here = lex[at]
    if here.text in ("′", "″"):
        return lex[at + 1].lower == "s" and not lex[at + 1].gap
    year = found.form == "figures" and not found.scaled and len(lex[found.first].text) == 4  # noqa: PLR2004
    capital = here.text.istitle() and not here.lower.endswith("s")
    return year and here.gap == " " and capital and len(here.text) > 2  # noqa: PLR2004


def _sure(lex: Lexemes, at: int, after: int, found: Number, unit: Unit) -> bool:
    """Whether a short symbol is a unit here: "5m", "6 kW", "816 000 t", but not "2 in April" or "3 A"."""
    here = lex[at].text
    if after > at + 1 or symbols().get(here) is not unit or len(here) > 2 or not here.isalpha():  # noqa: PLR2004
        return True
    if here in ("A", "J", "MT", "PS", "mi", "mb", "MP"):
        return not lex[at].gap or lex[at + 1].text == "/"
    return here not in ("ha", "mo", "yd", "gm") or lex[at + 1].kind != "word"


def _rate(lex: Lexemes, base: Reading) -> Reading:
    """The rate behind a unit: "$52 a barrel", "10 kV/cm", "325,000 barrels per day".

    "$52 a barrel" -> dollar per barrel
    "£24 a-year" -> pound sterling per year
    """
    step = base.after
    word = lex[step].lower
    if word in DASHES and lex[step + 1].lower in ("a", "an", "per") and lex[step + 2].text in DASHES:
        step, word = step + 1, lex[step + 1].lower
    if word not in _EACH or lex[step].gap == "\n" or word in ("each", "every"):
        return base
    step += 1 + (lex[step + 1].text in DASHES)
    if lex[step].gap == "\n" or base.kind == "percent" and word != "per":
        return base
    below = named(lex, step)
    if below and isinstance(below[0], Unit):
        if word in ("a", "an") and lex[step].lower not in _PER_A:
            return base
        unit = ratio(base.unit, below[0]) if base.unit else None
        name = unit.name if unit else f"{base.name} per {below[0].name}"
        return replace(
            base, name=name, after=below[1], unit=unit, kind="measure" if base.kind == "duration" else base.kind
        )
    noun = lex[step].lower
    if word == "/" or not noun.isalpha() or (word in ("a", "an") and noun not in _PER_A) or base.kind == "duration":
        return base
    unit = base.unit and Unit(
        f"{base.name} per {noun}", f"{base.unit.ucum}/{{{noun}}}", base.unit.dimension, base.unit.factor
    )
    return replace(base, name=f"{base.name} per {noun}", after=step + 1, unit=unit)


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
        if follower.text in ("US", "USD", "CAD", "AUD", "NZ", "CDN", "Cdn"):
            currency, after = currencies()[0][_OWNERS.get(follower.lower, follower.text)], after + 1
        elif (country := named(lex, after)) and isinstance(country[0], Currency):
            currency, after = country
    return value, _rate(lex, Reading("money", currency.name, after, currency=currency.code))
