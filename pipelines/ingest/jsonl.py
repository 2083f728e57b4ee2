"""JSON lines: an export of many articles, one object a line."""

import json
from collections.abc import Iterator

from pipelines.clean.fields import string
from pipelines.ingest.piece import Piece, Stream


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """Each line as a piece, its bytes unchanged; a broken line is a piece with its problem."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if line.strip():
            yield record(line.rstrip(b"\r\n"), f"#L{number}", limit)
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)


def record(line: bytes, place: str, limit: int) -> Piece:
    """An object of an export as a piece, with its problem if it is none."""
    if len(line) > limit:
        return Piece(b"", "application/json", place, problem="too_large", detail=f"a line of over {limit} bytes")
    try:
        found = json.loads(line)
    except ValueError as error:
        return Piece(line, "application/json", place, problem="bad_json", detail=str(error)[:200])
    except RecursionError:
        return Piece(line, "application/json", place, problem="bad_json", detail="nested too deep")
    if not isinstance(found, dict):
        return Piece(line, "application/json", place, problem="bad_json", detail="this is no JSON object")
    return Piece(line, "application/json", place, string(found.get("url")))


def is_jsonl(head: bytes) -> bool:
    """Whether a file is JSON lines by its first bytes: they begin an object with a quoted key."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096]
    return start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}"))
