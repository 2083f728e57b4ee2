"""Figures: numbers with their units, alone or as the two ends of a range."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.extract.change_words import ADVERBS, TABLES, VERBS
from pipelines.extract.fractions import number
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.money import Prefix, money_before
from pipelines.extract.numerals import DASHES, Number, tidy
from pipelines.extract.readings import Reading, priced, rated, reading
from pipelines.schemas import Bound, Change, QuantityKind

_RANGE_WORDS = frozenset(["to", "through", "and", "till", "until"])
_RANGE_SIGNS = frozenset(["~", "/", *DASHES])


@dataclass(slots=True)
class Figure:
    """A figure between two lexemes, before and after what the sentence says of it."""

    first: int
    after: int
    start: int
    end: int
    kind: QuantityKind
    value: float | None
    low: float | None
    high: float | None
    number: Number
    other: Number | None = None
    reading: Reading | None = None
    approx: bool = False
    bound: Bound | None = None
    change: Change | None = None
    baseline: "Figure | None" = None
    unit: str | None = None
    currency: str | None = None
    ucum: str | None = None
    counted: tuple[int, int] | None = None
    about: tuple[int, int] | None = None
    cue: int = -1
    cue_start: int = 0
    after_cue: int = -1
    plural: bool = False

    def read(self, unit: Reading) -> None:
        """Take on a unit."""
        self.reading, self.kind, self.unit = unit, unit.kind, unit.name
        self.currency, self.ucum = unit.currency, unit.ucum

    @property
    def is_age(self) -> bool:
        """Whether it is an age."""
        return bool(self.unit and self.unit.endswith(" of age"))

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a number is written."""
        return self.reading is None and self.kind in ("cardinal", "ordinal")


@dataclass(frozen=True, slots=True)
class Term:
    """A number with the unit beside it: one end of a range, or a figure of its own."""

    first: int
    after: int
    number: Number
    reading: Reading | None
    prefix: Prefix | None

    @property
    def has_unit(self) -> bool:
        """Whether a unit is written beside it."""
        return self.reading is not None


def term(lex: Lexemes, at: int, floor: int = 0) -> Term | None:
    """The number beginning at a lexeme, with the currency before it and the unit behind it.

    "$1.8 bln" -> 1800000000 dollar
    "Rs16,189-crore" -> 161890000000 indian rupee
    "24pc" -> 24 percentage
    """
    found = number(lex, at)
    if found is None:
        return None
    first = at
    while lex[first - 1].text in ("+", "±") and not lex[first].gap and first:
        first -= 1
    prefix = money_before(lex, first) if found.form != "ordinal" else None
    if prefix and prefix.first >= floor:
        return _priced(lex, found, prefix, floor)
    if found.form == "ordinal":
        return Term(at, found.after, found, None, None)
    number_, unit = reading(lex, found)
    return Term(at, unit.after if unit else number_.after, number_, unit, None)


def _priced(lex: Lexemes, found: Number, prefix: Prefix, floor: int) -> Term:
    """A number behind a currency sign: every abbreviated scale counts, and a country may follow."""
    number_, money = priced(lex, found, prefix)
    if number_.value is not None and owed(lex, prefix.first, floor):
        number_, prefix = replace(number_, value=-number_.value), replace(prefix, first=prefix.first - 1)
    return Term(prefix.first, money.after, number_, money, prefix)


def owed(lex: Lexemes, first: int, floor: int) -> bool:
    """Whether a sign before a currency's makes the sum negative; behind another figure it joins the two.

    "-$50 million" -> -50000000 dollar
    "The fund stood at minus €12." -> -12 euro
    """
    before = lex[first - 1]
    if before.lower in ("minus", "negative"):
        return first > floor and lex[first].gap == " "
    free = (before.gap or lex[first - 2].text in ("(", "[")) and not lex[first].gap
    return (
        before.text in ("-", "−") and bool(free) and (first - 1 > floor or first == 1) and lex[first - 2].kind != "num"
    )


def joined(lex: Lexemes, low: Term) -> Figure | None:
    """Two terms as a range, unit and scale shared.

    "$5-7 million" -> 5000000..7000000 dollar
    "between 3 and 5 million" -> 3000000..5000000
    "from 10 to 20 dollars" -> 10..20 dollar
    "5,000 to 10,000" -> 5000..10000
    """
    at = low.after
    word = lex[at].lower
    before = lex[low.first - 1].lower if lex[low.first - 1].lower != "the" else lex[low.first - 2].lower
    if lex[at].gap == "\n" or (word not in _RANGE_WORDS and word not in _RANGE_SIGNS):
        return None
    step = at + 1
    if word in DASHES and lex[step].lower == "to":
        step += 1 + (lex[step + 1].text in DASHES)
    elif word == "to" and lex[step].text in DASHES:
        step += 1
    if (word == "and" and before != "between") or (word == "/" and len(lex[step].text) > _SIGN_LETTERS):
        return None
    if lex[step].lower in _HEDGES and (lex[step + 1].kind == "num" or lex[step + 2].kind == "num"):
        step += 1
    high = _second(lex, step)
    if (
        high is None
        or _goes_on_to_range(lex, high)
        or not _pair(lex, low, high, word)
        or (word == "to" and _level(lex, low, high))
    ):
        return None
    return _range(lex, low, high)


def _goes_on_to_range(lex: Lexemes, high: Term) -> bool:
    """Whether the second number begins a range of its own: "from 24.2 to 33-35 billion euros"."""
    dash = lex[high.after]
    return dash.text in DASHES and not dash.gap and lex[high.after + 1].kind == "num" and not lex[high.after + 1].gap


def _level(lex: Lexemes, low: Term, high: Term) -> bool:
    """Whether "X to Y" behind a word of change is its size and the level that it led to, and no range.

    "It grew by 900 to 14,000." -> up 900
    "Silver slipped $1.15 to $24.60 an ounce." -> down 1.15 dollar
    "The index lost 30 to 4,520." -> down 30
    "Novar plunged $4 to $14.75." -> down 4 dollar
    "Rents could rise $100 to $300." -> up 100..300 dollar
    """
    at = low.first - 1
    while lex[at].lower in _BETWEEN and lex[at].lower != "by":
        at -= 1
    by = lex[at].lower == "by"
    if not by and lex[at].lower not in VERBS and lex[at].lower not in ADVERBS:
        return False
    if by and low.reading and high.reading:
        return True
    if high.reading and (high.reading.kind == "percent" or low.reading is None):
        return by and high.reading.kind != "percent" and _is_far(low, high)
    if at == low.first - 1 and lex[at].lower.endswith("ed") and _is_finer(lex, low, high):
        return True
    ends_there = lex[high.after].kind != "word" or lex[high.after].lower in _AFTER_LEVEL
    return _is_far(low, high) and (by or high.reading is not None or ends_there)


def _is_finer(lex: Lexemes, low: Term, high: Term) -> bool:
    """Whether a price with its cents follows a size without them: "plunged $4 to $14.75"."""
    money = all(one.reading is not None and one.reading.kind == "money" for one in (low, high))
    ends = [lex.surface(one.number.first, one.number.after) for one in (low, high)]
    return money and "." in ends[1] and "." not in ends[0]


def _is_far(low: Term, high: Term) -> bool:
    return (high.number.value or 0.0) > _FAR * (low.number.value or 0.0)


_FAR = 5  # a range seldom spans more
_BETWEEN = frozenset(TABLES["between"]["words"].split())


_SIGN_LETTERS = 3
_HEDGES = frozenset(["about", "around", "almost", "nearly", "over", "roughly"])


def _second(lex: Lexemes, at: int) -> Term | None:
    for place in (at, at + 1, at + 2):
        passed = lex[place - 1]
        if lex[place].gap == "\n" or (place > at and passed.kind == "word" and len(passed.text) > _SIGN_LETTERS):
            return None
        if (high := term(lex, place, at)) and (at in (high.first, place) or lex[at].lower == "the"):
            return high
    return None


def _pair(lex: Lexemes, low: Term, high: Term, joint: str) -> bool:
    """Whether two terms are the ends of one range."""
    if low.number.form in ("ordinal", "vague") or high.number.form in ("ordinal", "vague"):
        return (
            low.number.form == high.number.form
            and joint == "and"
            and (low.number.value or 0) < (high.number.value or 0)
        )
    if low.reading and high.reading and not _same_unit(low.reading, high.reading):
        return False
    if low.reading and not high.reading and not low.prefix:
        return False
    if low.first and lex[low.first - 1].lower == "in" and lex[low.first].text.isdigit() and high.number.scaled:
        return False  # "rose in 2018 to 3.9 million"
    a, b = ends(low, high)
    return a < b


def _same_unit(one: Reading, other: Reading) -> bool:
    return one.kind == other.kind and (one.name == other.name or other.name.startswith(one.name + " "))


def ends(low: Term, high: Term) -> tuple[float, float]:
    """The values of two terms, the scale of the second shared where it must be."""
    a, b = low.number.value or 0.0, high.number.value or 0.0
    if high.number.scaled and not low.number.scaled and a < b / high.number.scale:
        a = tidy(a * high.number.scale)
    return a, b


def _range(lex: Lexemes, low: Term, high: Term) -> Figure:
    a, b = ends(low, high)
    unit = high.reading or low.reading
    if low.prefix and high.reading is None and low.reading:
        unit = low.reading
    made = _figure(lex, low.first, high.after, low.number, unit)
    made.value, made.low, made.high, made.other = None, a, b, high.number
    return made


def single(lex: Lexemes, one: Term) -> Figure:
    """One term as a figure."""
    made = _figure(lex, one.first, one.after, one.number, one.reading)
    made.value = one.number.value
    made.low, made.high = (one.number.low, one.number.high) if one.number.form == "vague" else (made.value, made.value)
    return made


def _figure(lex: Lexemes, first: int, after: int, value: Number, unit: Reading | None) -> Figure:
    kind: QuantityKind = "cardinal"
    if unit:
        kind = unit.kind
    elif value.form in ("ordinal", "fraction"):
        kind = "ordinal" if value.form == "ordinal" else "fraction"
    figure = made(lex, first, after, value, kind, None)
    if unit:
        figure.read(unit)
    return figure


def made(lex: Lexemes, first: int, after: int, value: Number, kind: QuantityKind, exact: float | None) -> Figure:
    """A figure between two lexemes, of an exact value if there is one."""
    return Figure(
        first=first,
        after=after,
        start=lex[first].start,
        end=lex[after - 1].end,
        kind=kind,
        value=exact,
        low=exact,
        high=exact,
        number=value,
    )


def share_units(lex: Lexemes, figures: Sequence[Figure]) -> None:
    """Give a bare number the unit of the figure that it is compared with or multiplied by.

    "from 208 pounds to 193" and "a 5-by-7 inch card": the second, or the first, is a measure too.
    """
    for one, other in pairwise(figures):
        joint = [lex[i].lower for i in range(one.after, other.first)]
        ends_there = lex[other.after].kind != "word" or lex[other.after].lower in _GOES_ON
        rests = joint == ["to"] and starts(lex, one.first)
        if other.is_bare and one.reading and ends_there and (rests or (joint in _UP_FROM and other.kind == "cardinal")):
            other.read(one.reading)
        elif one.is_bare and one.kind == "cardinal" and other.reading:
            linked = len(joint) == 1 and joint[0] in _LINKS
            if linked or (other.kind == "measure" and "".join(joint) in _BY):
                one.read(other.reading)
            if joint == ["to"] and other.other is not None:
                _share_scale(one, other)


def share_converted(lex: Lexemes, figures: Sequence[Figure]) -> None:
    """Give a bare number before a conversion in brackets the currency that was so converted before it.

    "It costs 240,000 yen ($1,600) by rail and 310,000 ($2,000) by air.": the second price is in yen, too.
    """
    seen: dict[str | None, Reading] = {}
    end = 0
    for one, other in pairwise(figures):
        inside = lex[other.first - 1].text == "(" and other.first - 1 == one.after and lex[other.after].text == ")"
        if "\n" in lex.text[end : one.start]:
            seen.clear()
        end = one.start
        if not inside or other.kind != "money":
            continue
        if one.reading and one.kind == "money":
            seen[other.currency] = one.reading
        elif one.is_bare and one.kind == "cardinal" and other.currency in seen:
            one.read(seen[other.currency])


def share_rates(lex: Lexemes, figures: Sequence[Figure]) -> None:
    """Give an amount and its conversion in brackets the rate that stands behind both.

    "It earns 300 francs ($350) a month.": both are by the month.
    """
    for one, other in pairwise(figures):
        converted = lex[one.after].text == "(" and other.first == one.after + 1 and lex[other.after].text == ")"
        if not converted or one.reading is None or other.reading is None:
            continue
        for figure, unit in ((one, one.reading), (other, other.reading)):
            figure.read(rated(lex, replace(unit, after=other.after + 1)))


def _share_scale(one: Figure, other: Figure) -> None:
    """Give a bare number the scale of the range that it grows to: "from 24.2 to 33-35 billion euros"."""
    scale = max(other.number.scale, other.other.scale if other.other else 1.0)
    if one.value is not None and other.low is not None and not one.number.scaled and one.value < other.low / scale:
        one.value = one.low = one.high = tidy(one.value * scale)


def per_so_many(lex: Lexemes, figures: Sequence[Figure]) -> list[Figure]:
    """Rates over a round number: in "12 cases per 100,000" the second number is the unit of the first.

    "12 cases per 100,000 people" -> 12 per 100,000
    """
    kept: list[Figure] = []
    for figure in figures:
        over = lex[figure.first - 1].lower == "per" and figure.is_bare and kept
        if over and kept[-1].is_bare and figure.first - kept[-1].after <= _NEAR:
            kept[-1].unit = f"per {lex.surface(figure.first, figure.after)}"
        elif not over:
            kept.append(figure)
    return kept


_NEAR = 5


def starts(lex: Lexemes, first: int) -> bool:
    """Whether what begins at a lexeme is what something starts from: "from about 208 pounds"."""
    at = first - 1
    while lex[at].lower in _HEDGES and lex[at].gap != "\n":
        at -= 1
    return lex[at].lower == "from"


_UP_FROM = [[",", way, "from"] for way in ("up", "down")]
_LINKS = frozenset(["or", "to", "and", "versus", "vs"])
_GOES_ON = frozenset(["by", "in", "on", "at", "for", "from", "and", "as", "after", "while", "but", "before", "over"])
_AFTER_LEVEL = _GOES_ON | {"points"}
_BY = frozenset(["x", "×", "by", "-by-"])
