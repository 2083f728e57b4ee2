"""Fetching from a server that does everything wrong: what became of each request is told, in time and within limits."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipelines.ingest import addresses, retry
from pipelines.ingest.fetch import Answer, Fetcher, Terms
from pipelines.ingest.hosts import Hosts
from pipelines.ingest.robots import Robots
from pipelines.ingest.web_address import shown, target
from pipelines.settings import Settings
from tests.web import Web, bomb, endless, late, reply, serving, slow

HERE = Terms(frozenset({"127.0.0.1"}), delay=0.0)
PAGE = reply("<p>The ferry to Ostreva runs again.</p>", content_type="text/html; charset=utf-8")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, fetch_seconds=1.0, fetch_megabytes=1, contact="desk@dateline.example")


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries are shorter here."""
    monkeypatch.setattr(retry, "_FIRST", 0.01)


def get(web: Web, limits: Settings, path: str, *replies: object, terms: Terms = HERE) -> Answer:
    url = web.serve(path, *replies) if replies else web.url(path)  # type: ignore[arg-type]
    return Fetcher(limits).get(url, terms)


def test_a_page_comes_with_its_bytes_and_what_the_server_declares(web: Web, limits: Settings) -> None:
    found = get(web, limits, "/a", reply(b"\xe9t\xe9", content_type="text/plain; charset=utf-8", etag='"7"'))
    assert (found.outcome, found.content, found.status) == ("ok", b"\xe9t\xe9", 200)  # the charset lies; bytes do not
    assert (found.content_type, found.etag) == ("text/plain; charset=utf-8", '"7"')
    (asked,) = web.requests
    assert asked.headers["user-agent"] == "Dateline/0.1 (news archive; desk@dateline.example)"
    assert asked.headers["host"] == f"127.0.0.1:{web.port}"
    assert {"cookie", "referer", "authorization"}.isdisjoint(asked.headers)


def test_what_has_not_changed_is_not_sent_again(web: Web, limits: Settings) -> None:
    terms = Terms(HERE.allowed, 0.0, '"7"', "Mon, 02 Mar 2026 12:00:00 GMT")
    found = get(web, limits, "/a", reply(status=304), terms=terms)
    assert found.outcome == "not_modified"
    headers = web.requests[0].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"7"', "Mon, 02 Mar 2026 12:00:00 GMT")
    assert get(web, limits, "/a").outcome == "bad_response"  # nobody asked


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (reply("gone", 404), "gone"),
        (reply("gone", 410), "gone"),
        (reply("no", 403), "denied"),
        (reply("no", 451), "denied"),
        (reply("wait", 429), "throttled"),
        (reply("broken", 500), "server_error"),
        (reply("broken", 503), "server_error"),
        (reply(b""), "empty"),
        (reply(b" \r\n\t"), "empty"),
        (reply("moved", 302), "bad_response"),
        (reply("some", 206), "bad_response"),
        (reply("cut", length=900), "bad_response"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "bad_response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\nabc", "bad_response"),
        (b"220 mail.example ESMTP\r\n", "bad_response"),
        (b"", "bad_response"),
        (b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 200_000, "bad_response"),
        (reply(b"\x1f\x8b damaged", content_encoding="gzip"), "bad_response"),
        (reply(gzip.compress(b"whole" * 99, mtime=0)[:-9], content_encoding="gzip"), "bad_response"),
        (reply("x", content_encoding="br"), "bad_response"),
        (bomb(3), "too_large"),
        (reply(b"a" * (2**20 + 1)), "too_large"),
    ],
)
def test_what_goes_wrong_has_a_name(web: Web, limits: Settings, answer: bytes, outcome: str) -> None:
    found = get(web, limits, "/a", answer)
    assert (found.outcome, found.content) == (outcome, b"")
    assert found.error


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda raw: zlib.compress(raw)[2:-4]])
def test_packed_bodies_are_unpacked(web: Web, limits: Settings, pack: object) -> None:
    packed = pack(b"The ferry runs." * 50)  # type: ignore[operator]
    name = "gzip" if pack is gzip.compress else "deflate"
    found = get(web, limits, "/a", reply(packed, content_encoding=name))
    assert (found.content, found.received) == (b"The ferry runs." * 50, len(packed))


def test_a_bomb_is_given_up_before_it_is_unpacked(web: Web, limits: Settings) -> None:
    web.serve("/bomb", bomb(300))
    began = time.monotonic()
    assert Fetcher(limits).get(web.url("/bomb"), HERE).outcome == "too_large"
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: slow(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 0.1),
        late(PAGE, 3),
        lambda _: (part for part in (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *slow(b"a" * 99, 0.1))),
    ],
    ids=["slow headers", "late headers", "slow body"],
)
def test_the_whole_answer_has_one_deadline(web: Web, limits: Settings, answer: object) -> None:
    began = time.monotonic()
    found = get(web, limits, "/a", answer)
    assert (found.outcome, found.error) == ("timeout", "not within 1 s")
    assert 0.9 < time.monotonic() - began < 1.6


def test_an_endless_body_is_given_up(web: Web, limits: Settings) -> None:
    assert get(web, limits, "/a", lambda _: endless()).outcome == "too_large"


class TestRedirects:
    def test_each_is_followed_to_where_the_page_is(self, web: Web, limits: Settings) -> None:
        web.serve("/a", reply(status=301, location="b?x=1"))
        web.serve("/b?x=1", reply(status=307, location=web.url("/c#part")))
        web.serve("/c", PAGE)
        found = get(web, limits, "/a")
        assert (found.outcome, found.final_url) == ("ok", web.url("/c"))
        assert (found.url, [r.path for r in web.requests]) == (web.url("/a"), ["/a", "/b?x=1", "/c"])

    def test_a_loop_ends(self, web: Web, limits: Settings) -> None:
        web.serve("/a", reply(status=302, location="/b"))
        web.serve("/b", reply(status=302, location="/a"))
        found = get(web, limits, "/a")
        assert (found.outcome, len(web.requests)) == ("redirects", 2)
        assert "lead back" in (found.error or "")

    def test_so_many_are_too_many(self, web: Web, limits: Settings) -> None:
        for number in range(20):
            web.serve(f"/{number}", reply(status=302, location=f"/{number + 1}"))
        assert get(web, limits, "/0").outcome == "redirects"
        assert len(web.requests) == 11

    @pytest.mark.parametrize(
        "location",
        [
            "http://127.0.0.2:{port}/secret", "http://localhost:{port}/secret", "//[::1]:{port}/secret",
            "http://169.254.169.254/latest/meta-data", "http://2130706434:{port}/secret", "file:///etc/passwd",
            "gopher://127.0.0.1:{port}/x", "http://[broken/",
            "http://user:secret@127.0.0.1:{port}/secret",  # pragma: allowlist secret
        ],
    )  # fmt: skip
    def test_none_leads_to_where_nobody_may_go(self, web: Web, limits: Settings, location: str) -> None:
        web.serve("/secret", PAGE)
        found = get(web, limits, "/a", reply(status=302, location=location.format(port=web.port)))
        assert found.outcome == "refused"
        assert "secret@" not in (found.error or "")
        assert web.asked("/secret") == []

    def test_the_deadline_counts_all_of_them(self, web: Web, limits: Settings) -> None:
        for number in range(9):
            web.serve(f"/{number}", late(reply(status=302, location=f"/{number + 1}"), 0.3))
        began = time.monotonic()
        assert get(web, limits, "/0").outcome == "timeout"
        assert time.monotonic() - began < 1.6


class TestAddresses:
    def test_without_leave_this_machine_is_not_asked(self, web: Web, limits: Settings) -> None:
        web.serve("/a", PAGE)
        found = Fetcher(limits).get(web.url("/a"), Terms())
        assert (found.outcome, web.requests) == ("refused", [])
        assert "allow_host" in (found.error or "")

    def test_the_address_that_was_checked_is_connected_to(
        self, web: Web, limits: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A name that answers with one address to the first who asks, and with another from then on."""
        web.serve("/a", PAGE)
        monkeypatch.setattr(addresses, "PORTS", frozenset((web.port,)))
        monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1")
        asked: list[str] = []
        real = socket.getaddrinfo

        def rebinding(host: str, *args: Any, **named: Any) -> Any:
            if host == "rebinding.example":
                asked.append(host)
                host = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
            return real(host, *args, **named)

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        fetcher, url = Fetcher(limits), f"http://rebinding.example:{web.port}/a"
        with socket.create_server(("127.0.0.2", web.port)) as inside:
            inside.settimeout(0.2)
            assert fetcher.get(url, Terms(delay=0.0)).outcome == "ok"
            assert (len(asked), len(web.requests)) == (1, 1)
            assert fetcher.get(url, Terms(delay=0.0)).outcome == "refused"
            assert (len(asked), len(web.requests)) == (2, 1)
            with pytest.raises(TimeoutError):
                inside.accept()

    def test_leave_is_for_the_name_and_holds_after_a_redirect(self, web: Web, limits: Settings) -> None:
        web.serve("/a", reply(status=302, location=web.url("/b", "localhost")))
        web.serve("/b", PAGE)
        assert get(web, limits, "/a").outcome == "refused"
        both = Terms(frozenset({"127.0.0.1", "localhost"}), 0.0)
        assert get(web, limits, "/a", terms=both).outcome == "ok"

    @pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"])
    def test_no_proxy_of_the_environment_is_asked(
        self, web: Web, limits: Settings, variable: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(variable, web.url())
        assert get(web, limits, "/a", PAGE).outcome == "ok"
        assert [r.path for r in web.requests] == ["/a"]

    def test_nobody_there(self, limits: Settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            free = taken.getsockname()[1]
        assert Fetcher(limits).get(f"http://127.0.0.1:{free}/", HERE).outcome == "unreachable"
        assert Fetcher(limits).get("http://nowhere.invalid/", HERE).outcome == "unreachable"


class TestRetries:
    def test_passing_trouble_is_tried_again(self, web: Web, limits: Settings) -> None:
        found = get(web, limits, "/a", reply("x", 500), reply("x", 503), PAGE)
        assert (found.outcome, len(web.requests)) == ("ok", 3)

    def test_three_times_at_most(self, web: Web, limits: Settings) -> None:
        assert get(web, limits, "/a", reply("x", 500)).outcome == "server_error"
        assert len(web.requests) == 3

    @pytest.mark.parametrize("status", [403, 404, 410])
    def test_what_a_server_means_is_not(self, web: Web, limits: Settings, status: int) -> None:
        get(web, limits, "/a", reply("x", status))
        assert len(web.requests) == 1

    def test_retry_after_is_waited_for(self, web: Web, limits: Settings) -> None:
        found = get(web, limits, "/a", reply("x", 429, retry_after="1"), PAGE)
        first, second = web.requests
        assert found.outcome == "ok"
        assert second.at - first.at >= 0.9

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_a_long_one_is_left_for_a_later_run(self, web: Web, limits: Settings, form: str) -> None:
        then = datetime.now(UTC) + timedelta(hours=2)
        header = "7200" if form == "seconds" else format_datetime(then, usegmt=True)
        found = get(web, limits, "/a", reply("x", 429, retry_after=header), PAGE)
        assert (found.outcome, len(web.requests)) == ("throttled", 1)
        assert found.retry_at is not None
        assert abs(found.retry_at - then) < timedelta(seconds=5)

    @pytest.mark.parametrize("header", ["", "soon", "-5", "1e9", None, "Mon, 99 Foo 2026"])
    def test_one_that_says_nothing(self, header: str | None) -> None:
        assert retry.moment(header, datetime.now(UTC)) is None

    def test_one_for_ever_is_a_day(self) -> None:
        now = datetime.now(UTC)
        for header in ("9" * 30, "99999999", "Tue, 01 Jan 2999 00:00:00 GMT"):
            assert retry.moment(header, now) == now + timedelta(days=1)
        assert retry.moment("Tue, 01 Jan 2019 00:00:00 GMT", now) == now


class TestTurns:
    def test_requests_to_a_host_are_apart(self, web: Web, limits: Settings) -> None:
        web.serve("/a", PAGE)
        fetcher, patient = Fetcher(limits), Terms(HERE.allowed, delay=0.3)
        for _ in range(3):
            fetcher.get(web.url("/a"), patient)
        times = [r.at for r in web.requests]
        assert all(later - earlier >= 0.3 for earlier, later in pairwise(times))

    def test_a_host_has_so_many_connections_and_no_other_waits_for_it(self) -> None:
        hosts = Hosts(1)
        with hosts.turn("a.example", 5):
            began = time.monotonic()
            with hosts.turn("b.example", 5):
                assert time.monotonic() - began < 0.1


class TestRobots:
    def rules(self, web: Web, limits: Settings, *robots: object, folder: Path | None = None) -> Fetcher:
        web.serve("/robots.txt", *robots)  # type: ignore[arg-type]
        web.serve("/a", PAGE)
        web.serve("/private/a", PAGE)
        return Fetcher(limits, Robots(limits, folder).rule)

    def outcome(self, web: Web, fetcher: Fetcher, path: str = "/a") -> str:
        return fetcher.get(web.url(path), HERE).outcome

    def test_they_are_obeyed(self, web: Web, limits: Settings) -> None:
        text = "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nAllow: /\nDisallow: /private*a$\n"
        fetcher = self.rules(web, limits, reply(text))
        assert self.outcome(web, fetcher) == "ok"
        assert self.outcome(web, fetcher, "/private/a") == "robots"
        assert web.asked("/private/a") == []
        assert len(web.asked("/robots.txt")) == 1

    def test_they_are_obeyed_where_a_redirect_leads(self, web: Web, limits: Settings) -> None:
        fetcher = self.rules(web, limits, reply("User-agent: *\nDisallow: /private/"))
        web.serve("/moved", reply(status=301, location="/private/a"))
        assert self.outcome(web, fetcher, "/moved") == "robots"

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_without_any_all_is_allowed(self, web: Web, limits: Settings, status: int) -> None:
        assert self.outcome(web, self.rules(web, limits, reply("x", status))) == "ok"

    @pytest.mark.parametrize("broken", [reply("x", 500), reply("x", 429), b"", bomb(3)])
    def test_out_of_reach_nothing_is(self, web: Web, limits: Settings, broken: bytes) -> None:
        assert self.outcome(web, self.rules(web, limits, broken)) == "robots_unreachable"
        assert web.asked("/a") == []

    def test_a_copy_is_kept_for_a_day_and_stands_in_for_a_month(
        self, web: Web, limits: Settings, tmp_path: Path
    ) -> None:
        folder = tmp_path / "robots"
        first = self.rules(web, limits, reply("User-agent: *\nDisallow: /private/"), folder=folder)
        assert self.outcome(web, first, "/private/a") == "robots"
        again = self.rules(web, limits, reply("x", 500), folder=folder)
        assert self.outcome(web, again) == "ok"
        assert len(web.asked("/robots.txt")) == 1
        (copy,) = folder.iterdir()
        for days, outcome in ((3, "ok"), (40, "robots_unreachable")):
            then = (datetime.now(UTC) - timedelta(days=days)).isoformat()
            copy.write_text(copy.read_text().replace(copy.read_text().split('"')[3], then))
            stale = self.rules(web, limits, reply("x", 500), folder=folder)
            assert self.outcome(web, stale) == outcome
        copy.write_text("{")
        assert self.outcome(web, self.rules(web, limits, reply(""), folder=folder), "/private/a") == "ok"

    def test_a_crawl_delay_counts(self, web: Web, limits: Settings) -> None:
        fetcher = self.rules(web, limits, reply("User-agent: *\nCrawl-delay: 0.4"))
        self.outcome(web, fetcher)
        self.outcome(web, fetcher)
        first, second = web.asked("/a")
        assert second.at - first.at >= 0.4


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://ann:pw@news.example/feed", "https://news.example/feed"),  # pragma: allowlist secret
        ("https://news.example/feed?api_key=12ab&page=2", "https://news.example/feed?api_key=***&page=2"),
        ("https://news.example/feed?x=1&Access_Token=12ab", "https://news.example/feed?x=1&Access_Token=***"),
        ("https://news.example/a?page=2#key", "https://news.example/a?page=2#key"),
    ],
)
def test_secrets_are_not_shown(url: str, safe: str) -> None:
    assert shown(url) == safe


def test_an_address_is_asked_for_in_ascii() -> None:
    assert target("https://Bücher.Example./Straße?q=ä#x").url == "https://xn--bcher-kva.example./Stra%C3%9Fe?q=%C3%A4"
    assert target("https://Bücher.Example./").host == "xn--bcher-kva.example"
    assert target("/b", "https://[2001:db8::1]:8443/a").origin == "https://[2001:db8::1]:8443"
