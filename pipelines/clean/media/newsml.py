"""A NewsML-G2 news item (https://iptc.org/std/NewsML-G2/specification/): its text, and what its metadata state."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lxml import etree

from pipelines.clean import fields, untrusted_xml
from pipelines.clean.characters import one_line
from pipelines.clean.document import Document
from pipelines.clean.media import iptc, nitf, pages, status
from pipelines.clean.rejected import Rejected
from pipelines.clean.untrusted_xml import local
from pipelines.schemas import Capture

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a news item.

    Raises:
        Rejected: `withdrawn` or `embargoed`; `no_text` where it carries pictures, or only says where its text is; or
            the XML is broken or unsafe.
    """
    source, encoding = untrusted_xml.decoded(capture["content"])
    item = untrusted_xml.tree(source)
    _refuse_unpublished(item, capture["captured_at"])
    body, text, inner = _content(item, capture["captured_at"])
    given = {**inner, **_given(item)}
    if not (body or text):
        raise Rejected("no_text", _without_text(item))
    title = given.get("title")
    html = pages.of_markup(title, body) if body else pages.of_text(title, text)
    return Document(html, url=capture["url"], given=given, latest=capture["captured_at"]), encoding


def _refuse_unpublished(item: etree._Element, captured_at: datetime) -> None:
    state = _one(item, "itemMeta", "pubStatus")
    status.refuse_withdrawn(None if state is None else state.get("qcode") or state.get("uri"))
    embargo = _one(item, "itemMeta", "embargoed")
    status.refuse_embargoed(None if embargo is None else embargo.text or "", captured_at)


def _given(item: etree._Element) -> Mapping[str, Any]:
    heads = list(_all(item, "contentMeta", "headline"))
    below = [head for head in heads if "sub" in _coded(head, "role")]
    above = [head for head in heads if head not in below]
    credited = [_plain(by) for by in _all(item, "contentMeta", "by")]
    credited = credited or [_named(who) for who in _all(item, "contentMeta", "creator") if _is_person(who)]
    tongue = _one(item, "contentMeta", "language")
    tag = item.get(_LANG) if tongue is None else tongue.get("tag")
    created = _plain(_one(item, "itemMeta", "versionCreated"))
    return iptc.stated(
        title=next(filter(None, map(_plain, above)), None) or _plain(_one(item, "itemMeta", "title")),
        subtitle=next(filter(None, map(_plain, below)), None),
        authors=iptc.authors(credited),
        dateline=iptc.place(
            _plain(_one(item, "contentMeta", "dateline")), _named(_one(item, "contentMeta", "located"))
        ),
        language=fields.language(tag),
        **iptc.providers(_named(_one(item, "itemMeta", "provider")), _named(_one(item, "contentMeta", "infoSource"))),
        **iptc.times(
            (_plain(_one(item, "itemMeta", "firstCreated")), created),
            (_plain(_one(item, "contentMeta", "contentModified")), created),
        ),
    )


def _content(item: etree._Element, captured_at: datetime) -> tuple[str, str, Mapping[str, Any]]:
    """The longest text of the item's content set: as markup or plain, with what a NITF story states of itself."""
    best: tuple[str, str, Mapping[str, Any]] = ("", "", {})
    for part in _all(item, "contentSet", None):
        found = _read(part, captured_at)
        if len(found[0] or found[1]) > len(best[0] or best[1]):
            best = found
    return best


def _read(part: etree._Element, captured_at: datetime) -> tuple[str, str, Mapping[str, Any]]:
    if local(part) == "inlineData":
        text = (part.text or "").strip()
        return (text, "", {}) if "html" in (part.get("contenttype") or "") else ("", text, {})
    if local(part) != "inlineXML":
        return "", "", {}
    for element in part.iter():
        if local(element) == "nitf":
            story = nitf.story(element, captured_at)
            return story.body, "", story.given
        if local(element) == "body":
            return _markup(element), "", {}
    return _markup(part), "", {}


def _markup(element: etree._Element) -> str:
    """XHTML as HTML: the same names without a namespace."""
    for part in element.iter():
        if isinstance(part.tag, str):
            part.tag = etree.QName(part).localname
    inside = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "") + inside if any(c.isalnum() for c in "".join(element.itertext())) else ""


def _without_text(item: etree._Element) -> str:
    kind = _one(item, "itemMeta", "itemClass")
    elsewhere = [href for part in _all(item, "contentSet", "remoteContent") if (href := part.get("href"))]
    what = "a text" if kind is None else _coded(kind, "").rpartition(":")[2] or "a text"
    return f"an item of class {what} without text" + (f"; its content is at {elsewhere[0][:200]}" if elsewhere else "")


def _all(item: etree._Element, group: str, name: str | None) -> Iterator[etree._Element]:
    for part in item:
        if local(part) == group:
            yield from (child for child in part if (local(child) == name if name else local(child)))


def _one(item: etree._Element, group: str, name: str) -> etree._Element | None:
    return next(_all(item, group, name), None)


def _plain(element: etree._Element | None) -> str | None:
    return None if element is None else one_line("".join(element.itertext())) or None


def _named(element: etree._Element | None) -> str | None:
    """The name of a party or a place: in words, else as its code says (`nprov:AFP`)."""
    if element is None:
        return None
    name = next((child for child in element if local(child) == "name"), None)
    return _plain(name) or element.get("literal") or _coded(element, "").rpartition(":")[2] or None


def _coded(element: etree._Element, attribute: str) -> str:
    return element.get(attribute or "qcode") or ""


def _is_person(creator: etree._Element) -> bool:
    kind = _coded(creator, "type")
    return not kind or kind.endswith(":person")
