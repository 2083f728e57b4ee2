"""Parquet: a row an article, read by batches of rows."""

import io
import tempfile
from collections.abc import Iterator
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ingest import table
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream
from pipelines.schemas import MediaType

MAGIC, _ENCRYPTED = b"PAR1", b"PARE"
_ROWS = 200  # at once
_SPOOL = 2 * 2**30  # bytes of a file inside another that are laid aside, since its directory stands at the end


def is_parquet(head: bytes) -> bool:
    """Whether a file is Parquet, also one whose directory is encrypted."""
    return head.startswith((MAGIC, _ENCRYPTED))


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """Each row as a JSON record.

    Raises:
        BrokenContainerError: the file is damaged, cut off or encrypted; what came before has been given.
    """
    if stream.peek(4).startswith(_ENCRYPTED):
        raise BrokenContainerError("encrypted", "the file is encrypted: write it anew without")
    with tempfile.TemporaryFile() as aside:
        source = cast("IO[bytes]", stream)
        if not _can_seek(source):
            _lay_aside(stream, aside)
            source = aside
        try:
            yield from _rows(source, limit)
        except (pa.ArrowException, OSError, ValueError) as error:
            detail = f"{str(error)[:200]}: fetch it again"
            raise BrokenContainerError("bad_parquet", detail) from error


def _can_seek(source: IO[bytes]) -> bool:
    return isinstance(getattr(source, "raw", None), io.FileIO) and source.seekable()


def _lay_aside(stream: Stream, aside: IO[bytes]) -> None:
    size = 0
    while part := stream.read1(2**20):
        size += len(part)
        if size > _SPOOL:
            raise BrokenContainerError("too_large", f"more than {_SPOOL // 2**30} GB inside another file: unpack it")
        aside.write(part)
    aside.seek(0)


def _rows(source: IO[bytes], limit: int) -> Iterator[Piece]:
    with pq.ParquetFile(source, page_checksum_verification=True) as file:
        if problem := table.without_text(file.schema_arrow.names):
            yield problem
            return
        first = 1
        for group in range(file.num_row_groups):
            yield from _group(file, group, first, limit)
            first += file.metadata.row_group(group).num_rows
        if first == 1:
            yield Piece(b"", "application/octet-stream", problem="empty", detail="the table has no rows")


def _group(file: pq.ParquetFile, group: int, first: int, limit: int) -> Iterator[Piece]:
    """The rows of a group, whose first has a number; damage ends the group, but not the file."""
    number = first - 1
    try:
        for batch in file.iter_batches(_ROWS, row_groups=[group]):
            for row in batch.to_pylist():
                number += 1
                yield table.piece(row, f"#{number}", limit)
    except (pa.ArrowException, OSError, ValueError) as error:
        last = first + file.metadata.row_group(group).num_rows - 1
        detail = f"rows {number + 1} to {last}: {str(error)[:200]}: fetch it again"
        kind: MediaType = "application/octet-stream"
        yield Piece(b"", kind, f"#{number + 1}", problem="bad_parquet", detail=detail)
