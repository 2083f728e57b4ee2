"""Parts of mails and web archives: decoded bytes and headers, whatever is broken in them."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from pipelines.clean.characters import one_line
from pipelines.clean.decode import decode
from pipelines.clean.rejected import Rejected

FAULTS = (ValueError, LookupError, AttributeError, TypeError, AssertionError)  # of the library, over broken headers


def parsed(content: bytes) -> Message:
    """The message.

    Raises:
        Rejected: `too_deep` where its parts are nested deeper than any program nests them.
    """
    try:
        return message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise Rejected("too_deep", "the parts are nested too deep") from None


def header(message: Message, name: str) -> str:
    """A header's text on one line, decoded; nothing where there is none or where it cannot be read.

    Only what is asked for is read by the default policy's grammar: for all headers of all parts it takes eight times as
    long as all else.
    """
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return ""
    try:
        return one_line(str(policy.default.header_fetch_parse(name, raw)).encode("utf-8", "replace").decode())
    except FAULTS:
        return ""


def parameter(message: Message, name: str) -> str:
    """A parameter of the Content-Type; nothing where there is none or where it cannot be read."""
    try:
        return str(message.get_param(name) or "")
    except FAULTS:
        return ""


def bodies(message: Message) -> Iterator[Message]:
    """The parts that are text to read: pages and plain texts that are not attached as files."""
    if message.get_content_type() == "message/rfc822" or is_attached(message):
        return
    if message.is_multipart():
        for part in message.get_payload():
            yield from bodies(part)  # type: ignore[arg-type]
    elif message.get_content_type() in ("text/html", "text/plain", "application/xhtml+xml"):
        yield message


def is_attached(part: Message) -> bool:
    """Whether a part is a file that goes with the text."""
    try:
        return part.get_content_disposition() == "attachment"
    except FAULTS:
        return False


def text(part: Message) -> tuple[str, str]:
    """A part's text, and the encoding that it was read in.

    Raises:
        Rejected: `binary` where it is none.
    """
    try:
        content, charset = part.get_payload(decode=True), part.get_content_charset()
    except FAULTS:
        content, charset = b"", None
    return decode(content if isinstance(content, bytes) else b"", charset)
