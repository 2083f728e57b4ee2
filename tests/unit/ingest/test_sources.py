"""sources.toml: understood or refused with its line, and changed without losing what people wrote into it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.ingest import sources
from pipelines.ingest.sources import SourcesError, load

WRITTEN = """# Ours.

[[source]]
name = "courier"          # the local paper
kind = "feed"
url = "https://courier.example/feed.xml"
interval = "30m"

# Slow, and only in the day.
[[source]]
name = "port"
kind = "sitemap"
url = "https://port.example/sitemap.xml"
schedule = "5 6-22 * * *"
limit = 10
since = 2026-03-01
allow_host = ["Intranet.Example"]
paused = true
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "sources.toml"


@pytest.fixture
def written(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(WRITTEN)
    return file


def test_without_a_file_nothing_is_watched(file: Path) -> None:
    assert load(file) == []


def test_a_file_that_is_no_utf_8_is_told(written: Path) -> None:
    written.write_bytes(b"# Caf\xe9\n")
    with pytest.raises(SourcesError, match=r"sources.toml is not UTF-8"):
        load(written)


def test_what_is_written_is_read(written: Path) -> None:
    courier, port = load(written)
    assert (courier.limit, courier.paused, courier.due(None)) == (50, False, None)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert courier.due(noon) == noon + timedelta(minutes=30)
    assert (port.since, port.allowed, port.paused) == (date(2026, 3, 1), frozenset({"intranet.example"}), True)
    assert port.due(noon) == noon + timedelta(minutes=5)
    assert (courier.rhythm(noon), port.rhythm(noon)) == (timedelta(minutes=30), timedelta(hours=1))
    assert port.rhythm(noon + timedelta(hours=8)) == timedelta(hours=8)  # the night is part of its rhythm


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('name = "x"\nkind = "feed"', "line 20 (x): url: Field required"),
        ('name = "x"\nkind = "fed"\nurl = "https://x.example/"', "kind: Input should be 'feed', 'sitemap' or 'page'"),
        ('name = "A b"\nkind = "feed"\nurl = "https://x.example/"', "line 20 (A b): name"),
        ('name = "x"\nkind = "feed"\nurl = "file:///etc/passwd"', "neither http nor https"),
        (
            'name = "x"\nkind = "feed"\nurl = "https://ann:pw@x.example/"',  # pragma: allowlist secret
            "holds a name or password",
        ),
        ('name = "x"\nkind = "feed"\nurl = "https://x.example/"\nevery = "1h"', "every: Extra inputs"),
        ('name = "x"\nkind = "feed"\nurl = "https://x.example/"\ninterval = "1m"', "too often"),
        ('name = "x"\nkind = "feed"\nurl = "https://x.example/"\ninterval = "often"', "write it as 30m, 6h or 1d"),
        ('name = "x"\nkind = "feed"\nurl = "https://x.example/"\nschedule = "daily"', "no cron schedule"),
        ('name = "x"\nkind = "feed"\nurl = "https://x.example/"\nallow_host = ["http://a/"]', "write its name alone"),
        ('name = "x"\nkind = "feed"\nurl = "https://x.example/"\nallow_host = ["*.example"]', "write its name alone"),
        (
            'name = "x"\nkind = "feed"\nurl = "https://x.example/"\nschedule = "5 * * * *"\ninterval = "1h"',
            "either interval or schedule",
        ),
        ('name = "port"\nkind = "feed"\nurl = "https://x.example/"', "line 20: 'port' stands there twice"),
        ("name = x", "line 21"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(written: Path, entry: str, said: str) -> None:
    written.write_text(f"{WRITTEN}\n[[source]]\n{entry}\n")
    with pytest.raises(SourcesError) as error:
        load(written)
    assert said in str(error.value)
    assert "pw@" not in str(error.value)


@pytest.mark.parametrize("text", ["[source]\nname = 'x'", "sources = []", "[[sources]]\nname = 'x'"])
def test_other_tables_are_refused(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(SourcesError, match="it holds only"):
        load(file)


def test_a_change_leaves_the_rest_as_it_was_written(written: Path) -> None:
    sources.add(written, {"name": "quay", "kind": "page", "url": "https://quay.example/live"})
    sources.pause(written, "courier", paused=True)
    sources.pause(written, "port", paused=False)
    text = written.read_text()
    for comment in ("# Ours.", "# the local paper", "# Slow, and only in the day."):
        assert comment in text
    assert [(s.name, s.paused) for s in load(written)] == [("courier", True), ("port", False), ("quay", False)]
    sources.pause(written, "courier", paused=False)
    sources.remove(written, "quay")
    sources.pause(written, "port", paused=True)
    assert load(written) == load_text(written, WRITTEN)


def load_text(file: Path, text: str) -> list[sources.Source]:
    file.write_text(text)
    return load(file)


def test_the_first_entry_makes_the_file(file: Path) -> None:
    made = sources.add(file, {"name": "quay", "kind": "page", "url": "https://quay.example/live", "limit": 5})
    assert load(file) == [made]
    assert file.read_text().startswith("# ")


def test_a_change_that_would_not_be_understood_is_not_written(written: Path) -> None:
    for entry in (
        {"name": "x", "kind": "feed", "url": "ftp://x"},
        {"name": "port", "kind": "feed", "url": "https://x"},
    ):
        with pytest.raises(SourcesError):
            sources.add(written, entry)
    with pytest.raises(SourcesError, match="has no source 'gone'; it has courier, port"):
        sources.remove(written, "gone")
    assert written.read_text() == WRITTEN
    assert [f.name for f in written.parent.iterdir()] == ["sources.toml"]
