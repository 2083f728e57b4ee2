"""The first element of an XML document, by which its format is told."""

import re
from typing import NamedTuple

from pipelines.ingest.piece import HEAD

_BEFORE = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[\"']|\"[^\"]*\"|'[^']*'|\[[^\]]*\])*>)*+", re.DOTALL | re.IGNORECASE
)
_DECLARED = re.compile(r"\s*(?:<\?xml\s|(?><!--.*?-->\s*)*+<!DOCTYPE\s(?!\s*html\b))", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^<]*)")


PROLOG = 2**20  # bytes before the first element of a document that is at hand


class Root(NamedTuple):
    """The first element: its name without prefix, and its attributes as written, as far as they are at hand."""

    name: str
    attributes: str


def root_of(content: bytes, size: int = HEAD) -> Root | None:
    """The first element after byte order mark, declaration, instructions, comments and document type.

    Null where none begins in the first `size` bytes.
    """
    text = _text(content[:size])
    found = _ELEMENT.match(text, _BEFORE.match(text).end())  # type: ignore[union-attr]
    return Root(found[1], found[2].partition(">")[0]) if found else None


def is_xml(head: bytes) -> bool:
    """Whether a document declares itself to be XML, or the type of a document that is no HTML."""
    return _DECLARED.match(_text(head[:HEAD])) is not None


def _text(head: bytes) -> str:
    """Markup is ASCII: without the NULs of UTF-16 it can be read in whichever order its bytes stand."""
    if b"\0" in head[:64]:
        head = head.replace(b"\0", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.decode("latin-1")
