"""Members of archives: a stream to look ahead in, and the documents of one member under its name."""

import io
from collections.abc import Callable, Iterator

from pipelines.ingest.piece import BrokenContainerError, Piece, Stream

Inner = Callable[[Stream], Iterator[Piece]]  # the documents of a stream of any format
PART = 64 * 1024
_NAME = 500  # characters of a name that are kept


class Ahead:
    """A stream from which bytes can be taken and put back."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held = b""

    def look(self, size: int) -> bytes:
        """The next bytes, left where they are; fewer at the end."""
        while len(self._held) < size and (more := self._stream.read1(max(PART, size))):
            self._held += more
        return self._held[:size]

    def take(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        found = self.look(size)
        self._held = self._held[size:]
        return found

    def some(self, most: int = PART) -> bytes:
        """What is at hand of the next bytes; none at the end."""
        if not self._held:
            return self._stream.read1(most)
        found, self._held = self._held[:most], self._held[most:]
        return found

    def drain(self) -> None:
        """Pass over the rest: what it is packed in shows only there whether it is whole."""
        while self.some():
            pass

    def back(self, content: bytes) -> None:
        """Put bytes back that were taken."""
        self._held = content + self._held

    def seek(self, marks: tuple[bytes, ...]) -> bool:
        """Pass over bytes up to the next of some marks of one length; false where there is none."""
        size = len(marks[0])
        while len(window := self.look(PART)) >= size:
            at = min((found for mark in marks if (found := window.find(mark)) >= 0), default=-1)
            if at >= 0:
                self.take(at)
                return True
            self.take(max(1, len(window) - size + 1))
        return False


def pieces(member: io.RawIOBase, name: str, inner: Inner) -> Iterator[Piece]:
    """The documents of a member, their place begun by its name; what breaks it is a piece with its problem."""
    place = named(name)
    try:
        for piece in inner(io.BufferedReader(member, PART)):
            yield piece._replace(place=place + piece.place)
    except BrokenContainerError as broken:
        yield refused(name, broken.problem, broken.detail)


def refused(name: str, problem: str, detail: str) -> Piece:
    """A member that cannot be read."""
    return Piece(b"", "application/octet-stream", named(name), problem=problem, detail=detail)


def named(name: str) -> str:
    """A member's name as a place: a label, never a path that anything is written to."""
    return f"!{_printable(name)}"


def _printable(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")[:_NAME]


def left_out(names: list[str], count: int) -> Piece:
    """What tells of the members that are not taken for their names."""
    shown = ", ".join(map(_printable, names)) + (" ..." if count > len(names) else "")
    detail = f"{count} files whose names are not of a news format: {shown}"[:2000]
    return Piece(b"", "application/octet-stream", "#left", problem="left_out", detail=detail)
