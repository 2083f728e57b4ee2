"""What NITF, NewsML-G2 and ninjs have in common: names of providers, places, and times."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.clean import byline, dates, wire
from pipelines.clean.characters import one_line


def providers(*named: str | None) -> dict[str, str]:
    """The agency among those that provide an item, the nearest first, and who else runs it.

    Where none is known as an agency, the first is taken for one: that is what a provider of a wire is.
    """
    names = [name for text in named if (name := one_line(text))]
    for name in names:
        if agency := byline.agency(name):
            papers = [other for other in names if not byline.agency(other)]
            return {"wire": agency, **({"publisher": papers[0]} if papers else {})}
    return {"wire": names[0]} if names else {}


def authors(credits_given: Iterable[str | None]) -> list[str]:
    """The people of bylines."""
    return byline.people(name for text in credits_given if (name := one_line(text)))


def place(line: str | None, located: str | None = None) -> str | None:
    """The place of a dateline as it stands before a story (`OSTREVA, March 2 (SW) -`), or else where it is located."""
    text = one_line(line).rstrip("-–— ")
    found = wire.dateline(f"{text} - Ferries sail again.") if text else None
    return found.place if found else one_line(located) or text or None


def times(published: Iterable[str | None], changed: Iterable[str | None]) -> dict[str, str]:
    """The first time of publication that is one, and the first change that is another."""
    first = _first(published)
    last = _first(changed)
    return {
        **({"published_at": first} if first else {}),
        **({"modified_at": last} if last and last != first else {}),
    }


def _first(stamps: Iterable[str | None]) -> str | None:
    return next((found.value for stamp in stamps if stamp and (found := dates.iso("given", stamp))), None)


def stated(**given: Any) -> Mapping[str, Any]:
    """What is stated, without what is not."""
    return {key: value for key, value in given.items() if value}
