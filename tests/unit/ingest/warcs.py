"""WARC files for tests, written byte by byte, of invented papers."""

import base64
import gzip
import hashlib
from collections.abc import Iterable

STORY = "The harbour of Ostreva reopened on Monday after 12 days, the port authority said, and ferries sail again."
PAGE = "<!DOCTYPE html><html><head><title>Harbour {n} reopens</title></head><body><article><h1>Harbour {n} reopens</h1><p>{story}</p></article></body></html>"  # noqa: E501


def sha1(content: bytes) -> str:
    """A digest as crawlers write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def page(n: int) -> bytes:
    """A page of its own."""
    return PAGE.format(n=n, story=f"{STORY} {hashlib.sha256(str(n).encode()).hexdigest()}").encode()


def record(kind: str, block: bytes, content_type: str = "", n: int = 0, **more: str) -> bytes:
    """A record; `more` are header fields, `_` for `-`."""
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{n:012d}>",
        "WARC-Date": "2026-03-01T09:30:00Z",
        "WARC-Target-URI": f"https://post.example/{n}",
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def response(n: int, body: bytes | None = None, *, status: str = "200", head: str = "", **more: str) -> bytes:
    """What a server answered: a page, unless told otherwise."""
    body = page(n) if body is None else body
    head = head or "Content-Type: text/html; charset=utf-8\r\n"
    block = f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body
    return record("response", block, "application/http; msgtype=response", n, **more)


def digested(n: int, body: bytes | None = None, head: str = "", **more: str) -> bytes:
    """An answer with its digest."""
    return response(n, body, head=head, WARC_Payload_Digest=sha1(page(n) if body is None else body), **more)


INFO = record("warcinfo", b"software: test\r\n", "application/warc-fields", WARC_Target_URI="")


def request(n: int) -> bytes:
    """What was asked."""
    return record("request", b"GET / HTTP/1.1\r\nHost: post.example\r\n\r\n", "application/http; msgtype=request", n)


def crawl(pages: Iterable[int]) -> list[bytes]:
    """The records of a crawl, as Common Crawl's news archives have them."""
    return [INFO, *(part for n in pages for part in (request(n), digested(n)))]


def packed(records: Iterable[bytes]) -> bytes:
    """Each record packed by itself, as archives are published."""
    return b"".join(gzip.compress(one) for one in records)
