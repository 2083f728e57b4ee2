"""`make bench`: every measurement, beside its goal; `make bench PART=whole` one part of them."""

import importlib
import sys

from rich.console import Console
from rich.table import Table

from benchmarks import history
from benchmarks.measure import Measurement

PARTS = ["archives", "cleaning", "extraction", "peers", "linking", "copies", "scale", "whole"]


def main(parts: list[str]) -> None:
    """Measure, print, and keep what was measured."""
    table = Table("what", "measured", "in", "goal", header_style="bold")
    measured: list[Measurement] = []
    for part in parts:
        for found in importlib.import_module(f"benchmarks.{part}").measure():
            table.add_row(found.name, f"{found.value:,.2f}", found.unit, found.goal)
            measured.append(found)
    Console().print(table)
    history.keep(measured)


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
