"""Publishing: what a new generation holds, what stays, and what readers see meanwhile."""

import json
import os
from pathlib import Path

import duckdb
import pytest

from pipelines.lake import Lake
from pipelines.load import LoadError
from pipelines.publish import BUILDING, BlockedError, Published, generations, publish
from pipelines.warehouse import NotPublishedError, WarehouseError, connect
from tests.faults.stages import small_project
from tests.world import SQL, hashes, march, put, reading


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


def figures(warehouse: Path) -> list[float]:
    with reading(warehouse) as con:
        return [value for (value,) in con.execute("select value from mart.figures order by value").fetchall()]


def test_a_second_publication_of_the_same_lake_makes_nothing(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1), march(2))
    first = publish(lake, warehouse, SQL)
    files = {path.name: path.stat() for path in warehouse.iterdir()}
    second = publish(lake, warehouse, SQL)
    assert (first.generation, first.anew) == (1, True)
    assert (second.generation, second.anew, second.path, second.rows) == (1, False, first.path, first.rows)
    assert second.outcomes == first.outcomes
    assert {o.check.claim: o.failures for o in first.outcomes}["counts_add_up"] == 0
    changed = {name for name, status in files.items() if (warehouse / name).stat().st_mtime_ns != status.st_mtime_ns}
    assert changed <= {"_lock"}


def test_step_by_step_gives_the_same_rows_as_from_the_lake_alone(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1), march(2))
    publish(lake, warehouse, SQL)
    put(lake, "b", march(3))
    publish(lake, warehouse, SQL)
    put(lake, "b", march(3, troops=300), march(4))
    stepwise = publish(lake, warehouse, SQL)
    before = hashes(warehouse)
    anew = publish(lake, warehouse, SQL, fresh=True)
    assert anew.generation == stepwise.generation + 1
    assert hashes(warehouse) == before
    assert figures(warehouse) == [200, 200, 200, 300]


def test_only_models_whose_inputs_changed_are_built(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    publish(lake, warehouse, SQL)
    claims = march(1)["facts/claims"]
    with lake.writing() as writer:
        writer.add("facts/claims", lake.shards()[0].day, "a", "2", [claims[0] | {"hedge": "denied"}])
        writer.commit()
    second = publish(lake, warehouse, SQL)
    assert {"mart/figures", "mart/speakers"} <= set(second.built)
    assert not {"core/articles", "mart/entities", "mart/quotes"} & set(second.built)
    with reading(warehouse) as con:
        assert con.execute("select hedge from mart.figures").fetchall() == [("denied",)]
        assert con.execute("select count(*) from search('troops')").fetchall() == [(1,)]


def test_a_reader_keeps_the_generation_that_it_opened(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    publish(lake, warehouse, SQL)
    with reading(warehouse) as old:
        for number in range(2, 4):
            put(lake, str(number), march(number))
            publish(lake, warehouse, SQL, keep=1)
        assert old.execute("select count(*) from mart.figures").fetchall() == [(1,)]
        assert len(figures(warehouse)) == 3
    assert [path.name for path in generations(warehouse)] == ["gen_000003.duckdb"]


def test_a_generation_that_the_link_never_came_to_name_is_swept(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    publish(lake, warehouse, SQL)
    (warehouse / "gen_000002.duckdb").write_bytes(b"half")
    put(lake, "b", march(2))
    assert publish(lake, warehouse, SQL).generation == 2
    assert figures(warehouse) == [200, 200]


def test_a_published_file_is_not_for_writing(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    assert publish(lake, warehouse, SQL).path.stat().st_mode & 0o222 == 0


def test_the_last_generations_are_kept(lake: Lake, warehouse: Path, tmp_path: Path) -> None:
    small = small_project(tmp_path)
    for number in range(1, 6):
        put(lake, str(number), march(number))
        publish(lake, warehouse, small, keep=2)
    assert [path.name for path in generations(warehouse)] == ["gen_000004.duckdb", "gen_000005.duckdb"]
    assert {path.name for path in warehouse.iterdir()} == {
        "_lock", "warehouse.duckdb", *(f"gen_00000{n}.{kind}" for n in (4, 5) for kind in ("duckdb", "json"))
    }  # fmt: skip


def refused(lake: Lake, warehouse: Path, sql: Path = SQL) -> WarehouseError:
    with pytest.raises(WarehouseError) as caught:
        publish(lake, warehouse, sql)
    return caught.value


def test_a_broken_claim_stops_publication_and_readers_keep_the_old(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    publish(lake, warehouse, SQL)
    lost = march(2)
    lost["clean/articles"] = []
    put(lake, "b", {"raw/captures": lost["raw/captures"]})
    error = refused(lake, warehouse)
    assert isinstance(error, BlockedError)
    assert {o.check.claim for o in error.outcomes} == {"each_capture_has_one"}
    assert error.outcomes[0].example == {"capture_id": "capture-march-2", "source": "inbox/march-2.txt", "outcomes": 0}
    assert figures(warehouse) == [200]
    assert not (warehouse / BUILDING).exists()


def test_damage_in_the_lake_stops_publication(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    publish(lake, warehouse, SQL)
    put(lake, "b", march(2))
    path = lake.store.local(lake.shards("facts/quantities")[-1].path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert isinstance(refused(lake, warehouse), LoadError)
    assert figures(warehouse) == [200]


def test_a_shard_replaced_while_it_is_read_is_no_error(
    lake: Lake, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(lake, "a", march(1))
    stale = lake.shards()
    with lake.writing() as writer:
        for table, rows in march(1, troops=300).items():
            writer.add(table, stale[0].day, "a", "2", rows)
        replaced = writer.commit()
        writer.sweep(replaced)
    shards, version = lake.shards, lake.version
    outdated, number = iter([stale]), iter([version() - 1])
    monkeypatch.setattr(lake, "shards", lambda: next(outdated, None) or shards())
    monkeypatch.setattr(lake, "version", lambda: next(number, None) or version())
    assert publish(lake, warehouse, SQL).rows["mart/figures"] == 1
    assert figures(warehouse) == [300]


def test_a_damaged_base_is_told_apart(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    first = publish(lake, warehouse, SQL)
    status = first.path.stat()
    first.path.chmod(0o644)
    with first.path.open("r+b") as file:
        file.write(os.urandom(status.st_size))
    os.utime(first.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    put(lake, "b", march(2))
    assert "`dateline rebuild` builds it from the lake alone" in str(refused(lake, warehouse))
    assert publish(lake, warehouse, SQL, fresh=True).generation == 2
    assert figures(warehouse) == [200, 200]


def test_changed_sql_is_published_without_new_shards(lake: Lake, warehouse: Path, tmp_path: Path) -> None:
    sql = tmp_path / "sql" / "mart"
    sql.mkdir(parents=True)
    head = "-- Names.\n-- kind: {}\n-- grain: name\n-- name: Name\n"
    put(lake, "a", march(1))

    def after(kind: str, query: str, file: str = "names.sql") -> Published:
        (sql / file).write_text(head.format(kind) + query)
        return publish(lake, warehouse, sql.parent)

    assert after("table", "select distinct name from facts.mentions").rows["mart/names"] == 2
    assert after("table", "select 'only' as name").rows["mart/names"] == 1
    as_view = after("view", "select 'only' as name")
    assert (as_view.built, "mart/names" in as_view.rows) == (("mart/names",), False)
    assert after("view", "select name from mart.names", "others.sql").built == ("mart/others",)
    (sql / "others.sql").unlink()
    assert publish(lake, warehouse, sql.parent).anew
    with reading(warehouse) as con:
        assert con.execute("select model from meta.models").fetchall() == [("mart/names",)]
        assert con.execute("select view_name from duckdb_views() where schema_name = 'mart'").fetchall() == [("names",)]


def test_an_empty_lake_gives_a_warehouse_without_rows(lake: Lake, warehouse: Path) -> None:
    published = publish(lake, warehouse, SQL)
    filled = {key for key, count in published.rows.items() if count and not key.startswith(("meta/", "ref/"))}
    assert not filled
    assert published.rows["core/articles"] == 0


def test_nothing_published_yet_is_said_so(warehouse: Path) -> None:
    with pytest.raises(NotPublishedError, match="run `dateline run` first"):
        connect(warehouse / "warehouse.duckdb")


def test_the_seal_says_what_the_file_was_made_from(lake: Lake, warehouse: Path) -> None:
    put(lake, "a", march(1))
    path = publish(lake, warehouse, SQL).path
    seal = json.loads(path.with_suffix(".json").read_text())
    assert seal["bytes"] == path.stat().st_size
    with reading(warehouse) as con:
        assert con.execute('select generation, "commit", duckdb from meta.generation').fetchall() == [
            (1, lake.version(), duckdb.__version__)
        ]
