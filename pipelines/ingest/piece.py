"""What a reader gives: one document's bytes, or what is wrong with them."""

from datetime import datetime
from typing import NamedTuple, Protocol

from pipelines.schemas import MediaType

HEAD = 8192  # bytes that a format is told by


class Stream(Protocol):
    """An open file that can be looked into without being read: a plain one, or one inside gzip."""

    def peek(self, size: int, /) -> bytes:
        """The next bytes, left where they are; fewer than asked for where they are not at hand."""
        ...

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""
        ...

    def read1(self, size: int, /) -> bytes:
        """Some of the next bytes; none at the end. What breaks behind them shows only when nothing stands before it."""
        ...

    def readline(self, size: int, /) -> bytes:
        """The next line, or so many bytes of it."""
        ...


class Piece(NamedTuple):
    """One document of a file.

    Attributes:
        content: its bytes, unchanged.
        media_type: what they are.
        place: where in the file it stands (`#L12`).
        url: the address it is said to come from.
        captured_at: when an archive captured it; null for now.
        content_type: what the server or the container declared it to be.
        stated: JSON object of what led to it says of it, keys as in `clean.articles`.
        problem: why it cannot be read.
        detail: what exactly is wrong.
    """

    content: bytes
    media_type: MediaType
    place: str = ""
    url: str | None = None
    captured_at: datetime | None = None
    content_type: str | None = None
    stated: str | None = None
    problem: str | None = None
    detail: str | None = None


class BrokenContainerError(Exception):
    """A container ends or breaks in the middle: `problem` is the reject's reason."""

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


class TooLargeError(BrokenContainerError):
    """A document is larger than what is taken in."""

    def __init__(self, limit: int) -> None:
        super().__init__("too_large", f"more than {limit // 2**20} MB; DATELINE_CAPTURE_MEGABYTES raises the limit")


def read_at_most(stream: Stream, limit: int) -> bytes:
    """The rest of a stream.

    Raises:
        TooLargeError: there are more than `limit` bytes; no more than that are ever held.
    """
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise TooLargeError(limit)
    return content
