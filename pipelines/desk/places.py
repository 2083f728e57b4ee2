"""A map of the places that are named; it needs no network."""

import math
from typing import Any, NamedTuple

from starlette.requests import Request

from pipelines.desk.newest import Reading
from pipelines.desk.view import View, asked

MOST = 300  # places on the map
LABELS = 15  # of them with their names beside
NORTH, SOUTH = 84.0, -60.0  # what the map shows

PLACES = """
    select p.entity_id, p.name, p.latitude, p.longitude, p.population, p.articles, p.mentions, p.first_day, p.last_day
    from mart.places p
    where try_cast(nullif($since, '') as date) is null or p.last_day >= try_cast($since as date)
    order by p.articles desc, p.mentions desc, p.entity_id
    limit $most"""


class Spot(NamedTuple):
    """A place on the map: degrees east of 180° W, south of the pole, and a radius that grows with its articles."""

    x: float
    y: float
    radius: float
    has_label: bool
    place: dict[str, Any]


def show(reading: Reading, request: Request) -> dict[str, Any]:
    """The places, the most named first; the largest are drawn first, so that smaller ones lie above them."""
    since = asked(request, "since", 10)
    found = reading.rows(PLACES, {"since": since, "most": MOST})
    return {"title": "Where the news is", "since": since, "places": found, "spots": spots(found), "most": MOST}


def spots(places: list[dict[str, Any]]) -> list[Spot]:
    """Where on the map the places lie, given in the order of their articles."""
    most = max((place["articles"] for place in places), default=1)
    labelled: list[tuple[float, float]] = []
    found = []
    for place in places:
        x, y = round(place["longitude"] + 180, 2), round(90 - min(max(place["latitude"], SOUTH), NORTH), 2)
        has_label = len(labelled) < LABELS and not any(abs(y - v) < 4 and abs(x - u) < 28 for u, v in labelled)  # noqa: PLR2004  # degrees that a label takes
        if has_label:
            labelled.append((x, y))
        found.append(Spot(x, y, round(0.8 + 2.7 * math.sqrt(place["articles"] / most), 2), has_label, place))
    return found


VIEW = View("/places", "Map", "places.html", show, in_navigation=False)
