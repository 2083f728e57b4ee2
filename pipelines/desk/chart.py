"""Figures over time as a drawing: where each point, its interval and the line to it lie. The template draws them.

Bounds, intervals and figures said to be about so much are drawn as such; what a step is to the one before is told by
the shape of its point and the kind of its line, never by colour alone.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

WIDTH, HEIGHT = 860, 320
LEFT, RIGHT, TOP, BOTTOM = 104, 24, 16, 34  # of the drawing, around where the points lie
LABELS = 8  # on an axis, about
WIDE_RANGE = 60  # times as much, from which on the axis is logarithmic
_STEPS = (1, 2, 2.5, 5, 10)
_DAYS_OF_MONTHS, _DAYS_OF_YEARS = 120, 1500
Scale = Callable[[float], float]


class Tick(NamedTuple):
    """A label at a place of an axis."""

    at: float
    label: str


class Point(NamedTuple):
    """One step: its place, the ends of its interval, and which way it is open."""

    x: float
    y: float
    low: float | None
    high: float | None
    opens: str
    relation: str
    approx: bool
    series: int
    step: Mapping[str, Any]


class Line(NamedTuple):
    """What joins a step to the one that it is told against."""

    x1: float
    y1: float
    x2: float
    y2: float
    relation: str
    series: int


class Chart(NamedTuple):
    """A drawing of `width` by `height`; the axis of the values is at `left`."""

    unit: str
    days: list[Tick]
    values: list[Tick]
    points: list[Point]
    lines: list[Line]
    is_logarithmic: bool
    series: list[Mapping[str, Any]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def chart(unit: str, series: Sequence[Sequence[Mapping[str, Any]]]) -> Chart | None:
    """The steps of some series in one unit; None where there is nothing to draw."""
    steps = [step for one in series for step in one]
    values = [v for step in steps for v in (middle(step), step["low"], step["high"]) if v is not None]
    if not values:
        return None
    scale, value_ticks, is_logarithmic = _values(min(values), max(values))
    place, day_ticks = _days([step["as_of_last"] for step in steps])
    points = [
        _point(step, middle_of, number, scale, place)
        for number, one in enumerate(series)
        for step in one
        if (middle_of := middle(step)) is not None
    ]
    first = [one[0] for one in series]
    return Chart(unit, day_ticks, value_ticks, points, list(_lines(points)), is_logarithmic, first)


def middle(step: Mapping[str, Any]) -> float | None:
    """Where a figure's point stands: its value, or the middle of its interval, or the end that is known."""
    if step["value"] is not None:
        return float(step["value"])
    ends = [float(end) for end in (step["low"], step["high"]) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _point(step: Mapping[str, Any], value: float, series: int, scale: Scale, place: Callable[[date], float]) -> Point:
    low, high = step["low"], step["high"]
    opens = "up" if high is None and low is not None else "down" if low is None and high is not None else ""
    is_interval = low is not None and high is not None and low != high
    return Point(
        place(step["as_of_last"]),
        scale(value),
        scale(low) if is_interval else None,
        scale(high) if is_interval else None,
        opens,
        step["relation"],
        bool(step["approx"]),
        series,
        step,
    )


def _lines(points: Iterable[Point]) -> Iterable[Line]:
    by_figure = {(p.step["series"], p.step["version_id"], p.step["quantity"]): p for p in points}
    for point in by_figure.values():
        step = point.step
        before = by_figure.get((step["series"], step["previous_version"], step["previous_quantity"]))
        if before:
            yield Line(before.x, before.y, point.x, point.y, point.relation, point.series)


def _values(least: float, most: float) -> tuple[Scale, list[Tick], bool]:
    """Where a value stands, and the labels: from nought where that is near, by powers of ten where wide."""
    if least > 0 and most / least > WIDE_RANGE:
        return *_by_powers(math.floor(math.log10(least)), math.ceil(math.log10(most))), True
    bottom = 0.0 if 0 <= least < most * 0.6 or least == most >= 0 else least
    step = _nice((most - bottom or abs(most) or 1) / 5)
    return *_by_steps(
        math.floor(bottom / step), max(math.ceil(most / step), math.floor(bottom / step) + 1), step
    ), False


def _by_powers(bottom: int, top: int) -> tuple[Scale, list[Tick]]:
    def scale(value: float) -> float:
        return _up((max(math.log10(value), bottom) - bottom) / (top - bottom)) if value > 0 else _up(0)

    powers = range(bottom, top + 1, math.ceil((top - bottom) / LABELS))
    return scale, [Tick(scale(10.0**power), compact(10.0**power)) for power in powers]


def _by_steps(bottom: int, top: int, step: float) -> tuple[Scale, list[Tick]]:
    def scale(value: float) -> float:
        return _up((value / step - bottom) / (top - bottom))

    return scale, [Tick(scale(n * step), compact(n * step)) for n in range(bottom, top + 1)]


def _up(share: float) -> float:
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _nice(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(s * power for s in _STEPS if s * power >= rough * 0.999))


def _days(days: Sequence[date]) -> tuple[Callable[[date], float], list[Tick]]:
    margin = timedelta(days=max((max(days) - min(days)).days // 20, 1))
    first, last = min(days) - margin, max(days) + margin
    span = (last - first).days

    def place(day: date) -> float:
        return round(LEFT + (day - first).days / span * (WIDTH - LEFT - RIGHT), 1)

    return place, [Tick(place(day), label) for day, label in _calendar(first, last)]


def _calendar(first: date, last: date) -> list[tuple[date, str]]:
    """Days for labels: days, else first days of months, else of years."""
    span = (last - first).days
    if span <= _DAYS_OF_MONTHS:
        step = max(math.ceil(span / LABELS), 1)
        days = [first + timedelta(days=n) for n in range(0, span + 1, step)]
        return [(day, f"{day.day} {day:%b}" + (f" {day.year}" if day is days[0] else "")) for day in days]
    firsts = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    if span > _DAYS_OF_YEARS:
        firsts = [day for day in firsts if day.month == 1]
    inside = [day for day in firsts if first <= day <= last]
    kept = inside[:: max(math.ceil(len(inside) / LABELS), 1)]
    return [(day, str(day.year) if span > _DAYS_OF_YEARS else f"{day:%b %Y}") for day in kept]


def compact(value: float) -> str:
    """A value as an axis has it: `12,000`, `1.4 million`."""
    for power, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= power:
            return f"{value / power:,.4g}{name}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
