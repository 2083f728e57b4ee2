"""Which addresses are fetched from: public ones alone, and others only of hosts that the user allows by name.

The check is of the address that is connected to, not of how it was written: `2130706433`, `0x7f.1` and a name that
answers with 127.0.0.1 are all 127.0.0.1 here.
"""

import ipaddress
import socket
import threading
from ipaddress import IPv4Address, IPv6Address
from queue import Empty, SimpleQueue

Address = IPv4Address | IPv6Address

PORTS = frozenset((80, 443, 8000, 8080, 8443))
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291, section 2.4; all else is special or unassigned
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the IPv4 address is its last 32 bits
# What some versions of the standard library call global, and no news is at: special-purpose blocks (RFC 6890, 9637),
# relays of 6to4 (RFC 7526), Azure's metadata service, which has a public address, and IPv6 that tunnels lead out of.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "2002::/16", "3fff::/20")
)


class RefusedError(Exception):
    """A request that is not made; the message says why, and how the user can allow it."""


class UnresolvedError(Exception):
    """A name that has no address now."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public network: IPv4 that is written in IPv6 is judged as IPv4."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_UNICAST:
            return False
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def checked(host: str, port: int, seconds: float, allowed: frozenset[str]) -> list[Address]:
    """The addresses of a host that may be connected to, in the order of the resolver.

    A host that also answers with an address that is not public is refused whole: that is how a name is made to answer
    one thing to a check and another to a connection.

    Raises:
        RefusedError: an address is not public, or the port is none that news is served at, and the host not allowed.
        UnresolvedError: the name has no address, or none within the time.
    """
    if host.lower() not in allowed and port not in PORTS:
        raise RefusedError(f"port {port} of {host} is none that news is served at; allow_host = [{host!r}] allows it")
    found = _lookup(host, port, seconds)
    if host.lower() not in allowed and (inside := next((a for a in found if not is_public(a)), None)):
        raise RefusedError(f"{host} is at {inside}, which is not public; allow_host = [{host!r}] allows it")
    return found


def _lookup(host: str, port: int, seconds: float) -> list[Address]:
    """What the system's resolver answers; it knows no time limit, so that one that hangs is left behind in a thread."""
    answer: SimpleQueue[list[Address] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put([ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found])
        except (OSError, ValueError) as error:  # a UnicodeError of a name too long is a ValueError
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name="resolver").start()
    try:
        found = answer.get(timeout=max(seconds, 0))
    except Empty:
        raise UnresolvedError(f"{host} was not resolved within {seconds:.0f} s") from None
    if isinstance(found, Exception):
        raise UnresolvedError(f"{host} has no address: {found}") from None
    return list(dict.fromkeys(found))
