"""Shards as DuckDB reads them: with the columns that their table declares now, whenever they were written."""

from collections.abc import Iterable
from pathlib import Path

from pipelines.schemas import Table
from pipelines.warehouse import identifier, literal, sql_type


def scan(table: Table, files: Iterable[Path]) -> str:
    """A select, in brackets, of the rows of these Parquet files of a table, and the file of each as `filename`.

    A column that was declared after a file was written is null in its rows.
    """
    columns = ", ".join(f"null::{sql_type(f).removesuffix(' NOT NULL')} as {identifier(f.name)}" for f in table.schema)
    empty = f"select {columns}, null::VARCHAR as filename where false"
    listed = ", ".join(literal(str(file)) for file in files)
    if not listed:
        return f"({empty})"
    options = "filename = true, union_by_name = true, hive_partitioning = false"
    return f"({empty} union all by name from read_parquet([{listed}], {options}))"
