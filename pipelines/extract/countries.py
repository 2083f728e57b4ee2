"""Countries and territories by name and by their people, after rigour's territories (Wikidata ids)."""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from rigour.territories import get_territory
from rigour.territories.territory import Territory
from rigour.territories.util import normalize_territory_name

# rigour knows codes and foreign names as well ("in", "me", "Man"): shorter names count only as known abbreviations.
SHORTEST = 4
SUPRANATIONAL = "Supranational"
# The district that is a capital, and the one region that has the name of its country's capital, which lies elsewhere.
CAPITAL_DISTRICT, NAMED_AS_CAPITAL = "us-dc", "Washington"


@cache
def peoples() -> dict[str, tuple[str, str]]:
    """Lower-case name of a people -> the name as it is written, and its territory's code (empty if none)."""
    return {name.lower(): (name, code) for name, code in table("peoples")}


def is_demonym(text: str) -> bool:
    """Whether the text names a people: an entry of the table, or its plural."""
    return demonym(text) is not None


@lru_cache(maxsize=2**14)
def demonym(text: str) -> tuple[str, str] | None:
    """The people that the text names, in the singular, and its territory's code (empty if none); null if none."""
    word = " ".join(text.lower().split())
    forms = (word, word.removesuffix("s"), f"{word.removesuffix('men')}man")
    return next((peoples()[form] for form in forms if form in peoples()), None)


@cache
def territory(text: str) -> Territory | None:
    """The country or territory that the text names in full or in an abbreviation; null for cities inside one.

    A region whose name is rather the capital's is none: that it is meant has to be told by more than the name.
    """
    name = " ".join(text.split()).removeprefix("the ").removeprefix("The ")
    code = abbreviations().get(name.rstrip("."))
    if code is not None:
        return get_territory(code)
    if len(name.replace(".", "")) < SHORTEST or is_demonym(name):
        return None
    found = get_territory(_names().get(normalize_territory_name(name), ""))
    if found is None or found.code == CAPITAL_DISTRICT or name == NAMED_AS_CAPITAL:
        return None
    if found.region == SUPRANATIONAL or name.casefold() in _inner_places(found.code):
        return None
    return found


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviated name without final point -> territory code."""
    return {name.rstrip("."): code for name, code in table("place_abbreviations")}


@cache
def _names() -> dict[str, str]:
    return dict(table("territory_names"))


def table(name: str) -> Iterator[tuple[str, str]]:
    """The rows of a lexicon of two columns, the second of which may be empty."""
    for line in (files(__package__) / "data" / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, _, second = line.partition("\t")
            yield first, second.strip()


@cache
def _inner_places(code: str) -> frozenset[str]:
    found = get_territory(code)
    return frozenset(place.casefold() for place in found.places) if found else frozenset()
