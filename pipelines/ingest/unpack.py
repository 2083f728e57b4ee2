"""A response's body, unpacked as it comes, never more of it than is taken."""

import zlib
from collections.abc import Iterable

ACCEPTED = "gzip, deflate"


class TooMuchError(Exception):
    """The body is larger than what is taken, packed or unpacked."""


class BadEncodingError(Exception):
    """The body is not packed as its headers say, or in a way that was not asked for."""


def body(chunks: Iterable[bytes], encoding: str, limit: int) -> tuple[bytes, int]:
    """The body, unpacked, and the bytes that came over the wire.

    Raises:
        TooMuchError: it has more than `limit` bytes; no more than that are ever held.
        BadEncodingError: it is damaged or cut off, or its encoding is neither gzip nor deflate.
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if names not in ([], ["gzip"], ["x-gzip"], ["deflate"]):
        raise BadEncodingError(f"encoded as {encoding[:80]!r}, which was not asked for")
    unpacker = _Unpacker(limit) if names else None
    out = bytearray()
    wire = 0
    for chunk in chunks:
        wire += len(chunk)
        out += unpacker.more(chunk, limit - len(out)) if unpacker else chunk
        if max(wire, len(out)) > limit:
            raise TooMuchError(f"more than {limit // 2**20} MB; DATELINE_FETCH_MEGABYTES raises the limit")
    if unpacker and wire and not unpacker.whole:
        raise BadEncodingError("the packed body is cut off")
    return bytes(out), wire


class _Unpacker:
    """zlib, for gzip, zlib and the bare deflate that some servers send under that name (RFC 9110, 8.4.1.2)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inner = zlib.decompressobj(wbits=47)
        self._first = True

    @property
    def whole(self) -> bool:
        return self._inner.eof

    def more(self, chunk: bytes, room: int) -> bytes:
        """What the chunk unpacks to, at most one byte more than there is room for."""
        try:
            made = self._inner.decompress(chunk, room + 1)
        except zlib.error as error:
            if not self._first:
                raise BadEncodingError(f"the packed body is damaged: {error}") from None
            self._inner, self._first = zlib.decompressobj(wbits=-15), False
            return self.more(chunk, room)
        self._first = False
        return made
