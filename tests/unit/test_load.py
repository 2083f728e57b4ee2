"""Loading shards: only what differs is read, and nothing false gets in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.lake import Lake, Shard
from pipelines.load import LoadError, load, spans
from pipelines.schemas import TABLES
from pipelines.storage import sha256
from pipelines.warehouse import content_hashes, create
from tests.world import DAY, Rows, article, march, put, row, span


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_only_what_differs_is_loaded_and_what_is_gone_goes(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1), march(2))
    first = load(con, lake, lake.shards())
    assert (first.added, first.removed) == (len(TABLES), 0)
    again = load(con, lake, lake.shards())
    assert (again.added, again.removed, again.tables) == (0, 0, frozenset())
    put(lake, "a", march(1, troops=300))
    changed = load(con, lake, lake.shards())
    assert changed.added == changed.removed > 0
    assert {"clean/articles", "facts/quantities", "meta/shards"} <= changed.tables
    assert "facts/times" not in changed.tables
    assert con.execute("select version_id, value from facts.quantities").fetchall() == [("march-1", 300)]


def test_bytes_of_captures_stay_in_the_lake(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    load(con, lake, lake.shards())
    columns = {name for (name,) in con.execute("select column_name from (describe raw.captures)").fetchall()}
    assert columns == {*TABLES["raw/captures"].schema.names, "shard"} - {"content"}


def test_every_loaded_row_names_its_shard(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    put(lake, "b", march(2))
    load(con, lake, lake.shards())
    by_shard = con.execute(
        "select s.shard, f.version_id from facts.quantities f join meta.shards s on s.path = f.shard order by all"
    ).fetchall()
    assert by_shard == [("a", "march-1"), ("b", "march-2")]


def test_a_changed_byte_stops_the_load(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    shard = lake.shards("facts/quantities")[0]
    path = lake.store.local(shard.path)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(LoadError, match=r"facts/quantities/.* has changed since it was written"):
        load(con, lake, lake.shards())


def test_a_missing_shard_is_named(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    lake.store.delete(lake.shards("facts/quotes")[0].path)
    with pytest.raises(LoadError, match=r"facts/quotes/.*dateline verify"):
        load(con, lake, lake.shards())


def without(lake: Lake, shard: Shard, *columns: str) -> Shard:
    """The shard as it would be if these columns had not been declared when it was written."""
    path = lake.store.local(shard.path)
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns(columns), path)
    return replace(shard, sha256=sha256(path))


def test_a_shard_that_lacks_a_column_without_nulls_is_named(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    shard = without(lake, lake.shards("facts/quotes")[0], "kind")
    with pytest.raises(LoadError, match=rf"{shard.path} lacks kind, which has no nulls"):
        load(con, lake, [shard])


@pytest.mark.parametrize("beside", [(), ("facts/claims",)])
def test_a_column_that_an_older_shard_was_written_without_is_null(
    con: duckdb.DuckDBPyConnection, lake: Lake, beside: tuple[str, ...]
) -> None:
    put(lake, "a", march(1))
    put(lake, "b", {**march(2), **{table: [] for table in beside}})
    old = [without(lake, s, "cue", "as_of_first") for s in lake.shards("facts/claims") if s.shard == "a"]
    load(con, lake, [*old, *(s for s in lake.shards() if s.path != old[0].path)])
    found = con.execute("select version_id, speaker, cue, as_of_first from facts.claims order by all").fetchall()
    expected = [
        ("march-1", "The Ministry of Defence", None, None),
        ("march-2", "The Ministry of Defence", "said", None),
    ]
    assert found == expected[: 2 - len(beside)]


def test_a_shard_with_fewer_rows_than_committed_is_named(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    shards = [replace(s, rows=s.rows + 1) if s.table == "facts/mentions" else s for s in lake.shards()]
    with pytest.raises(LoadError, match=r"has 3 rows and should have 4"):
        load(con, lake, shards)


def broken(table: str, **change: object) -> Rows:
    rows = march(1)
    rows[table] = [rows[table][0] | change, *rows[table][1:]]
    return rows


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("facts/quantities", {"start": 0, "end": 3}),
        ("facts/quantities", {"text": "201"}),
        ("facts/quantities", {"end": 10_000}),
        ("facts/quantities", {"start": -3}),
        ("facts/quantities", {"counted": "tanks"}),
        ("facts/quantities", {"counted_start": None}),
        ("facts/quantities", {"counted": None}),
        ("facts/quotes", {"cue_end": 4}),
        ("facts/quotes", {"speaker": "A Ministry"}),
        ("facts/sentences", {"end": 5}),
        ("facts/mentions", {"version_id": "march-7"}),
    ],
)
def test_a_fact_that_is_not_where_it_says_stops_the_load(
    con: duckdb.DuckDBPyConnection, lake: Lake, table: str, change: dict[str, object]
) -> None:
    put(lake, "a", broken(table, **change))
    with pytest.raises(LoadError, match="is not in the text there"):
        load(con, lake, lake.shards())


def test_a_claim_on_an_article_that_is_not_there_stops_the_load(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", broken("facts/claims", version_id="march-8"))
    with pytest.raises(LoadError, match="there is no article march-8"):
        load(con, lake, lake.shards())


def test_facts_of_an_article_that_went_stop_the_load(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1), march(2))
    load(con, lake, lake.shards())
    with lake.writing() as writer:
        writer.add("clean/articles", DAY, "a", "2", march(2)["clean/articles"])
        writer.commit()
    with pytest.raises(LoadError, match="there is no article march-1; let the facts of this day be extracted anew"):
        load(con, lake, lake.shards())


def test_facts_stay_true_while_another_capture_has_the_version(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    text = march(1)["clean/articles"][0]["text"]
    again = {k: v for k, v in article("march-1", text, capture_id="later").items() if k != "facts/sentences"}
    put(lake, "a", march(1))
    put(lake, "b", again)
    load(con, lake, lake.shards())
    with lake.writing() as writer:
        writer.add("clean/articles", DAY, "a", "2", [])
        writer.commit()
    load(con, lake, lake.shards())
    assert con.execute("select capture_id from clean.articles").fetchall() == [("later",)]
    assert con.execute("select count(*) from facts.quantities").fetchall() == [(1,)]


def test_a_row_that_is_there_twice_stops_the_load(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    load(con, lake, lake.shards())
    put(lake, "b", {"facts/quantities": march(1)["facts/quantities"]})
    with pytest.raises(LoadError, match="'march-1', 'index': 0} is there more than once"):
        load(con, lake, lake.shards())


def test_a_table_declared_anew_is_loaded_anew(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    put(lake, "a", march(1))
    load(con, lake, lake.shards())
    before = content_hashes(con)
    con.execute("alter table facts.quantities drop column about")
    changed = load(con, lake, lake.shards())
    assert changed.added == 1
    assert changed.tables == frozenset({"facts/quantities", "meta/shards"})
    assert content_hashes(con) == before


def test_every_column_that_points_into_a_text_is_proved() -> None:
    assert spans(TABLES["facts/quantities"]) == [
        ("start", "end", "text"),
        ("counted_start", "counted_end", "counted"),
        ("about_start", "about_end", "about"),
    ]
    assert [surface for _, _, surface in spans(TABLES["facts/quotes"])] == ["text", "cue", "speaker", "role", "venue"]
    assert [surface for _, _, surface in spans(TABLES["facts/claims"])] == ["subject", "verb", "place"]
    assert spans(TABLES["clean/articles"]) == []


def test_every_table_and_column_has_its_text(con: duckdb.DuckDBPyConnection) -> None:
    create(con)
    assert con.execute("select table_name from duckdb_tables() where comment is null").fetchall() == []
    assert (
        con.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
        ).fetchall()
        == []
    )
    (hedge,) = con.execute(
        "select comment from duckdb_columns() where schema_name = 'facts' and column_name = 'hedge'"
    ).fetchall()
    assert hedge[0].endswith("One of: asserted, reported, estimated, expected, planned, possible, denied")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=TEXTS, surface=TEXTS, after=TEXTS)
def test_offsets_count_code_points_in_any_text(tmp_path: Path, before: str, surface: str, after: str) -> None:
    text = before + surface + after
    lake = Lake(tmp_path / f"{abs(hash(text))}")
    where = {"start": len(before), "end": len(before) + len(surface), "text": surface}
    name = {"entity_id": "x", "name": surface, "type": "ORG"}
    mention = row("facts/mentions", version_id="v", index=0, **where, **name)
    with lake.writing() as writer:
        writer.add("clean/articles", DAY, "a", "1", article("v", text, title=text)["clean/articles"])
        writer.add("facts/mentions", DAY, "a", "1", [mention])
        writer.commit()
    with duckdb.connect() as con:
        load(con, lake, lake.shards())
        assert con.execute("select name from facts.mentions").fetchall() == [(surface,)]


def test_span_finds_code_points() -> None:
    assert span("🌧 rain", "rain") == {"start": 2, "end": 6, "text": "rain"}
