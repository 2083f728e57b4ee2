"""The lake: immutable Parquet shards, and a log of commits that says which of them count.

A shard is written beside its place, synced, read back, and renamed to a name that holds its own hash. It counts once a
commit names it: commits are numbered JSON files, created whole and only if the number is still free, so that of two
writers one wins and the other sees it. What no commit names does not exist for readers. The same rows give the same
file, so work done twice changes no byte.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.schemas import TABLES, Table

COMMITS = "_commits"
CHECKPOINT_EVERY = 200


class LakeError(Exception):
    """Something in the lake is not as it was written; the message names it."""


class RowError(LakeError, ValueError):
    """A row does not fit its table's schema."""


class OvertakenError(LakeError):
    """Another writer committed first; start again from what the lake holds now."""


@dataclass(frozen=True)
class Shard:
    """A file of the lake, as its commit describes it."""

    table: str
    day: date
    shard: str
    path: str
    rows: int
    sha256: str
    version: str

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Shard":
        """The shard of an entry in a commit."""
        return cls(**{**entry, "day": date.fromisoformat(entry["day"])})

    def to_json(self) -> dict[str, Any]:
        """The entry of the shard in a commit."""
        return {**asdict(self), "day": self.day.isoformat()}


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
        made = pa.Table.from_pylist(list(rows), schema=table.schema)
    except (pa.ArrowException, UnicodeEncodeError, OverflowError) as error:
        raise RowError(f"{table.key}: {error}") from error
    for field in table.schema:
        _check_kept(table, field, [row[field.name] for row in rows], made.column(field.name))
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


class Lake:
    """The lake under a folder. Reading needs no lock; a commit takes the writer's lock for as long as it lasts."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def shards(self, table: str | None = None) -> list[Shard]:
        """The shards that count now, in the order of their commits, of one table or of all."""
        live = self._state()[1]
        return [s for s in live.values() if table is None or s.table == table]

    def version(self) -> int:
        """Number of the last commit; 0 for an empty lake."""
        return self._state()[0]

    def read(self, shard: Shard, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a shard.

        Raises:
            LakeError: the file is missing or damaged where it was read.
        """
        try:
            return pq.read_table(
                self.root / shard.path,
                columns=columns and list(columns),
                partitioning=None,
                page_checksum_verification=True,
            )
        except (OSError, pa.ArrowException) as error:
            raise LakeError(f"{shard.path} cannot be read ({error}); `dateline verify` names all damage") from error

    def column(self, table: str, name: str) -> set[str]:
        """The values of a column over a table's shards."""
        return {value for shard in self.shards(table) for value in self.values(shard, name)}

    def values(self, shard: Shard, name: str) -> set[str]:
        """The values of a column of one shard."""
        return set(self.read(shard, [name]).column(name).to_pylist())

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """A writer, alone while it lasts: the kernel frees the lock if its process dies.

        Raises:
            PermissionError: the lake cannot be written.
        """
        (self.root / COMMITS).mkdir(parents=True, exist_ok=True)
        with (self.root / "_lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Writer(self, self.version())

    def verify(self) -> list[str]:
        """What is wrong with the lake, a line each: shards that are missing or no longer what was committed."""
        return [problem for shard in self.shards() if (problem := self.damage(shard))]

    def damage(self, shard: Shard) -> str | None:
        """What is wrong with a shard; null if it is what was committed."""
        path = self.root / shard.path
        if not path.is_file():
            return f"{shard.path}: missing"
        if sha256(path) != shard.sha256:
            return f"{shard.path}: its bytes have changed since it was written"
        return None

    def _commit_files(self) -> list[Path]:
        folder = self.root / COMMITS
        return sorted(folder.glob("*.json")) if folder.is_dir() else []

    def _state(self) -> tuple[int, dict[str, Shard]]:
        files = self._commit_files()
        start = max((i for i, f in enumerate(files) if f.name.endswith(".checkpoint.json")), default=0)
        live: dict[str, Shard] = {}
        number = 0
        for file in files[start:]:
            entry = json.loads(file.read_text())
            number = entry["commit"]
            if entry.get("checkpoint"):
                live = {}
            for path in entry["removed"]:
                live.pop(path, None)
            live |= {e["path"]: Shard.from_json(e) for e in entry["added"]}
        return number, live


class Writer:
    """Writes shards and commits them together."""

    def __init__(self, lake: Lake, version: int) -> None:
        self.lake = lake
        self.version = version
        self._added: dict[tuple[str, date, str], Shard] = {}

    def add(self, table: str, day: date, shard: str, version: str, rows: Sequence[Mapping[str, Any]]) -> Shard:
        """Write the rows as a shard; it counts from the next commit on, the last one added under its name.

        Raises:
            RowError: a row does not fit the table.
            OSError: the disk is full or not writable; no file stays under its final name.
        """
        made = arrow_table(TABLES[table], rows)
        folder = self.lake.root / table / f"day={day.isoformat()}"
        folder.mkdir(parents=True, exist_ok=True)
        digest, path = _write(made, folder, shard)
        entry = Shard(table, day, shard, str(path.relative_to(self.lake.root)), made.num_rows, digest, version)
        self._added[table, day, shard] = entry
        return entry

    def commit(self) -> list[Shard]:
        """Let the added shards count, each in place of those of the same table, day and name; give those replaced.

        Raises:
            OvertakenError: another writer has committed since this one began.
        """
        live = self.lake.shards()
        kept = {s.path for s in self._added.values()}
        replaced = [s for s in live if (s.table, s.day, s.shard) in self._added and s.path not in kept]
        added = [s for s in self._added.values() if s not in live]  # the same bytes may come of a new version
        if added or replaced:
            self._log(added, replaced)
        self._added = {}
        return replaced

    def _log(self, added: Iterable[Shard], removed: Iterable[Shard]) -> None:
        number = self.version + 1
        entry = {"commit": number, "added": [s.to_json() for s in added], "removed": [s.path for s in removed]}
        _create(self.lake.root / COMMITS / f"{number:09d}.json", entry)
        self.version = number
        if number % CHECKPOINT_EVERY == 0:
            whole = {
                "commit": number,
                "checkpoint": True,
                "added": [s.to_json() for s in self.lake.shards()],
                "removed": [],
            }
            _create(self.lake.root / COMMITS / f"{number:09d}.checkpoint.json", whole)

    def sweep(self, replaced: Iterable[Shard]) -> None:
        """Remove the files of shards that no longer count, once nothing reads them any more."""
        for shard in replaced:
            (self.lake.root / shard.path).unlink(missing_ok=True)


def _write(made: pa.Table, folder: Path, shard: str) -> tuple[str, Path]:
    beside = folder / f".{shard}.{os.getpid()}.writing"
    try:
        pq.write_table(made, beside, compression="zstd", write_page_checksum=True)
        _sync(beside)
        if not pq.read_table(beside, partitioning=None, page_checksum_verification=True).equals(made):
            raise LakeError(f"{beside} does not read back as it was written: is the disk sound?")
        digest = sha256(beside)
        path = folder / f"{shard}-{digest[:12]}.parquet"
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync(folder)
    return digest, path


def _create(path: Path, entry: Mapping[str, Any]) -> None:
    beside = path.with_suffix(f".{os.getpid()}.writing")
    try:
        beside.write_text(json.dumps(entry, indent=1) + "\n")
        _sync(beside)
        os.link(beside, path)  # fails where the number is taken, and shows the file only whole
    except FileExistsError as error:
        raise OvertakenError(f"commit {path.stem} exists: another run wrote the lake meanwhile; run again") from error
    finally:
        beside.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
