"""Models that are appended to: while a table of the lake only grows, only what its new rows bring is worked out.

The select of such a model gives the rows that the shards in `meta.fresh` bring. None of them may depend on a row of the
lake that comes after theirs in the model's order. So appending, shard by shard or many at once, gives what building it
whole gives, as long as what is appended comes after all that was there. Where it does not, or rows have gone, the model
is built whole, in parts, which keeps that within the memory of a build.
"""

from collections.abc import Sequence
from itertools import batched

import duckdb

from pipelines.models import Model
from pipelines.warehouse import identifier

PART = 40  # shards that are appended at once: up to 20,000 captures, which fits into 2 GB beside a million others


def tell(con: duckdb.DuckDBPyConnection, fresh: Sequence[str] | None) -> None:
    """Let `meta.fresh` hold these shards, or all that are loaded."""
    con.execute("delete from meta.fresh")
    con.execute("insert into meta.fresh select path from meta.shards where path in $1 or $1 is null", [fresh])


def follows(con: duckdb.DuckDBPyConnection, model: Model, fresh: Sequence[str]) -> bool:
    """Whether shards were added, and all their rows come after all others in the order of the model."""
    if not fresh:
        return False
    table, column = identifier(model.source.replace("/", ".")), identifier(model.order or "")
    (overlap,) = con.execute(
        f"select min({column}) filter (shard in $1) <= max({column}) filter (shard not in $1) from {table}",  # noqa: S608
        [list(fresh)],
    ).fetchone() or (None,)
    return not overlap


def append(con: duckdb.DuckDBPyConnection, model: Model, fresh: Sequence[str]) -> None:
    """Add the rows that these shards bring, a part of the shards after the other.

    Raises:
        duckdb.Error: DuckDB cannot run the model's select.
    """
    for part in batched(fresh, PART):
        tell(con, part)
        con.execute(f"insert into {identifier(model.sql_name)} {model.query}")
    tell(con, None)


def shards(con: duckdb.DuckDBPyConnection, model: Model) -> list[str]:
    """Paths of the shards that the model is made from."""
    found = con.execute('select path from meta.shards where "table" = ? order by day, path', [model.source]).fetchall()
    return [path for (path,) in found]
