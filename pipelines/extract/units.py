"""Units of measure and currencies: the tables of `data/`, compiled once, and how they are read beside a number."""

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipelines.extract.lexemes import Lexemes

_DATA = files("pipelines.extract.data")
_LONGEST = 5
_PIECES = re.compile(r"\w+|[^\w\s]")
_POWERS = re.compile(r"([^\W\d_]{1,2})([23²³])")
_LOWERED = str.maketrans("²³", "23")
_POWER_WORDS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its canonical name, UCUM code, dimension, and how to turn a value into the SI unit.

    `si` is the UCUM code of the dimension's coherent SI unit. A unit without a factor has no value in it.
    """

    name: str
    ucum: str | None
    dimension: str | None
    factor: float | None = None
    offset: float = 0.0
    si: str | None = None

    def to_si(self, value: float, *, difference: bool = False) -> float | None:
        """A value in this unit, in the coherent SI unit of its dimension; of a difference, without the offset.

        >>> measures()["mile"].to_si(26.2)
        42164.8128
        >>> measures()["celsius"].to_si(2.0), measures()["celsius"].to_si(2.0, difference=True)
        (275.15, 2.0)
        """
        if self.factor is None:
            return None
        return float(f"{value * self.factor + (0.0 if difference else self.offset):.12g}")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency or a part of one: canonical name, ISO 4217 code (null where the name alone does not tell).

    `shared` is the family of currencies that the name may mean, where it is not one country's.
    """

    name: str
    code: str | None
    part: bool = False
    shared: str | None = None


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_DATA.joinpath("units.toml").read_text("utf-8"))


@cache
def _units() -> list[dict[str, Any]]:
    """The rows of the table, those that prefixes make behind the one that they are made from."""
    rows: list[dict[str, Any]] = []
    for dimension, table in _tables()["dimension"].items():
        for name, given in table["units"].items():
            row = {"name": name, "dimension": dimension, "si": table.get("si"), **given}
            rows += [row, *(_prefixed(row, prefix) for prefix in row.get("prefixes", []))]
    return rows


def _prefixed(row: dict[str, Any], prefix: str) -> dict[str, Any]:
    sign, factor = _tables()["prefixes"][prefix]
    signs = [sign, "μ"] if sign == "µ" else [sign]
    return {
        "name": prefix + row["name"],
        "dimension": row["dimension"],
        "si": row["si"],
        "ucum": ("u" if sign == "µ" else sign) + row["ucum"],
        "factor": float(f"{row['factor'] * factor:.15g}"),
        "symbols": [s + symbol for s in signs for symbol in row.get("symbols", [])],
        "words": [prefix + word for word in row.get("words", [])],
    }


def _plurals(word: str) -> list[str]:
    return [word, word + "s"] if word[-1].isalpha() else [word]


@cache
def measures() -> dict[str, Unit]:
    """Units by canonical name."""
    return {
        r["name"]: Unit(r["name"], r.get("ucum"), r["dimension"], r.get("factor"), r.get("offset", 0.0), r["si"])
        for r in _units()
    }


@cache
def symbols() -> dict[str, Unit]:
    """Units by symbol, with its case: `km`, `kWh`, `°C`."""
    return {symbol: measures()[r["name"]] for r in reversed(_units()) for symbol in r.get("symbols", [])}


@cache
def below() -> dict[str, Unit]:
    """Units by the symbols that count only behind a stroke: the `s` of "m/s"."""
    return {symbol: measures()[r["name"]] for r in _units() for symbol in r.get("below", [])}


@cache
def words() -> dict[str, Unit]:
    """Units by word, singular or plural, lower case: `miles`, `light-years`."""
    return {form: measures()[r["name"]] for r in _units() for word in r.get("words", []) for form in _plurals(word)}


def _currency_rows() -> list[dict[str, str]]:
    lines = [ln for ln in _DATA.joinpath("currencies.tsv").read_text("utf-8").splitlines() if not ln.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


@cache
def currency_names() -> dict[str, str]:
    """Canonical names of currencies by ISO 4217 code."""
    return {row["code"]: row["name"] for row in _currency_rows() if row["code"]}


@cache
def currencies() -> tuple[dict[str, Currency], dict[str, Currency]]:
    """Currencies by sign or code (with its case), and by name (lower case)."""
    signs: dict[str, Currency] = {}
    names: dict[str, Currency] = {}
    for row in _currency_rows():
        shared = None if row["code"] else row["name"]
        currency = Currency(row["name"], row["code"] or row["default"] or None, shared=shared)
        if row["code"]:
            signs[row["code"]] = currency
        signs.update(dict.fromkeys(filter(None, row["signs"].split(",")), currency))
        for name in _names(row):
            names.update(dict.fromkeys(_plurals(name), currency))
    parts = tomllib.loads(_DATA.joinpath("currency_parts.toml").read_text("utf-8"))
    for name, part in parts["part"].items():
        currency = Currency(name, part["of"], part=True, shared=part.get("shared"))
        names.update(dict.fromkeys(part["words"], currency))
    names |= _cents(names)
    return signs, names


def _names(row: dict[str, str]) -> list[str]:
    """The names of a currency, those of one word also behind its country's: "leone", "sierra leonean leone".

    The canonical name is one where it tells the country: "peruvian sol".
    """
    given = [name for name in row["names"].split(",") if name]
    country = row["name"].rpartition(" ")[0]
    if not country or not row["code"]:
        return given
    return [row["name"], *given, *(f"{country} {name}" for name in given if " " not in name)]


def _cents(names: dict[str, Currency]) -> dict[str, Currency]:
    """Hundredths of the dollars of a country: canadian dollars -> canadian cents."""
    return {
        name.replace("dollar", "cent"): Currency("cent", currency.code, part=True)
        for name, currency in names.items()
        if " dollar" in name
    }


@cache
def part_signs() -> dict[str, Currency]:
    """Parts of currencies by sign: `¢`, `c`, `p`."""
    parts = tomllib.loads(_DATA.joinpath("currency_parts.toml").read_text("utf-8"))
    return {
        s: Currency(name, part["of"], part=True, shared=part.get("shared"))
        for name, part in parts["part"].items()
        for s in part.get("signs", [])
    }


@cache
def ambiguous_codes() -> frozenset[str]:
    """ISO codes that are English words or names too: they count only against the figures ("TRY300")."""
    parts = tomllib.loads(_DATA.joinpath("currency_parts.toml").read_text("utf-8"))
    return frozenset(parts["ambiguous"]["codes"])


@cache
def doubtful_names() -> frozenset[str]:
    """Names that are other words too: money only of a thousand and more ("1,200 won", but "three won")."""
    parts = tomllib.loads(_DATA.joinpath("currency_parts.toml").read_text("utf-8"))
    return frozenset(parts["doubtful"]["names"])


@cache
def leading_names() -> dict[str, Currency]:
    """Names of currencies that also stand before their figures: "ringgit 42"."""
    parts = tomllib.loads(_DATA.joinpath("currency_parts.toml").read_text("utf-8"))
    return {name: currencies()[1][name] for name in parts["leading"]["names"]}


@cache
def _first_pieces() -> frozenset[str]:
    """First piece of every name of more than one, so that most places are passed with one look-up."""
    names = [*words(), *currencies()[1], *symbols()]
    return frozenset(pieces[0].lower() for name in names if len(pieces := _PIECES.findall(name)) > 1)


def named(lex: Lexemes, at: int) -> tuple[Unit | Currency, int] | None:
    """The unit or currency whose name stands at a lexeme, the longest first, and where it ends.

    "5 feet" -> foot
    "3 nautical miles" -> nautical mile
    "10 Hong Kong dollars" -> hong kong dollar
    """
    longest = _LONGEST if lex[at].lower in _first_pieces() else 1
    for after in range(min(at + longest, len(lex)), at, -1):
        name = " ".join(lex.surface(at, after).split())
        low = name.lower()
        if found := words().get(low) or currencies()[1].get(low) or symbols().get(name):
            return found, after
    return _power(lex, at)


def of_letter(lex: Lexemes, at: int) -> Unit | None:
    """The unit that a lone capital means, by the words around it or, of a scale of temperature, a conversion or a line.

    "Highs reached 90 F (32 C)." -> 90 fahrenheit
    "The capacitor holds 2.5 F." -> 2.5 farad
    "The fuse blows at a current of 13 A." -> 13 ampere
    "25.5 C" -> 25.5 celsius
    """
    meanings = _letters().get(lex[at].text)
    if meanings is None or (lex[at + 1].text.istitle() and lex[at + 1].gap == " "):
        return None
    near = _near(lex, at)
    name = next((name for name, words_ in meanings if words_ & near), None)
    first = at - 3 if lex[at - 2].lower == "to" else at - 1
    alone = lex[first].gap == lex[at + 1].gap == "\n" and lex[first].kind == lex[at - 1].kind == "num"
    converted = alone or lex[at + 1].text == "(" or (lex[at - 2].text == "(" and lex[at + 1].text == ")")
    return measures()[name or _SCALES[lex[at].text]] if name or (converted and lex[at].text in _SCALES) else None


def _near(lex: Lexemes, at: int) -> set[str]:
    """The words around a lexeme in its sentence."""
    near: set[str] = set()
    for places in (range(at - 1, at - _NEAR, -1), range(at + 1, at + _NEAR)):
        for i in places:
            if lex[i].text == "." or lex[max(i, at)].gap == "\n":
                break
            near.add(lex[i].lower)
    return near


_SCALES = {"F": "fahrenheit", "C": "celsius"}
_NEAR = 9


@cache
def _letters() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Units by letter, each with the words that it stands near."""
    return {
        letter: [(name, frozenset(near.split())) for name, near in units.items()]
        for letter, units in _tables()["letters"].items()
    }


def _power(lex: Lexemes, at: int) -> tuple[Unit, int] | None:
    """Squares and cubes of lengths.

    "190 km2" -> square kilometre
    "20 square feet" -> square foot
    "570 sq m" -> square metre
    """
    if found := _POWERS.fullmatch(lex[at].text):
        base = symbols().get(found[1])
        return (power(base, int(found[2].translate(_LOWERED))), at + 1) if base and base.dimension == "length" else None
    exponent = _POWER_WORDS.get(lex[at].lower)
    if exponent is None:
        return None
    step = at + 1
    while lex[step].text in (".", "-") and not lex[step].gap:
        step += 1
    rest = words().get(lex[step].lower) or symbols().get(lex[step].text)
    return (power(rest, exponent), step + 1) if rest and rest.dimension == "length" else None


def power(unit: Unit, exponent: int) -> Unit:
    """The square or the cube of a length: metre -> square metre."""
    name = f"{'square' if exponent == 2 else 'cubic'} {unit.name}"  # noqa: PLR2004
    dimension = "area" if exponent == 2 else "volume"  # noqa: PLR2004
    factor = unit.factor and float(f"{unit.factor**exponent:.15g}")
    return measures().get(name) or Unit(name, f"{unit.ucum}{exponent}", dimension, factor, si=f"m{exponent}")


def ratio(above: Unit, below: Unit) -> Unit:
    """One unit by another: mile, hour -> mile per hour. Degrees over something are differences: no offset."""
    name = f"{above.name} per {below.name}"
    dimension = f"{above.dimension} per {below.dimension}" if above.dimension and below.dimension else None
    dimension = _tables()["ratios"].get(dimension, dimension)
    factor = above.factor and below.factor and float(f"{above.factor / below.factor:.15g}")
    si = _tables()["dimension"].get(dimension, {}).get("si") or _over(above.si, below.si)
    ucum = _over(
        above.si if above.offset else above.ucum, below.ucum
    )  # a scale with a zero of its own has no quotients
    if above.offset and factor and above.factor != 1:
        ucum = None
    return measures().get(name) or Unit(name, ucum, dimension, factor, si=si)


def _over(above: str | None, below: str | None) -> str | None:
    """The UCUM code of a quotient: of "a" and "10.a", of "m/s" and "s"."""
    if above is None or below is None:
        return None
    if above == below:
        return "1"
    return f"{above}/({below})" if any(sign in below for sign in "./") else f"{above}/{below}"


def each(unit: Unit, noun: str) -> Unit:
    """A unit for each of what a noun names, of the same dimension: litre, household -> litre per household."""
    ucum = f"{unit.ucum}/{{{noun}}}" if unit.ucum and noun.isascii() else None
    return Unit(f"{unit.name} per {noun}", ucum, unit.dimension, unit.factor, si=unit.si)


def times(unit: Unit, name: str, count: int) -> Unit:
    """So many of a unit as a unit: kilometre, 100 -> 100 kilometres."""
    factor = unit.factor and unit.factor * count
    return Unit(name, unit.ucum and f"{count}.{unit.ucum}", unit.dimension, factor, si=unit.si)
