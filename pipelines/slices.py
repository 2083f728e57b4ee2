"""Models of which a publication makes only the rows of some article versions anew.

A row of such a model depends on the rows of its own version in the tables that have a `version_id`, and on the whole of
all others. So where only rows of some versions have changed, its select is run over slices of these tables, which hold
the versions in `meta.touched` and no others. Versions come to be touched by shards that came or went, and by a model's
`reach`: what else changes with them. A slice is filled once and grows as versions are added, for a table that a model
reads is not changed any more once that model is built.
"""

from collections.abc import Iterable

import duckdb

from pipelines.models import VERSION, Model, in_slices, slice_name
from pipelines.schemas import TABLES
from pipelines.warehouse import identifier, literal

ARTICLES = "core/articles"
TOUCHED = "version_id in (select version_id from meta.touched)"
PART = 100_000  # articles of which a whole model is made at once, which bounds the memory and disk that it takes
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


def reach_groups(con: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Write down a grouped model's changed groups, and say whether they are small enough to be made by themselves."""
    of = identifier((model.of or "").replace("/", "."))
    more = f"union select * from ({model.reach})" if model.reach else ""  # noqa: S608
    con.execute(
        f"""insert into meta.changed select $1, value
        from (select value from meta.changed where model = $2 {more})""",  # noqa: S608
        [model.key, model.of],
    )
    (little,) = con.execute(
        f"select count(*) filter ({_is_changed(con, model)}) <= $1 * count(*) from {of}",  # noqa: S608
        [LARGEST],
    ).fetchone() or (False,)
    return bool(little)


def _is_changed(con: duckdb.DuckDBPyConnection, model: Model) -> str:
    """The condition under which a row is of a group that has changed."""
    kind = _type(con, model, model.by or "")
    changed = f"select value::{kind} from meta.changed where model = {literal(model.key)}"  # noqa: S608
    return f"{identifier(model.by or '')} in ({changed})"


def _type(con: duckdb.DuckDBPyConnection, model: Model, column: str) -> str:
    described = f"select column_type from (describe {identifier(model.sql_name)}) where column_name = $1"  # noqa: S608
    (kind,) = con.execute(described, [column]).fetchone() or ("",)
    return str(kind)


def make(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make a sliced model whole: of very many articles, a part of them after the other, as far as its tables tell them.

    Raises:
        duckdb.Error: DuckDB cannot run the model's select.
    """
    name = identifier(model.sql_name)
    last = _part(con) if ARTICLES in model.depends_on and not model.beyond else 0
    if not last:
        con.execute(f"create or replace table {name} as {model.query}")
        return
    con.execute(f"create or replace table {name} as from ({model.query}) limit 0")
    for part in range(last + 1):
        for table in model.slices:
            source, of_part = identifier(table.replace("/", ".")), slice_name(table, "part")
            con.execute(
                f"""create or replace temp table {of_part} as from {source}
                where version_id in (select version_id from parts where part = $1)""",  # noqa: S608
                [part],
            )
        con.execute(f"insert into {name} {in_slices(model.query, model.slices, 'part')}")
    for table in model.slices:
        con.execute(f"drop table {slice_name(table, 'part')}")
    con.execute("drop table parts")


def _part(con: duckdb.DuckDBPyConnection) -> int:
    """Part the articles in the order of capture, each with all its versions; gives the number of the last part.

    Of so few versions that one part holds them, nothing is parted.
    """
    (versions,) = con.execute("select count(*) from core.articles").fetchone() or (0,)
    if versions <= PART:
        return 0
    con.execute(
        """create or replace temp table parts as
        select version_id, (dense_rank() over (order by first, article_id) - 1) // $1 as part
        from (select *, min(captured_at) over (partition by article_id) as first from core.articles)""",
        [PART],
    )
    (last,) = con.execute("select max(part) from parts").fetchone() or (0,)
    return last or 0


def remake(con: duckdb.DuckDBPyConnection, model: Model) -> str:
    """Make the rows of the touched versions or changed groups anew; gives the condition under which a row is one.

    Raises:
        duckdb.Error: DuckDB cannot run the model's select.
    """
    if model.by:
        return _remake_groups(con, model)
    fill(con, model.slices)
    tracked = model.tracked not in (None, VERSION)
    if tracked:
        remember(con, model, TOUCHED)
    _replace(con, model, TOUCHED)
    if tracked:
        note_changes(con, model, TOUCHED)
    return TOUCHED


def _remake_groups(con: duckdb.DuckDBPyConnection, model: Model) -> str:
    is_anew = _is_changed(con, model)
    of = identifier((model.of or "").replace("/", "."))
    theirs = f"version_id in (select version_id from {of} where {is_anew})"  # noqa: S608
    slices = dict.fromkeys(model.groups, is_anew) | dict.fromkeys(model.slices, theirs)
    for table, rows in slices.items():
        source = identifier(table.replace("/", "."))
        con.execute(f"create or replace temp table {slice_name(table, model.by)} as from {source} where {rows}")
    _replace(con, model, is_anew)
    for table in slices:
        con.execute(f"drop table {slice_name(table, model.by)}")
    return is_anew


def _replace(con: duckdb.DuckDBPyConnection, model: Model, rows: str) -> None:
    name = identifier(model.sql_name)
    con.execute(f"delete from {name} where {rows}")  # noqa: S608
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


def remember(con: duckdb.DuckDBPyConnection, model: Model, rows: str = "true") -> None:
    """Note what a tracked model holds in these rows, before they are made anew."""
    con.execute(f"create or replace temp table held_before as {_contents(con, model, rows)}")


def note_changes(con: duckdb.DuckDBPyConnection, model: Model, rows: str = "true") -> None:
    """Write down which values of the tracked column have other rows than they had; versions among them are touched."""
    con.execute(
        f"""insert into meta.changed
        select $1, value
        from ({_contents(con, model, rows)}) n full join held_before o using (value)
        where n.content is distinct from o.content""",  # noqa: S608
        [model.key],
    )
    if model.tracked == VERSION:
        touch(con, "select value as version_id from meta.changed where model = $1", [model.key])
    con.execute("drop table held_before")


def _contents(con: duckdb.DuckDBPyConnection, model: Model, rows: str) -> str:
    value, name = identifier(model.tracked or ""), identifier(model.sql_name)
    each = f"unnest({value})" if _type(con, model, model.tracked or "").endswith("[]") else value
    hashed = f"select {each} as value, hash(t)::hugeint as content from {name} t where {rows}"  # noqa: S608
    return f"select value, sum(content) as content from ({hashed}) group by value"  # noqa: S608
