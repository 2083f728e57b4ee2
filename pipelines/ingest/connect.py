"""Connections to the address that was checked, each of whose reads and writes ends by one deadline."""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from pipelines.ingest.addresses import UnresolvedError, checked


class Deadline:
    """The time that is left for a request, from its first packet to its last byte."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, asked: float | None = None) -> float:
        """Seconds that are left, or fewer if asked.

        Raises:
            httpcore.ReadTimeout: none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole answer did not come within the time")
        return left if asked is None else min(left, asked)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a host, checks what it answers, and connects to just that: no second lookup can answer otherwise."""

    def __init__(self, deadline: Deadline, allowed: frozenset[str]) -> None:
        self._deadline = deadline
        self._allowed = allowed
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers.

        Raises:
            RefusedError: an address of the host is not public.
            httpcore.ConnectError: no address answers.
        """
        try:
            addresses = checked(host, port, self._deadline.left(timeout), self._allowed)
        except UnresolvedError as error:
            raise httpcore.ConnectError(str(error)) from error
        for left, address in enumerate(addresses, 1 - len(addresses)):
            try:
                stream = self._plain.connect_tcp(
                    str(address),
                    port,
                    # one dead address of several must not take the time of the others
                    timeout=self._deadline.left(timeout) / (1 - left),
                    local_address=local_address,
                    socket_options=socket_options,
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not left:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline: a byte a second, for ever, is no way around it."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
