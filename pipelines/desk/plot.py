"""A result as a drawing: bars for labels, a line over days; None where its columns are no such thing."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from pipelines import results
from pipelines.reading import shown

WIDTH, LINE_HEIGHT, BAR = 760, 260, 24
LEFT, RIGHT, EDGE = 220, 90, 30  # room for labels, for values, and around a line
MOST_BARS, FEWEST_POINTS = 30, 3
LONGEST = 30  # characters of a label


class Bar(NamedTuple):
    """A row: its label, where its bar begins and how long it is, and its value."""

    y: float
    x: float
    length: float
    label: str
    value: str


class Plot(NamedTuple):
    """A drawing of `WIDTH` by `height`: bars, or a line as an SVG path with labels at its ends."""

    caption: str
    height: float
    bars: list[Bar]
    line: str
    days: tuple[str, str]
    values: tuple[str, str]


def plot(found: pa.Table) -> Plot | None:
    """The first column that holds numbers over the first that holds days or text."""
    label = next((n for n, f in enumerate(found.schema) if _is_day(f.type)), None)
    if label is None:
        label = next((n for n, f in enumerate(found.schema) if pa.types.is_string(f.type)), None)
    value = next((n for n, f in enumerate(found.schema) if _is_number(f.type)), None)
    if label is None or value is None:
        return None
    pairs = [(row[label], float(row[value])) for row in results.rows(found) if None not in (row[label], row[value])]
    caption = f"{found.column_names[value]} by {found.column_names[label]}"
    if _is_day(found.schema.field(label).type) and len({day for day, _ in pairs}) == len(pairs) >= FEWEST_POINTS:
        return _line(sorted(pairs), caption)
    return _bars(pairs[:MOST_BARS], caption + ("" if len(pairs) <= MOST_BARS else f", the first {MOST_BARS} rows"))


def _is_day(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _bars(pairs: Sequence[tuple[Any, float]], caption: str) -> Plot | None:
    if not pairs:
        return None
    least, most = min(0.0, *(v for _, v in pairs)), max(0.0, *(v for _, v in pairs))
    scale = (WIDTH - LEFT - RIGHT) / ((most - least) or 1)
    nought = LEFT - least * scale
    bars = [
        Bar(n * BAR, round(nought + min(v, 0) * scale, 1), round(abs(v) * scale, 1), _label(label), shown(v))
        for n, (label, v) in enumerate(pairs)
    ]
    return Plot(caption, len(bars) * BAR, bars, "", ("", ""), ("", ""))


def _line(pairs: Sequence[tuple[date, float]], caption: str) -> Plot:
    first, last = pairs[0][0], pairs[-1][0]
    least, most = min(0.0, *(v for _, v in pairs)), max(v for _, v in pairs)
    across = (WIDTH - 2 * EDGE) / ((last - first).days or 1)
    down = (LINE_HEIGHT - 2 * EDGE) / ((most - least) or 1)
    places = [f"{EDGE + (d - first).days * across:.1f} {EDGE + (most - v) * down:.1f}" for d, v in pairs]
    days, values = (str(first), str(last)), (shown(most), shown(least))
    return Plot(caption, LINE_HEIGHT, [], "M" + "L".join(places), days, values)


def _label(value: Any) -> str:
    text = shown(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
