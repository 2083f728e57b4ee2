"""Which currency a shared name or sign means: dollars, pounds, kroner, pesos are those of the article's place."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files

from pipelines.extract.figures import Figure
from pipelines.extract.units import currency_names

_HEAD, _ENOUGH = 120, 2
_AT_HOME = frozenset(["USD", "GBP"])  # whose papers need not name their country
_DATELINE = re.compile(
    r"^\s*([A-Z][A-Za-z .'é]{2,40}?)(?:,[^()\n]{0,40})?\s*(?:\((?P<agency>[A-Za-z ]{2,20})\)\s*)?(?:-{1,2}|–|—)\s"
)
_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("currency_places.toml").read_text("utf-8"))
_INTERNATIONAL = frozenset(_TABLES["international"]["agencies"])
FAMILIES: dict[str, frozenset[str]] = {name: frozenset(codes.split()) for name, codes in _TABLES["families"].items()}


@cache
def _places() -> dict[str, str]:
    return {place: code for code, places in _TABLES["places"].items() for place in places}


@cache
def _datelines() -> dict[str, str]:
    return {place.upper(): code for place, code in _places().items()}


@cache
def _pattern(family: str) -> re.Pattern[str]:
    """Any place whose currency is of a family; its capital is looked for first, as most words have none."""
    names = sorted((place for place, code in _places().items() if code in FAMILIES[family]), key=len, reverse=True)
    capitals = "".join(sorted({name[0] for name in names}))
    return re.compile(rf"\b(?=[{capitals}])(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def home_currency(
    text: str, family: str = "dollar", default: str | None = "USD", in_full: Collection[str] = ()
) -> str | None:
    """ISO 4217 code of what a shared name of currencies means in an article, or the default where that is unclear.

    The place of the dateline decides. Without one, it is the country that is named, where no other of the family is.
    Dollars and pounds need it named twice, for papers of the United States and Britain seldom name their own country;
    a currency that other figures name in full counts once more.

    >>> home_currency("TORONTO - The chain will close ten shops, at a cost of $4 million.")
    'CAD'
    >>> home_currency("The chain will close ten shops in Texas.")
    'USD'
    >>> home_currency("The Norwegian chain will close ten shops.", "krone", None)
    'NOK'
    """
    codes = FAMILIES[family]
    if family == "dollar" and in_full:  # "A$" beside "$" tells that "$" is none of Australia
        codes -= set(in_full)
        in_full = ()
    dateline = _DATELINE.match(text[:_HEAD])
    if family == "dollar" and dateline and dateline["agency"] in _INTERNATIONAL:
        return default
    if dateline and (code := _datelines().get(dateline[1].strip().upper())) in codes:
        return code
    named = Counter(code for place in _pattern(family).findall(text) if (code := _places()[place]) in codes)
    named.update(in_full)
    if not named or default in named:
        return default
    ((code, count), *others) = named.most_common()
    return code if not others and count >= (_ENOUGH if default in _AT_HOME else 1) else default


def place_currencies(text: str, figures: Sequence[Figure]) -> None:
    """Give sums in a shared currency that of the article's place.

    A dollar is a dollar whosever it is: their unit stays.
    """
    families = {figure.reading.shared for figure in figures if figure.reading and figure.reading.shared}
    for family in families:
        shared = [figure for figure in figures if figure.reading and figure.reading.shared == family]
        default = shared[0].currency
        code = home_currency(text, family, default, _in_full(figures, family))
        if code != default:
            for figure in shared:
                _give(figure, code, family)


def _in_full(figures: Sequence[Figure], family: str) -> set[str]:
    """Currencies of a family that figures name in full."""
    full = {f.currency for f in figures if f.reading and not f.reading.shared and f.currency}
    return full & FAMILIES[family]


def _give(figure: Figure, code: str | None, family: str) -> None:
    figure.currency = code
    if code and family != "dollar" and figure.unit and figure.unit.startswith(family):
        figure.unit = currency_names()[code] + figure.unit.removeprefix(family)
