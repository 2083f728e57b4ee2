"""The warehouse as a DuckDB file: its tables, its texts, and how it is opened for reading.

The published warehouse is a symbolic link to the newest generation, a file that nobody writes any more. A reader opens
the generation itself, so it keeps what it began with however often a newer one is published.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.catalogue import META, REFERENCE, SCHEMAS
from pipelines.schemas import TABLES, Table

SHARD = "Path in the lake of the shard that the row was loaded from"
LEFT_IN_LAKE = {("raw/captures", "content")}
_TYPES = {
    pa.string(): "VARCHAR",
    pa.binary(): "BLOB",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
}


class WarehouseError(Exception):
    """The warehouse cannot be made or opened; the message says why and what to do."""


class NotPublishedError(WarehouseError):
    """There is no published warehouse yet."""


def identifier(name: str) -> str:
    """A name quoted for SQL; points separate schema and table."""
    return ".".join(f'"{part.replace(chr(34), chr(34) * 2)}"' for part in name.split("."))


def literal(text: str) -> str:
    """A text quoted for SQL, where DuckDB takes no parameter."""
    return "'" + text.replace("'", "''") + "'"


def loaded_columns(table: Table) -> dict[str, tuple[str, str]]:
    """Columns of a lake table as the warehouse has them: name to SQL type and description."""
    columns = {f.name: (sql_type(f), text(f)) for f in table.schema if (table.key, f.name) not in LEFT_IN_LAKE}
    return columns | {"shard": ("VARCHAR NOT NULL", SHARD)}


def sql_type(field: pa.Field) -> str:
    """The DuckDB type of a pyarrow field, with its NOT NULL."""
    return _sql_type(field.type) + ("" if field.nullable else " NOT NULL")


def text(field: pa.Field) -> str:
    """A field's description, with the values it may have where they are a list."""
    about: dict[str, str] = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    values = about.get("values", "").replace(",", ", ")
    return about.get("description", "") + (f". One of: {values}" if values else "")


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    name: str = _TYPES[kind]
    return name


def create(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Make what is missing of schemas, loaded tables and meta tables, and give the keys of the tables made.

    A table whose columns are no longer as declared is made anew and loaded again from the lake.
    """
    for schema in SCHEMAS:
        con.execute(f"create schema if not exists {schema}")
    own = {f"meta/{n}": t for n, t in META.items()} | {f"ref/{n}": t for n, t in REFERENCE.items()}
    declared = own | {table.key: (table.description, loaded_columns(table)) for table in TABLES.values()}
    made = _outdated(con, {key: columns for key, (_, columns) in declared.items()})
    for key in made:
        con.execute(f"create or replace table {identifier(key.replace('/', '.'))} ({_definition(declared[key][1])})")
    con.execute('delete from meta.shards where list_contains(?, "table")', [made])
    if any(key.startswith("ref/") for key in made):
        con.execute("delete from meta.reference")
    texts = {
        key: (about, {name: text for name, (_, text) in columns.items()}) for key, (about, columns) in declared.items()
    }
    comment(con, {key.replace("/", "."): ("table", *text) for key, text in texts.items()})
    return frozenset(made)


def _definition(columns: Mapping[str, tuple[str, str]]) -> str:
    return ", ".join(f"{identifier(column)} {kind}" for column, (kind, _) in columns.items())


def _outdated(con: duckdb.DuckDBPyConnection, declared: Mapping[str, Mapping[str, tuple[str, str]]]) -> list[str]:
    """Keys of the tables that are missing or have other columns than declared, in the order of the declarations."""
    _run_all(
        con,
        [
            f"create or replace temp table {identifier(key)} ({_definition(columns)})"
            for key, columns in declared.items()
        ],
    )
    found: dict[tuple[bool, str], list[tuple[object, ...]]] = {}
    for is_wanted, key, *column in con.execute(
        """select database_name = 'temp', if(database_name = 'temp', '', schema_name || '/') || table_name,
            column_name, data_type, is_nullable
        from duckdb_columns() where database_name in ('temp', current_database()) order by column_index"""
    ).fetchall():
        found.setdefault((is_wanted, key), []).append(tuple(column))
    _run_all(con, [f"drop table temp.{identifier(key)}" for key in declared])
    return [key for key in declared if found.get((False, key)) != found[True, key]]


def comment(con: duckdb.DuckDBPyConnection, texts: Mapping[str, tuple[str, str, Mapping[str, str]]]) -> None:
    """Write the texts of tables and views into the catalogue, where every SQL tool shows them.

    Args:
        con: the warehouse.
        texts: by SQL name: `table` or `view`, what it is, and what its columns are.
    """
    said = {
        (name, column): text
        for name, column, text in con.execute(
            """select schema_name || '.' || table_name, column_name, comment from duckdb_columns()
            union all select schema_name || '.' || table_name, '', comment from duckdb_tables()
            union all select schema_name || '.' || view_name, '', comment from duckdb_views()"""
        ).fetchall()
    }
    missing: list[str] = []
    for name, (kind, about, columns) in texts.items():
        if said.get((name, "")) != about:
            missing.append(f"comment on {kind} {identifier(name)} is {literal(about)}")
        missing += [
            f"comment on column {identifier(name)}.{identifier(column)} is {literal(text)}"
            for column, text in columns.items()
            if said.get((name, column)) != text
        ]
    _run_all(con, missing)


def _run_all(con: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Run many small statements as one script: one by one they take longer to be handed over than to run."""
    con.execute(";\n".join(statements))


def load_fts(con: duckdb.DuckDBPyConnection) -> None:
    """Load the full text extension out of its package: no download, no write to the home folder.

    Raises:
        WarehouseError: the package carries no extension for this version of DuckDB.
    """
    import duckdb_extension_fts

    folder = Path(duckdb_extension_fts.__file__).parent / "extensions" / f"v{duckdb.__version__}"
    binary = folder / "fts.duckdb_extension"
    if not binary.is_file():
        raise WarehouseError(f"{folder} has no fts extension: install duckdb-extension-fts=={duckdb.__version__}")
    con.execute(f"load {literal(str(binary))}")


def open_for_writing(path: Path, temporary: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A connection that builds a generation: nothing is fetched, times are UTC, spills go to `temporary`."""
    con = duckdb.connect(
        str(path),
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": memory,
            "temp_directory": str(temporary),
        },
    )
    con.execute("set global TimeZone = 'UTC'")
    load_fts(con)
    return con


def connect(published: Path, *, memory: str = "2GB", threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open the published warehouse for reading.

    The connection can read the warehouse and nothing else: no file, no network, no setting. Times are in UTC. It stays
    with the generation that was newest when it was opened. Connections of one process to one generation share the
    memory and the threads that the first of them was given.

    Args:
        published: the symbolic link, `Settings.published`.
        memory: most memory that its queries take, as DuckDB writes it.
        threads: threads that its queries use; DuckDB's own choice if not given.

    Raises:
        NotPublishedError: nothing is published yet.
        WarehouseError: the published file cannot be read, or somebody wrote to it.
    """
    for _ in range(20):
        path = generation_of(published)
        try:
            return _sandboxed(path, memory, threads)
        except duckdb.IOException as error:
            if generation_of(published) == path:  # otherwise it was published over and swept while it was being opened
                raise WarehouseError(f"{path} cannot be read: {error}") from error
    raise WarehouseError(f"{published} is published faster than it can be opened")


def generation_of(published: Path) -> Path:
    """The file that the published link points to.

    Raises:
        NotPublishedError: nothing is published yet.
        WarehouseError: the link points to nothing, or there is a write-ahead log beside the file.
    """
    if not published.is_symlink():
        raise NotPublishedError(f"nothing is published yet at {published}: run `dateline run` first")
    path = published.parent / published.readlink()
    if wal_of(path).exists():
        raise WarehouseError(f"{path} was opened for writing; run `dateline run` to publish it anew from the lake")
    return path


def wal_of(path: Path) -> Path:
    """The write-ahead log that DuckDB would keep of a file."""
    return path.with_name(path.name + ".wal")


def _sandboxed(path: Path, memory: str, threads: int | None) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(path), read_only=True)
    (locked,) = con.execute("select current_setting('lock_configuration')").fetchone() or (False,)
    if locked:  # DuckDB shares one instance a file within a process: it is already as it has to be
        return con
    load_fts(con)
    con.execute("set global TimeZone = 'UTC'")
    con.execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false")
    con.execute(f"set memory_limit = {literal(memory)}")
    if threads is not None:
        con.execute(f"set threads = {int(threads)}")
    con.execute("set enable_external_access = false; set lock_configuration = true")
    return con


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """SQL names of the warehouse's tables and views, `mart.figures`, without the search index."""
    rows = con.execute(
        """select schema_name || '.' || table_name from duckdb_tables() where list_contains(?, schema_name)
        union all select schema_name || '.' || view_name from duckdb_views() where list_contains(?, schema_name)
        order by all""",
        [list(SCHEMAS), list(SCHEMAS)],
    ).fetchall()
    return [name for (name,) in rows]


def content_hashes(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, str]]:
    """Rows and a hash of the content of every table and view; the order of the rows does not matter.

    `meta.generation` is left out: two warehouses of the same content may be different generations.
    """
    return dict(_hashed(con, name) for name in tables(con) if name != "meta.generation")


def _hashed(con: duckdb.DuckDBPyConnection, name: str) -> tuple[str, tuple[int, str]]:
    query = f"select count(*), coalesce(sum(hash(t)::hugeint), 0)::varchar from {identifier(name)} t"  # noqa: S608
    count, digest = con.execute(query).fetchone() or (0, "0")
    return name, (count, digest)


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it, or nothing."""
    con.execute("begin transaction")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")
