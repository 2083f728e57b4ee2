"""Mail (RFC 5322) and mailboxes, and pages that browsers save as mail (MHTML, RFC 2557).

The mail is a document with its bytes; documents that are attached to it are documents of their own.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from pipelines.clean.media.mime import FAULTS
from pipelines.ingest.member import Inner
from pipelines.ingest.piece import BrokenContainerError, Piece, Stream, TooLargeError, read_at_most

_LINE = re.compile(rb"([!-9;-~]{1,80}):[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n")
_KNOWN = frozenset(
    b"from to cc subject date message-id mime-version content-type received return-path delivered-to reply-to sender"
    b" list-id dkim-signature x-original-to".split()
)
_SURELY = frozenset(b"from date message-id mime-version received return-path delivered-to dkim-signature".split())
_MAILBOX = re.compile(rb"From \S{1,200}[^\r\n]{0,100}\d{4}[^\r\n]{0,20}\r?\n")
_MARK = b"\xef\xbb\xbf"
_NO_DOCUMENT = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar",
     "application/ics", "text/css", "application/pgp-encrypted", "application/pgp-keys")
)  # fmt: skip


def is_mail(head: bytes) -> bool:
    """Whether a document is a mail: it begins with header lines, two or more of them those of mails."""
    at, names = len(_MARK) if head.startswith(_MARK) else 0, set()
    while found := _LINE.match(head, at):
        at = found.end()
        names.add((found[1] or b"").lower())
    ended = head.startswith((b"\n", b"\r\n"), at) or b"\n" not in head[at:]  # in the middle of a line
    return ended and len(names & _KNOWN) > 1 and bool(names & _SURELY)


def is_mailbox(head: bytes) -> bool:
    """Whether a document is a mailbox: a line `From address date`, and a mail after it."""
    found = _MAILBOX.match(head)
    return found is not None and is_mail(head[found.end() :])


def read(stream: Stream, limit: int, inner: Inner) -> Iterator[Piece]:
    """The mail, and the documents attached to it, each where it stands: `#attachment1` on.

    Raises:
        BrokenContainerError: its parts are nested too deep.
    """
    yield from _mail(read_at_most(stream, limit), "", inner)


def read_mailbox(stream: Stream, limit: int, inner: Inner) -> Iterator[Piece]:
    """The mails of a mailbox, each where it stands: `#message1` on; one that cannot be read is told."""
    for number, content in enumerate(_mails(stream, limit), 1):
        place = f"#message{number}"
        if content is None:
            large = TooLargeError(limit)
            yield Piece(b"", "message/rfc822", place, problem=large.problem, detail=large.detail)
            continue
        try:
            yield from _mail(content, place, inner)
        except BrokenContainerError as broken:
            yield Piece(content, "message/rfc822", place, problem=broken.problem, detail=broken.detail)


def _mails(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """The mails between the lines that begin with `From ` (RFC 4155, quoted as mboxrd does); null for too large."""
    lines: list[bytes] = []
    size, is_blank, is_whole = 0, True, True
    while line := stream.readline(limit + 1):
        if is_whole and is_blank and _MAILBOX.match(line):
            if size:
                yield b"".join(lines) if size <= limit else None
            lines, size = [], 0
        else:
            size += len(line)
            kept = line[1:] if is_whole and line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
            if size <= limit:
                lines.append(kept)
        is_blank, is_whole = not line.strip(b"\r\n"), line.endswith(b"\n")
    if size:
        yield b"".join(lines) if size <= limit else None


def _mail(content: bytes, place: str, inner: Inner) -> Iterator[Piece]:
    try:
        mail = message_from_bytes(content.removeprefix(_MARK))
        attached = [] if _is_web_archive(mail) else list(_attached(mail))
    except RecursionError:
        raise BrokenContainerError("nested", "its parts are nested too deep for any mail program") from None
    if _is_web_archive(mail):
        yield Piece(content, "multipart/related", place, _location(mail), _saved(mail))
        return
    yield Piece(content, "message/rfc822", place, _archived(mail))
    for number, (name, document) in enumerate(attached, 1):
        yield from _attachment(document, name, f"{place}#attachment{number}", inner)


def _attachment(content: bytes, name: str, place: str, inner: Inner) -> Iterator[Piece]:
    """The documents of an attachment; what is wrong with one is told with its name."""
    try:
        for piece in inner(io.BufferedReader(io.BytesIO(content))):
            detail = f"{name}: {piece.detail}" if piece.problem else piece.detail
            yield piece._replace(place=place + piece.place, detail=detail)
    except BrokenContainerError as broken:
        told = f"{name}: {broken.detail}"
        yield Piece(content, "application/octet-stream", place, problem=broken.problem, detail=told)


def _attached(mail: Message) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the documents that are attached: neither pictures nor signatures."""
    for part in _parts(mail):
        kind = part.get_content_type()
        if part is mail or kind in _NO_DOCUMENT or kind.startswith(("image/", "audio/", "video/", "font/")):
            continue
        name = _name(part)
        if kind == "message/rfc822":
            yield name or "a mail", _bytes(part)
        elif kind.startswith(("application/", "message/")) or part.get_content_disposition() == "attachment":
            yield name or f"a part of type {kind}", _payload(part)


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail, but not those of the mails attached to it."""
    if mail.is_multipart() and mail.get_content_type() != "message/rfc822":
        for part in mail.get_payload():
            yield from _parts(part)  # type: ignore[arg-type]
    elif mail.get_content_type() == "message/rfc822" or not mail.is_multipart():
        yield mail


def _name(part: Message) -> str:
    try:
        return (part.get_filename() or "").encode("utf-8", "replace").decode()[:200]
    except FAULTS:
        return ""


def _bytes(part: Message) -> bytes:
    """An attached mail as it was sent, as far as it can be put together again."""
    inside = part.get_payload()
    try:
        return inside[0].as_bytes() if isinstance(inside, list) and inside else _payload(part)  # type: ignore[union-attr]
    except FAULTS:
        return b""


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except FAULTS:
        return b""
    return content if isinstance(content, bytes) else b""


def _is_web_archive(mail: Message) -> bool:
    """Whether a browser saved it: it says from where, or that it was saved (`From: <Saved by Blink>`)."""
    if mail.get_content_type() not in ("multipart/related", "text/html"):
        return False
    return "Snapshot-Content-Location" in mail or "saved by" in str(mail.get("From", "")).lower()


def _location(mail: Message) -> str | None:
    """The address of a saved page: what the archive states, or else its first page."""
    stated = [mail.get("Snapshot-Content-Location"), *(part.get("Content-Location") for part in mail.walk())]
    found = (re.sub(r"\s+", "", str(address)) for address in stated if address)
    return next((address for address in found if address.startswith(("http://", "https://"))), None)


def _archived(mail: Message) -> str | None:
    """The address of a mail in the archive of its list (RFC 5064)."""
    found = re.search(r"https?://[^\s<>]+", str(mail.get("Archived-At", "")))
    return found[0].encode("utf-8", "replace").decode() if found else None


def _saved(mail: Message) -> datetime | None:
    """When a browser saved a page."""
    try:
        moment = parsedate_to_datetime(str(mail.get("Date", "")))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
