"""From the lake into DuckDB: rows of shards that are gone go, rows of new ones come, and each proves itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched

import duckdb
import pyarrow.parquet as pq

from pipelines import reference, slices
from pipelines.lake import Lake, LakeError, Shard, check_columns
from pipelines.scan import scan
from pipelines.schemas import TABLES, Table
from pipelines.warehouse import WarehouseError, create, identifier, loaded_columns

PART = 40  # shards of a table that are loaded at once: local copies of so many, of up to 64 MB, are on the disk then


class LoadError(WarehouseError):
    """A shard is missing, damaged, or breaks a promise of its table; the message names it."""


@dataclass(frozen=True)
class Loaded:
    """What a load did: shards added and removed, and the keys of the tables that it touched.

    `fresh` are the paths of the shards added, if that was all: empty where rows have gone or tables were made anew.
    """

    added: int
    removed: int
    tables: frozenset[str]
    fresh: tuple[str, ...]


def load(con: duckdb.DuckDBPyConnection, lake: Lake, shards: Iterable[Shard]) -> Loaded:
    """Make the loaded tables hold exactly the rows of these shards of the lake.

    Only what differs is read. Run it within a transaction.

    Raises:
        LoadError: a shard is missing, its bytes are not those of its commit, it does not have the rows or columns it
            should, a row's grain is there twice, or a fact's article is not there, or the fact not where it says in it.
    """
    made = create(con) | reference.fill(con)
    wanted = {s.path: s for s in shards if s.table in TABLES}
    present = dict(con.execute("select path, sha256 from meta.shards").fetchall())
    gone = [path for path, digest in present.items() if path not in wanted or wanted[path].sha256 != digest]
    new = [s for s in wanted.values() if present.get(s.path) != s.sha256]
    con.execute(
        "create or replace temp table gone_versions as select version_id from clean.articles where shard in ?", [gone]
    )
    con.execute("delete from meta.touched")
    for table in TABLES.values():
        _touch(con, table, gone)
    touched = _delete(con, gone)
    for table in TABLES.values():
        for part in batched((s for s in new if s.table == table.key), PART):
            _insert(con, lake, table, part)
            touched.add(table.key)
    for table in TABLES.values():
        paths = [s.path for s in new if s.table == table.key]
        if paths:
            _prove(con, table, paths)
            _touch(con, table, paths)
        if table.key.startswith("facts/"):
            _prove_articles(con, table, paths)
    if made:  # what was in them is not known any more
        slices.touch(con, "select version_id from clean.articles")
    touched |= {"meta/shards"} if gone or new else set()
    only_new = () if made or gone else tuple(s.path for s in new)
    return Loaded(len(new), len(gone), made | touched, only_new)


def _touch(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> None:
    """Note the article versions of rows that come or go."""
    if paths and slices.is_told(table.key):
        slices.touch(con, f"select version_id from {identifier(table.sql_name)} where shard in $1", [paths])  # noqa: S608


def _delete(con: duckdb.DuckDBPyConnection, gone: Sequence[str]) -> set[str]:
    if not gone:
        return set()
    touched = {
        key for (key,) in con.execute('select distinct "table" from meta.shards where path in ?', [gone]).fetchall()
    }
    for key in touched & TABLES.keys():
        con.execute(f"delete from {identifier(TABLES[key].sql_name)} where shard in ?", [gone])  # noqa: S608
    con.execute("delete from meta.shards where path in ?", [gone])
    return touched


def _insert(con: duckdb.DuckDBPyConnection, lake: Lake, table: Table, shards: Sequence[Shard]) -> None:
    columns = [identifier(name) for name in loaded_columns(table) if name != "shard"]
    try:
        # DuckDB does not check a Parquet file's checksums: a changed byte would be a changed number
        with lake.copies(shards, checked=True) as files:
            for shard, file in zip(shards, files, strict=True):
                check_columns(shard, pq.read_schema(file).names)
            folder = str(files[0]).removesuffix(shards[0].path)
            con.execute(
                f"""insert into {identifier(table.sql_name)} select {", ".join(columns)}, substr(filename, ?)
                from {scan(table, files)}""",  # noqa: S608
                [len(folder) + 1],
            )
    except LakeError as error:
        raise LoadError(str(error)) from error
    except duckdb.Error as error:
        raise LoadError(f"{table.key} cannot be loaded from the lake: {error}") from error
    _check_counts(con, table, shards)
    con.executemany(
        "insert into meta.shards values (?, ?, ?, ?, ?, ?, ?)",
        [[s.table, s.day, s.shard, s.path, s.rows, s.sha256, s.version] for s in shards],
    )


def _check_counts(con: duckdb.DuckDBPyConnection, table: Table, shards: Sequence[Shard]) -> None:
    found = dict(
        con.execute(
            f"select shard, count(*) from {identifier(table.sql_name)} where shard in ? group by shard",  # noqa: S608
            [[s.path for s in shards]],
        ).fetchall()
    )
    for shard in shards:
        if found.get(shard.path, 0) != shard.rows:
            raise LoadError(f"{shard.path} has {found.get(shard.path, 0)} rows and should have {shard.rows}")


def _prove(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> None:
    if twice := con.execute(_twice(table), [paths]).fetchone():
        raise LoadError(f"{table.key}: {dict(zip(table.grain, twice, strict=True))} is there more than once")
    for start, end, surface in spans(table):
        if false := con.execute(_untrue(table, start, end, surface), [paths, paths]).fetchone():
            raise LoadError(
                f"{table.key}: {surface} of {dict(zip(table.grain, false, strict=True))} is not in the text there"
            )


def _prove_articles(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> None:
    """New facts have an article, and those of an article that is gone now are gone as well."""
    orphan = con.execute(
        f"""select shard, version_id from {identifier(table.sql_name)}
        where (shard in ? or version_id in (select version_id from gone_versions))
            and version_id not in (select version_id from clean.articles)
        order by all limit 1""",  # noqa: S608
        [paths],
    ).fetchone()
    if orphan:
        raise LoadError(f"{orphan[0]}: there is no article {orphan[1]}; let the facts of this day be extracted anew")


def spans(table: Table) -> list[tuple[str, str, str]]:
    """The columns that point into an article's text: first character, character after the last, the characters."""
    names = set(table.schema.names)
    whole = [("start", "end", "text")] if {"start", "end", "text"} <= names else []
    parts = [(f"{n}_start", f"{n}_end", n) for n in table.schema.names if {f"{n}_start", f"{n}_end"} <= names]
    return whole + parts


def _twice(table: Table) -> str:
    """Keys that new rows have in common with any other row."""
    name, grain = identifier(table.sql_name), ", ".join(map(identifier, table.grain))
    first = identifier(table.grain[0])
    return f"""select {grain} from {name} where {first} in (select {first} from {name} where shard in ?)
        group by {grain} having count(*) > 1 order by {grain} limit 1"""  # noqa: S608


def _untrue(table: Table, start: str, end: str, surface: str) -> str:
    """New rows whose characters are not in their article where they say; code points, half open."""
    name, grain = identifier(table.sql_name), ", ".join(f"t.{identifier(column)}" for column in table.grain)
    first, last, characters = (f"t.{identifier(column)}" for column in (start, end, surface))
    return f"""select {grain} from {name} t left join (
            select version_id, any_value("text") as body from clean.articles
            where version_id in (select version_id from {name} where shard in ?) group by version_id
        ) a using (version_id)
        where t.shard in ? and not (
            {first} is null and {last} is null and {characters} is null
            or coalesce({first} >= 0 and {last} - {first} = length({characters})
                and a.body[{first} + 1 : {last}] = {characters}, false)
        ) order by {grain} limit 1"""  # noqa: S608
