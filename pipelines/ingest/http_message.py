"""An HTTP response as an archive keeps it: its status, its headers, and its body as a browser would read it."""

import re
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

import brotli

from pipelines.ingest.piece import TooLargeError

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b", re.IGNORECASE)
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")  # RFC 9112, 7.1


class Message(NamedTuple):
    """A response.

    Attributes:
        status: its code; null where the first line is no status line.
        headers: by their names in lower case; of several of one name the first.
        body: as it was kept, with chunks and compression.
    """

    status: int | None
    headers: Mapping[str, str]
    body: bytes


class Body(NamedTuple):
    """A response's body, unpacked.

    Attributes:
        content: what a browser would show.
        unchunked: without chunks, but still compressed: HTTP's payload, of which digests are taken.
        is_whole: whether nothing says that it was cut off.
    """

    content: bytes
    unchunked: bytes
    is_whole: bool


class UnknownCodingError(ValueError):
    """The body is compressed in a way that is not read here."""


def parse(block: bytes) -> Message:
    """The parts of a response; one without an empty line has headers alone."""
    end = _END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = head.splitlines()[:1000] or [b""]
    status = _STATUS.match(first)
    return Message(int(status[1]) if status else None, fields(lines), body)


def fields(lines: list[bytes]) -> dict[str, str]:
    """Header fields by their names in lower case, of several of one name the first; folded lines are joined."""
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace")
        if line[:1] in (b" ", b"\t"):
            found |= {name: f"{found[name]} {text.strip()}"} if name in found else {}
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        found.setdefault(name, value.strip())
    return found


def body(message: Message, limit: int) -> Body:
    """The body without chunks and compression.

    What the headers declare is believed where the bytes bear it out: Common Crawl's news archives until May 2019 hold
    plain bodies under the headers of the packed ones (github.com/commoncrawl/news-crawl, issue 30).

    Raises:
        UnknownCodingError: it is compressed in another way than gzip, deflate and brotli.
        TooLargeError: it is larger than `limit` bytes.
    """
    unchunked, is_whole = message.body, True
    if "chunked" in message.headers.get("transfer-encoding", "").lower() and _CHUNK.match(message.body):
        unchunked, is_whole = _joined(message.body)
    content = unchunked
    for coding in reversed(message.headers.get("content-encoding", "").lower().split(",")):
        if (name := coding.strip()) not in ("", "identity"):
            content, ended = _unpacked(content, name, limit)
            is_whole = is_whole and ended
    if len(content) > limit:
        raise TooLargeError(limit)
    return Body(content, unchunked, is_whole)


def _joined(chunked: bytes) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(chunked, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts), True
        parts.append(chunked[size.end() : size.end() + length])
        at = size.end() + length
        at += len(b"\r\n") if chunked.startswith(b"\r\n", at) else chunked.startswith(b"\n", at)
    return b"".join(parts), False


def _unpacked(packed: bytes, coding: str, limit: int) -> tuple[bytes, bool]:
    """The bytes unpacked, and whether they come to their end; what is not packed as it says is left as it is."""
    if coding not in _CODINGS:
        raise UnknownCodingError(coding)
    for unpack in _CODINGS[coding]:
        found = unpack(packed, limit)
        if found is not None:
            if len(found[0]) > limit:
                raise TooLargeError(limit)
            return found
    return packed, True


def _zlib(wbits: int) -> Callable[[bytes, int], tuple[bytes, bool] | None]:
    def unpack(packed: bytes, limit: int) -> tuple[bytes, bool] | None:
        made = zlib.decompressobj(wbits)
        try:
            return made.decompress(packed, limit + 1), made.eof
        except zlib.error:
            return _by_steps(zlib.decompressobj(wbits).decompress, packed, limit)

    return unpack


def _by_steps(unpack: Callable[[bytes], bytes], packed: bytes, limit: int) -> tuple[bytes, bool] | None:
    """What can be unpacked before damage; null where that is nothing."""
    found, size, step = [], 0, len(packed) // 4096 + 1
    try:
        for at in range(0, len(packed), step):
            found.append(unpack(packed[at : at + step]))
            size += len(found[-1])
            if size > limit:
                break
    except (zlib.error, brotli.error):
        pass
    return (b"".join(found), False) if size else None


def _brotli(packed: bytes, limit: int) -> tuple[bytes, bool] | None:
    made = brotli.Decompressor()
    try:
        content = made.process(packed, output_buffer_limit=limit + 1)
    except brotli.error:
        return _by_steps(brotli.Decompressor().process, packed, limit)
    return content, made.is_finished()


_CODINGS = {
    "gzip": (_zlib(31),),
    "x-gzip": (_zlib(31),),
    "deflate": (_zlib(15), _zlib(-15)),  # servers send both, RFC 9110 means the first
    "br": (_brotli,),
}
