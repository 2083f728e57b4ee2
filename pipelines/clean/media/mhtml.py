"""MHTML (RFC 2557): a page that a browser saved with all that belongs to it; the page is the document."""

from email.message import Message

from pipelines.clean.document import Document
from pipelines.clean.media import mime
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Capture


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a saved page: the part that its `start` names, or else the first page.

    Raises:
        Rejected: `no_text` where no part is a page.
    """
    message = mime.parsed(capture["content"])
    pages = [part for part in mime.bodies(message) if part.get_content_type() != "text/plain"]
    root = next((part for part in pages if _is_start(part, message)), next(iter(pages), None))
    if root is None:
        raise Rejected("no_text", "a web archive without a page")
    html, encoding = mime.text(root)
    return Document(html, url=capture["url"], latest=capture["captured_at"]), encoding


def _is_start(part: Message, archive: Message) -> bool:
    start = str(archive.get_param("start") or "")
    return bool(start) and mime.header(part, "Content-ID") == start
