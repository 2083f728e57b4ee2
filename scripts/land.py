"""The land of the desk's map, as one SVG path in degrees: pipelines/desk/templates/land.svg.

Its outline is Natural Earth's at 1:110 million, in the public domain, as the npm package world-atlas carries it:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/land.py package/land-110m.json > pipelines/desk/templates/land.svg
"""

import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

SOUTH = -60  # the ice beyond it is in no news

Ring = list[tuple[float, float]]


def rings(topology: dict[str, Any]) -> Iterator[Ring]:
    """The outlines in degrees; TopoJSON keeps them as arcs of differences, one that runs backwards as ~its number."""
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = (list(accumulate(step[axis] for step in arc)) for axis in (0, 1))
        arcs.append([(west + x * across, south + y * up) for x, y in zip(xs, ys, strict=True)])
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            for ring in polygon:
                parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
                yield unbroken([point for part in parts for point in part[1:]])


def unbroken(ring: Ring) -> Ring:
    """A ring that goes on beyond 180 degrees instead of jumping to the map's other side."""
    found = [ring[0]]
    for x, y in ring[1:]:
        found.append((x - 360 * round((x - found[-1][0]) / 360), y))
    return found


def path(ring: Ring) -> str:
    """A ring as commands of a path to a tenth of a degree: longitude to the right, latitude downwards."""
    places = [(round((x + 180) * 10), round((90 - y) * 10)) for x, y in ring]
    steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(places)]
    (x, y) = places[0]
    return f"M{x / 10:g} {y / 10:g}l" + " ".join(f"{a / 10:g} {b / 10:g}" for a, b in steps if (a, b) != (0, 0)) + "z"


if __name__ == "__main__":
    found = rings(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print(f'<path id="land" d="{"".join(path(r) for r in found if max(y for _, y in r) > SOUTH)}"/>')
    print(
        '<use href="#land" x="360"/><use href="#land" x="-360"/>'
    )  # what goes on beyond one edge comes in at the other
