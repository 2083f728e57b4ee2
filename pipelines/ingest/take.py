"""Files into the lake: each document once, in shards of bounded size."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from pipelines.ingest.files import captures, find, printable
from pipelines.lake import Lake, Writer
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
    elsewhere: set[str] = set()  # what other runs have captured meanwhile; a batch may have been read before that

    def write(batch: list[Capture]) -> tuple[list[Capture], int]:
        nonlocal commit
        fresh = [row for row in batch if row["capture_id"] not in elsewhere]
        rows, others, commit = _capture(lake, fresh, now.date(), commit)
        elsewhere.update(others)
        known.update(others)
        return rows, len(batch) - len(rows)

    for rows, others in _beside(write, _batches(_documents(files, now, limits, seen), result, known, limits)):
        result.new += len(rows)
        result.known += others
        result.problems += sum(row["problem"] is not None for row in rows)
    return result


def _capture(lake: Lake, batch: list[Capture], day: date, commit: int) -> tuple[list[Capture], Collection[str], int]:
    """Commit what of a batch is new; it is all new as far as the lake is known up to `commit`.

    Gives the new rows, the captures that the lake had already if others have written since, and its last commit.
    """

    def change(writer: Writer) -> tuple[list[Capture], Collection[str], int]:
        others = lake.column("raw/captures", "capture_id") if writer.version != commit else ()
        rows = [row for row in batch if row["capture_id"] not in others]
        if rows:
            writer.add("raw/captures", day, _name(rows), READER_VERSION, rows)
            writer.commit()
        return rows, others, writer.version

    return lake.write(change)


def _beside[Item, Result](write: Callable[[Item], Result], batches: Iterable[Item]) -> Iterator[Result]:
    """Write each batch while the next is read: at most two are held."""
    with ThreadPoolExecutor(1) as thread:
        writing: Future[Result] | None = None
        for batch in batches:
            if writing:
                yield writing.result()
            writing = thread.submit(write, batch)
        if writing:
            yield writing.result()


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
