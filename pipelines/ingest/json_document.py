"""A JSON document: one article, a list of them, or an object with such a list, as programs and services write them."""

import json
from collections.abc import Iterator

from pipelines.ingest import json_elements, jsonl
from pipelines.ingest.piece import Piece, Stream, TooLargeError

_MARK = b"\xef\xbb\xbf"


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """Each article as a piece, its bytes unchanged; a broken one is a piece with its problem.

    Raises:
        BrokenContainerError: the document breaks off; what came before has been given.
    """
    if stream.peek(len(_MARK)).startswith(_MARK):
        stream.read(len(_MARK))
    count = 0
    for number, content in json_elements.elements(stream, limit):
        count += 1
        place = f"#{number}" if number else ""
        if content is None:
            large = TooLargeError(limit)
            yield Piece(b"", "application/json", place, problem=large.problem, detail=large.detail)
        else:
            yield jsonl.record(content, place, limit)
    if not count:
        yield Piece(b"", "application/json", problem="empty", detail="the document has a list without articles")


def is_json(head: bytes) -> bool:
    """Whether a file is a JSON document, rather than JSON lines, by its first bytes."""
    start = head.removeprefix(_MARK).lstrip()
    if start.startswith(b"["):
        return start[1:].lstrip()[:1] in (b"{", b"]")
    if not jsonl.is_jsonl(head):
        return False
    line, end, rest = start.partition(b"\n")
    if end and _is_object(line):
        return json_elements.begins_list(line)
    return not rest.lstrip().startswith(b"{") if end else json_elements.begins_list(start)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
