"""`dateline source` as a user meets it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.lake import lake_of
from pipelines.settings import settings
from tests.web import Web, reply, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


@pytest.fixture
def source(data: Path) -> Any:
    assert settings().data == data
    return lambda *arguments: CliRunner().invoke(app, ["source", *arguments])


def add(source: Any, web: Web, *more: str) -> Result:
    given = ["add", "courier", web.url("/feed"), "--allow-host", "127.0.0.1", "--delay", "0", *more]
    result: Result = source(*given)
    assert result.exit_code == 0, result.stderr
    return result


def serve(web: Web, *numbers: int) -> None:
    items = "".join(
        f"<item><title>Ferry {n} \x1b[31m</title><link>{web.url(f'/{n}')}</link>"
        f"<pubDate>Mon, 02 Mar 2026 0{n}:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    web.serve("/feed", reply(f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>"))


def test_nothing_is_watched_at_first(source: Any) -> None:
    assert "dateline source add" in source("list").stdout
    assert json.loads(source("list", "--json").stdout) == {"sources": []}


def test_a_source_is_added_listed_paused_resumed_and_removed(source: Any, web: Web, data: Path) -> None:
    assert "dateline source test courier" in add(source, web, "--interval", "30m").stdout
    (row,) = json.loads(source("list", "--json").stdout)["sources"]
    assert row == {
        "name": "courier", "kind": "feed", "url": web.url("/feed"), "every": "30m", "last asked": None,
        "outcome": None, "next": "now", "waiting": 0,
    }  # fmt: skip
    assert source("pause", "courier").exit_code == 0
    assert json.loads(source("list", "--json").stdout)["sources"][0]["next"] == "paused"
    assert source("resume", "courier").exit_code == 0
    assert "courier" in source("list").stdout
    assert "its captures stay" in source("remove", "courier").stdout
    assert json.loads(source("list", "--json").stdout) == {"sources": []}
    assert [f.name for f in data.iterdir()] == ["sources.toml"]


def test_a_test_shows_what_would_be_taken_and_stores_nothing(source: Any, web: Web, data: Path) -> None:
    serve(web, 1, 3, 2)
    add(source, web, "--limit", "2")
    result = source("test", "courier")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == [f"ok: {web.url('/feed')}", "3 new, 0 known"]
    assert [line.split()[-1] for line in lines[2:5]] == [web.url(f"/{n}") for n in (3, 2, 1)]
    assert lines[5] == "1 of them would wait, since limit = 2"
    assert "\x1b" not in result.stdout
    assert [f.name for f in data.iterdir()] == ["sources.toml"]
    assert lake_of(settings()).version() == 0
    found = json.loads(source("test", "courier", "--json").stdout)
    assert (len(found["new"]), found["known"]) == (3, 0)


def test_a_test_that_fails_says_why(source: Any, web: Web) -> None:
    add(source, web)
    web.serve("/feed", reply("<html><body>Log in</body></html>"))
    result = source("test", "courier")
    assert (result.exit_code, "not_a_listing" in result.stdout) == (1, True)


def test_a_private_address_is_refused_and_the_way_out_named(source: Any, web: Web) -> None:
    assert source("add", "inside", web.url("/feed")).exit_code == 0
    result = source("test", "inside")
    assert result.exit_code == 1
    assert "allow_host = ['127.0.0.1'] allows it" in result.stdout
    assert web.requests == []


def test_a_new_sitemap_begins_a_week_ago(source: Any) -> None:
    added = source("add", "port", "https://port.example/sitemap.xml", "--kind", "sitemap", "--json")
    assert json.loads(added.stdout)["since"] is not None
    older = source("add", "quay", "https://quay.example/sitemap.xml", "--kind", "sitemap", "--since", "2020-01-01")
    assert "nothing older than 2020-01-01" in older.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "A b", "https://x.example/"),
        ("add", "x", "ftp://x.example/"),
        ("add", "x", "https://x.example/", "--interval", "1s"),
        ("add", "x", "https://x.example/", "--since", "yesterday"),
        ("test", "gone"),
        ("pause", "gone"),
        ("remove", "gone"),
    ],
)
def test_what_is_not_understood_is_said(source: Any, data: Path, arguments: tuple[str, ...]) -> None:
    result = source(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert not (data / "sources.toml").exists()
