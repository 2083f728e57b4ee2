"""Who is named with somebody, as a drawing: the one in the middle, the others around, lines for shared sentences."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

WIDTH, HEIGHT = 760, 420
ACROSS, DOWN = 205, 165  # half axes of the ring
LONGEST = 26  # characters of a label
_WIDEST = 6.0  # of a line


class Node(NamedTuple):
    """A name at its place; `anchor` is SVG's text-anchor of its label."""

    x: float
    y: float
    anchor: str
    label: str
    entity: Mapping[str, Any]


class Edge(NamedTuple):
    """Two names that share sentences."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Network(NamedTuple):
    """A drawing of `WIDTH` by `HEIGHT`."""

    width: int
    height: int
    middle: Node
    nodes: list[Node]
    edges: list[Edge]


def network(
    one: Mapping[str, Any], company: Sequence[Mapping[str, Any]], between: Sequence[Mapping[str, Any]]
) -> Network:
    """Who stands with `one`.

    Args:
        one: the row of the entity in the middle.
        company: rows of those named with it, with `sentences`, the most often named first.
        between: pairs of them, `entity_id` and `other_id`, with the `sentences` that they share; in one order or both.
    """
    middle = Node(WIDTH / 2, HEIGHT / 2, "middle", _label(one["name"]), one)
    nodes = [_node(number, len(company), other) for number, other in enumerate(company)]
    most = max(pair["sentences"] for pair in (*company, *between))
    places = {node.entity["entity_id"]: node for node in nodes}
    edges = [_edge(middle, node, node.entity["sentences"] / most) for node in nodes]
    lines = {tuple(sorted((pair["entity_id"], pair["other_id"]))): pair["sentences"] for pair in between}
    edges += [_edge(places[one], places[other], shared / most) for (one, other), shared in lines.items()]
    return Network(WIDTH, HEIGHT, middle, nodes, edges)


def _node(number: int, of: int, entity: Mapping[str, Any]) -> Node:
    turn = 2 * math.pi * (number + 0.5) / of - math.pi / 2  # none straight above or below, where labels would meet
    x, y = WIDTH / 2 + ACROSS * math.cos(turn), HEIGHT / 2 + DOWN * math.sin(turn)
    return Node(round(x, 1), round(y, 1), "start" if math.cos(turn) > 0 else "end", _label(entity["name"]), entity)


def _edge(one: Node, other: Node, share: float) -> Edge:
    return Edge(one.x, one.y, other.x, other.y, round(1 + (_WIDEST - 1) * share, 1))


def _label(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
