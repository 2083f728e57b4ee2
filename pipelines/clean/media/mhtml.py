"""MHTML (RFC 2557): a page that a browser saved with all that belongs to it; the page is the document."""

from email.message import Message

from pipelines.clean.document import Document
from pipelines.clean.media import mime
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Capture


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a saved page: the part that its `start` names, or that has its address, or else the first page.

    Raises:
        Rejected: `no_text` where no part is a page.
    """
    message = mime.parsed(capture["content"])
    pages = [part for part in mime.bodies(message) if part.get_content_type() != "text/plain"]
    if not pages:
        raise Rejected("no_text", "a web archive without a page")
    root = max(pages, key=lambda part: _rank(part, message))
    html, encoding = mime.text(root)
    return Document(html, url=capture["url"], latest=capture["captured_at"]), encoding


def _rank(part: Message, archive: Message) -> int:
    """How sure it is that a part is the page itself, rather than a frame in it."""
    start = mime.parameter(archive, "start")
    if start and mime.header(part, "Content-ID") == start:
        return 2
    address = mime.header(archive, "Snapshot-Content-Location")
    return int(bool(address) and mime.header(part, "Content-Location") == address)
