"""Which dollar a plain "$" is: that of the article's place, where it is not the United States."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from pipelines.extract.figures import Figure

_HEAD, _ENOUGH = 120, 2
_DATELINE = re.compile(r"^\s*([A-Z][A-Za-z .]{2,40}?)(?:,[^()\n]{0,40})?\s*(?:\([A-Za-z ]{2,20}\)\s*)?(?:-{1,2}|–|—)\s")


@cache
def _places() -> dict[str, str]:
    table = tomllib.loads(files("pipelines.extract.data").joinpath("dollar_places.toml").read_text("utf-8"))
    return {place: code for code, places in table.items() for place in places}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_places(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def home_dollar(text: str) -> str:
    """ISO 4217 code of the dollar that a plain "$" means in an article.

    The place of the dateline decides; without one, a country that is named at least twice in copy that never names
    the United States. The rest is in U.S. dollars.

    >>> home_dollar("TORONTO - The chain will close ten shops, at a cost of $4 million.")
    'CAD'
    >>> home_dollar("The chain will close ten shops in Texas.")
    'USD'
    """
    places = {place.upper(): code for place, code in _places().items()}
    if (dateline := _DATELINE.match(text[:_HEAD])) and (code := places.get(dateline[1].strip().upper())):
        return code
    named = Counter(_places()[place] for place in _pattern().findall(text))
    if not named or "USD" in named:
        return "USD"
    ((code, count), *others) = named.most_common()
    return code if count >= _ENOUGH and not others else "USD"


def place_dollars(text: str, figures: Sequence[Figure]) -> None:
    """Give the sums in plain dollars the dollar of the article's place; their unit stays "dollar"."""
    plain = [
        f for f in figures if f.currency == "USD" and text[f.start] == "$" and text[f.start : f.start + 3] != "$US"
    ]
    if plain and (code := home_dollar(text)) != "USD":
        for figure in plain:
            if not text[figure.start : figure.end].endswith(("US", "USD")):
                figure.currency = code
