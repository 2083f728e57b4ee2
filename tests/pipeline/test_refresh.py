"""The job for real, over the examples: whole and repeatable."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from typer.testing import CliRunner, Result

from pipelines import warehouse
from pipelines.cli import app
from pipelines.defs.refresh import inbox
from pipelines.lake import Lake
from tests.conftest import keeping
from tests.world import row

DATELINE = Path(sys.executable).with_name("dateline")


def shards(data: Path) -> dict[str, bytes]:
    """The shards that count, by their path."""
    lake = Lake(data / "lake")
    return {s.path: (lake.store.local(s.path)).read_bytes() for s in lake.shards()}


def files(data: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in lake and warehouse."""
    found = [p for part in ("lake", "warehouse") for p in sorted((data / part).rglob("*")) if p.is_file()]
    return {str(p.relative_to(data)): (p.stat().st_mtime_ns, p.read_bytes()) for p in found if p.name != "_lock"}


def content(data: Path) -> dict[str, tuple[int, str]]:
    """What the published warehouse holds."""
    with warehouse.connect(data / "warehouse/warehouse.duckdb") as connection:
        return warehouse.content_hashes(connection)


def ask(data: Path, query: str) -> Any:
    with warehouse.connect(data / "warehouse/warehouse.duckdb") as connection:
        return connection.sql(query).fetchall()


def day_of(data: Path) -> str:
    return Lake(data / "lake").shards("raw/captures")[0].day.isoformat()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["run", *arguments])


@pytest.fixture
def copy(examples: Path, tmp_path: Path) -> Iterator[Path]:
    """The examples, run and published, in a folder of this test."""
    with keeping(tmp_path / "data") as folder:
        shutil.copytree(examples, folder, symlinks=True)
        yield folder


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DATELINE_DATA": str(data), "DAGSTER_HOME": str(data / "dagster")}


def test_the_command_gives_the_same_in_a_process_of_its_own_and_prints_only_its_line(
    captured: Path, examples: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(captured, data)
    done = subprocess.run([DATELINE, "run"], env=environment(data), capture_output=True, text=True, check=True)
    assert done.stdout == "Refreshed 1 day; readers see gen_000001.duckdb.\n"
    assert done.stderr == ""
    assert shards(data) == shards(examples)
    assert content(data) == content(examples)


def test_the_counts_add_up(examples: Path) -> None:
    (count,) = ask(examples, "select count(*), count(distinct capture_id) from core.outcomes")
    assert count == (23, 23)
    assert ask(examples, "select reason from clean.rejects order by all") == [
        ("bad_json",), ("binary",), ("empty",), ("no_text",), ("truncated_gzip",),
    ]  # fmt: skip


def test_the_briefs_of_the_two_newest_days_are_written(examples: Path) -> None:
    found = sorted((examples / "briefs").iterdir())
    assert [file.name for file in found] == ["2026-11-13.html", "2026-11-17.html"]
    assert "$2.4 billion" in found[1].read_text()


def test_a_second_run_changes_no_byte(copy: Path) -> None:
    before = files(copy)
    again = run("--json")
    assert (again.exit_code, json.loads(again.stdout)["days"]) == (0, [])
    whole = run("--day", day_of(copy), "--json")
    assert (whole.exit_code, json.loads(whole.stdout)["success"]) == (0, True)
    assert files(copy) == before


def test_where_dagster_fails_between_steps_the_command_says_why(copy: Path) -> None:
    with closing(sqlite3.connect(copy / "dagster/history/runs/index.db")) as log:
        log.execute("drop table pending_steps")
    failed = run("--day", day_of(copy))
    assert failed.exit_code == 1
    assert "The run failed in Dagster: " in failed.stderr
    assert "no such table: pending_steps" in failed.stderr


def test_a_file_in_the_inbox_is_asked_for_taken_in_and_published_while_a_reader_reads(copy: Path) -> None:
    reader = warehouse.connect(copy / "warehouse/warehouse.duckdb")
    (before,) = reader.sql("select count(*) from core.articles").fetchall()
    file = copy / "inbox" / "letter.txt"
    file.parent.mkdir()
    file.write_text(
        "Ferries return to Lake Marn\n\nThe first two ferries crossed Lake Marn on Monday with 180 passengers, after "
        'the company repaired both piers, its director Oda Pell said.\n\n"We will sail six times a day," she said.\n'
    )
    os.utime(file, (time.time() - 60, time.time() - 60))
    with dg.build_sensor_context() as context:
        request = inbox(context)
    assert isinstance(request, dg.RunRequest)
    assert request.partition_key == datetime.now(UTC).date().isoformat()
    ran = run("--json")
    assert json.loads(ran.stdout)["days"] == [request.partition_key]
    assert [p.name for p in (copy / "taken").rglob("*.txt")] == ["letter.txt"]
    assert not file.exists()
    assert reader.sql("select count(*) from core.articles").fetchall() == [before]
    reader.close()
    assert ask(copy, "select count(*) from core.articles") == [(before[0] + 1,)]
    assert ask(copy, "select count(*) from facts.quantities where text = '180'") == [(1,)]


def test_a_damaged_shard_blocks_publication(copy: Path) -> None:
    before = content(copy)
    (shard,) = Lake(copy / "lake").shards("clean/articles")
    path = copy / "lake" / shard.path
    path.write_bytes(path.read_bytes()[:-30])
    result = run("--day", day_of(copy), "--json")
    assert result.exit_code == 1
    failed = json.loads(result.stdout)
    assert failed["success"] is False
    assert failed["failed"] == ["clean"]
    assert f"{shard.path} cannot be read" in failed["reason"]
    assert "dateline verify" in failed["reason"]
    assert "Readers keep the last published warehouse" in result.stderr
    assert content(copy) == before


def test_a_blocking_check_that_fails_stops_publication(copy: Path) -> None:
    before = content(copy)
    lake = Lake(copy / "lake")
    (shard,) = lake.shards("clean/articles")
    twice = lake.read(shard, ["capture_id"]).column(0)[0].as_py()
    with lake.writing() as writer:
        writer.add("clean/rejects", shard.day, "stray", "1", [row("clean/rejects", capture_id=twice)])
        writer.commit()
    result = run("--day", shard.day.isoformat(), "--json")
    assert result.exit_code == 1
    failed = json.loads(result.stdout)
    assert failed["failed"] == ["clean"]
    assert "accounted" in failed["reason"]
    assert content(copy) == before


@pytest.mark.usefixtures("in_process")
def test_a_backfill_after_a_new_extractor_does_the_day_anew(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {p for p in shards(copy) if p.startswith("facts/")}
    rows = ask(copy, "select count(*) from facts.sentences")
    for place in ("pipelines.steps.extract.extractor_version", "pipelines.extract.rows.extractor_version"):
        monkeypatch.setattr(place, lambda: "2+test")
    assert json.loads(run("--json").stdout)["days"] == []
    again = run("--day", day_of(copy))
    assert again.exit_code == 0, again.stderr
    assert ask(copy, "select distinct extractor_version from facts.sentences") == [("2+test",)]
    assert ask(copy, "select count(*) from facts.sentences") == rows
    changed = {p for p in old if p not in shards(copy)}
    assert changed
    assert not any((copy / "lake" / path).exists() for path in changed)
    assert CliRunner().invoke(app, ["verify"]).exit_code == 0
