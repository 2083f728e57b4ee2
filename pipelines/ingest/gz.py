"""Gzip, around a file of any other format."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from pipelines.ingest.piece import BrokenContainerError, Stream

MAGIC = b"\x1f\x8b"


@contextmanager
def unpacked(stream: Stream) -> Iterator[Stream]:
    """The packed file as a stream; what is damaged shows while it is read.

    Raises:
        BrokenContainerError: the file is cut off or damaged; what came before has been given.
    """
    try:
        with gzip.GzipFile(fileobj=cast("IO[bytes]", stream), mode="rb") as inner:
            yield inner
    except EOFError as error:
        raise BrokenContainerError("truncated_gzip", "the file ends before its end mark: fetch it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BrokenContainerError("bad_gzip", f"{error}: fetch it again") from error
