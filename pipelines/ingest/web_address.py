"""Web addresses as they are asked for, and as they are shown."""

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines.ingest.addresses import RefusedError

if TYPE_CHECKING:
    import httpcore

_LONGEST = 4096
_SECRET = re.compile(r"(?i)([?&;][^=&;#]*(?:token|key|secret|passw|auth|signature|sig|session)[^=&;#]*=)[^&;#]+")
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")  # a name in ASCII, or IPv6
_USER = re.compile(r"(?<=//)[^/?#@]*@")


class Target(NamedTuple):
    """An address in parts, as a request needs it: the host in ASCII, without a point at its end."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _port(self.scheme) else f":{self.port}")

    def wire(self) -> "httpcore.URL":
        """The address as httpcore takes it."""
        import httpcore

        return httpcore.URL(scheme=self.scheme, host=self.host, port=self.port, target=self.path)


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def target(url: str, base: str | None = None) -> Target:
    """The parts of an address; a relative one from `base`.

    Raises:
        RefusedError: it is none, not http or https, or holds a name and password.
    """
    import httpx

    try:
        found = httpx.URL(base).join(url) if base else httpx.URL(url)
        host = found.raw_host.decode("ascii").rstrip(".").lower()
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise RefusedError(f"{shown(url)} is no web address: {error}") from None
    if found.scheme not in ("http", "https"):
        raise RefusedError(f"{shown(url)} is neither http nor https")
    if not _HOST.fullmatch(host):
        raise RefusedError(f"{shown(url)} has no host")
    if found.userinfo:
        raise RefusedError(f"{shown(url)} holds a name or password: such addresses are not asked for")
    if len(url) > _LONGEST:
        raise RefusedError(f"an address of {len(url)} characters")
    whole = str(found.copy_with(fragment=None))
    return Target(whole, found.scheme, host, found.port or _port(found.scheme), found.raw_path.decode("ascii"))


def shown(url: str) -> str:
    """An address for logs and tables: without a name and password, and without the values of keys and tokens."""
    return _SECRET.sub(r"\1***", _USER.sub("", url))[:1000]
