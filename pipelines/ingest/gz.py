"""Gzip, around a file of any other format: member by member, so that a broken one need not be the end."""

import io
import zlib

from pipelines.ingest.piece import BrokenContainerError, Stream

MAGIC = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"  # with deflate, the only method there is (RFC 1952)
_PACKED = 64 * 1024
_UNPACKED = 1024 * 1024  # bytes unpacked at once: what a bomb can cost
_RESUMED = 1000  # times: a file with more damage than that is not what it seems, and may be made to take long


def is_gzip(head: bytes) -> bool:
    """Whether a file is packed by gzip."""
    return head.startswith(MAGIC)


def unpacked(stream: Stream) -> io.BufferedReader:
    """The packed file as a stream, its `raw` the `Members`; what is damaged shows while it is read.

    The stream's reads raise BrokenContainerError where the file is cut off or damaged; what came before has been given.
    """
    return io.BufferedReader(Members(stream), _UNPACKED)


class Members(io.RawIOBase):
    """The members of a gzip file, unpacked one behind the other (RFC 1952, 2.2)."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._packed = b""
        self._passed = b""  # what was unpacked last of this member: damage may have swallowed the next one's beginning
        self._member = _decompressor()
        self._inside = False
        self._resumed = 0
        self._step = _PACKED
        self._broken: BrokenContainerError | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Unpack into a buffer; 0 at the end.

        Raises:
            BrokenContainerError: here the file is cut off or damaged.
        """
        target = memoryview(buffer)  # type: ignore[arg-type]
        filled = 0
        while filled < len(target) and not self._broken:
            try:
                found = self._next(min(len(target) - filled, _UNPACKED))
            except BrokenContainerError as around:  # of the file that this one is packed in
                self._broken = around
                break
            if found is None:
                return filled
            target[filled : filled + len(found)] = found
            filled += len(found)
        if self._broken and not filled:
            raise self._broken
        return filled

    def _next(self, most: int) -> bytes | None:
        """Some bytes, or none before there are more to read; null at the end of the file."""
        if self._member.eof:
            self._packed = self._member.unused_data
            self._member, self._inside, self._passed = _decompressor(), False, b""
        if not self._inside:
            self._packed = self._packed.lstrip(b"\0")  # padding that tapes and disks leave
        if not self._packed:
            self._packed = self._stream.read1(_PACKED)
            if self._packed or not self._inside:
                return b"" if self._packed else None
            self._broken = BrokenContainerError("truncated_gzip", "the file ends before its end mark: fetch it again")
            return b""
        return self._unpack(most)

    def _unpack(self, most: int) -> bytes:
        """Unpack what was read; before damage in ever smaller steps, so that all is given that stands before it."""
        self._inside = True
        step, before = self._packed[: self._step], self._member.copy()
        try:
            found = self._member.decompress(step, most)
        except zlib.error as error:
            if len(step) == 1:
                self._broken = BrokenContainerError("bad_gzip", f"{error}: fetch it again")
            self._member, self._step = before, max(1, len(step) // 2)
            return b""
        self._packed = self._member.unconsumed_tail + self._packed[len(step) :]
        if self._member.eof and self._step < _PACKED:
            self._packed, self._member = self._member.unused_data + self._packed, _decompressor()
            self._inside, self._step, self._passed = False, _PACKED, b""
        elif not self._member.eof:
            used = len(step) - len(self._member.unconsumed_tail)
            self._passed = (self._passed + step[:used])[-_PACKED:]
        return found

    @property
    def is_broken(self) -> bool:
        """Whether reading stopped at damage."""
        return self._broken is not None

    def resume(self) -> bool:
        """Go on with what looks like the next member behind damage; false where there is none, or too much damage."""
        rest = (self._passed + self._packed).removeprefix(_MEMBER)
        self._passed = b""
        self._broken, self._inside, self._step, self._member = None, False, _PACKED, _decompressor()
        self._resumed += 1
        if self._resumed > _RESUMED:
            return False
        while (at := rest.find(_MEMBER)) < 0:
            more = self._stream.read1(_PACKED)
            if not more:
                self._packed = b""
                return False
            rest = rest[1 - len(_MEMBER) :] + more
        self._packed = rest[at:]
        return True


def _decompressor() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=31)
