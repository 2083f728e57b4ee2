"""ninjs 1.x to 3.x, news items in JSON (https://iptc.org/standards/ninjs/)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.clean import fields
from pipelines.clean.document import Document
from pipelines.clean.fields import string
from pipelines.clean.media import iptc, pages, status
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Capture

_OWN = ("body_text", "body_xhtml", "body_html", "bodies", "headlines", "pubstatus", "versioncreated")
_FEW = 2  # of the names that only ninjs has


def is_item(record: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: it has an identifier, and names that only ninjs has."""
    return isinstance(record.get("uri"), str) and sum(name in record for name in _OWN) >= _FEW


def document(record: Mapping[str, Any], capture: Capture) -> Document:
    """The document of an item.

    Raises:
        Rejected: `withdrawn` or `embargoed`; `no_text` where it has no body.
    """
    status.refuse_withdrawn(string(record.get("pubstatus")))
    status.refuse_embargoed(string(record.get("embargoed")), capture["captured_at"])
    given = _given(record)
    html, text = _body(record)
    if not (html or text):
        raise Rejected("no_text", f"an item of type {str(record.get('type'))[:40]!r} without a body")
    title = given.get("title")
    uri = string(record.get("uri")) or ""
    return Document(
        html=pages.of_markup(title, html) if html else pages.of_text(title, text or ""),
        url=uri if uri.startswith(("http://", "https://")) else capture["url"],
        given=given,
        latest=capture["captured_at"],
    )


def _given(record: Mapping[str, Any]) -> Mapping[str, Any]:
    heads = list(_valued(record.get("headlines")))
    main = next((text for role, _, text in heads if "sub" not in role), None)
    below = next((text for role, _, text in heads if "sub" in role), None)
    written = [string(record.get("byline")), string(record.get("by"))]
    credited = [text for text in written if text] or [*_names(record.get("authors"))]
    source = next(iter([*_names(record.get("infosources")), *_names(record.get("infosource"))]), None)
    holder = string(record.get("provider")) or string(record.get("source")) or string(record.get("copyrightholder"))
    return iptc.stated(
        title=string(record.get("headline")) or main,
        subtitle=below,
        authors=iptc.authors(credited),
        dateline=iptc.place(string(record.get("dateline")), string(record.get("located"))),
        language=fields.language(string(record.get("language"))),
        **iptc.providers(holder, source),
        **iptc.times(
            (string(record.get(name)) for name in ("firstpublished", "firstcreated", "versioncreated")),
            (string(record.get(name)) for name in ("contentmodified", "versioncreated")),
        ),
    )


def _body(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The body as markup, or else as text, whichever the version of ninjs calls so."""
    bodies = list(_valued(record.get("bodies")))
    marked = [text for role, kind, text in bodies if "html" in kind or "html" in role]
    plain = [text for role, kind, text in bodies if text not in marked and kind in ("", "text/plain")]
    html = next(filter(None, [string(record.get("body_xhtml")), string(record.get("body_html")), *marked]), None)
    return html, next(filter(None, [string(record.get("body_text")), *plain]), None)


def _valued(listed: object) -> Iterator[tuple[str, str, str]]:
    """Role, content type and value of each of a list of headlines or bodies, those with a main role first."""
    found = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    for item in sorted(found, key=lambda item: item.get("role") != "main"):
        if text := string(item.get("value")):
            yield str(item.get("role") or "").lower(), str(item.get("contenttype") or "").lower(), text


def _names(listed: object) -> Iterator[str]:
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict) and (name := string(item.get("name"))):
            yield name
