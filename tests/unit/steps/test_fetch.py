"""Sources fetched from a server on 127.0.0.1: nothing is lost, nothing comes twice, and a bad day moves no cursor."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.ingest import retry
from pipelines.ingest.sources import Source
from pipelines.lake import Lake, Writer, lake_of
from pipelines.settings import Settings
from pipelines.steps import cursor, fetch
from pipelines.steps.clean import clean_captures, clean_shard, pending_shards
from tests.web import Web, reply, serving

NOW = datetime.now(UTC)
STORY = "<p>The ferry between Ostreva and Port Almer runs again, the harbour office said on Monday. {}</p>"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, fetch_seconds=2.0, fetch_megabytes=1)


@pytest.fixture
def lake(limits: Settings) -> Lake:
    return lake_of(limits)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_FIRST", 0.01)


def source(web: Web, kind: str = "feed", path: str = "/feed", **more: Any) -> Source:
    given = {"name": "courier", "delay": 0.0, "allow_host": ("127.0.0.1",)} | more
    return Source(kind=kind, url=web.url(path), **given)


def page(number: int, **headers: Any) -> bytes:
    body = "".join(STORY.format(f"It carried {number * 100 + extra} people.") for extra in range(3))
    return reply(f"<html><body><article>{body}</article></body></html>", content_type="text/html", **headers)


def feed(web: Web, *numbers: int) -> str:
    items = "".join(
        f"<item><title>Ferry {n}</title><link>{web.url(f'/{n}')}</link><author>Ann Oster</author>"
        f"<pubDate>Mon, 02 Mar 2026 {n:02d}:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title>{items}</channel></rss>'


def publish(web: Web, *numbers: int, **headers: Any) -> None:
    """Let the server have these articles, all of them in its feed."""
    web.serve("/feed", reply(feed(web, *numbers), content_type="application/rss+xml", **headers))
    for number in numbers:
        web.serve(f"/{number}", page(number))


def rows(lake: Lake, table: str) -> list[dict[str, Any]]:
    return [row for shard in lake.shards(table) for row in lake.read(shard).to_pylist()]


def run(lake: Lake, limits: Settings, *sources: Source, now: datetime = NOW) -> dict[str, fetch.Watched]:
    return fetch.fetch(sources, lake, limits, now)


def captured(lake: Lake, web: Web) -> list[int]:
    return [int(row["url"].removeprefix(web.url("/"))) for row in rows(lake, "raw/captures")]


def test_a_feed_is_captured_with_what_it_states(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, 1, 2, etag='"a"')
    found = run(lake, limits, source(web))
    assert found == {"courier": fetch.Watched("ok", listed=2, captured=2)}
    kept = {row["url"]: row for row in rows(lake, "raw/captures")}
    first = kept[web.url("/1")]
    assert first["content"] in page(1)
    assert (first["source"], first["content_type"], first["media_type"]) == ("web:courier", "text/html", "text/html")
    stated = json.loads(first["stated"])
    assert (stated["title"], stated["published_at"]) == ("Ferry 1", "2026-03-02T01:00:00+00:00")
    fetches = rows(lake, "raw/fetches")
    assert next((f["kind"], f["outcome"], f["new_entries"]) for f in fetches) == ("listing", "ok", 2)
    assert {f["capture_id"] for f in fetches[1:]} == {row["capture_id"] for row in kept.values()}


def test_what_the_feed_states_is_evidence_beside_the_page(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, 1)
    run(lake, limits, source(web))
    made = clean_captures(rows(lake, "raw/captures"), limits)  # type: ignore[arg-type]
    (article,) = made["clean/articles"]
    assert (article["title"], article["authors"]) == ("Ferry 1", ["Ann Oster"])
    assert (article["published_at"], article["zone"]) == ("2026-03-02T01:00:00+00:00", "known")
    assert [(e["source"], e["verdict"]) for e in made["clean/date_evidence"]] == [("feed", "won")]


def test_a_second_visit_takes_what_is_new_alone(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, 1, 2)
    run(lake, limits, source(web))
    publish(web, 1, 2, 3)
    assert run(lake, limits, source(web))["courier"] == fetch.Watched("ok", listed=1, captured=1)
    assert captured(lake, web) == [2, 1, 3]
    assert len(web.asked("/1")) == 1


def test_validators_are_sent_back(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, 1, etag='"a"', last_modified="Mon, 02 Mar 2026 12:00:00 GMT")
    run(lake, limits, source(web))
    web.serve("/feed", reply(status=304))
    for _ in range(2):
        assert run(lake, limits, source(web))["courier"].outcome == "not_modified"
    for asked in web.asked("/feed")[1:]:
        assert asked.headers["if-none-match"] == '"a"'
        assert asked.headers["if-modified-since"] == "Mon, 02 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("bad", "outcome"),
    [
        (reply("x", 429, retry_after="7200", etag='"b"'), "throttled"),
        (reply("x", 500, etag='"b"'), "server_error"),
        (reply("", etag='"b"'), "empty"),
        (reply("<html><body>Log in</body></html>", content_type="text/html", etag='"b"'), "not_a_listing"),
        (reply('<?xml version="1.0"?><rss><channel><item><title>Fer', etag='"b"'), "not_a_listing"),
        (reply('<!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>', etag='"b"'), "not_a_listing"),
        (reply("cut", length=999, etag='"b"'), "bad_response"),
        (reply("gone", 404, etag='"b"'), "gone"),
    ],
)
def test_a_bad_answer_leaves_the_cursor_where_it_was(
    web: Web, lake: Lake, limits: Settings, bad: bytes, outcome: str
) -> None:
    publish(web, 1, etag='"a"')
    run(lake, limits, source(web))
    web.serve("/feed", bad)
    found = run(lake, limits, source(web))["courier"]
    assert (found.outcome, bool(found.error), found.captured) == (outcome, True, 0)
    publish(web, 1, 2, etag='"c"')
    assert run(lake, limits, source(web), now=NOW + timedelta(hours=3))["courier"].captured == 1
    assert web.asked("/feed")[-1].headers["if-none-match"] == '"a"'


def test_what_is_over_the_limit_waits_and_newest_come_first(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, 3, 1, 5, 2, 4, etag='"a"')
    assert run(lake, limits, source(web, limit=2))["courier"] == fetch.Watched("ok", listed=5, captured=2, waiting=3)
    assert captured(lake, web) == [5, 4]
    web.serve("/feed", reply(status=304))  # and they wait whatever becomes of the feed
    assert run(lake, limits, source(web, limit=2))["courier"].waiting == 1
    web.serve("/feed", reply("x", 500))
    assert run(lake, limits, source(web, limit=2))["courier"].waiting == 0
    assert captured(lake, web) == [5, 4, 3, 2, 1]


def test_an_article_that_fails_is_tried_again_later_and_at_last_given_up(
    web: Web, lake: Lake, limits: Settings
) -> None:
    publish(web, 1)
    web.serve("/1", reply("x", 500))
    found = run(lake, limits, source(web))["courier"]
    assert (found.captured, found.failed, found.waiting) == (0, 1, 1)
    run(lake, limits, source(web), now=NOW + timedelta(minutes=1))
    assert len([f for f in rows(lake, "raw/fetches") if f["kind"] == "article"]) == 1
    web.serve("/1", page(1))
    assert run(lake, limits, source(web), now=NOW + timedelta(hours=1))["courier"].captured == 1
    publish(web, 2)
    web.serve("/2", reply("x", 500))
    for day in range(1, 20):
        run(lake, limits, source(web), now=NOW + timedelta(days=9 * day))
    known = cursor.read(lake)
    assert {e["entry_id"] for e in rows(lake, "raw/entries")} == known.done
    assert len([f for f in rows(lake, "raw/fetches") if f["url"] == web.url("/2")]) == cursor.TRIES


@pytest.mark.parametrize(("answer", "outcome"), [(reply("x", 404), "gone"), (reply(b"x" * 2**21), "too_large")])
def test_an_article_that_will_never_come_is_not_asked_for_again(
    web: Web, lake: Lake, limits: Settings, answer: bytes, outcome: str
) -> None:
    publish(web, 1)
    web.serve("/1", answer)
    assert run(lake, limits, source(web))["courier"].waiting == 0
    run(lake, limits, source(web), now=NOW + timedelta(days=1))
    assert [f["outcome"] for f in rows(lake, "raw/fetches") if f["kind"] == "article"] == [outcome]


def test_a_host_that_fails_again_and_again_is_left_alone_for_the_run(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, *range(1, 10))
    for number in range(1, 10):
        web.serve(f"/{number}", reply("x", 403))
    found = run(lake, limits, source(web))["courier"]
    assert (found.failed, found.waiting) == (3, 9)


def test_sources_of_a_host_that_fails_again_and_again_wait_for_the_next_run(
    web: Web, lake: Lake, limits: Settings
) -> None:
    publish(web, 1, 2, 3)
    one = source(web, limit=1)
    run(lake, limits, one)
    web.serve("/lost", reply("x", 500))
    lost = [source(web, path="/lost", name=f"lost-{n}") for n in range(5)]
    assert list(run(lake, limits, *lost, one)) == ["lost-0", "lost-1", "lost-2"]
    assert run(lake, limits, one)["courier"].captured == 1


def test_robots_are_obeyed(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, 1, 2)
    web.serve("/robots.txt", reply("User-agent: *\nDisallow: /2"))
    run(lake, limits, source(web))
    assert (captured(lake, web), web.asked("/2")) == ([1], [])
    assert len(web.asked("/robots.txt")) == 1
    run(lake, limits, source(web))
    assert len(web.asked("/robots.txt")) == 1


def test_a_page_is_captured_when_it_has_changed(web: Web, lake: Lake, limits: Settings) -> None:
    watched = source(web, "page", "/1")
    web.serve("/1", page(1, etag='"a"'))
    assert run(lake, limits, watched)["courier"].captured == 1
    assert run(lake, limits, watched)["courier"].captured == 0  # the same bytes, sent again
    assert web.asked("/1")[1].headers["if-none-match"] == '"a"'
    web.serve("/1", page(2))
    assert run(lake, limits, watched)["courier"].captured == 1
    assert [f["kind"] for f in rows(lake, "raw/fetches")] == ["page"] * 3


class TestSitemaps:
    def serve(self, web: Web, path: str, *numbers: int, **headers: Any) -> None:
        urls = "".join(f"<url><loc>{web.url(f'/{n}')}</loc><lastmod>2026-03-{n:02d}</lastmod></url>" for n in numbers)
        ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        web.serve(path, reply(f"<urlset {ns}>{urls}</urlset>", content_type="application/xml", **headers))
        for number in numbers:
            web.serve(f"/{number}", page(number))

    def index(self, web: Web, **children: str) -> None:
        maps = "".join(
            f"<sitemap><loc>{web.url(f'/{name}')}</loc><lastmod>{day}</lastmod></sitemap>"
            for name, day in children.items()
        )
        ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        web.serve("/map", reply(f"<sitemapindex {ns}>{maps}</sitemapindex>", etag='"index"'))

    def test_nothing_older_is_taken(self, web: Web, lake: Lake, limits: Settings) -> None:
        self.serve(web, "/map", 3, 1, 2)
        found = run(lake, limits, source(web, "sitemap", "/map", since=date(2026, 3, 2)))["courier"]
        assert (found.listed, captured(lake, web)) == (2, [3, 2])

    def test_of_an_index_what_has_changed_is_read(self, web: Web, lake: Lake, limits: Settings) -> None:
        self.serve(web, "/old", 1, etag='"old"')
        self.serve(web, "/new", 2, 3)
        tomorrow = (NOW + timedelta(days=1)).date().isoformat()
        self.index(web, old="2026-03-01", new=tomorrow)
        watched = source(web, "sitemap", "/map")
        assert run(lake, limits, watched)["courier"].captured == 3
        self.serve(web, "/new", 2, 3, 4)
        assert run(lake, limits, watched)["courier"].captured == 1
        assert (len(web.asked("/old")), len(web.asked("/new"))) == (1, 2)
        kinds = [f["kind"] for f in rows(lake, "raw/fetches") if f["kind"] != "article"]
        assert kinds == ["listing", "part", "part", "listing", "part"]
        assert "if-none-match" not in web.asked("/map")[1].headers  # its sitemaps may have changed under it

    def test_a_sitemap_that_fails_is_read_by_the_next_visit(self, web: Web, lake: Lake, limits: Settings) -> None:
        self.index(web, one="2026-03-01")
        web.serve("/one", reply("x", 500))
        watched = source(web, "sitemap", "/map")
        assert run(lake, limits, watched)["courier"].captured == 0
        self.serve(web, "/one", 1)
        assert run(lake, limits, watched)["courier"].captured == 1


class TestCrashes:
    @pytest.mark.parametrize("commits", [0, 1, 2])
    def test_a_run_that_dies_at_any_commit_loses_nothing_and_takes_nothing_twice(
        self, web: Web, lake: Lake, limits: Settings, monkeypatch: pytest.MonkeyPatch, commits: int
    ) -> None:
        limits = limits.model_copy(update={"shard_rows": 2})
        publish(web, *range(1, 6), etag='"a"')
        real, left = Writer.commit, [commits]

        def dies(writer: Writer) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return real(writer)

        monkeypatch.setattr(Writer, "commit", dies)
        with pytest.raises(KeyboardInterrupt):
            run(lake, limits, source(web))
        monkeypatch.undo()
        run(lake, limits, source(web))
        assert sorted(captured(lake, web)) == [1, 2, 3, 4, 5]
        entries = [e["entry_id"] for e in rows(lake, "raw/entries")]
        assert len(entries) == len(set(entries)) == 5

    def test_two_runs_at_once_take_nothing_twice(
        self, web: Web, lake: Lake, limits: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(web, 1, 2)
        real, other = fetch._visit_all, [True]

        def overtaken(*arguments: Any) -> Any:
            if other.pop() if other else False:
                run(lake, limits, source(web))
            return real(*arguments)

        monkeypatch.setattr(fetch, "_visit_all", overtaken)
        run(lake, limits, source(web))
        for table, key in (("raw/captures", "capture_id"), ("raw/entries", "entry_id")):
            assert len(rows(lake, table)) == len(lake.column(table, key)) == 2


class TestDue:
    def test_a_source_is_due_when_its_interval_is_over(self, web: Web, lake: Lake, limits: Settings) -> None:
        publish(web, 1)
        watched = source(web, interval="30m")
        assert fetch.due([watched], lake, NOW) == [watched]
        run(lake, limits, watched)
        tried = datetime.now(UTC)
        assert fetch.due([watched], lake, tried + timedelta(minutes=29)) == []
        assert fetch.due([watched], lake, tried + timedelta(minutes=31)) == [watched]
        assert fetch.due([source(web, paused=True)], lake, tried + timedelta(days=9)) == []

    def test_a_host_that_asks_for_patience_gets_it(self, web: Web, lake: Lake, limits: Settings) -> None:
        web.serve("/feed", reply("x", 429, retry_after="20000"))
        run(lake, limits, source(web))
        tried = datetime.now(UTC)
        assert fetch.due([source(web)], lake, tried + timedelta(hours=5)) == []
        assert fetch.due([source(web)], lake, tried + timedelta(hours=6)) == [source(web)]

    def test_a_schedule_is_cron_in_utc(self, web: Web) -> None:
        watched = source(web, schedule="5 6-22 * * *")
        last = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
        assert watched.due(last) == datetime(2026, 3, 3, 6, 5, tzinfo=UTC)
        assert watched.rhythm(last) == timedelta(hours=1)


def test_many_sources_at_once_go_gently_on_one_host(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, *range(1, 6))
    others = [source(web, name=f"courier-{n}") for n in range(4)]
    found = run(lake, limits, *others)
    assert [w.listed for w in found.values()] == [5] * 4
    assert web.most_open == 1
    assert len(lake.column("raw/captures", "capture_id")) == 5


def test_the_end_of_its_time_ends_a_run(web: Web, lake: Lake, limits: Settings) -> None:
    publish(web, *range(1, 9))
    short = limits.model_copy(update={"fetch_run_seconds": 0.5})
    found = run(lake, short, source(web, delay=0.2))["courier"]
    assert 0 < found.captured < 8
    assert found.captured + found.waiting == 8


def test_entries_that_hold_their_article_need_no_address(web: Web, lake: Lake, limits: Settings) -> None:
    text = " ".join(STORY.format(n)[3:-4] for n in range(5))
    item = f"<item><guid isPermaLink='false'>x-1</guid><title>Ferry</title><description>{text}</description></item>"
    web.serve("/feed", reply(f"<rss version='2.0'><channel><title>C</title>{item}</channel></rss>"))
    for captures in (1, 0):
        assert run(lake, limits, source(web))["courier"].captured == captures
    (kept,) = rows(lake, "raw/captures")
    assert kept["media_type"] == "application/json"
    assert clean_captures([kept], limits)["clean/articles"][0]["title"] == "Ferry"  # type: ignore[list-item]


@pytest.mark.usefixtures("in_process")  # so that the network is closed to what workers run, too
def test_what_was_fetched_is_cleaned_anew_without_the_network(
    web: Web, lake: Lake, limits: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(web, 1, 2)
    run(lake, limits, source(web))
    before = rows(lake, "raw/captures")
    (shard,) = pending_shards(lake)
    assert clean_shard(lake, shard, limits) == (2, 0)
    asked = len(web.requests)
    web.pages.clear()
    monkeypatch.setattr("pipelines.steps.clean.CLEANER_VERSION", "later")

    def offline(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", offline)
    monkeypatch.setattr("socket.getaddrinfo", offline)
    (again,) = pending_shards(lake, NOW.date())
    assert clean_shard(lake, again, limits) == (2, 0)
    articles = rows(lake, "clean/articles")
    assert {a["cleaner_version"] for a in articles} == {"later"}
    assert {a["title"] for a in articles} == {"Ferry 1", "Ferry 2"}
    assert (rows(lake, "raw/captures"), len(web.requests)) == (before, asked)
