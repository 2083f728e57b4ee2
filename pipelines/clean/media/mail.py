"""A mail as a document: the newsletter or the letter in it, and what its headers state."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from pipelines.clean import byline, page
from pipelines.clean.characters import one_line
from pipelines.clean.document import Document
from pipelines.clean.media import mime, pages
from pipelines.clean.rejected import Rejected
from pipelines.schemas import Capture

_ANSWERED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|sv|vs)\s?(?:\[\d{1,3}\])?:\s*)+", re.IGNORECASE)
_LIST = re.compile(r"^\[[^\]]{1,60}\]\s*")  # mailing lists put their name there
_BETWEEN = re.compile(r"\s(?:from|at|@|via)\s|\s?\|\s")  # a writer and a paper in one name
_LISTED = ("List-Id", "List-Unsubscribe", "List-Post")


def document(capture: Capture) -> tuple[Document, str]:
    """The document of a mail.

    Raises:
        Rejected: `no_text` where it has only attachments, or none at all.
    """
    message = mime.parsed(capture["content"])
    found = [(_is_page(part), part, *mime.text(part)) for part in mime.bodies(message)]
    marked = [(text, encoding) for is_page, _, text, encoding in found if is_page and text.strip()]
    plain = [
        (_flowing(part, text), encoding) for is_page, part, text, encoding in found if not is_page and text.strip()
    ]
    if not (marked or plain):
        raise Rejected("no_text", _without_text(message))
    html, text = (max(kept, key=lambda one: len(one[0]), default=("", "")) for kept in (marked, plain))
    given = _given(message)
    says_as_much = bool(html[0]) and _words(html[0]) * 2 >= len(text[0].split())
    markup, encoding = html if says_as_much else (pages.of_text(given.get("title"), text[0]), text[1])
    return Document(markup, url=capture["url"], given=given, latest=capture["captured_at"]), encoding


def _is_page(part: Message) -> bool:
    return part.get_content_type() != "text/plain"


def _words(html: str) -> int:
    """Words that a page shows: the alternative to a text is often a page that says only how to read it elsewhere."""
    return len(page.parse(html).text_content().split())


def _flowing(part: Message, text: str) -> str:
    """A text whose lines were broken for old terminals, in whole paragraphs (`format=flowed`, RFC 3676)."""
    if mime.parameter(part, "format").lower() != "flowed":
        return text
    joined = re.sub(r"(?<!^--) \r?\n(?!>)", " ", text, flags=re.MULTILINE)
    return re.sub(r"^ ", "", joined, flags=re.MULTILINE)


def _given(message: Message) -> Mapping[str, Any]:
    subject = _LIST.sub("", _ANSWERED.sub("", mime.header(message, "Subject")))
    given = {"title": _ANSWERED.sub("", subject), "published_at": _sent(message), **_sender(message)}
    return {key: value for key, value in given.items() if value}


def _sent(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(mime.header(message, "Date")).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


def _sender(message: Message) -> Mapping[str, Any]:
    """Who wrote it and which paper sent it.

    Of a list, the sender is the paper, unless it is named with a writer (`Jana Vrba from Ostreva Post`); of a mail to
    one, the sender is the writer where it is the name of a person.
    """
    name = one_line(parseaddr(mime.header(message, "From"))[0]).strip("\"' ")
    writer, between, paper = _halves(name)
    people = byline.people([writer]) if between or not _is_listed(message) else []
    if between:
        return {"authors": people, "publisher": paper} if people else {"publisher": name}
    if people and len(name.split()) > 1:
        return {"authors": people}
    return {"publisher": name or _list_name(message)}


def _halves(name: str) -> tuple[str, str, str]:
    found = _BETWEEN.search(name)
    return (name[: found.start()], found[0], name[found.end() :]) if found else (name, "", "")


def _is_listed(message: Message) -> bool:
    bulk = mime.header(message, "Precedence").lower() in ("bulk", "list")
    return bulk or any(name in message for name in _LISTED)


def _list_name(message: Message) -> str | None:
    return parseaddr(mime.header(message, "List-Id"))[0].strip("\"' ") or None


def _without_text(message: Message) -> str:
    names = list(_files(message))
    return f"a mail without text; what is attached stands for itself: {', '.join(names)[:300]}" if names else "no text"


def _files(message: Message) -> Iterator[str]:
    for part in message.walk():
        try:
            name = part.get_filename()
        except (ValueError, LookupError, AttributeError, TypeError):
            continue
        if name:
            yield one_line(name)
