"""A server that speaks S3, in this process, without the network: moto's, answering one request at a time.

S3 decides a conditional PUT for one of two writers. moto looks whether the object is there and then writes it; two
requests at once could both find nothing. Answered one after the other they cannot.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any
from urllib.request import Request, urlopen

from pipelines.lake import Lake
from pipelines.storage import Store

BUCKET = "news"
Answer = Callable[..., Any]


class OneAtATime:
    """A WSGI application that answers the next request once it has answered the one before."""

    def __init__(self, application: Callable[[dict[str, Any], Answer], Iterable[bytes]]) -> None:
        self.application = application
        self.lock = Lock()
        self.deaf_to: str | None = None  # a header that is overlooked, as by a storage that does not know it
        self.sent = 0  # bytes of all answers

    def __call__(self, request: dict[str, Any], start: Answer) -> list[bytes]:
        if self.deaf_to:
            request.pop(self.deaf_to, None)
        with self.lock:
            answer = list(self.application(request, start))
            self.sent += sum(map(len, answer))
            return answer


@contextmanager
def serving() -> Iterator[tuple[OneAtATime, Mapping[str, str]]]:
    """A server with a bucket, and the environment by which it is found."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = OneAtATime(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        urlopen(Request(f"{address}/{BUCKET}", method="PUT")).close()  # noqa: S310  # our own server
        yield (
            application,
            {
                "AWS_ENDPOINT_URL": address,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",  # pragma: allowlist secret
                "AWS_REGION": "us-east-1",
            },
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def overwrite(store: Store, name: str, content: bytes) -> None:
    """Change a file behind the lake's back."""
    scratch = store.scratch(name)
    scratch.write_bytes(content)
    store.put(scratch, name)
    store.forget(name)


def copy_captures(source: Lake, target: Lake) -> None:
    """Begin a lake with the captures of another, and nothing made of them."""
    with target.writing() as writer:
        for shard in source.shards("raw/captures"):
            writer.add(shard.table, shard.day, shard.shard, shard.version, source.read(shard).to_pylist())
        writer.commit()
