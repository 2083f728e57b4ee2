"""Countries and territories by name and by their people, after rigour's territories (Wikidata ids)."""

from functools import cache
from importlib.resources import files

from rigour.territories import get_territories, get_territory, lookup_territory
from rigour.territories.territory import Territory

# rigour knows codes and foreign names as well ("in", "me", "Man"): shorter names are read only in capitals.
SHORTEST = 4


@cache
def peoples() -> dict[str, str]:
    """Lower-case name of a people or nationality -> territory code, empty where it is no territory's."""
    lines = (files(__package__) / "data" / "peoples.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name.lower(): code.strip() for name, code in rows}


def is_demonym(text: str) -> bool:
    """Whether the text names a people: an entry of the table, or its plural."""
    return demonym(text) is not None


def demonym(text: str) -> str | None:
    """Territory code of the people that the text names, empty for peoples without one; null for no people's name."""
    word = " ".join(text.lower().split())
    table = peoples()
    for form in (word, word.removesuffix("s"), word.removesuffix("men") + "man"):
        if form in table:
            return table[form]
    return None


@cache
def territory(text: str) -> Territory | None:
    """The country or territory that the text names in full or in an abbreviation; null for cities inside one."""
    name = " ".join(text.split()).removeprefix("the ").removeprefix("The ")
    letters = name.replace(".", "")
    if len(letters) < SHORTEST and not letters.isupper():
        return None
    found = lookup_territory(name) or lookup_territory(letters)
    if (
        found is None
        or found.region == "Supranational"
        or is_demonym(name)
        or name.casefold() in _inner_places(found.code)
    ):
        return None
    return found


@cache
def _inner_places(code: str) -> frozenset[str]:
    found = get_territory(code)
    return frozenset(place.casefold() for place in found.places) if found else frozenset()


@cache
def country_names() -> frozenset[str]:
    """Lower-case English names of countries and first-level regions, for reading capitals and headlines."""
    found = (name for t in get_territories() for name in (t.name, t.full_name))
    return frozenset(name.lower() for name in found if "(" not in name)
