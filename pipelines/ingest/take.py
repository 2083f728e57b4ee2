"""Files into the lake: each document once, in shards of bounded size."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.ingest.files import captures, find, printable
from pipelines.lake import Lake
from pipelines.schemas import Capture
from pipelines.settings import Settings

READER_VERSION = "1"


@dataclass
class Taken:
    """What became of the files: each document is new, or was captured before."""

    files: int = 0
    new: int = 0
    known: int = 0
    problems: int = 0
    skipped: list[str] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """Documents found in the files."""
        return self.new + self.known


def take(
    paths: Iterable[Path], lake: Lake, now: datetime, limits: Settings, seen: Callable[[], None] | None = None
) -> Taken:
    """Capture every document of the files and folders that is not in the lake yet; `seen` is called after each file.

    Raises:
        FileNotFoundError: a path does not exist; nothing is taken then.
    """
    files, skipped = find(paths)
    result = Taken(files=len(files), skipped=[printable(f) for f in skipped])
    commit, known = lake.version(), lake.column("raw/captures", "capture_id")

    def write(batch: list[Capture]) -> None:
        nonlocal commit
        with lake.writing() as writer:
            rows = batch if writer.version == commit else _without_known(lake, batch)  # another run captures too
            if rows:
                writer.add("raw/captures", now.date(), _name(rows), READER_VERSION, rows)
                writer.commit()
            commit = writer.version
        result.new += len(rows)
        result.known += len(batch) - len(rows)
        result.problems += sum(row["problem"] is not None for row in rows)

    _beside(write, _batches(_documents(files, now, limits, seen), result, known, limits))
    return result


def _beside[T](write: Callable[[T], None], batches: Iterable[T]) -> None:
    """Write each batch while the next is read: at most two are held."""
    with ThreadPoolExecutor(1) as thread:
        writing: Future[None] | None = None
        for batch in batches:
            if writing:
                writing.result()
            writing = thread.submit(write, batch)
        if writing:
            writing.result()


def _without_known(lake: Lake, rows: Iterable[Capture]) -> list[Capture]:
    known = lake.column("raw/captures", "capture_id")
    return [row for row in rows if row["capture_id"] not in known]


def _name(rows: Iterable[Capture]) -> str:
    return hashlib.sha256("".join(r["capture_id"] for r in rows).encode()).hexdigest()[:16]


def _documents(
    files: Iterable[Path], now: datetime, limits: Settings, seen: Callable[[], None] | None
) -> Iterator[Capture]:
    for file in files:
        yield from captures(file, now, limits.capture_megabytes * 2**20)
        if seen:
            seen()


def _batches(documents: Iterable[Capture], result: Taken, known: set[str], limits: Settings) -> Iterator[list[Capture]]:
    batch: list[Capture] = []
    size = 0
    for document in documents:
        if document["capture_id"] in known:
            result.known += 1
            continue
        known.add(document["capture_id"])
        batch.append(document)
        size += len(document["content"])
        if len(batch) >= limits.shard_rows or size >= limits.shard_megabytes * 2**20:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
