"""NITF 3.x, the markup of wire stories (https://iptc.org/standards/nitf/)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from lxml import etree

from pipelines.clean import fields, untrusted_xml
from pipelines.clean.characters import one_line
from pipelines.clean.document import Document
from pipelines.clean.media import iptc, pages, status
from pipelines.clean.rejected import Rejected
from pipelines.clean.untrusted_xml import local
from pipelines.schemas import Capture

# Elements of a body by what a page calls them; what is in none of them is text within a paragraph.
_BLOCKS = {
    "p": "p", "hl2": "h2", "ul": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt", "dd": "dd", "table": "table",
    "tr": "tr", "td": "td", "th": "th", "caption": "caption", "bq": "blockquote", "pre": "pre", "block": "section",
}  # fmt: skip
_LEFT_OUT = frozenset(("media", "nitf-table-metadata", "custom-table", "note", "datasource", "credit"))


class Story(NamedTuple):
    """A story: markup of its body, and what the file states of it, keys as in `Document.given`."""

    body: str
    given: Mapping[str, Any]


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a NITF file.

    Raises:
        Rejected: `withdrawn` or `embargoed`; `no_text`; or the XML is broken or unsafe.
    """
    text, encoding = untrusted_xml.decoded(capture["content"])
    found = story(untrusted_xml.tree(text), capture["captured_at"])
    if not found.body:
        raise Rejected("no_text", "the NITF file has no body.content with text")
    markup = pages.of_markup(found.given.get("title"), found.body)
    return Document(markup, url=capture["url"], given=found.given, latest=capture["captured_at"]), encoding


def story(root: etree._Element, captured_at: datetime) -> Story:
    """The story of a `nitf` element, which may stand in a NewsML-G2 item.

    Raises:
        Rejected: `withdrawn` or `embargoed`.
    """
    named = _by_name(root)
    management = _attribute(named, "docdata", "management-status")
    status.refuse_withdrawn(management)
    release = _attribute(named, "date.release", "norm")
    status.refuse_embargoed(release or ("" if management == "embargoed" else None), captured_at)
    body = "".join(_markup(part) for part in named.get("body.content", ()))
    return Story(body if any(c.isalnum() for c in body) else "", _given(named, release))


def _given(named: Mapping[str, list[etree._Element]], release: str | None) -> Mapping[str, Any]:
    heads = [_text(line) for line in named.get("hl2", ()) if _is_in(line, "hedline")]
    issued = [_attribute(named, "date.issue", "norm"), release, _attribute(named, "story.date", "norm")]
    published = [*issued, _attribute(named, "pubdata", "date.publication")]
    revised = [revision.get("norm") for revision in reversed(named.get("revision-history", ()))]
    return iptc.stated(
        title=_said(named, "hl1") or _said(named, "title"),
        subtitle=next(filter(None, heads), None),
        authors=iptc.authors(name for line in named.get("byline", ()) for name in _credited(line)),
        dateline=iptc.place(_place(named)),
        publisher=_attribute(named, "pubdata", "name"),
        section=_attribute(named, "pubdata", "position.section"),
        language=fields.language(_language(named)),
        **iptc.providers(_said(named, "distributor"), _attribute(named, "doc.rights", "provider")),
        **iptc.times(published, revised),
    )


def _by_name(root: etree._Element) -> dict[str, list[etree._Element]]:
    named: dict[str, list[etree._Element]] = {}
    for element in root.iter():
        named.setdefault(local(element), []).append(element)
    return named


def _attribute(named: Mapping[str, list[etree._Element]], element: str, name: str) -> str | None:
    return next((value for found in named.get(element, ()) if (value := found.get(name))), None)


def _said(named: Mapping[str, list[etree._Element]], name: str) -> str | None:
    return next(filter(None, map(_text, named.get(name, ()))), None)


def _text(element: etree._Element, without: Iterable[str] = ()) -> str:
    return one_line("".join(_texts(element, frozenset(without))))


def _texts(element: etree._Element, without: frozenset[str]) -> Iterator[str]:
    if isinstance(element.tag, str) and local(element) not in without:
        yield element.text or ""
        for child in element:
            yield from _texts(child, without)
            yield child.tail or ""


def _is_in(element: etree._Element, name: str) -> bool:
    return any(local(parent) == name for parent in element.iterancestors())


def _credited(line: etree._Element) -> Iterator[str]:
    """The people of a byline; where none is marked up, its text without their titles."""
    people = [_text(person, ("function",)) for person in line.iter() if local(person) == "person"]
    yield from people or [_text(line, ("byttl", "virtloc"))]


def _place(named: Mapping[str, list[etree._Element]]) -> str | None:
    """The dateline's place: its location, or all of it without its date."""
    line = next(iter(named.get("dateline", ())), None)
    if line is None:
        return None
    marked = next((element for element in line.iter() if local(element) == "location"), None)
    return _text(line, ("story.date",)) if marked is None else _text(marked)


def _language(named: Mapping[str, list[etree._Element]]) -> str | None:
    root = named["nitf"][0] if "nitf" in named else None
    return None if root is None else root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("baselang")


def _markup(element: etree._Element) -> str:
    """A body as markup of a page; pictures with their captions are none of it."""
    parts = [escape(element.text or "")]
    for child in element:
        name = local(child)
        if name and name not in _LEFT_OUT:
            tag = _BLOCKS.get(name)
            inside = "<br/>" if name == "br" else _markup(child)
            parts.append(f"<{tag}>{inside}</{tag}>" if tag else inside)
        parts.append(escape(child.tail or ""))
    return "".join(parts)
