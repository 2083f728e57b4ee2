"""The lake: immutable Parquet shards, and a log of commits that says which of them count.

A shard is written beside its place, synced, read back, and shown under a name that holds its own hash. It counts once a
commit names it: commits are numbered JSON files, created whole and only if the number is still free, so that of two
writers one wins and the other sees it. What no commit names does not exist for readers. The same rows give the same
file, so work done twice changes no byte. Commits are the business of `pipelines.commits`, and where all of it lies of
`pipelines.storage`.
"""

import random
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.commits import LakeError, Log, OvertakenError, Shard
from pipelines.schemas import TABLES, Table
from pipelines.settings import Settings
from pipelines.storage import WRITING, Folder, Store, at, at_once, sha256, sync

__all__ = [
    "Lake",
    "LakeError",
    "OvertakenError",
    "RowError",
    "Shard",
    "Writer",
    "arrow_table",
    "check_values",
    "lake_of",
]

ATTEMPTS = 10  # of a writer that others are faster than
UNNAMED_FOR = timedelta(days=1)  # age at which a file that no commit names is no writer's or reader's any more


class RowError(LakeError, ValueError):
    """A row does not fit its table's schema."""


def arrow_table(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of the declared schema.

    pyarrow's own `from_pylist` drops unknown keys, takes nulls where none are allowed and cuts a time down to its day;
    here all of that is an error, and so is a value outside a field's list.

    Raises:
        RowError: a row has a key too many or too few, a null that is not allowed, or a value of another type.
    """
    names = set(table.schema.names)
    for row in rows:
        if row.keys() != names:
            raise RowError(
                f"{table.key}: unknown {row.keys() - names or 'none'}, missing {names - row.keys() or 'none'}"
            )
    try:
        columns = {name: [row[name] for row in rows] for name in table.schema.names}
        made = pa.Table.from_pydict(columns, schema=table.schema)
    except (pa.ArrowException, UnicodeEncodeError, OverflowError) as error:
        raise RowError(f"{table.key}: {error}") from error
    for field in table.schema:
        _check_kept(table, field, columns[field.name], made.column(field.name))
    check_values(table, made)
    return made


def _check_kept(table: Table, field: pa.Field, given: list[Any], kept: pa.ChunkedArray) -> None:
    """Check that a column gives back what was put in; bytes are copied as they are, so that their type is enough.

    Raises:
        RowError: pyarrow made something else of a value.
    """
    if field.type == pa.binary() and all(type(value) is bytes for value in given):
        return
    back = kept.to_pylist()
    if given != back:
        before, after = next((g, k) for g, k in zip(given, back, strict=True) if g != k)
        raise RowError(f"{table.key}.{field.name}: {before!r} would be kept as {after!r}")


def check_values(table: Table, made: pa.Table) -> None:
    """Check nulls and listed values against the declared schema, within lists too.

    Raises:
        RowError: a null in a field that allows none, or a value that is not in the field's list.
    """
    for field in table.schema:
        for chunk in made.column(field.name).chunks:
            _check_array(f"{table.key}.{field.name}", field, chunk)


def _check_array(place: str, field: pa.Field, values: pa.Array) -> None:
    if not field.nullable and values.null_count:
        raise RowError(f"{place}: {values.null_count} nulls in a field that allows none")
    if allowed := (field.metadata or {}).get(b"values"):
        known = pa.array([*allowed.decode().split(","), None])
        strange = pc.filter(values, pc.invert(pc.is_in(values, value_set=known)))
        if len(strange):
            raise RowError(f"{place}: {strange[0].as_py()!r} is none of {allowed.decode()}")
    if pa.types.is_list(field.type):
        _check_array(f"{place}[]", field.type.value_field, values.flatten())


def check_columns(shard: Shard, there: Collection[str], columns: Iterable[str] | None = None) -> None:
    """Check that what a shard was written without, of all columns or of those named, may be null.

    Raises:
        LakeError: a column without nulls is not there.
    """
    schema = TABLES[shard.table].schema
    lacking = [n for n in columns or schema.names if n not in there and not schema.field(n).nullable]
    if lacking:
        raise LakeError(f"{shard.path} lacks {', '.join(lacking)}, which has no nulls: let its day be made anew")


def _as_declared(shard: Shard, rows: pa.Table, columns: Sequence[str] | None) -> pa.Table:
    """Rows in the order of the columns asked for; those of an older shard have nulls where it has no column."""
    schema = TABLES[shard.table].schema
    names = columns or schema.names
    for name in names:
        if name not in rows.column_names:
            rows = rows.append_column(schema.field(name), pa.nulls(len(rows), schema.field(name).type))
    return rows.select([*names, *(n for n in rows.column_names if n not in names)])


class Lake:
    """The lake in a folder or another storage. Reading needs no lock."""

    def __init__(self, store: Store | Path) -> None:
        self.store = Folder(store) if isinstance(store, Path) else store
        self.log = Log(self.store)

    def shards(self, table: str | None = None) -> list[Shard]:
        """The shards that count now, in the order of their commits, of one table or of all."""
        live = self.log.state()[1]
        return [s for s in live.values() if table is None or s.table == table]

    def version(self) -> int:
        """Number of the last commit; 0 for an empty lake."""
        return self.log.state()[0]

    def read(self, shard: Shard, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a shard: all columns, those that it was written without as nulls, or those named.

        Raises:
            LakeError: the file is missing or damaged where it was read, or lacks a column that has no nulls.
        """
        try:
            with (
                self.store.open(shard.path, whole=not _heavy(shard)) as source,
                pq.ParquetFile(source, page_checksum_verification=True) as file,
            ):
                check_columns(shard, file.schema_arrow.names, columns)
                return _as_declared(shard, file.read(columns and list(columns)), columns)
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(shard, error) from error

    def column(self, table: str, name: str) -> set[str]:
        """The values of a column over a table's shards."""
        return self.distinct(self.shards(table), name)

    def distinct(self, shards: Iterable[Shard], name: str) -> set[str]:
        """The values of a column over these shards."""
        return set[str]().union(*at_once(lambda shard: self.values(shard, name), shards))

    def values(self, shard: Shard, name: str) -> set[str]:
        """The values of a column of one shard."""
        return set(self.read(shard, [name]).column(name).to_pylist())

    @contextmanager
    def copies(self, shards: Sequence[Shard], *, checked: bool = False) -> Iterator[list[Path]]:
        """Local files of these shards, in their order; if `checked`, with the bytes that were committed.

        Raises:
            LakeError: a file is missing, or not what was committed.
        """
        try:
            yield at_once(self._sound if checked else self._copy, shards)
        finally:
            for shard in filter(_heavy, shards):
                self.store.forget(shard.path)

    def _copy(self, shard: Shard) -> Path:
        try:
            return self.store.local(shard.path)
        except OSError as error:
            raise _unreadable(shard, error) from error

    def _sound(self, shard: Shard) -> Path:
        try:
            if sha256(path := self._copy(shard)) != shard.sha256:
                self.store.forget(shard.path)  # the copy may be damaged, and not the file itself
                if sha256(path := self._copy(shard)) != shard.sha256:
                    raise LakeError(
                        f"{shard.path} has changed since it was written; `dateline verify` names all damage"
                    )
        except OSError as error:
            raise _unreadable(shard, error) from error
        return path

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """A writer, alone while it lasts where the storage has locks.

        Raises:
            OSError: the lake cannot be written.
        """
        with self.store.alone():
            yield Writer(self, self.version())

    def write[Result](self, change: Callable[["Writer"], Result]) -> Result:
        """Let `change` add shards and commit them; where others were faster, again with what the lake holds then.

        Raises:
            OvertakenError: others were faster each time.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.writing() as writer:
                    return change(writer)
            except OvertakenError:
                if attempt == ATTEMPTS:
                    raise
            time.sleep(random.uniform(0, min(0.05 * 2**attempt, 5)))  # noqa: S311  # no secret: writers must not keep step
        raise AssertionError("unreachable")

    def verify(self) -> list[str]:
        """What is wrong with the lake, a line each: shards that are missing or no longer what was committed."""
        return [problem for problem in at_once(self.damage, self.shards()) if problem]

    def damage(self, shard: Shard) -> str | None:
        """What is wrong with a shard; null if it is what was committed."""
        try:
            digest = self.store.sha256(shard.path)
        except FileNotFoundError:
            return f"{shard.path}: missing"
        return None if digest == shard.sha256 else f"{shard.path}: its bytes have changed since it was written"

    def sweep(self, now: datetime) -> list[str]:
        """Remove the files that no commit names and that are older than a day, and give their names.

        They are what was replaced where no lock keeps readers and writers apart, and what killed writers left.
        """
        with self.store.alone():
            old = [e.name for e in self.store.entries("") if now - e.modified > UNNAMED_FOR]
            named = {s.path for s in self.shards()}
            ours = [name for name in old if name.split("/day=")[0] in TABLES or name.endswith(WRITING)]
            gone = [name for name in ours if name not in named]
            at_once(self.store.delete, gone)
        return gone


@cache
def _lake_at(address: Path | str, copies: Path) -> Lake:
    return Lake(at(address, copies))


def lake_of(now: Settings) -> Lake:
    """The lake of the settings; one a process, so that no commit is read twice.

    Raises:
        StorageError: its address is of no kind that is known, or has no credentials.
    """
    return _lake_at(now.lake or now.data / "lake", now.copies)


def _heavy(shard: Shard) -> bool:
    """Whether the shard holds captured bytes: of these, no copy is kept, and only the columns asked for are fetched."""
    return any(pa.types.is_binary(f.type) for f in TABLES[shard.table].schema)


def _unreadable(shard: Shard, error: Exception) -> LakeError:
    return LakeError(f"{shard.path} cannot be read ({error}); `dateline verify` names all damage")


class Writer:
    """Writes shards and commits them together."""

    def __init__(self, lake: Lake, version: int) -> None:
        self.lake = lake
        self.version = version
        self._added: dict[tuple[str, date, str], Shard] = {}

    def add(
        self, table: str, day: date, shard: str, version: str, rows: Sequence[Mapping[str, Any]] | pa.Table
    ) -> Shard:
        """Write the rows as a shard; it counts from the next commit on, the last one added under its name.

        Rows in columns are those of `arrow_table`.

        Raises:
            RowError: a row does not fit the table.
            OSError: the disk is full or not writable; no file stays under its final name.
        """
        made = _as_one(TABLES[table], rows) if isinstance(rows, pa.Table) else arrow_table(TABLES[table], rows)
        digest, path = _write(self.lake.store, made, f"{table}/day={day.isoformat()}/{shard}")
        entry = Shard(table, day, shard, path, made.num_rows, digest, version)
        if _heavy(entry):
            self.lake.store.forget(path)
        self._added[table, day, shard] = entry
        return entry

    def commit(self) -> list[Shard]:
        """Let the added shards count, each in place of those of the same table, day and name; give those replaced.

        Raises:
            OvertakenError: another writer has committed since this one began.
        """
        number, shards = self.lake.log.state()
        if number != self.version:
            raise OvertakenError(number)
        live = shards.values()
        kept = {s.path for s in self._added.values()}
        replaced = [s for s in live if (s.table, s.day, s.shard) in self._added and s.path not in kept]
        added = [s for s in self._added.values() if s not in live]  # the same bytes may come of a new version
        if added or replaced:
            self.lake.log.append(self.version + 1, added, replaced)
            self.version += 1
        self._added = {}
        return replaced

    def sweep(self, replaced: Iterable[Shard]) -> None:
        """Remove the files of shards that no longer count, once nothing reads them any more.

        Where no lock keeps others out they stay, for another writer may be bringing one back; see `Lake.sweep`.
        """
        if self.lake.store.locked:
            for shard in replaced:
                self.lake.store.delete(shard.path)


def _as_one(table: Table, rows: pa.Table) -> pa.Table:
    """Rows in columns, each in one piece, so that the same rows give the same file.

    Raises:
        RowError: they are not what is declared.
    """
    if not rows.schema.equals(table.schema):
        raise RowError(f"{table.key}: its columns are not those declared")
    check_values(table, rows)
    return rows.combine_chunks()


def _write(store: Store, made: pa.Table, stem: str) -> tuple[str, str]:
    scratch = store.scratch(stem)
    try:
        pq.write_table(made, scratch, compression="zstd", write_page_checksum=True)
        sync(scratch)
        if not pq.read_table(scratch, partitioning=None, page_checksum_verification=True).equals(made):
            raise LakeError(f"{scratch} does not read back as it was written: is the disk sound?")
        digest = sha256(scratch)
        name = f"{stem}-{digest[:12]}.parquet"
        store.put(scratch, name)
    finally:
        scratch.unlink(missing_ok=True)
    return digest, name
