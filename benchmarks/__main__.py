"""`make bench`: every measurement, beside its goal."""

from rich.console import Console
from rich.table import Table

from benchmarks import archives, cleaning, copies, extraction, linking, peers, scale, whole


def main() -> None:
    """Measure and print."""
    table = Table("what", "measured", "in", "goal", header_style="bold")
    for part in (archives, cleaning, extraction, peers, linking, copies, scale, whole):
        for found in part.measure():
            table.add_row(found.name, f"{found.value:,.2f}", found.unit, found.goal)
    Console().print(table)


if __name__ == "__main__":
    main()
