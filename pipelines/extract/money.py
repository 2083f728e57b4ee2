"""Currencies beside a number: signs, codes and names, before it and behind it."""

from dataclasses import dataclass

from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import ABBREVIATIONS, SCALES, Number
from pipelines.extract.units import Currency, ambiguous_codes, currencies, leading_names, named, symbols

_MANY = frozenset(["million", "billion", "trillion", "crore", "lakh"])
_CODE, _SCALED_CODE = 3, 4
_FAMILIES = frozenset("$£¥₵")  # signs that the letters before them tell apart


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
    if at < 1 or lex[at].gap == "\n":
        return None
    return _two_signs(lex, at) or _one_sign(lex, at) or _name_before(lex, at)


def _two_signs(lex: Lexemes, at: int) -> Prefix | None:
    """A sign in two pieces: "HK $", "Rs."."""
    signs = currencies()[0]
    here, before = lex[at - 1], lex[at - 2]
    if here.text in _FAMILIES and before.kind == "word" and here.gap != "\n":
        both = before.text.upper() + here.text
        letters = before.lower != "a" and (before.text.isupper() or before.text.islower())  # "HK $5", but "a $5 fee"
        if both in signs and (not here.gap or letters):
            return Prefix(at - 2, signs[both])
    if here.text == "." and not here.gap and before.text + "." in signs:
        return Prefix(at - 2, signs[before.text + "."])
    return None


def _one_sign(lex: Lexemes, at: int) -> Prefix | None:
    """A sign or a code; letters that are a word too only against the figures."""
    signs = currencies()[0]
    here = lex[at - 1]
    if found := signs.get(here.text) or signs.get(here.text.upper() if len(here.text) == _SCALED_CODE else ""):
        doubtful = here.text in ambiguous_codes() or len(here.text) == 1
        scaled_ = lex[at + 1].lower in SCALES or (lex[at + 1].text in ABBREVIATIONS and not lex[at + 1].gap)
        long = len(lex[at].text) >= _CODE or scaled_  # "TRY300", "R60 million", "PS6m", but not "COP26"
        if len(here.text) == 1 and here.kind == "word" and _is_model(lex, at):
            return None
        sure = not lex[at].gap or (len(here.text) == 1 and lex[at + 1].lower in _MANY)  # "R 30 million"
        return Prefix(at - 1, found) if here.kind != "word" or (long and sure) or not doubtful else None
    if here.text[:1] == "M" and here.text[1:] in signs and len(here.text) == _SCALED_CODE:
        return Prefix(at - 1, signs[here.text[1:]], 1e6)
    return None


def _is_model(lex: Lexemes, at: int) -> bool:
    """As in "a Hawkwind R6700": a letter and a row of digits behind a name."""
    before = lex[at - 2]
    named = before.text[:1].isupper() and lex[at - 1].gap == " " and before.kind == "word"
    return named and lex[at].text.isdigit() and lex[at + 1].lower not in SCALES


def _name_before(lex: Lexemes, at: int) -> Prefix | None:
    """A name before its figures: "ringgit 42", "malaysia ringgit 42"."""
    names = currencies()[1]
    here = lex[at - 1]
    if here.lower not in leading_names() or lex[at].kind != "num":
        return None
    double = f"{lex[at - 2].lower} {here.lower}"
    return Prefix(at - 2, names[double]) if here.gap == " " and double in names else Prefix(at - 1, names[here.lower])


def money_after(lex: Lexemes, at: int, found: Number) -> tuple[Currency, int] | None:
    """The sign or code behind the figures, and where it ends: "42 EGP", "10 rmb", "5 €"."""
    signs, names = currencies()
    here, follower = lex[at], lex[at + 1]
    if here.gap == "\n" or (follower.kind == "num" and _is_of_next(lex, at, found)):
        return None
    if here.kind != "word":
        return (signs[here.text], at + 1) if here.text in signs else None
    if here.lower in ("us", "u.s.") and (part := names.get(follower.lower)):
        return (part if part.part else names["us dollar"]), at + 2
    if (sign := _code(here.text)) is None:
        return None
    if (full := named(lex, at)) and full[1] > at + 1 and isinstance(full[0], Currency):
        return full[0], full[1]  # "CFA francs"
    dotted = sign + "." in signs and follower.text == "." and not follower.gap
    return signs[sign], at + 2 if dotted else at + 1


def _is_of_next(lex: Lexemes, at: int, found: Number) -> bool:
    """Whether a sign belongs to the figures behind it: "in 2019 $5 million", but "10 $ 30 $"."""
    glued = bool(lex[at].gap) and not lex[at + 1].gap
    return glued or (found.form == "figures" and lex[found.first].text.startswith(("19", "20")) and bool(lex[at].gap))


def _code(text: str) -> str | None:
    """The sign that a word is: a code in capitals that is no English word, or a sign of letters ("Rs", "kn")."""
    signs = currencies()[0]
    code = text.upper() if text in ("usd", "eur", "gbp", "rmb") else text
    if code.isupper():
        sure = len(code) in (2, _CODE) and code in signs and code not in ambiguous_codes() and code not in symbols()
        return code if sure else None
    return text if text in signs and len(text) > 1 else None


def scaled_money(lex: Lexemes, found: Number) -> tuple[Number, Currency] | None:
    """Scale and currency the other way round: "75 USD million", "120 MEUR"."""
    here, follower = lex[found.after].text, lex[found.after + 1]
    signs = currencies()[0]
    if not here.isupper():
        return None
    if len(here) == _SCALED_CODE and here[0] in "MB" and here[1:] in signs:
        return found.times(1e6 if here[0] == "M" else 1e9, found.after + 1), signs[here[1:]]
    if len(here) == _CODE and here in signs and follower.lower in SCALES and follower.gap == " ":
        return found.times(SCALES[follower.lower], found.after + 2), signs[here]
    return None
