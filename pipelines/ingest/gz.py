"""Gzip, around a file of any other format."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from pipelines.ingest.piece import BrokenContainerError

MAGIC = b"\x1f\x8b"


@contextmanager
def unpacked(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The packed file as a stream; what is damaged shows while it is read.

    Raises:
        BrokenContainerError: the file is cut off or damaged; what came before has been given.
    """
    try:
        with gzip.open(stream) as inner:
            yield cast("IO[bytes]", inner)
    except EOFError as error:
        raise BrokenContainerError("truncated_gzip", "the file ends before its end mark: fetch it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BrokenContainerError("bad_gzip", f"{error}: fetch it again") from error
