"""Degrees whose scale is not said: those of the one scale that the article names elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.extract.figures import Figure
from pipelines.extract.units import measures

_SCALES = frozenset(["celsius", "fahrenheit"])
_CLOSE = 2


def share_scales(figures: Sequence[Figure]) -> None:
    """Read bare degrees by the scale of the article's other temperatures, where it is one."""
    named = {figure.unit for figure in figures if figure.unit in _SCALES}
    if len(named) != 1:
        return
    (scale,) = named
    unit = measures()[str(scale)]
    for index, figure in enumerate(figures):
        before = figures[index - 1] if index else figure
        converted = before.unit == scale and 0 < figure.first - before.after <= _CLOSE  # "86 F, or 30 degrees"
        bare = figure.unit == "degree" and figure.reading and figure.reading.unit and not figure.reading.unit.dimension
        if bare and figure.reading and not converted:
            figure.read(replace(figure.reading, name=unit.name, unit=unit))
