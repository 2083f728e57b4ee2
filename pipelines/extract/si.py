"""What a measure is in the SI: its dimension, and value and interval in the coherent SI unit."""

import tomllib
from importlib.resources import files
from typing import NamedTuple

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes

_WORDS: dict[str, str] = tomllib.loads(files("pipelines.extract.data").joinpath("readings.toml").read_text("utf-8"))[
    "differences"
]
_BEHIND, _BEFORE = (frozenset(_WORDS[side].split()) for side in ("behind", "before"))
_ZERO = frozenset(["zero", "freezing"])
_NEAR = 3


class Measure(NamedTuple):
    """A measure in the SI; all null for a figure that is none, the values where its unit has none in the SI."""

    dimension: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None


def in_si(lex: Lexemes, figure: Figure) -> Measure:
    """The dimension of a figure with a unit, its value and interval in the SI unit, and that unit's UCUM code."""
    unit = figure.reading.unit if figure.reading else None
    if unit is None or figure.kind not in ("measure", "duration"):
        return Measure()
    if unit.factor is None or unit.si is None or (unit.offset and lex[figure.after + 1].lower in _ZERO):
        return Measure(unit.dimension)
    difference = bool(unit.offset) and is_difference(lex, figure)
    value, low, high = (
        None if end is None else unit.to_si(end, difference=difference)
        for end in (figure.value, figure.low, figure.high)
    )
    return Measure(unit.dimension, value, low, high, unit.si)


def is_difference(lex: Lexemes, figure: Figure) -> bool:
    """Whether degrees are the size of a difference, as in "rose 2 degrees Celsius", and no reading of a thermometer."""
    if figure.change or lex[figure.after].lower in _BEHIND:
        return True
    before = [lex[at].lower for at in range(figure.first - _NEAR, figure.first)]
    return not _BEFORE.isdisjoint(before) and ("to" not in before or "warming" in before)
