"""CSV and TSV: a row an article, by the names in the first line (RFC 4180, and what spreadsheets make of it)."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import cast

from pipelines.clean import fields
from pipelines.clean.decode import decode
from pipelines.clean.rejected import Rejected
from pipelines.ingest import table
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream
from pipelines.settings import settings

_DELIMITERS = "\t;|,"
_SAMPLE = 64 * 1024
_HEADER = 4096  # bytes that the first line has at most
_NAME = re.compile(r"\w[\w .:/()#-]{0,63}")
_ROWS = 3  # that a table without known names has to have beside its header, all as wide
_REOPENED = 100  # quotes that are never closed, before the file is given up


csv.field_size_limit(2**31 - 1)  # one for the whole process; rows are limited by their lines instead


def is_csv(head: bytes) -> bool:
    """Whether a file is a table by its first lines.

    Its first line names columns: two of them fields of an article (or one that the settings name), or three at least,
    with rows as wide below.
    """
    first = head.lstrip(b"\r\n").partition(b"\n")[0]
    if len(first) > _HEADER or not any(sign.encode() in first for sign in _DELIMITERS):
        return False
    try:
        text = decode(head)[0]
    except Rejected:
        return False
    delimiter = _delimiter(text)
    rows = [row for row in _parsed(text, delimiter) if row]
    if len(rows) < 2 or len(rows[0]) < 2 or not _are_names(rows[0]):  # noqa: PLR2004 - a header and a row; two columns
        return False
    known = fields.known(rows[0], settings().fields)
    if len(known) > 1 or set(rows[0]) & set(settings().fields.values()):
        return True
    whole = rows[1:-1] if len(head) >= _SAMPLE // 8 else rows[1:]
    return len(rows[0]) > 2 and len(whole) >= _ROWS and all(len(row) == len(rows[0]) for row in whole)  # noqa: PLR2004 - as in the docstring


def _are_names(row: Sequence[str]) -> bool:
    names = [name.strip() for name in row]
    return len(set(names)) == len(names) and all(map(_NAME.fullmatch, names))


def _delimiter(text: str) -> str:
    """The sign that parts the first line into most columns."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([line], delimiter=sign), ())))


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """Each row as a JSON record; one that is not as wide as the header is a piece with its problem.

    Raises:
        BrokenContainerError: what the table is packed in is cut off, or too many quotes are never closed.
    """
    head = stream.peek(_SAMPLE)[:_SAMPLE]
    end = head.rfind(b"\n") + 1
    try:
        text, encoding = decode(head[:end] or head)
    except Rejected as refused:
        raise BrokenContainerError(refused.reason, refused.detail) from refused
    lines = _Lines(stream, encoding, limit)
    try:
        yield from _pieces(lines, _delimiter(text), limit)
    finally:
        lines.leave()


def _pieces(lines: "_Lines", delimiter: str, limit: int) -> Iterator[Piece]:
    rows = _rows(lines, delimiter)
    header = next((row for _, row in rows if any(row)), [])
    if isinstance(header, str):
        raise BrokenContainerError("bad_csv", f"in the line that names the columns: {header}")
    columns = [name.strip() for name in header]
    if problem := table.without_text(columns):
        yield problem
        return
    for line, row in rows:
        place = f"#L{line}"
        if isinstance(row, str):
            yield Piece(b"", "application/json", place, problem="bad_row", detail=row)
        elif len(row) != len(columns) and any(row):
            detail = f"the row has {len(row)} fields and the header {len(columns)}"
            content = "\n".join(row).encode("utf-8", "replace")[:limit]
            yield Piece(content, "text/plain", place, problem="bad_row", detail=detail)
        elif any(row):
            yield table.piece(dict(zip(columns, row, strict=True)), place, limit)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 behind a beginning that is: of another source, and then mostly in windows-1252."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  # nothing is encoded here
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("dateline_cp1252", _as_cp1252)


class _Lines:
    """The lines of a table, which can be put back: a quote that is never closed must not swallow the rest."""

    def __init__(self, stream: Stream, encoding: str, limit: int) -> None:
        self._text = io.TextIOWrapper(cast("io.BufferedReader", stream), encoding, "dateline_cp1252", newline="")
        self._limit = limit
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        if not self.number:
            line = line.removeprefix("\ufeff")
        self.taken.append(line)
        self.number += 1
        self._size += len(line)
        if self._size > self._limit:
            raise csv.Error(f"a row of more than {self._limit} characters")
        return line

    def leave(self) -> None:
        """Leave the stream open for who opened it."""
        self._text.detach()

    def begin(self) -> None:
        """A new row begins."""
        self.taken = []
        self._size = 0

    def put_back(self) -> None:
        """Give the lines of this row but the first again."""
        self.number -= len(self.taken) - 1
        self._back.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the number of the line that it begins in, or what is wrong with it."""
    reopened = 0
    while True:
        lines.begin()
        first = lines.number + 1
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.put_back()
            reopened += 1
            if reopened > _REOPENED:
                raise BrokenContainerError(
                    "bad_csv", f"{error}, more than {_REOPENED} times: export it anew"
                ) from error
            yield first, f"{error}: is a quote not closed or not doubled?"
        else:
            yield first, row
