"""Models of which a publication makes only the rows of some article versions anew.

A row of such a model depends on the rows of its own version in the tables that have a `version_id`, and on the whole of
all others. So where only rows of some versions have changed, its select is run over slices of these tables, which hold
the versions in `meta.touched` and no others. Versions come to be touched by shards that came or went, and by a model's
`reach`: what else changes with them. A slice is filled once and grows as versions are added, for a table that a model
reads is not changed any more once that model is built.
"""

from collections.abc import Iterable

import duckdb

from pipelines.models import VERSION, Model, slice_name
from pipelines.schemas import TABLES
from pipelines.warehouse import identifier

LARGEST = 1 / 3  # of all versions: more are made anew as cheaply with all others


def touch(con: duckdb.DuckDBPyConnection, query: str, parameters: Iterable[object] = ()) -> None:
    """Add the versions that a select gives to those that are touched, as a round of their own."""
    con.execute(
        f"""insert into meta.touched
        select distinct version_id, (select coalesce(max(round), 0) + 1 from meta.touched)
        from ({query}) where version_id not in (select version_id from meta.touched)""",  # noqa: S608
        list(parameters),
    )


def begin(con: duckdb.DuckDBPyConnection) -> None:
    """Have no slice yet."""
    con.execute("create or replace temp table slices (slice varchar, round integer)")


def end(con: duckdb.DuckDBPyConnection) -> None:
    """Have no slice any more, and nothing that is touched."""
    for (name,) in con.execute("select distinct slice from slices").fetchall():
        con.execute(f"drop table {name}")
    con.execute("drop table slices; delete from meta.touched; delete from meta.changed")


def is_told(table: str) -> bool:
    """Whether loading tells which versions a change of this table is about."""
    return table in TABLES and VERSION in TABLES[table].schema.names


def reach(con: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Touch what a sliced model's rows change with, and say whether it is little enough to be made by slices."""
    if model.reach:
        touch(con, model.reach)
    return is_little(con)


def is_little(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether few enough versions are touched for slices to be cheaper than the whole."""
    (little,) = con.execute(
        "select (select count(*) from meta.touched) <= $1 * (select count(*) from clean.articles)",
        [LARGEST],
    ).fetchone() or (False,)
    return bool(little)


def remake(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the rows of the touched versions anew.

    Raises:
        duckdb.Error: DuckDB cannot run the model's select.
    """
    fill(con, model.slices)
    name = identifier(model.sql_name)
    con.execute(f"delete from {name} where version_id in (select version_id from meta.touched)")  # noqa: S608
    con.execute(f"insert into {name} {model.sliced_query}")


def fill(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Let the slices of these tables hold the rows of all versions that are touched by now."""
    for table in tables:
        _fill(con, table)


def _fill(con: duckdb.DuckDBPyConnection, table: str) -> None:
    source, name = identifier(table.replace("/", ".")), slice_name(table)
    (last,) = con.execute("select max(round) from slices where slice = $1", [name]).fetchone() or (None,)
    if last is None:
        con.execute(f"create or replace temp table {name} as from {source} limit 0")
    con.execute(
        f"""insert into {name} from {source}
        where version_id in (select version_id from meta.touched where round > $1)""",  # noqa: S608
        [last or 0],
    )
    con.execute("insert into slices select $1, coalesce(max(round), 0) from meta.touched", [name])


def remember(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Note what a tracked model holds, before it is built whole."""
    con.execute(f"create or replace temp table held_before as {_contents(model)}")


def note_changes(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write down which values of the tracked column have other rows than they had; versions among them are touched."""
    con.execute(
        f"""insert into meta.changed
        select $1, value
        from ({_contents(model)}) n full join held_before o using (value)
        where n.content is distinct from o.content""",  # noqa: S608
        [model.key],
    )
    if model.tracked == VERSION:
        touch(con, "select value as version_id from meta.changed where model = $1", [model.key])
    con.execute("drop table held_before")


def _contents(model: Model) -> str:
    value, name = identifier(model.tracked or ""), identifier(model.sql_name)
    return f"select {value} as value, sum(hash(t)::hugeint) as content from {name} t group by all"  # noqa: S608
