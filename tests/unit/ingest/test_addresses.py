"""Which addresses are fetched from, however they are written."""

import ipaddress
import socket
import time
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.addresses import RefusedError, UnresolvedError, checked, is_public

INSIDE = [
    "0.0.0.0", "0.1.2.3",  # noqa: S104 "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8", "169.254.169.254",
    "168.63.129.16", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2606:4700:4700::1111"]
PRIVATE = [ipaddress.ip_network(n) for n in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16")]
NOBODY = frozenset[str]()


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_judged_as_ipv4(address: IPv4Address) -> None:
    number = int(address)
    assert is_public(IPv6Address(f"::ffff:{address}")) == is_public(address)
    assert is_public(IPv6Address((0x64FF9B << 96) | number)) == is_public(address)
    assert not is_public(IPv6Address((0x2002 << 112) | (number << 80)))


@given(st.sampled_from(PRIVATE).flatmap(lambda n: st.integers(int(n[0]), int(n[-1]))))
def test_no_private_address_passes_in_any_form(number: int) -> None:
    for form in (str(number), hex(number), str(IPv4Address(number))):
        with pytest.raises(RefusedError, match="not public"):
            checked(form, 80, 5, NOBODY)


@pytest.mark.parametrize(
    "host", ["localhost", "0", "127.1", "0177.0.0.1", "0x7f.1", "2130706433", "::1", "::ffff:7f00:1"]
)
def test_loopback_by_any_name(host: str) -> None:
    with pytest.raises(RefusedError, match=r"not public; allow_host = "):
        checked(host, 80, 5, NOBODY)


def test_a_host_is_allowed_by_its_name_alone() -> None:
    assert [str(a) for a in checked("127.0.0.1", 8123, 5, frozenset({"127.0.0.1"}))] == ["127.0.0.1"]
    with pytest.raises(RefusedError):
        checked("127.0.0.2", 80, 5, frozenset({"127.0.0.1"}))


@pytest.mark.parametrize("port", [22, 25, 6379, 9200])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(RefusedError, match="port"):
        checked("8.8.8.8", port, 5, NOBODY)


def test_a_name_that_answers_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "10.0.0.1"))
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        checked("two-faced.example", 80, 5, NOBODY)
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "8.8.4.4", "8.8.8.8"))
    assert [str(a) for a in checked("honest.example", 80, 5, NOBODY)] == ["8.8.8.8", "8.8.4.4"]


def test_a_name_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnresolvedError, match="has no address"):
        checked("nowhere.invalid", 80, 20, NOBODY)
    with pytest.raises(UnresolvedError):
        checked("a" * 80 + ".example", 80, 5, NOBODY)

    def hang(*_args: object, **_named: object) -> list[object]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(UnresolvedError, match="not resolved within"):
        checked("slow.example", 80, 0.1, NOBODY)


def answers(*found: str) -> object:
    return lambda *_args, **_named: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in found]
