"""Numbers as they are written: figures, words, and mixtures of both, with their signs and scales.

Every rule takes the lexemes and a place, and gives the number that begins there or nothing. The example in a rule's
docstring, `text -> value`, is run by the tests.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, Literal

from pipelines.extract.lexemes import Lexemes

Form = Literal["figures", "words", "ordinal", "fraction", "vague", "zero"]

_TABLES: dict[str, Any] = tomllib.loads(files("pipelines.extract.data").joinpath("numerals.toml").read_text("utf-8"))
SMALL: dict[str, int] = _TABLES["small"]
TENS: dict[str, int] = _TABLES["tens"]
SCALES: dict[str, float] = _TABLES["scales"]
ABBREVIATIONS: dict[str, float] = _TABLES["abbreviations"]
ORDINALS: dict[str, float] = _TABLES["ordinals"]
_ONES = range(1, 10)
_GLUED = {tens + word: TENS[tens] + n for tens in TENS for word, n in SMALL.items() if n in _ONES}
ORDINALS |= {tens + word: TENS[tens] + n for tens in TENS for word, n in ORDINALS.items() if n in _ONES}
SMALL |= _GLUED  # "seventythird", "twentyfive", as hasty copy has them
SIGNS: dict[str, float] = _TABLES["fraction_signs"]
VAGUE: dict[str, list[float]] = _TABLES["vague"]
VAGUE_FACTORS: dict[str, list[float]] = _TABLES["vague_factors"]
DENOMINATORS: dict[str, float] = {
    **{word: n for word, n in ORDINALS.items() if n > 2},  # noqa: PLR2004 - halves have their own word
    **{word + "s": n for word, n in ORDINALS.items() if n > 2},  # noqa: PLR2004
    **_TABLES["denominators"],
}
STARTERS = frozenset([*SMALL, *TENS, *SCALES, *ORDINALS, *VAGUE, *VAGUE_FACTORS, "half", "quarter", "point"])
DASHES = frozenset("-–—‑")
_SUFFIX = re.compile(r"st|nd|rd|th", re.IGNORECASE)
_EXPONENT = re.compile(r"\s?[×x]\s?10\^?|\^|[eE]")
_HUNDRED, _THOUSAND = 100, 1000
_IMPROPER = 20  # the greatest numerator of a fraction above one


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text, from lexeme `first` up to `after`. A vague one has an interval in place of a value."""

    first: int
    after: int
    value: float | None
    form: Form
    low: float | None = None
    high: float | None = None
    scale: float = 1.0

    @property
    def scaled(self) -> bool:
        """Whether a scale word is part of it."""
        return self.scale != 1.0

    def times(self, factor: float, after: int) -> "Number":
        """The same number with a scale word read behind it."""
        low, high = (None if end is None else tidy(end * factor) for end in (self.low, self.high))
        value = None if self.value is None else tidy(self.value * factor)
        return replace(self, after=after, value=value, low=low, high=high, scale=self.scale * factor)


def tidy(value: float) -> float:
    """A float without the dust of binary multiplication: 4.35 million is 4350000.0."""
    return float(f"{value:.15g}")


def plain(lex: Lexemes, at: int) -> Number | None:
    """A number in figures or words, with its sign and its scale words.

    "minus five" -> -5
    "half a million" -> 500000
    "-1,200,000" -> -1200000
    """
    if (step := sign(lex, at)) and (found := plain(lex, at + step)) and found.value is not None:
        return replace(found, first=at, value=-found.value)
    found = figures(lex, at) or spelled(lex, at)
    return found and scaled(lex, found)


def figures(lex: Lexemes, at: int) -> Number | None:
    """Figures, with what belongs to them: a fraction, an ordinal ending.

    "1,234.5" -> 1234.5
    "1 1/2" -> 1.5
    "2½" -> 2.5
    "21st" -> 21
    """
    here = lex[at]
    if here.kind != "num":
        return None
    if signed := _with_sign(lex, at):
        return signed
    value, follower = figure_value(here.text), lex[at + 1]
    if not follower.gap and _SUFFIX.fullmatch(follower.text) and value.is_integer():
        return Number(at, at + 2, value, "ordinal")
    found = _slashed(lex, at) or _mixed(lex, at, value) or Number(at, at + 1, value, "figures")
    return _said_point(lex, found)


def _said_point(lex: Lexemes, found: Number) -> Number:
    """Figures with their point as a word.

    "6 point 4 seconds" -> 6.4 second
    """
    said = lex[found.after].lower == "point" and lex[found.after + 1].text.isdecimal() and found.form == "figures"
    if not said or lex[found.after + 1].gap != " " or not lex[found.first].text.isdecimal():
        return found
    return replace(found, after=found.after + 2, value=float(f"{lex[found.first].text}.{lex[found.after + 1].text}"))


def _mixed(lex: Lexemes, at: int, whole: float) -> Number | None:
    """A whole number and a fraction: "1 4/5", "2-1/2"."""
    follower = lex[at + 1]
    tied = follower.text == "-" and not follower.gap and not lex[at + 2].gap
    rest = _slashed(lex, at + 2 if tied else at + 1) if tied or follower.gap == " " else None
    if rest is None or rest.value is None or rest.value >= 1 or not whole.is_integer():
        return None
    return Number(at, rest.after, whole + rest.value, "fraction")


def _with_sign(lex: Lexemes, at: int) -> Number | None:
    """As in "½", "2½"."""
    here, follower = lex[at].text, lex[at + 1]
    if here in SIGNS:
        return Number(at, at + 1, SIGNS[here], "fraction")
    if follower.gap == "\n" or follower.text not in SIGNS:
        return None
    return Number(at, at + 2, figure_value(here) + SIGNS[follower.text], "fraction")


def _slashed(lex: Lexemes, at: int) -> Number | None:
    """A fraction with a slash; "Decree 72/2019" is none.

    "3/15" -> 0.2
    """
    above, below = lex[at], lex[at + 2]
    if above.kind != "num" or below.kind != "num" or lex[at + 1].text not in ("/", "⁄"):
        return None
    tight = not lex[at + 1].gap and not below.gap and (lex[at + 3].gap or lex[at + 3].text != "/")  # no "03/095/2018"
    if not tight or not above.text.isdecimal() or not below.text.isdecimal() or not 0 < int(below.text) < _THOUSAND:
        return None
    if int(above.text) > max(int(below.text), _IMPROPER):  # "130/80" of a blood pressure
        return None
    return Number(at, at + 3, int(above.text) / int(below.text), "fraction")


def figure_value(text: str) -> float:
    """The value of figures with whatever separators they have.

    >>> figure_value("1.234,5"), figure_value("12,34,567"), figure_value("816 000"), figure_value("45.000")
    (1234.5, 1234567.0, 816000.0, 45000.0)
    """
    if split := _EXPONENT.search(text):
        base, power = (
            figure_value(text[: split.start()]),
            float(text[split.end() :].lstrip("+-−")) * (-1) ** len(re.findall("[-−]", text[split.end() :])),
        )
        return _power(base if split.group() == "^" else 10.0, power) * (1 if split.group() == "^" else base)
    digits = re.sub(r"[\s\u00a0\u2009\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}", digits):
        return float(digits.replace(".", "").replace(",", "."))
    if digits.count(".") > 1 or re.fullmatch(r"[1-9]\d{1,2}\.000", digits):
        return float(digits.replace(".", ""))
    return float(digits.replace(",", ""))


def _power(base: float, power: float) -> float:
    try:
        return float(base**power)
    except (OverflowError, ZeroDivisionError):
        return float("inf")


def spelled(lex: Lexemes, at: int, *, ands: bool = True) -> Number | None:
    """A number in words.

    "twenty-eight thousand six hundred forty-two" -> 28642
    "one hundred and sixteen" -> 116
    "ONE TwentY tWO" -> 122
    "one point three" -> 1.3
    "two hundredth" -> 200
    """
    total, current, after, place = 0.0, None, at, _THOUSAND
    scale, last_scale = 1.0, float("inf")
    while True:
        step = after if after == at else _joined(lex, after, ands=ands)
        word = lex[step].lower if step is not None else ""
        if step is None:
            break
        if word in SMALL and (current is None or _fits(current, SMALL[word], place)):
            current, place = _add(current, SMALL[word], place), 1
        elif word in TENS and (current is None or _fits(current, TENS[word], place)):
            current, place = _add(current, TENS[word], place), 10
        elif word == "hundred" and (current is None and (after == at or lex[step - 1].lower in ("a", "one"))):
            current, place, scale = 100.0, _HUNDRED, 100.0
        elif word == "hundred" and current is not None and current < _HUNDRED and place < _HUNDRED:
            current, place, scale = current * 100, _HUNDRED, 100.0
        elif word in SCALES and not word.endswith("s") and _may_scale(current, SCALES[word], last_scale, after == at):
            total, current = total + (1.0 if current is None else current) * SCALES[word], None
            last_scale = scale = SCALES[word]
            place = _THOUSAND
        elif word in ORDINALS and (ordinal := _ordinal_end(total, current, ORDINALS[word], place)) is not None:
            return Number(at, step + 1, ordinal, "ordinal")
        else:
            break
        after = step + 1
    if after == at:
        return _point(lex, at, Number(at, at, 0.0, "words"))
    return _point(lex, after, Number(at, after, total + (current or 0.0), "words", scale=scale))


def _fits(current: float, value: int, place: int) -> bool:
    """Whether a word of `value` may follow: "forty two", "two hundred six", and spoken "one twenty"."""
    if place == 10:  # noqa: PLR2004 - after a word of tens
        return 0 < value < 10  # noqa: PLR2004
    if place == _HUNDRED:
        return value > 0
    return place == 1 and 0 < current < 20 and value >= 10  # noqa: PLR2004


def _add(current: float | None, value: int, place: int) -> float:
    if current is None:
        return float(value)
    return current * 100 + value if place == 1 else current + value


def _may_scale(current: float | None, scale: float, last: float, alone: bool) -> bool:  # noqa: FBT001
    return scale < last if current is not None else alone and scale != 144  # noqa: PLR2004 - "gross" is an adjective too


def _ordinal_end(total: float, current: float | None, ordinal: float, place: int) -> float | None:
    """The value of a number that an ordinal word ends: "twenty-first", "two hundredth"; null where it does not."""
    if current is None and total == 0:
        return ordinal
    if ordinal >= _HUNDRED:
        return total + (current or 1.0) * ordinal
    if place == 10 and ordinal < 10:  # noqa: PLR2004
        return total + (current or 0.0) + ordinal
    return total + (current or 0.0) + ordinal if place in (_HUNDRED, _THOUSAND) else None


def _joined(lex: Lexemes, after: int, *, ands: bool) -> int | None:
    """Where the next word of a spelled number stands: after a space, a hyphen, or "and" (between hundreds and less)."""
    here = lex[after]
    if here.gap == "\n":
        return None
    if here.text in DASHES:
        return after + 1 if lex[after + 1].gap == here.gap and lex[after + 1].lower in STARTERS else None
    if here.lower == "and" and ands:
        return after + 1 if _and_belongs(lex, after) else None
    return after if here.kind == "word" else None


def _and_belongs(lex: Lexemes, at: int) -> bool:
    """Whether it is one number: "two hundred and five", not "between one hundred and two hundred"."""
    before = SCALES.get(lex[at - 1].lower)
    if before is None or lex[at + 1].gap == "\n":
        return False
    if _is_of_greater_scale(lex, at + 1, before):
        return True
    rest = spelled(lex, at + 1, ands=False)
    if rest is None or not rest.value or rest.value >= before:
        return False
    parts = DENOMINATORS.get(lex[rest.after].lower)
    if parts and (parts >= _HUNDRED or rest.value < 10):  # noqa: PLR2004 - "one hundred and two thirds"
        return False
    start = at - 1
    while lex[start].lower in STARTERS or lex[start].text in DASHES or lex[start].kind == "num":
        start -= 1
    return lex[start].lower != "between" or lex[rest.after].lower == "and"


def _is_of_greater_scale(lex: Lexemes, at: int, before: float) -> bool:
    """Whether a word of less than a hundred stands before a scale that it shares with the hundreds before it.

    "one hundred and six million" -> 106000000
    "five hundred and fifty thousand four hundred" -> 550400
    """
    if before != _HUNDRED or (lex[at].lower not in SMALL and lex[at].lower not in TENS):
        return False
    at += 1
    step = at + (lex[at].text in DASHES)
    if lex[step].lower in SMALL:
        at = step + 1
    return SCALES.get(lex[at].lower, 0) >= _THOUSAND and not lex[at].lower.endswith("s") and lex[at].gap == " "


def _point(lex: Lexemes, after: int, whole: Number) -> Number | None:
    """The decimals of a number in words: "nought point nought three"."""
    digits, place = "", after
    if lex[after].lower == "point" and lex[whole.first - 1].lower != "at":  # "at one point one man said"
        place += 1
        while lex[place].lower in SMALL and lex[place].gap == " ":
            digits += str(SMALL[lex[place].lower])
            place += 1
        if not digits and whole.after == whole.first and lex[place].kind == "num" and lex[place].text.isdecimal():
            digits, place = lex[place].text, place + 1
    if digits:
        return replace(whole, after=place, value=float(f"{int(whole.value or 0)}.{digits}"))
    return whole if whole.after > whole.first else None


def scaled(lex: Lexemes, found: Number) -> Number:
    """A number with the scale words behind it.

    "5-million" -> 5000000
    "16,189-crore" -> 161890000000
    "4 thousand 3 hundred and 21" -> 4321
    "3 hundred and 21 ewes" -> 321
    """
    if found.form == "ordinal" or found.value is None:
        return found
    while True:
        at = found.after
        if lex[at].text in DASHES and not lex[at].gap and not lex[at + 1].gap:
            at += 1
        word = lex[at].lower
        if word == "grand" and lex[at].gap == " " and _is_thousand(lex, at):
            return found.times(_THOUSAND, at + 1)
        if lex[at].gap == "\n" or word not in SCALES or (word == "gross" and found.value):
            return _with_lower_scales(lex, found)
        found = found.times(SCALES[word], at + 1)


def _is_thousand(lex: Lexemes, at: int) -> bool:
    """Whether "grand" is a thousand: "paid ten grand for it", but no "two grand pianos"."""
    behind = lex[at + 1]
    return (behind.kind == "sign" and behind.text not in DASHES) or behind.lower in _BEHIND_GRAND


_BEHIND_GRAND = frozenset(["a", "for", "in", "on", "from", "to", "each", "per", "every", "more", "less"])


def _with_lower_scales(lex: Lexemes, found: Number, *, chained: bool = False) -> Number:
    """As in "three cr twelve lac", "4 thousand 3 hundred": smaller scales after the greater one."""
    if found.value is None or found.scale < _HUNDRED:
        return found
    at = found.after + (lex[found.after].lower == "and")
    rest = figures(lex, at) or spelled(lex, at)
    if rest is None or not rest.value or lex[at].gap == "\n" or rest.form not in ("figures", "words"):
        return found
    if lex[rest.after].lower in DENOMINATORS:
        return found
    hundreds = found.scale == _HUNDRED and found.form == "figures"
    if rest.form == "figures":
        word = lex[rest.after].lower
        if word in SCALES and SCALES[word] < found.scale:  # else "25 hundred 25 hundred ..." is read anew each time
            rest = scaled(lex, rest)
        elif word in SCALES or at == found.after or (lex[rest.after].kind == "word" and not (chained or hundreds)):
            return found
    if rest.value is None or rest.value >= found.scale or (at == found.after and not rest.scaled):
        return found
    more = replace(found, after=rest.after, value=tidy(found.value + rest.value), scale=rest.scale)
    return replace(_with_lower_scales(lex, more, chained=rest.scaled), scale=found.scale)


def abbreviated(lex: Lexemes, found: Number, *, glued: bool = True) -> Number | None:
    """The number with an abbreviated scale behind it, if there is one: "450m", "3.2bn", "5k".

    "1200k" -> 1200000
    """
    here = lex[found.after]
    if found.form != "figures" or here.text not in ABBREVIATIONS or (glued and here.gap) or here.gap == "\n":
        return None
    if lex[found.after + 1].kind == "num" and not lex[found.after + 1].gap:  # "NBA 2K20"
        return None
    return found.times(ABBREVIATIONS[here.text], found.after + 1)


def sign(lex: Lexemes, at: int) -> int:
    """How many lexemes make the number after them negative: "minus", "negative", and a dash that joins nothing.

    "- 1,200,000" -> -1200000
    "minus-40 degrees" -> -40
    """
    here, follower = lex[at], lex[at + 1]
    if here.lower in ("minus", "negative") and follower.gap != "\n" and lex[at - 1].lower != "or":  # "plus or minus 4"
        if follower.text in DASHES and lex[at + 2].kind == "num":
            return 2
        return int(follower.kind == "num" or follower.lower in STARTERS)
    free = here.gap or lex[at - 1].text in ("(", "[")
    if here.text in ("-", "−", "–") and free and follower.kind == "num" and lex[at - 1].kind != "num":
        alone = not follower.gap or here.gap == "\n"
        return int(alone and (lex[at - 1].kind != "word" or not lex[at - 1].text.isupper()))
    return 0
