"""A web archive taken in, against reading it with FastWARC alone and writing its payloads to Parquet."""

import gzip
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.documents import pages
from benchmarks.measure import Measurement
from pipelines.ingest.take import take
from pipelines.lake import Lake
from pipelines.settings import Settings

ROUNDS = 3
_SEED = 3


def measure(documents: int = 5000) -> Iterator[Measurement]:
    """The ratio of speeds, the ways taking turns, and what memory grows by from the archive to one four times as large.

    From five batches on, memory is that of the two batches that are held at once: a smaller archive tells nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole, large = Path(folder) / "whole.warc.gz", Path(folder) / "large.warc.gz"
        _write(whole, documents)
        _write(large, 4 * documents)
        ways = (_alone, _taken_in)
        best = [float("inf")] * len(ways)
        for turn in range(ROUNDS):
            for at, way in enumerate(ways):
                begin = time.perf_counter()
                way(whole, Path(folder) / f"{turn}-{at}")
                best[at] = min(best[at], time.perf_counter() - begin)
        usual, most = _megabytes(whole, folder), _megabytes(large, folder)
        yield Measurement("pages of a WARC taken in", documents / best[1], "pages/s", "")
        yield Measurement("taking a WARC in against FastWARC and Parquet alone", best[0] / best[1], "times", ">= 0.7")
        yield Measurement("memory of taking a WARC in", usual, "MB", "")
        yield Measurement("memory for 4 times the WARC", most - usual, "MB more", "<= 50")


def _write(file: Path, documents: int) -> None:
    """An archive of pages, each with noise of its own, so that it packs about as real pages do (1 : 5)."""
    draw = random.Random(_SEED)  # noqa: S311  # nothing secret
    made = pages(min(documents, 200))
    with file.open("wb") as archive:
        for number in range(documents):
            noise = draw.randbytes(9000).hex()
            page = made[number % len(made)].replace("<script>", f"<script>/* {number} {noise} */", 1).encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-01T09:30:00Z\r\n"
                f"WARC-Target-URI: https://post.example/{number}\r\nContent-Type: application/http\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            archive.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0))


def _alone(file: Path, folder: Path) -> None:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    folder.mkdir()
    schema = pa.schema([("url", pa.string()), ("content", pa.binary())])
    rows: list[tuple[str | None, bytes]] = []
    with file.open("rb") as stream, pq.ParquetWriter(folder / "alone.parquet", schema, compression="zstd") as writer:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            rows.append((record.headers.get("WARC-Target-URI"), record.reader.read()))
            if len(rows) == Settings().shard_rows:
                writer.write_table(_table(rows, schema))
                rows = []
        writer.write_table(_table(rows, schema))


def _table(rows: list[tuple[str | None, bytes]], schema: pa.Schema) -> pa.Table:
    return pa.table([[url for url, _ in rows], [content for _, content in rows]], schema=schema)


def _taken_in(file: Path, folder: Path) -> None:
    take([file], Lake(folder), datetime.now(UTC), Settings())


def _megabytes(file: Path, folder: str) -> float:
    """The most memory that a process of its own takes to take a file in."""
    code = f"from benchmarks.archives import peak; peak({str(file)!r}, {folder!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    return float(done.stdout) / 1024


def peak(file: str, folder: str) -> None:
    """Print the most kilobytes that taking a file in took, of this process alone (`ru_maxrss` counts its parent's)."""
    with tempfile.TemporaryDirectory(dir=folder) as lake:
        _taken_in(Path(file), Path(lake))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
