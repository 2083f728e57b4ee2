"""NITF files, and NewsML-G2: one item, or a message with many."""

from collections.abc import Iterator

from lxml import etree

from pipelines.clean import untrusted_xml
from pipelines.clean.rejected import Rejected
from pipelines.clean.untrusted_xml import local
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream, read_at_most
from pipelines.ingest.xml_root import PROLOG, root_of
from pipelines.schemas import MediaType

_ITEM: MediaType = "application/vnd.iptc.g2.newsitem+xml"
_OTHERS = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")


def is_newsml(head: bytes) -> bool:
    """Whether a document is NITF, or an item or a message of NewsML-G2, by its first element."""
    root = root_of(head)
    return root is not None and root.name in ("nitf", "newsItem", "newsMessage", *_OTHERS)


def read(stream: Stream, limit: int) -> Iterator[Piece]:
    """A NITF file or a news item with its bytes; the items of a message each on its own, its place `#item1` on.

    Of a message's items, one with the identifier and the version of an earlier one is a copy, and other than news items
    hold no news: both are told.

    Raises:
        BrokenContainerError: a message is damaged, unsafe or empty.
    """
    content = read_at_most(stream, limit)
    root = root_of(content, PROLOG)
    name = root.name if root else ""
    if name == "newsMessage":
        yield from _items(content)
    elif name in _OTHERS:
        yield _other(content, "", name)
    else:
        yield Piece(content, "application/nitf+xml" if name == "nitf" else _ITEM)


def _items(content: bytes) -> Iterator[Piece]:
    try:
        message = untrusted_xml.tree(untrusted_xml.source(content))
    except Rejected as refused:
        raise BrokenContainerError(refused.reason, refused.detail) from None
    items = [item for group in message if local(group) == "itemSet" for item in group if local(item)]
    if not items:
        raise BrokenContainerError("no_entries", "a NewsML-G2 message without any item")
    seen: set[tuple[str, str]] = set()
    for number, item in enumerate(items, 1):
        place, key = f"#item{number}", (item.get("guid") or "", item.get("version") or "")
        own = etree.tostring(item, encoding="utf-8", with_tail=False)
        if local(item) != "newsItem":
            yield _other(own, place, local(item))
        elif key[0] and key in seen:
            detail = f"{key[0][:200]} in version {key[1]} stands before it in this message"
            yield Piece(own, _ITEM, place, problem="copy", detail=detail)
        else:
            seen.add(key)
            yield Piece(own, _ITEM, place)


def _other(content: bytes, place: str, name: str) -> Piece:
    return Piece(
        content, "application/octet-stream", place, problem="not_news", detail=f"a {name}, which holds no text"
    )
