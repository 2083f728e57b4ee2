"""A capture's bytes as a document to clean: decoded, and with what the source itself states of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.message import Message
from typing import Any

from pipelines.clean import fields
from pipelines.clean.decode import decode
from pipelines.clean.document import Document, Rejected, clean
from pipelines.clean.media import mail, mhtml, newsml, ninjs, nitf, pdf
from pipelines.schemas import Capture, Cleaned, MediaType


def cleaned(capture: Capture, mapping: Mapping[str, str]) -> tuple[Cleaned, str]:
    """The article of a capture, and the encoding that its bytes were read in.

    Args:
        capture: one that can be read.
        mapping: names of an export's fields by those of `fields.FIELDS`, before the names known for each.

    Raises:
        Rejected: with the reason why there is no article in it.
    """
    made, encoding = document(capture, mapping)
    return clean(made), encoding


def document(capture: Capture, mapping: Mapping[str, str]) -> tuple[Document, str]:
    """The document of a capture, and the encoding that its bytes were read in.

    Raises:
        Rejected: the bytes are no text, or the record has none.
    """
    if capture["media_type"] == "application/json":
        record = json.loads(capture["content"])
        made = ninjs.document(record, capture) if ninjs.is_item(record) else record_document(record, capture, mapping)
        encoding = "utf-8"
    else:
        made, encoding = DOCUMENTS.get(capture["media_type"], source_document)(capture)
    return _with_stated(made, json.loads(capture["stated"] or "{}")), encoding


def _with_stated(made: Document, stated: Mapping[str, Any]) -> Document:
    """The document with what led to it states of it; how much of it an archive kept, it alone can say."""
    flags = {"flags": stated["flags"]} if stated.get("flags") else {}
    return replace(made, stated=stated, given={**made.given, **flags})


def source_document(capture: Capture) -> tuple[Document, str]:
    """The document of a page or a text: its bytes, decoded.

    Raises:
        Rejected: the bytes are no text.
    """
    source, encoding = decode(capture["content"], _charset(capture["content_type"]))
    html, text = (source, None) if capture["media_type"] == "text/html" else (None, source)
    return Document(html, text, url=capture["url"], latest=capture["captured_at"]), encoding


def _charset(content_type: str | None) -> str | None:
    """The charset that a Content-Type header declares."""
    if not content_type:
        return None
    header = Message()
    header["Content-Type"] = content_type
    return header.get_content_charset()


def record_document(record: Mapping[str, Any], capture: Capture, mapping: Mapping[str, str]) -> Document:
    """The document of one object of an export.

    Raises:
        Rejected: the object has neither text nor page.
    """
    given = fields.read(record, mapping)
    html, text = given.pop("html", None), given.pop("text", None)
    if not (html or text):
        listed = ", ".join((*fields.names("text", mapping), *fields.names("html", mapping)))
        raise Rejected("no_text", f"the object has none of {listed}; DATELINE_FIELDS names others")
    return Document(
        html=html,
        text=None if html else text,
        url=given.pop("url", None) or capture["url"],
        given=given,
        latest=capture["captured_at"],
    )


# What reads the media types that are neither pages, texts nor records of an export, a line each.
DOCUMENTS: dict[MediaType, Callable[[Capture], tuple[Document, str]]] = {
    "application/nitf+xml": nitf.document,
    "application/vnd.iptc.g2.newsitem+xml": newsml.document,
    "message/rfc822": mail.document,
    "multipart/related": mhtml.document,
    "application/pdf": pdf.document,
}
