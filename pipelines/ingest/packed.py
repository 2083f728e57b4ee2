"""Bzip2 and xz, around a file of any other format."""

import bz2
import io
import lzma
from collections.abc import Callable

from pipelines.ingest.piece import BrokenContainerError, Stream

_PACKED = 16 * 1024
_DICTIONARY = 256 * 2**20  # bytes that unpacking xz may take: the largest preset takes 65 MB


def is_bz2(head: bytes) -> bool:
    """Whether a file is packed by bzip2."""
    return head.startswith(b"BZh") and head[4:10] == b"1AY&SY"


def is_xz(head: bytes) -> bool:
    """Whether a file is packed by xz."""
    return head.startswith(b"\xfd7zXZ\x00")


def from_bz2(stream: Stream) -> io.BufferedReader:
    """The file inside; reads raise BrokenContainerError where it is cut off or damaged."""
    return io.BufferedReader(_Unpacked(stream, bz2.BZ2Decompressor, "bz2"))


def from_xz(stream: Stream) -> io.BufferedReader:
    """The file inside; reads raise BrokenContainerError where it is cut off or damaged."""
    return io.BufferedReader(_Unpacked(stream, lambda: lzma.LZMADecompressor(memlimit=_DICTIONARY), "xz"))


class _Unpacked(io.RawIOBase):
    """Streams that are packed one behind the other."""

    def __init__(
        self, stream: Stream, begin: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor], name: str
    ) -> None:
        self._stream = stream
        self._begin = begin
        self._name = name
        self._unpack = begin()
        self._is_begun = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Unpack into a buffer; 0 at the end.

        Raises:
            BrokenContainerError: here the file is cut off or damaged.
        """
        target = memoryview(buffer)  # type: ignore[arg-type]
        while True:
            packed = b""
            if self._unpack.eof:
                packed = self._unpack.unused_data.lstrip(b"\0")  # xz pads with zeros
                self._unpack, self._is_begun = self._begin(), False
            if not packed and self._unpack.needs_input:
                packed = self._stream.read1(_PACKED)
                if not packed:
                    if self._is_begun:
                        raise BrokenContainerError(f"truncated_{self._name}", "the file breaks off: fetch it again")
                    return 0
            self._is_begun = True
            try:
                found = self._unpack.decompress(packed, len(target))
            except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
                raise BrokenContainerError(f"bad_{self._name}", f"{error}: fetch it again") from error
            if found:
                target[: len(found)] = found
                return len(found)
