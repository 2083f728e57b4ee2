"""Zip archives, read once from front to back by the headers before their members (PKWARE's APPNOTE, 4.3).

The directory at the end, from which the standard library reads, is lost where a file is cut off, and needs a file that
can be sought in; so it only serves to tell here that the archive is whole.
"""

import bz2
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from pipelines.ingest import member
from pipelines.ingest.member import PART, Ahead, Inner
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream

MAGIC = b"PK\x03\x04"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
_END, _END_SIZE = b"PK\x05\x06", 22
_DESCRIPTOR = b"PK\x07\x08"
_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _SIZE_BEHIND, _UTF8 = 1, 8, 0x800
_ZIP64, _LARGE = 1, 0xFFFFFFFF
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_RATIO = 200  # times as large as packed; text is 10 at most, and what is beyond is made to harm
_SHOWN = 10
_OFFICE = ("[Content_Types].xml", "mimetype", "_rels/.rels", "META-INF/MANIFEST.MF")


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


class _Entry(NamedTuple):
    """The header of a member; `size` is that of the packed bytes, null where it stands behind them."""

    name: str
    flags: int
    method: int
    crc: int
    size: int | None


def is_zip(head: bytes) -> bool:
    """Whether a file is a zip archive; an empty one has its end alone."""
    return head.startswith((MAGIC, _END))


def read(stream: Stream, limit: int, inner: Inner, is_wanted: Callable[[str], bool]) -> Iterator[Piece]:
    """The documents of the files in an archive, whatever their format; what is damaged is told and passed over.

    Raises:
        BrokenContainerError: the archive is cut off, an office document, or a bomb; what came before has been given.
    """
    ahead, budget = Ahead(stream), _Budget(limit)
    left: list[str] = []
    count = number = 0
    while (entry := _next(ahead)) is not None:
        number += 1
        if isinstance(entry, BrokenContainerError):
            yield Piece(b"", "application/octet-stream", f"#{number}", problem=entry.problem, detail=entry.detail)
            continue
        if number == 1 and entry.name in _OFFICE:
            raise BrokenContainerError("binary", "an office document, a book or a program: export it as PDF or text")
        part = _Member(ahead, entry, budget)
        if entry.name.endswith("/"):
            pass
        elif not is_wanted(entry.name):
            count += 1
            left += [entry.name] if len(left) < _SHOWN else []
        elif problem := _unreadable(entry):
            yield member.refused(entry.name, *problem)
        else:
            yield from member.pieces(part, entry.name, inner)
            if part.is_fatal:
                return
        part.skip()
    if count:
        yield member.left_out(left, count)
    if not ahead.seek((_END,)) or len(ahead.look(_END_SIZE)) < _END_SIZE:
        raise _cut()
    ahead.drain()


def _next(ahead: Ahead) -> _Entry | BrokenContainerError | None:
    """The header of the next member, or what stands in its place; null where the directory begins.

    Raises:
        BrokenContainerError: the archive is cut off.
    """
    if ahead.look(4) in _DIRECTORY:
        return None
    if len(ahead.look(_HEADER.size)) < _HEADER.size:
        raise _cut()
    if ahead.look(4) != MAGIC:
        if not ahead.seek((MAGIC, _DIRECTORY[0])):
            raise _cut()
        return BrokenContainerError("bad_zip", "no member begins where one should: fetch it again")
    _, _, flags, method, _, _, crc, packed, _, named, more = _HEADER.unpack(ahead.take(_HEADER.size))
    name, extra = ahead.take(named), ahead.take(more)
    if len(name) + len(extra) < named + more:
        raise _cut()
    text = name.decode("utf-8" if flags & _UTF8 or _is_utf8(name) else "cp437", "backslashreplace")
    size = None if flags & _SIZE_BEHIND else _large(extra) if packed == _LARGE else packed
    return _Entry(text, flags, method, crc, size)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _large(extra: bytes) -> int | None:
    """The packed size in a Zip64 field, behind the unpacked one."""
    while len(extra) >= 4:  # noqa: PLR2004 - tag and length
        tag, size = struct.unpack("<2H", extra[:4])
        if tag == _ZIP64 and size >= 16 and len(extra) >= 20:  # noqa: PLR2004 - two sizes of eight bytes
            return int(struct.unpack("<Q", extra[12:20])[0])
        extra = extra[4 + size :]
    return None


def _unreadable(entry: _Entry) -> tuple[str, str] | None:
    if entry.flags & _ENCRYPTED:
        return "encrypted", "the file is encrypted: unpack it with its password first"
    if entry.method not in (_STORED, _DEFLATED, _BZIP2):
        return "unknown_coding", f"the file is packed by method {entry.method}, which is not read: pack it by deflate"
    if entry.method == _STORED and entry.size is None:
        return "unknown_length", "the file is not packed and its length stands behind it: pack it by deflate"
    return None


def _cut() -> BrokenContainerError:
    return BrokenContainerError("truncated_zip", "the archive ends before its directory does: fetch it again")


class _Budget:
    """How much may come out of an archive for what goes in, members that share their bytes included."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.packed = 0
        self._unpacked = 0

    def spend(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            BrokenContainerError: there are more than any text gives.
        """
        self._unpacked += size
        if self._unpacked > self._limit and self._unpacked > _RATIO * self.packed:
            raise BrokenContainerError("bomb", f"it unpacks to more than {_RATIO} times its size")


class _Member(io.RawIOBase):
    """The bytes of one member, unpacked.

    Attributes:
        is_fatal: whether nothing can be read behind it, since the archive is cut off or a bomb.
    """

    def __init__(self, ahead: Ahead, entry: _Entry, budget: _Budget) -> None:
        self._ahead = ahead
        self._entry = entry
        self._budget = budget
        self._left = entry.size
        self._crc = 0
        self._last = b""
        self._is_unpacked = self._is_done = self.is_fatal = False
        self._broken: BrokenContainerError | None = None
        self._deflate = zlib.decompressobj(-15) if entry.method == _DEFLATED else None
        self._bzip2 = bz2.BZ2Decompressor() if entry.method == _BZIP2 else None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Unpack into a buffer; 0 at the end.

        Raises:
            BrokenContainerError: the member is damaged or cut off, or the archive is a bomb.
        """
        target = memoryview(buffer)  # type: ignore[arg-type]
        while not self._is_done and not self._broken:
            try:
                found = self._some(len(target))
            except (zlib.error, OSError, EOFError, ValueError) as error:
                self._broken = BrokenContainerError("bad_zip", f"{error}: fetch it again")
                if self._left is None:
                    self._ahead.back(self._last)  # it may hold the next members
            except BrokenContainerError as broken:
                self._broken = broken
                self.is_fatal = broken.problem != "bad_zip"
            else:
                target[: len(found)] = found
                if found:
                    return len(found)
        if self._broken:
            raise self._broken
        return 0

    def _some(self, most: int) -> bytes:
        """Some bytes, or none before there are more; at the end, the checksum is compared."""
        if self._is_unpacked:
            self._is_done = True
            self._compare()
            return b""
        if self._deflate:
            found = self._deflate.decompress(self._deflate.unconsumed_tail or self._packed(PART), most)
            self._end_of(self._deflate)
        elif self._bzip2:
            found = self._bzip2.decompress(self._packed(PART) if self._bzip2.needs_input else b"", most)
            self._end_of(self._bzip2)
        else:
            found = self._packed(most) if self._left else b""
            self._is_unpacked = not self._left
        self._crc = zlib.crc32(found, self._crc)
        self._budget.spend(len(found))
        return found

    def _packed(self, most: int) -> bytes:
        if self._left == 0:
            raise EOFError("the member ends before its packed bytes do")
        found = self._ahead.some(most if self._left is None else min(most, self._left))
        if not found:
            raise _cut()
        if self._left is not None:
            self._left -= len(found)
        self._budget.packed += len(found)
        self._last = found
        return found

    def _end_of(self, made: _Decompressor) -> None:
        if made.eof:
            self._is_unpacked = True
            self._ahead.back(made.unused_data)
            self._budget.packed -= len(made.unused_data)
            self._left = None if self._left is None else self._left + len(made.unused_data)

    def _compare(self) -> None:
        expected = _descriptor(self._ahead) if self._entry.flags & _SIZE_BEHIND else self._entry.crc
        if self._crc != expected:
            raise BrokenContainerError("bad_zip", "its checksum is another: fetch it again")

    def skip(self) -> None:
        """Pass over what was not read.

        Raises:
            BrokenContainerError: the archive is cut off there, or a bomb.
        """
        if self._left is None and not self._is_done:
            try:
                while not _unreadable(self._entry) and self.read(PART):
                    pass
            except BrokenContainerError:
                if self.is_fatal:
                    raise
            if not self._is_done and not self._ahead.seek((MAGIC, _DIRECTORY[0])):
                raise _cut()
        while self._left:
            found = self._ahead.some(min(PART, self._left))
            if not found:
                raise _cut()
            self._left -= len(found)


def _descriptor(ahead: Ahead) -> int:
    """Pass over what tells of a member's sizes behind it; gives the checksum."""
    begin = len(_DESCRIPTOR) if ahead.look(len(_DESCRIPTOR)) == _DESCRIPTOR else 0
    found = ahead.look(begin + 24)
    size = begin + (20 if found[begin + 12 : begin + 14] != b"PK" and found[begin + 20 :][:2] == b"PK" else 12)
    if len(ahead.take(size)) < size:
        raise _cut()
    return int.from_bytes(found[begin : begin + 4], "little")
