"""Publishing: the next generation of the warehouse is built aside, and shown whole by replacing one symbolic link.

A generation is a file under a name that was never used before, so no other's write-ahead log can belong to it. What a
killed build leaves lies in `.building/` and is swept by the next one. One process builds at a time; the kernel frees
its lock if it dies. The lake is read under that lock, so nobody can publish an older state over a newer one.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines import decisions as decided
from pipelines import models, reference, relinked
from pipelines.build import Outcome, build, outcomes
from pipelines.catalogue import META, REFERENCE, SCHEMAS
from pipelines.decisions import Decision
from pipelines.lake import Lake, Shard
from pipelines.load import Loaded, LoadError, load
from pipelines.models import Project
from pipelines.schemas import TABLES
from pipelines.storage import locked
from pipelines.warehouse import (
    NotPublishedError,
    WarehouseError,
    connect,
    generation_of,
    identifier,
    loaded_columns,
    open_for_writing,
    transaction,
    wal_of,
)

LINK = "warehouse.duckdb"
BUILDING = ".building"
_FICLONE = 0x40049409  # ioctl_ficlone(2): the copy shares the file's blocks until one of the two is written
_GENERATION = re.compile(r"gen_(\d{6,})\.duckdb")


class BlockedError(WarehouseError):
    """Blocking checks found rows that break their claims; the old generation stays published."""

    def __init__(self, broken: Sequence[Outcome]) -> None:
        self.outcomes = tuple(broken)
        found = [f"{o.check.table} {o.check.claim}: {o.failures} rows, such as {o.example}" for o in broken]
        super().__init__("not published, for these claims are broken: " + "; ".join(found))


@dataclass(frozen=True)
class Published:
    """A published generation.

    `anew` tells whether this call made it; if not, nothing had changed. `built` are the keys of the SQL models that
    this call built, `rows` counts the rows of every table (not of views), and `outcomes` has what each check found.
    """

    generation: int
    path: Path
    anew: bool
    shards_added: int
    shards_removed: int
    built: tuple[str, ...]
    rows: dict[str, int]
    outcomes: tuple[Outcome, ...]


def publish(
    lake: Lake,
    warehouse: Path,
    sql: Path,
    *,
    decisions: Path | None = None,
    keep: int = 3,
    memory: str = "2GB",
    fresh: bool = False,
) -> Published:
    """Publish what the lake holds now, unless it is published already.

    Args:
        lake: the lake; the generation will hold the shards that count in it.
        warehouse: folder of the generations; the link in it is `warehouse.duckdb`.
        sql: folder of the models, checks and macros.
        decisions: file of what people have decided about entities, `Settings.decisions`.
        keep: generations to keep, the new one among them.
        memory: most memory that the build takes, as DuckDB writes it.
        fresh: build from the lake alone, and publish even what is published already.

    Raises:
        BlockedError: a blocking check found something.
        LoadError: a shard is missing, damaged, or breaks a promise of its table.
        DecisionError: a decision cannot be understood.
        ModelError, BuildError: a file under `sql` is wrong.
        WarehouseError: DuckDB cannot build the file: no space, no memory, a damaged base.
    """
    project = models.load(sql)
    warehouse.mkdir(parents=True, exist_ok=True)
    with locked(warehouse):
        _sweep(warehouse)
        base = None if fresh else sound_generation(warehouse)
        while True:
            commit, live = lake.log.state()
            shards = list(live.values())
            taken = decided.read(decisions) if decisions else ()
            content = _fingerprint(project, shards, taken)
            if base and _seal(base)["content"] == content:
                return _as_it_is(base, project)
            job = _Build(lake, shards, commit, taken, project, warehouse, base, content, memory)
            try:
                with _workshop(warehouse):
                    return _publish_next(job, keep)
            except LoadError:
                if lake.version() == commit:
                    raise  # otherwise a shard was replaced while it was being read: take the lake as it is now


def is_current(lake: Lake, warehouse: Path, sql: Path, decisions: Path | None = None) -> bool:
    """Whether what readers see is what the lake, the decisions and the models would give now."""
    base = sound_generation(warehouse)
    taken = decided.read(decisions) if decisions else ()
    return base is not None and _seal(base)["content"] == _fingerprint(models.load(sql), lake.shards(), taken)


@dataclass(frozen=True)
class _Build:
    lake: Lake
    shards: list[Shard]
    commit: int
    decisions: Sequence[Decision]
    project: Project
    warehouse: Path
    base: Path | None
    content: str
    memory: str

    @property
    def generation(self) -> int:
        return max((_number(path) for path in generations(self.warehouse)), default=0) + 1


def _publish_next(job: _Build, keep: int) -> Published:
    building = job.warehouse / BUILDING / "next.duckdb"
    building.parent.mkdir()
    if job.base:
        _copy(job.base, building)
    number = job.generation
    with open_for_writing(building, building.with_suffix(".tmp"), job.memory) as con:
        with transaction(con):
            loaded, built = _fill(con, job, number)
            found = outcomes(con, job.project)
            if broken := [o for o in found if o.check.blocking and o.failures]:
                raise BlockedError(broken)
        con.execute("checkpoint")
        rows = _rows(con)
    path = _show(building, job.warehouse, number, job.content)
    _prune(job.warehouse, keep)
    return Published(number, path, True, loaded.added, loaded.removed, built, rows, found)


def _fill(con: duckdb.DuckDBPyConnection, job: _Build, number: int) -> tuple[Loaded, tuple[str, ...]]:
    loaded = load(con, job.lake, job.shards)
    con.execute("delete from meta.generation")
    con.execute("insert into meta.generation values (?, ?, ?)", [number, job.commit, duckdb.__version__])
    built = build(con, job.project, loaded.tables | decided.record(con, job.decisions), loaded.fresh)
    relinked.tell(con, number)
    return loaded, built


def _show(building: Path, warehouse: Path, number: int, content: str) -> Path:
    """Seal the file, give it its name, and point the link to it; each step is on the disk before the next."""
    if wal_of(building).exists():
        raise WarehouseError(f"DuckDB left a write-ahead log beside {building}: it is not whole")
    path = warehouse / f"gen_{number:06d}.duckdb"
    _sync(building)
    building.chmod(0o444)
    status = building.stat()
    seal = {"content": content, "bytes": status.st_size, "modified_ns": status.st_mtime_ns}
    beside = building.with_name("seal.json")
    beside.write_text(json.dumps(seal) + "\n")
    _sync(beside)
    wal_of(path).unlink(missing_ok=True)
    beside.replace(_seal_path(path))
    building.replace(path)
    _sync(warehouse)
    link = building.with_name(LINK)
    link.symlink_to(path.name)
    link.replace(warehouse / LINK)
    _sync(warehouse)
    return path


def sound_generation(warehouse: Path) -> Path | None:
    """The published generation, if it is as it was published: nobody has opened it for writing since."""
    try:
        path = generation_of(warehouse / LINK)
        seal, status = _seal(path), path.stat()
    except (NotPublishedError, WarehouseError, OSError, ValueError):
        return None
    return path if (status.st_size, status.st_mtime_ns) == (seal["bytes"], seal["modified_ns"]) else None


def generations(warehouse: Path) -> list[Path]:
    """The generations in a folder, oldest first."""
    return sorted((p for p in warehouse.iterdir() if _GENERATION.fullmatch(p.name)), key=_number)


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("gen_"))


def _seal_path(path: Path) -> Path:
    return path.with_suffix(".json")


def _seal(path: Path) -> dict[str, Any]:
    seal: dict[str, Any] = json.loads(_seal_path(path).read_text())
    return seal


def _fingerprint(project: Project, shards: Sequence[Shard], decisions: Sequence[Decision]) -> str:
    """What a generation's content follows from: the shards, decisions, SQL, declared tables and DuckDB itself."""
    declared = {key: (table.description, loaded_columns(table)) for key, table in TABLES.items()}
    files = sorted((s.path, s.sha256) for s in shards)
    whole = repr(
        (files, decisions, project, SCHEMAS, META, REFERENCE, reference.current(), declared, duckdb.__version__)
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def _as_it_is(path: Path, project: Project) -> Published:
    with connect(path.parent / LINK) as con:
        return Published(_number(path), path, False, 0, 0, (), _rows(con), outcomes(con, project))


def _rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table by its key; views are left out, for counting them can take long."""
    names = con.execute(
        "select schema_name, table_name from duckdb_tables() where list_contains(?, schema_name) order by all",
        [list(SCHEMAS)],
    ).fetchall()
    counts = {f"{s}/{t}": con.execute(f"select count(*) from {identifier(f'{s}.{t}')}").fetchone() for s, t in names}  # noqa: S608
    return {key: row[0] for key, row in counts.items() if row}


def _copy(source: Path, target: Path) -> None:
    """Copy a file; where the file system can, without copying its blocks."""
    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new, _FICLONE, old.fileno())
        except OSError:
            shutil.copyfileobj(old, new, 16 << 20)


@contextmanager
def _workshop(warehouse: Path) -> Iterator[None]:
    """Leave nothing of a build behind, and say of DuckDB's errors what helps."""
    try:
        yield
    except duckdb.Error as error:
        raise WarehouseError(
            f"the warehouse cannot be built: {error}; `dateline rebuild` builds it from the lake alone"
        ) from error
    finally:
        shutil.rmtree(warehouse / BUILDING, ignore_errors=True)


def _sweep(warehouse: Path) -> None:
    """Remove what a killed build left: its workshop, and a generation that the link never came to point to."""
    shutil.rmtree(warehouse / BUILDING, ignore_errors=True)
    link = warehouse / LINK
    newest = _number(Path(link.readlink())) if link.is_symlink() else 0
    for path in generations(warehouse):
        if _number(path) > newest:
            _remove(path)


def _prune(warehouse: Path, keep: int) -> None:
    for path in generations(warehouse)[: -max(keep, 1)]:
        _remove(path)


def _remove(path: Path) -> None:
    """Remove a generation; readers that have it open keep it until they close it."""
    for file in (path, _seal_path(path), wal_of(path)):
        file.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
