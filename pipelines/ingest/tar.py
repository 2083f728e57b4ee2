"""Tar archives, read once from front to back (POSIX.1-2017, pax interchange format).

The standard library reads the headers, but not the archive: it takes one that is cut off or damaged behind its first
member for one that ends there.
"""

import io
import tarfile
from collections.abc import Callable, Iterator

from pipelines.ingest import member
from pipelines.ingest.member import Ahead, Inner
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream

_BLOCK = 512
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LONG_NAME = 64 * 1024
_SHOWN = 10


def is_tar(head: bytes) -> bool:
    """Whether a file is a tar archive by its first block, whose checksum fits."""
    return _header(head[:_BLOCK]) is not None


def read(stream: Stream, inner: Inner, is_wanted: Callable[[str], bool]) -> Iterator[Piece]:
    """The documents of the files in an archive, whatever their format; what is damaged is told and passed over.

    Raises:
        BrokenContainerError: the archive is cut off; what came before has been given.
    """
    ahead = Ahead(stream)
    name = None
    left: list[str] = []
    count = 0
    while (header := _next(ahead)) is not None:
        if isinstance(header, BrokenContainerError):
            yield Piece(b"", "application/octet-stream", problem=header.problem, detail=header.detail)
            continue
        part = _Part(ahead, header.size)
        if header.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
            name = _long_name(part, header) or name
        elif header.type not in (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE):
            own, name = name or header.name, None
            if header.type in _FILES and is_wanted(own):
                yield from member.pieces(part, own, inner)
                if part.is_cut:
                    return
            elif header.type in _FILES:
                count += 1
                left += [own] if len(left) < _SHOWN else []
        part.skip()
    if count:
        yield member.left_out(left, count)
    ahead.drain()


def _next(ahead: Ahead) -> tarfile.TarInfo | BrokenContainerError | None:
    """The next header, null at the end mark, or what stands in its place.

    Raises:
        BrokenContainerError: the file ends before the end mark.
    """
    block = ahead.take(_BLOCK)
    if len(block) < _BLOCK:
        raise _cut()
    if not block.strip(b"\0"):
        return None
    if header := _header(block):
        return header
    while len(block := ahead.look(_BLOCK)) == _BLOCK and _header(block) is None and block.strip(b"\0"):
        ahead.take(_BLOCK)
    return BrokenContainerError("bad_tar", "no member begins where one should: pack it anew")


def _cut() -> BrokenContainerError:
    return BrokenContainerError("truncated_tar", "the archive ends before its end mark: fetch it again")


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        found = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None
    return found if found.size >= 0 else None


def _long_name(part: "_Part", header: tarfile.TarInfo) -> str | None:
    """The name in a header of GNU's or of pax, for the member that comes next."""
    content = part.read(_LONG_NAME) or b""
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return content.rstrip(b"\0").decode("utf-8", "surrogateescape")
    # Records are `length keyword=value newline`
    found = next((record for record in content.split(b"\n") if b" path=" in record), b"")
    return found.partition(b" path=")[2].decode("utf-8", "surrogateescape") or None


class _Part(io.RawIOBase):
    """The bytes of one member."""

    def __init__(self, ahead: Ahead, size: int) -> None:
        self._ahead = ahead
        self._left = size
        self._padding = -size % _BLOCK
        self.is_cut = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """The next bytes.

        Raises:
            BrokenContainerError: the archive is cut off within the member.
        """
        target = memoryview(buffer)  # type: ignore[arg-type]
        if not self._left:
            return 0
        # until the next line says otherwise: it raises where what the archive is packed in breaks
        self.is_cut = True
        found = self._ahead.some(min(len(target), self._left))
        if not found:
            raise _cut()
        self.is_cut = False
        self._left -= len(found)
        target[: len(found)] = found
        return len(found)

    def skip(self) -> None:
        """Pass over what was not read, and the padding behind it.

        Raises:
            BrokenContainerError: the archive is cut off there.
        """
        self._left += self._padding
        self._padding = 0
        while self._left:
            found = self._ahead.some(min(member.PART, self._left))
            if not found:
                raise _cut()
            self._left -= len(found)
