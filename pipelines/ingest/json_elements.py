"""JSON in one document: the elements of a list, each with its bytes, however long the list is."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from pipelines.clean.fields import FIELDS, key
from pipelines.ingest.piece import BrokenContainerError, Stream

LISTS = frozenset(("articles", "items", "data", "results", "docs", "news", "documents", "entries", "records", "hits"))
_AROUND = frozenset(("response", "data", "result", "results", "hits"))  # objects in which such a list may stand
_TEXT = frozenset(key(name) for field in ("text", "html") for name in FIELDS[field])
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+("?)|[{}\[\],:]', re.DOTALL)
_IN_LIST = 2  # depth of the lists in an object of lists, as Fundus writes them: articles by their publishers
_PART = 256 * 1024
_NAME = 200  # bytes of a key that are looked at


class Element(NamedTuple):
    """A value of a document: its number in the list from 1, or 0 for the document itself; null where it is too long."""

    number: int
    content: bytes | None


def elements(stream: Stream, limit: int) -> Iterator[Element]:
    """The values in a list of articles, which may stand in an object that has no text itself; else the object.

    An object that holds nothing but lists, the first of an article, is all of these lists.

    Raises:
        BrokenContainerError: the document breaks off or is followed by something else; what came before has been given.
    """
    yield from _Scan(stream, limit).elements()


def begins_list(head: bytes) -> bool:
    """Whether a document is a list of articles, or an object that has one, as far as its first bytes show."""
    scan = _Scan(io.BufferedReader(io.BytesIO(head)), len(head))
    with suppress(BrokenContainerError):
        for _ in scan.elements():
            pass
    return scan.has_list


class _Scan:
    """A document on its way: what of it is held, how deep it stands, and the keys that lead there."""

    def __init__(self, stream: Stream, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._held = b""  # bytes of the value on its way
        self._at = 0  # up to where they have been read
        self._is_long = False
        self._keys: list[bytes | None] = []  # of the objects around, the last key of each; null for a list
        self._list = 0  # depth of the list whose elements are given; 0 outside of one
        self._number = 0
        self._first: int | None = None  # where the first element of a list by another name begins
        self._has_text = self._first_has_text = self._is_closed = self.has_list = False
        self._only_lists = True

    def elements(self) -> Iterator[Element]:
        """What the document gives, in its order; several documents one behind the other are as good as one."""
        last = b""
        while token := self._token():
            if len(self._keys) == 1 and last == b":" and token != b"[":
                self._only_lists = False
            if token in b"{[":
                self._open(token, last)
            elif not self._keys:
                raise BrokenContainerError("bad_json", "something follows the end of the document")
            elif token in b"}]":
                yield from self._close(token)
            elif token == b"," and len(self._keys) == self._list:
                yield from self._plain()
            elif token[:1] == b'"' and self._keys[-1] is not None and last in (b"{", b","):
                self._keys[-1] = token[1:-1][:_NAME]
                self._note(_bare(self._keys[-1]) in _TEXT)
            last = token
        if self._keys or not self._is_closed:
            raise BrokenContainerError("truncated_json", "the file ends before the document does: fetch it again")
        if self._held.strip():
            raise BrokenContainerError("bad_json", "something follows the end of the document")

    def _note(self, is_text: bool) -> None:  # noqa: FBT001 - of the key that was just read
        depth = len(self._keys)
        self._has_text = self._has_text or (is_text and depth == 1)
        self._first_has_text = self._first_has_text or (is_text and depth == _IN_LIST + 1)

    def _token(self) -> bytes:
        """The next string or sign; none at the end of the file. What was read is kept up to the limit."""
        while True:
            found = _TOKEN.search(self._held, self._at)
            if found and found[1] != b"":
                self._at = found.end()
                return found[0]
            self._at = found.start() if found else len(self._held)  # a string on its way is read again with the rest
            if len(self._held) > self._limit:
                self._forget()
            if not self._more(max(_PART, len(self._held) - self._at)):
                return b""

    def _more(self, size: int) -> bool:
        parts: list[bytes] = []
        while size > 0 and (part := self._stream.read1(size)):
            parts.append(part)
            size -= len(part)
        self._held += b"".join(parts)
        return bool(parts)

    def _forget(self) -> None:
        """Leave the value on its way out, which is longer than the limit, but for a string that is not closed yet."""
        self._is_long, self._first = True, None
        self._held, self._at = self._held[self._at :], 0
        if len(self._held) > self._limit:  # the string is too long itself; its last byte may be half of an escape
            backslashes = len(self._held) - len(self._held.rstrip(b"\\"))
            self._held = b'"' + b"\\" * (backslashes % 2)

    def _open(self, token: bytes, last: bytes) -> None:
        is_list = token == b"["
        if not self._keys:
            self._has_text = self._is_closed = False
            self._only_lists = True
        if is_list and not self._list and self._is_articles(last):
            self._list = len(self._keys) + 1
            self.has_list = True
            self._begin()
        elif not self._list and len(self._keys) == _IN_LIST and last == b"[" and self._only_lists:
            self._first, self._first_has_text = self._at - 1, False
        self._keys.append(None if is_list else b"")

    def _is_articles(self, last: bytes) -> bool:
        if not self._keys:
            return True
        *around, name = map(_bare, self._keys)
        return last == b":" and not self._has_text and name in LISTS and all(k in _AROUND for k in around)

    def _close(self, token: bytes) -> Iterator[Element]:
        if (self._keys[-1] is None) != (token == b"]"):
            raise BrokenContainerError("bad_json", f"a {token.decode()} closes what was not opened")
        if len(self._keys) == self._list:
            yield from self._plain()
            self._list = 0
        self._keys.pop()
        if self._first is not None and len(self._keys) == _IN_LIST:
            self._take_first()
        if self._list and len(self._keys) == self._list:
            yield self._made(self._at)
        elif not self._keys:
            if not self.has_list:
                made = self._made(self._at)
                yield made._replace(number=made.number if made.number > 1 else 0)
            self._is_closed = True
            self._begin()

    def _take_first(self) -> None:
        """Whether the first element of a list by another name is an article decides of the list."""
        if self._first is not None and self._first_has_text:
            self._held, self._at = self._held[self._first :], self._at - self._first
            self._list, self.has_list = _IN_LIST, True
        self._first = None

    def _plain(self) -> Iterator[Element]:
        """What stands before a comma or the end of the list, and was no object."""
        if self._is_long or self._held[: self._at - 1].strip():
            yield self._made(self._at - 1)
        self._begin()

    def _made(self, end: int) -> Element:
        self._number += 1
        content = self._held[:end].strip()
        is_long = self._is_long or len(content) > self._limit
        self._begin()
        return Element(self._number, None if is_long else content)

    def _begin(self) -> None:
        self._held, self._at, self._is_long = self._held[self._at :], 0, False


def _bare(name: bytes | None) -> str:
    return key((name or b"").decode("utf-8", "replace"))
