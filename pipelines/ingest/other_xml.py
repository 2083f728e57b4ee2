"""XML of a vocabulary that is not read: told as such, rather than taken for a text."""

from collections.abc import Iterator

from pipelines.ingest.piece import Piece, Stream, read_at_most
from pipelines.ingest.xml_root import PROLOG, is_xml, root_of

_PAGE = frozenset(("html", "head", "body", "article", "div", "p", "svg"))


def is_other_xml(head: bytes) -> bool:
    """Whether a document declares itself to be XML, or its own type, and is no page."""
    root = root_of(head)
    return is_xml(head) and (root is None or root.name.lower() not in _PAGE)


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """The file as one piece with its problem."""
    content = read_at_most(stream, limit)
    root = root_of(content, PROLOG)
    what = f"XML of <{root.name[:40]}>" if root else "XML without an element in its first megabyte"
    detail = f"{what} is no format that is read: RSS, Atom, sitemaps, NITF and NewsML-G2 are"
    yield Piece(content, "application/octet-stream", problem="unknown_xml", detail=detail)
