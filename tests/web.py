"""A web server on 127.0.0.1 that can misbehave in every way that the tests need: each path is a small function."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Sent = dict[str, str]
Reply = bytes | Iterator[bytes]


@dataclass
class Request:
    """A request as the server got it, and when."""

    path: str
    headers: Sent
    at: float


@dataclass
class Web:
    """The server: `pages` maps a path to what it answers, `requests` is what was asked."""

    port: int
    pages: dict[str, Callable[[Request], Reply]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        return [r for r in self.requests if r.path == path]

    def serve(self, path: str, *replies: Reply | Callable[[Request], Reply]) -> str:
        """Answer a path: with each reply once, the last one for ever; gives its address."""
        left = list(replies)

        def page(request: Request) -> Reply:
            reply = left.pop(0) if len(left) > 1 else left[0]
            return reply(request) if callable(reply) else reply

        self.pages[path] = page
        return self.url(path)


def reply(body: str | bytes = b"", status: int = 200, *, length: int | None = None, **headers: str) -> bytes:
    """A whole response; `content_type` is the header Content-Type."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Said So", f"Content-Length: {len(content) if length is None else length}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def slow(content: bytes, seconds: float) -> Iterator[bytes]:
    """A byte at a time, so many seconds apart."""
    for number in range(len(content)):
        yield content[number : number + 1]
        time.sleep(seconds)


def late(answer: bytes, seconds: float) -> Callable[[Request], bytes]:
    """A response after so many seconds of nothing."""

    def wait(_request: Request) -> bytes:
        time.sleep(seconds)
        return answer

    return wait


def endless(head: bytes = b"HTTP/1.1 200 OK\r\n\r\n", chunk: bytes = b"<p>more</p>" * 10_000) -> Iterator[bytes]:
    """A body that never ends."""
    yield head
    while True:
        yield chunk


def bomb(megabytes: int) -> bytes:
    """A response whose body unpacks to so many megabytes of nothing."""
    packed = gzip.compress(b"\0" * (megabytes * 2**20), 9)
    return reply(packed, content_encoding="gzip", content_type="text/html")


@contextmanager
def serving() -> Iterator[Web]:
    """The server, as long as the context lasts."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        web = Web(listener.getsockname()[1])
        web.serve("/robots.txt", reply(status=404))
        threading.Thread(target=_accept, args=(listener, web), daemon=True).start()
        yield web


def _accept(listener: socket.socket, web: Web) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection, web), daemon=True).start()


def _answer(connection: socket.socket, web: Web) -> None:
    """Answer one request; it is open until its reply is about to be sent whole, for then the client may ask again."""
    web.open_now += 1
    web.most_open = max(web.most_open, web.open_now)
    sent: list[bytes] = []
    with connection:
        try:
            request = _request(connection)
            web.requests.append(request)
            page: Any = web.pages.get(request.path)
            made: Any = page(request) if page else reply("not here", 404)
            sent = [made] if isinstance(made, bytes) else []
            for part in [] if sent else made:
                connection.sendall(part)
        except (OSError, IndexError):
            pass  # the client has gone
        finally:
            web.open_now -= 1
        with suppress(OSError):
            connection.sendall(b"".join(sent))


def _request(connection: socket.socket) -> Request:
    head = b""
    while b"\r\n\r\n" not in head and (more := connection.recv(65_536)):
        head += more
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for line in lines if ": " in line for name, value in [line.split(": ", 1)]}
    return Request(first.split(" ")[1], headers, time.monotonic())
