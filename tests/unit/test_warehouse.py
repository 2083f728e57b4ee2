"""The warehouse as a file: what a reader may do with it, and what stands in it as it was written."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.lake import Lake
from pipelines.publish import publish
from pipelines.warehouse import WarehouseError, connect, content_hashes, identifier, literal, tables
from tests.world import SQL, article, in_memory, march, put, together

HOSTILE = [
    "'; drop table core.articles; --",
    '"; select 1 as "x',
    '=HYPERLINK("http://example.org")',
    "<img src=x onerror=alert(1)>",
    "../../etc/passwd",
    "\x1b[31mred\x1b[0m \u202eright to left\u202c",
    "null\x00byte",
    "",
    "🌧" * 2000,
]


CLOCK = """
import sys
from pathlib import Path
from pipelines.warehouse import connect
one, two = (connect(Path(sys.argv[1])) for _ in range(2))
for con in (one, two, two.cursor()):
    print(con.sql("select max(captured_at)::varchar from raw.captures").fetchone()[0])
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published")
    lake = Lake(root / "lake")
    hostile = [article(f"hostile-{i}", f"Nothing. {title} Nothing.", title=title) for i, title in enumerate(HOSTILE)]
    put(lake, "a", march(1), *hostile)
    publish(lake, root / "warehouse", SQL)
    return root / "warehouse" / "warehouse.duckdb"


@pytest.fixture
def con(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(published) as connection:
        yield connection


def test_hostile_titles_and_texts_are_stored_as_they_are(con: duckdb.DuckDBPyConnection) -> None:
    stored = con.execute(
        "select title from core.articles where version_id like 'hostile-%' order by version_id"
    ).fetchall()
    assert [title for (title,) in stored] == HOSTILE


@pytest.mark.parametrize("terms", [*HOSTILE, "the", "'", "(", "\\", "%", ".*"])
def test_anything_can_be_looked_for(con: duckdb.DuckDBPyConnection, terms: str) -> None:
    for macro in ("search", "figures", "figures_about", "quotes_by"):
        con.execute(f"from {macro}(?)", [terms]).fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "from read_text('/etc/passwd')",
        "from glob('/etc/*')",
        "from read_parquet('/etc/passwd')",
        "copy (select 1) to '/tmp/dateline-stolen.csv'",
        "attach '/tmp/dateline-other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
        "reset lock_configuration",
        "create table core.mine as select 1",
        "update core.articles set title = ''",
        "drop table core.articles",
    ],
)
def test_a_reader_can_read_the_warehouse_and_nothing_else(con: duckdb.DuckDBPyConnection, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        con.execute(statement)


def test_a_query_that_takes_too_much_memory_is_stopped(published: Path) -> None:
    with connect(published) as con, pytest.raises(duckdb.OutOfMemoryException):
        con.execute("select list(range) from range(1_000_000_000)").fetchall()


def test_a_query_without_end_can_be_interrupted(con: duckdb.DuckDBPyConnection) -> None:
    threading.Timer(0.3, con.interrupt).start()
    began = time.monotonic()
    with pytest.raises(duckdb.InterruptException):
        con.execute("select count(*) from range(10_000_000) a, range(10_000_000) b where a.range < b.range").fetchall()
    assert time.monotonic() - began < 10


def test_a_process_may_open_it_many_times(published: Path) -> None:
    with connect(published) as one, connect(published) as other:
        assert (
            one.execute("from search('troops')").fetchall() == other.execute("from search('troops')").fetchall() != []
        )


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_times_are_in_utc_on_every_connection(published: Path, zone: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOCK, str(published)],
        env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["2026-03-02 12:01:00+00"] * 3


def test_a_link_to_nothing_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").symlink_to("gen_000007.duckdb")
    with pytest.raises(WarehouseError, match=r"gen_000007.duckdb cannot be read"):
        connect(tmp_path / "warehouse.duckdb")


def test_every_table_of_the_published_file_has_its_texts(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select schema_name || '.' || table_name, comment from duckdb_columns() where schema_name in ?",
        [sorted({name.split(".")[0] for name in tables(con)})],
    ).fetchall()
    assert {name for name, _ in rows} == set(tables(con))
    assert [name for name, comment in rows if not comment] == []
    macros = con.execute(
        "select function_name from duckdb_functions() where schema_name = 'main' and not internal and comment is null"
    )
    assert macros.fetchall() == []


def test_hashes_tell_any_difference_and_no_order(tmp_path: Path) -> None:
    one, other = march(1), march(2)
    with in_memory(tmp_path / "1", one, other) as con:
        first = content_hashes(con)
    with in_memory(tmp_path / "2", other, one) as con:
        second = {name: found for name, found in content_hashes(con).items() if name != "meta.shards"}
    loaded = ("raw", "clean", "facts")
    plain = {name for name in first if name.split(".")[0] not in {*loaded, "meta"}}
    assert {name: first[name] for name in plain} == {name: second[name] for name in plain}
    with in_memory(tmp_path / "3", one, march(2, troops=201)) as con:
        third = content_hashes(con)
    assert first["mart.figures"][0] == third["mart.figures"][0]
    assert first["mart.figures"] != third["mart.figures"]
    assert first["mart.rejects_by_reason"] == third["mart.rejects_by_reason"]


def test_names_and_texts_are_quoted_for_sql() -> None:
    assert identifier('facts.a"b') == '"facts"."a""b"'
    with duckdb.connect() as con:
        for text in HOSTILE:
            if "\x00" not in text:
                assert con.execute(f"select {literal(text)}").fetchall() == [(text,)]


def test_together_keeps_every_table() -> None:
    assert len(together(march(1), march(2))["facts/mentions"]) == 6
