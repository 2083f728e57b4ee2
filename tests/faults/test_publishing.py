"""Publishing amid readers, writers and kills: what readers see is always one whole generation."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipelines.lake import Lake
from pipelines.publish import BUILDING, generations, publish, sound_generation
from pipelines.warehouse import WarehouseError, connect, wal_of
from tests.faults.stages import small_project
from tests.world import hashes, march, put, reading

READER = """
import sys, time
from pathlib import Path
from pipelines.warehouse import connect
print("ready", flush=True)
reads = 0
while not Path(sys.argv[2]).exists():
    with connect(Path(sys.argv[1]), memory="200MB", threads=1) as con:
        seen = {
            con.sql("select count(*) from raw.captures").fetchone()[0],
            con.sql("select count(*) from mart.lengths").fetchone()[0],
            con.sql("select count(*) from facts.quantities").fetchone()[0],
            con.sql("select generation from meta.generation").fetchone()[0],
        }
        assert len(seen) == 1, seen
        reads += 1
    time.sleep(0.2)
print(reads)
"""

PUBLISHER = """
import sys
from pathlib import Path
from pipelines.lake import Lake
from pipelines.publish import publish
root = Path(sys.argv[1])
print("ready", flush=True)
publish(Lake(root / "lake"), root / "warehouse", Path(sys.argv[2]))
"""


SCRIBBLER = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1])
con.execute("create table main.ghost as select 1 as boo; update facts.quantities set value = 999")
os.kill(os.getpid(), 9) if sys.argv[2] else con.close()
"""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return small_project(tmp_path)


def figures(warehouse: Path) -> list[float]:
    with reading(warehouse) as con:
        return [value for (value,) in con.execute("select value from facts.quantities order by value").fetchall()]


def test_readers_in_a_loop_see_whole_generations_while_twenty_are_published(
    lake: Lake, warehouse: Path, small: Path, tmp_path: Path
) -> None:
    put(lake, "1", march(1))
    publish(lake, warehouse, small)
    done = tmp_path / "done"
    command = [sys.executable, "-c", READER, str(warehouse / "warehouse.duckdb"), str(done)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for number in range(2, 21):
        put(lake, str(number), march(number))
        assert publish(lake, warehouse, small, keep=1).generation == number
    done.touch()
    for reader in readers:
        output, errors = reader.communicate(timeout=60)
        assert (reader.returncode, errors) == (0, "")
        assert int(output) > 1


def test_of_two_publishers_at_once_both_end_well(lake: Lake, warehouse: Path, small: Path, tmp_path: Path) -> None:
    put(lake, "a", march(1))
    command = [sys.executable, "-c", PUBLISHER, str(tmp_path), str(small)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for publisher in both:
        _, errors = publisher.communicate(timeout=120)
        assert (publisher.returncode, errors) == (0, "")
    assert [path.name for path in generations(warehouse)] == ["gen_000001.duckdb"]


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3])
def test_a_publisher_killed_while_duckdb_writes_leaves_the_old_generation(
    lake: Lake, warehouse: Path, small: Path, tmp_path: Path, seconds: float
) -> None:
    put(lake, "a", march(1))
    publish(lake, warehouse, small)
    put(lake, "b", march(2))
    publisher = subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(tmp_path), str(small)], stdout=subprocess.PIPE, text=True
    )
    assert publisher.stdout is not None
    publisher.stdout.readline()
    while not (warehouse / BUILDING).exists() and publisher.poll() is None:
        time.sleep(0.001)
    time.sleep(seconds)
    publisher.send_signal(signal.SIGKILL)
    publisher.communicate()
    assert figures(warehouse) in ([200], [200, 200])
    publish(lake, warehouse, small)
    assert figures(warehouse) == [200, 200]
    assert not (warehouse / BUILDING).exists()
    after = hashes(warehouse)
    publish(lake, warehouse, small, fresh=True)
    assert hashes(warehouse) == after


def scribble(path: Path, *, killed: bool) -> None:
    """Write a table into a file as an analyst might; `killed` leaves it in the write-ahead log."""
    path.chmod(0o644)
    subprocess.run([sys.executable, "-c", SCRIBBLER, str(path), "killed" if killed else ""], check=not killed)


@pytest.mark.parametrize("killed", [True, False])
def test_what_somebody_wrote_into_the_published_file_never_reaches_the_next(
    lake: Lake, warehouse: Path, small: Path, *, killed: bool
) -> None:
    put(lake, "a", march(1))
    first = publish(lake, warehouse, small)
    scribble(first.path, killed=killed)
    assert wal_of(first.path).exists() == killed
    assert sound_generation(warehouse) is None
    second = publish(lake, warehouse, small)
    assert (second.generation, second.anew) == (2, True)
    assert figures(warehouse) == [200]
    with reading(warehouse) as con:
        assert con.execute("select table_name from duckdb_tables() where table_name = 'ghost'").fetchall() == []


def test_a_log_beside_the_published_file_is_no_part_of_it(lake: Lake, warehouse: Path, small: Path) -> None:
    put(lake, "a", march(1))
    scribble(publish(lake, warehouse, small).path, killed=True)
    with pytest.raises(WarehouseError, match="was opened for writing; run `dateline run`"):
        connect(warehouse / "warehouse.duckdb")


def test_a_stale_log_under_the_next_name_is_not_replayed(lake: Lake, warehouse: Path, small: Path) -> None:
    put(lake, "a", march(1))
    scribble(publish(lake, warehouse, small).path, killed=True)
    wal_of(warehouse / "gen_000001.duckdb").rename(wal_of(warehouse / "gen_000002.duckdb"))
    put(lake, "b", march(2))
    assert publish(lake, warehouse, small).generation == 2
    assert not wal_of(warehouse / "gen_000002.duckdb").exists()
    assert figures(warehouse) == [200, 200]


def test_an_analyst_who_holds_a_write_lock_does_not_stop_publication(lake: Lake, warehouse: Path, small: Path) -> None:
    put(lake, "a", march(1))
    first = publish(lake, warehouse, small)
    first.path.chmod(0o644)
    with duckdb.connect(str(first.path)) as analyst:
        analyst.execute("create table main.notes as select 1")
        put(lake, "b", march(2))
        assert publish(lake, warehouse, small).generation == 2
        assert figures(warehouse) == [200, 200]
