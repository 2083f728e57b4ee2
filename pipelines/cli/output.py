"""Results of queries, as a table for people and as CSV, JSON lines or Parquet for programs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.reading import shown
from pipelines.results import rows, write_csv, write_json

Format = Literal["table", "csv", "json", "parquet"]


def write(result: duckdb.DuckDBPyRelation, form: Format, target: Path | None, console: Console) -> None:
    """Write a result to a file, or to the terminal.

    Raises:
        ValueError: Parquet is no text; it needs a file.
    """
    found = result.to_arrow_table()
    if form == "parquet":
        if target is None:
            raise ValueError("Parquet is written to a file: add --output FILE.parquet")
        pq.write_table(found, target, compression="zstd")
    elif form == "table":
        console.print(as_table(found))
    else:
        writer: Callable[[pa.Table, IO[str]], None] = write_csv if form == "csv" else write_json
        if target is None:
            writer(found, sys.stdout)
        else:
            with target.open("w", encoding="utf-8", newline="") as file:
                writer(found, file)


def as_table(found: pa.Table) -> Table:
    """A result as a table for the terminal; control characters in it are shown, not obeyed."""
    numeric = {f.name for f in found.schema if pa.types.is_integer(f.type) or pa.types.is_floating(f.type)}
    table = Table(header_style="bold", show_lines=False)
    for name in found.column_names:
        table.add_column(shown(name), justify="right" if name in numeric else "left", overflow="fold")
    for row in rows(found):
        table.add_row(*(Text(shown(value)) for value in row))
    return table
