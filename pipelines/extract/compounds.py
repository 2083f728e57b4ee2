"""One quantity in two units: "5 feet 2 inches", "15 dollars and 50 cents"."""

from dataclasses import replace

from pipelines.extract.figures import Figure, Term, single, term
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import Number, tidy
from pipelines.extract.plurals import is_plural
from pipelines.extract.readings import Reading, unit_after
from pipelines.extract.units import Unit, currencies, measures, ratio

_PARTS = {
    "foot": ["inch"],
    "pound-mass": ["ounce"],
    "stone": ["pound-mass"],
    "hour": ["minute"],
    "minute": ["second"],
    "day": ["hour"],
    "week": ["day"],
    "month": ["week", "day"],
    "year": ["month", "week", "day"],
}
_SAID_ALONE = {"foot": 12, "stone": 14}  # whose smaller part goes without its name, with how many make one
_HUNDRED, _INCHES = 100, 12


def compound(lex: Lexemes, one: Term) -> Figure | None:
    """A measure or a sum of money with its smaller part, in the greater unit.

    "5 feet 2 inches" -> 5.166666667 foot
    "6 pounds, 4 ounces" -> 6.25 pound-mass
    "He stands 5′10″ tall." -> 5.833333333 foot
    "a 6-foot-3 guard" -> 6.25 foot
    "15 dollars and 50 cents" -> 15.5 dollar
    "20 ringgit 43" -> 20.43 malaysian ringgit
    "The run took 2 hours and 30 minutes." -> 2.5 hour
    "two years and six months" -> 2.5 year
    "1 hour 30 minutes and 36 seconds" -> 1.51 hour
    "He stands 6 foot 3 in his socks." -> 6.25 foot
    "The trail is 3 miles and a half." -> 3.5 mile
    "5 pounds and 20 pence" -> 5.2 pound sterling
    """
    if tall := _feet_and_inches(lex, one) or _tied_inches(lex, one):
        return tall
    if one.reading is None or one.number.value is None:
        return None
    if half := _half_behind(lex, one):
        return half
    at = one.after + (lex[one.after].lower == "and" or (lex[one.after].text == "," and one.reading.kind == "measure"))
    rest = term(lex, at, at) if lex[at].gap == " " else None
    if rest is None or rest.number.value is None or rest.number.form not in ("figures", "words"):
        return None
    unit = _in_pence(one, rest) or one.reading
    smaller = compound(lex, rest) if rest.reading and rest.reading.name in _PARTS.get(one.reading.name, ()) else None
    if smaller is not None:
        rest = replace(rest, after=smaller.after, number=replace(rest.number, value=smaller.value))
    part = _money_part(lex, one, rest) if unit.kind == "money" else _measure_part(lex, one, rest)
    if part is None:
        return None
    if rest.reading is not None and rest.reading.age:
        unit = replace(unit, kind="measure", name=f"{unit.name} of age", age=True)
    after = max(rest.after, part[1])
    whole = replace(one.number, value=tidy(one.number.value + part[0]))
    return single(lex, Term(one.first, after, whole, unit, one.prefix))


def _in_pence(one: Term, rest: Term) -> Reading | None:
    """Pounds that pence tell to be money and no weight."""
    pence = rest.reading is not None and rest.reading.name == "penny"
    if not pence or one.reading is None or one.reading.name != "pound-mass":
        return None
    pound = currencies()[1]["pound"]
    return Reading("money", pound.name, one.after, currency=pound.code, shared=pound.shared)


def _half_behind(lex: Lexemes, one: Term) -> Figure | None:
    """As in "3 miles and a half": a half that stands behind the unit."""
    said = [lex[i].lower for i in range(one.after, one.after + 3)] == ["and", "a", "half"]
    behind = lex[one.after + 3]
    if not said or one.reading is None or one.reading.kind not in ("measure", "duration") or behind.lower == "of":
        return None
    if one.number.form not in ("figures", "words") or not float(one.number.value or 0.5).is_integer():
        return None
    whole = replace(one.number, value=(one.number.value or 0.0) + 0.5)
    return single(lex, Term(one.first, one.after + 3, whole, one.reading, one.prefix))


def and_a_half(lex: Lexemes, at: int, floor: int) -> Figure | None:
    """One unit and a half of it, from the half.

    "It took a year and a half." -> 1.5 year
    "an hour and a half" -> 1.5 hour
    """
    first = at - 4
    if first < floor or lex[at].lower != "half" or lex[first].lower not in ("a", "an"):
        return None
    if [lex[first + 2].lower, lex[first + 3].lower] != ["and", "a"] or lex[at].gap == "\n":
        return None
    unit = unit_after(lex, Number(first, first + 1, 1.0, "words"))
    if unit is None or unit.after != first + 2 or unit.unit is None:
        return None
    return single(lex, Term(first, at + 1, Number(first, at + 1, 1.5, "words"), unit, None))


def one_and_cents(lex: Lexemes, at: int, floor: int) -> Figure | None:
    """One of a currency and hundredths of it, from the hundredths.

    "A loaf was a dollar and fifty cents." -> 1.5 dollar
    "It sold for a buck fifty." -> 1.5 dollar
    """
    first = at - 2 - (lex[at - 1].lower == "and")
    if first < floor or lex[first].lower not in ("a", "an") or lex[at].gap == "\n":
        return None
    one = Number(first, first + 1, 1.0, "words")
    unit = unit_after(lex, one)
    if unit is None or unit.after != first + 2 or unit.kind != "money":
        return None
    return compound(lex, Term(first, first + 2, one, unit, None))


def below_zero(lex: Lexemes, one: Figure) -> Figure:
    """A temperature said to lie below zero, as a negative one; others as they are.

    "It was 10 degrees below zero." -> -10 degree
    "The night fell to 20 below zero." -> -20 degree
    """
    signed = [lex[i].lower for i in (one.after, one.after + 1)]
    degrees = one.is_bare or (one.reading is not None and one.reading.name in _DEGREES)
    if signed[0] not in ("below", "above") or signed[1] != "zero" or not degrees or one.kind == "ordinal":
        return one
    if one.is_bare:
        one.read(Reading("measure", "degree", one.after + 2, Unit("degree", None, None)))
    if signed[0] == "below":
        one.value, one.low, one.high = (None if n is None else -n for n in (one.value, one.high, one.low))
    one.after += 2
    one.end = lex[one.after - 1].end
    return one


_DEGREES = frozenset(["degree", "celsius", "fahrenheit"])


def _feet_and_inches(lex: Lexemes, one: Term) -> Figure | None:
    """As in 5'10": feet and inches by their marks."""
    after = one.number.after + 3
    signs = [lex[i] for i in range(after - 3, after)]
    marked = signs[0].text in ("'", "’", "′") and signs[1].text.isdecimal() and signs[2].text in ('"', "”", "″")
    if not marked or any(sign.gap for sign in signs) or int(signs[1].text) >= _INCHES or one.number.form != "figures":
        return None
    foot = measures()["foot"]
    value = (one.number.value or 0.0) + int(signs[1].text) / _INCHES
    reading = Reading("measure", foot.name, after, foot)
    return single(lex, Term(one.first, after, replace(one.number, value=value), reading, None))


def _tied_inches(lex: Lexemes, one: Term) -> Figure | None:
    """As in "6-foot-3", "6-foot-10-inch": inches that a second hyphen ties to feet."""
    dash, inches, unit = lex[one.after], lex[one.after + 1], lex[one.after + 3]
    feet = one.reading is not None and one.reading.name == "foot" and "-" in lex.surface(one.first, one.after)
    if not feet or dash.text != "-" or dash.gap or inches.gap or not inches.text.isdecimal():
        return None
    if int(inches.text) >= _INCHES or not one.number.value:
        return None
    named = lex[one.after + 2].text == "-" and unit.lower in ("inch", "inches")
    after = one.after + (4 if named else 2)
    value = tidy(one.number.value + int(inches.text) / _INCHES)
    return single(lex, Term(one.first, after, replace(one.number, value=value), one.reading, None))


def _measure_part(lex: Lexemes, one: Term, rest: Term) -> tuple[float, int] | None:
    """The smaller part in the greater unit, and where it ends."""
    whole = one.reading.name if one.reading else ""
    parts = _PARTS.get(whole, [])
    if not parts or rest.number.value is None:
        return None
    written = rest.reading.name.removesuffix(" of age") if rest.reading else ""
    smaller = written if written in parts else parts[0]
    inches = smaller == "inch" and _are_inches(lex, one, rest)
    said = inches or _are_minutes(lex, one, rest) or _is_said_alone(lex, one, rest) or _is_named(one, rest, smaller)
    return (rest.number.value * _times_in(smaller, whole), rest.after + inches) if said else None


def _times_in(smaller: str, whole: str) -> float:
    """How much of a unit its part is; of a year, a month is the twelfth whatever the days."""
    if (smaller, whole) == ("month", "year"):
        return 1 / 12
    return ratio(measures()[smaller], measures()[whole]).factor or 0.0


def _is_named(one: Term, rest: Term, smaller: str) -> bool:
    """Whether the smaller part has its name, of an age too: "ten years and six months old"."""
    if rest.reading is None or one.reading is None:
        return False
    aged = rest.reading.age and not one.reading.age
    return rest.reading.name == smaller + " of age" * aged


def _are_inches(lex: Lexemes, one: Term, rest: Term) -> bool:
    """Whether "in" names inches: "6 ft 3 in tall", but "6 foot 3 in his socks"."""
    short = lex[one.after - 1].lower != "foot" or lex[rest.after + 1].kind != "word"
    return rest.reading is None and lex[rest.after].lower == "in" and short


def _are_minutes(lex: Lexemes, one: Term, rest: Term) -> bool:
    """Whether "m" behind hours is minutes: "4h 12m"."""
    return lex[one.after - 1].text == "h" and lex[rest.after - 1].text == "m"


def _is_said_alone(lex: Lexemes, one: Term, rest: Term) -> bool:
    """Whether the smaller part goes without its name, behind a unit in the singular: it counts no plural noun.

    "a 6 foot 3 guard" -> 6.25 foot
    "He weighed 11 stone 7 at most." -> 11.5 stone
    """
    most = _SAID_ALONE.get(lex[one.after - 1].lower, 0)
    value = rest.number.value or 0.0
    alone = rest.reading is None and rest.first == one.after and not is_plural(lex[rest.after].lower)
    return alone and 0 < value < most and value.is_integer()


def _money_part(lex: Lexemes, one: Term, rest: Term) -> tuple[float, int] | None:
    """Hundredths: named ("50 cents"), or bare at the end of what is said ("15 dollars 50")."""
    value: Number = rest.number
    if value.value is None or not 0 < value.value < _HUNDRED or not value.value.is_integer() or one.number.scaled:
        return None
    bare = rest.reading is None and lex[rest.after].kind != "word" and lex[rest.after].text not in ("%", "-")
    if bare or (rest.reading is not None and rest.reading.part):
        return value.value / _HUNDRED, rest.after
    return None
