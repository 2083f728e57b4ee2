"""What Dagster is told: whole, the same as before, and the same by either way in."""

import os
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml  # type: ignore[import-untyped]
from dagster._core.storage.event_log import SqliteEventLogStorage
from syrupy.assertion import SnapshotAssertion

from pipelines.definitions import defs
from pipelines.defs.lake_assets import escaped, preview
from pipelines.defs.refresh import hourly, inbox, watch
from pipelines.defs.warehouse import column_types
from pipelines.settings import PROJECT, settings


def described(spec: dg.AssetSpec) -> dict[str, Any]:
    schema = spec.metadata.get("dagster/column_schema")
    return {
        "deps": sorted(d.asset_key.to_user_string() for d in spec.deps),
        "group": spec.group_name,
        "kinds": sorted(spec.kinds),
        "owners": list(spec.owners),
        "daily": isinstance(spec.partitions_def, dg.DailyPartitionsDefinition),
        "columns": [c.name for c in schema.columns] if isinstance(schema, dg.TableSchema) else [],
    }


def checks(*, blocking: bool) -> list[str]:
    graph = defs.resolve_asset_graph()
    return sorted(k.to_user_string() for k in graph.asset_check_keys if graph.get_check_spec(k).blocking is blocking)


def test_the_definitions_are_as_they_were(snapshot: SnapshotAssertion) -> None:
    job = defs.resolve_job_def("refresh")
    assert snapshot == {
        "assets": {s.key.to_user_string(): described(s) for s in defs.resolve_all_asset_specs()},
        "blocking checks": checks(blocking=True),
        "other checks": checks(blocking=False),
        "job": {"name": job.name, "steps": sorted(n.name for n in job.nodes)},
        "schedule": {"name": hourly.name, "cron": hourly.cron_schedule, "job": hourly.job_name},
        "sensor": {"name": inbox.name, "job": inbox.job_name, "seconds": inbox.minimum_interval_seconds},
        "other sensor": {"name": watch.name, "job": watch.job_name, "seconds": watch.minimum_interval_seconds},
        "on from the start": [hourly.default_status.value, inbox.default_status.value, watch.default_status.value],
    }


def test_every_asset_says_what_it_is_and_how_fresh_it_must_be() -> None:
    for spec in defs.resolve_all_asset_specs():
        assert (spec.description or "").endswith("."), spec.key
        assert spec.freshness_policy, spec.key
        assert spec.owners, spec.key


def test_every_asset_shows_what_it_holds_and_counts_that_can_be_plotted(
    examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(examples / "dagster"))
    with dg.DagsterInstance.get() as instance:
        for spec in defs.resolve_all_asset_specs():
            made = instance.get_latest_materialization_event(spec.key)
            assert made, spec.key
            assert made.asset_materialization, spec.key
            metadata = made.asset_materialization.metadata
            assert isinstance(metadata["preview"], dg.MarkdownMetadataValue), spec.key
            assert any(isinstance(value, dg.IntMetadataValue) for value in metadata.values()), spec.key


def test_dagsters_own_event_log_reads_what_ours_has_written(examples: Path) -> None:
    assert "pipelines.cli.event_log" in (examples / "dagster" / "dagster.yaml").read_text()
    log = SqliteEventLogStorage(str(examples / "dagster" / "history" / "runs"))
    published = dg.AssetKey(["warehouse", "published"])
    made = log.get_latest_materialization_events([published])[published]
    assert made
    assert log.get_logs_for_run(made.run_id)


def test_columns_have_the_types_of_the_published_warehouse(examples: Path, data: Path) -> None:
    assert column_types() == {}
    data.symlink_to(examples)
    types = column_types()
    assert (types["mart/quotes", "day"], types["mart/figures", "value"]) == ("DATE", "DOUBLE")


def test_the_job_has_every_asset() -> None:
    job = defs.resolve_job_def("refresh")
    assert set(job.asset_layer.executable_asset_keys) == {s.key for s in defs.resolve_all_asset_specs()}


def test_both_ways_in_give_the_location_one_name() -> None:
    (module,) = yaml.safe_load((PROJECT / "workspace.yaml").read_text())["load_from"]
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["dg"]["project"]
    assert module["python_module"]["location_name"] == project["code_location_name"]
    assert module["python_module"]["module_name"] == f"{project['root_module']}.definitions"


@pytest.mark.parametrize(
    "command", [["dagster", "definitions", "validate", "-w", "workspace.yaml"], ["dg", "check", "defs"]]
)
def test_dagster_finds_nothing_to_object_to(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    programs = Path(sys.executable).parent
    environment = os.environ | {
        "DAGSTER_HOME": str(tmp_path),
        "DATELINE_DATA": str(tmp_path / "data"),
        "PATH": f"{programs}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        [programs / command[0], *command[1:]], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "Warning" not in said.replace("SupersessionWarning", "")  # Dagster prefers one of the two commands
    assert not (tmp_path / "data").exists()


def ticked(moment: datetime) -> list[tuple[str | None, str | None]]:
    with dg.DagsterInstance.ephemeral() as instance:
        found: Any = hourly(dg.build_schedule_context(instance=instance, scheduled_execution_time=moment))
    return [(request.partition_key, request.run_key) for request in found]


def test_the_schedule_asks_for_today_and_just_after_midnight_for_yesterday_too() -> None:
    assert [day for day, _ in ticked(datetime(2026, 3, 2, 10, 5, tzinfo=UTC))] == ["2026-03-02"]
    night = ticked(datetime(2026, 3, 2, 0, 5, tzinfo=UTC))
    assert [day for day, _ in night] == ["2026-03-01", "2026-03-02"]
    assert len({key for _, key in night}) == 2
    assert ticked(datetime(2026, 3, 2, 0, 5, tzinfo=UTC)) == night


def lay(name: str, seconds_ago: float) -> None:
    file = settings().inbox / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("Ostreva reopened.")
    then = (datetime.now(UTC) - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(file, (then, then))


@pytest.mark.usefixtures("data")
def test_the_sensor_asks_once_for_the_same_files() -> None:
    def look() -> Any:
        with dg.build_sensor_context() as context:
            return inbox(context)

    assert isinstance(look(), dg.SkipReason)
    lay("a.txt", 0)
    begun = time.monotonic()
    assert isinstance(look(), dg.RunRequest)
    assert time.monotonic() - begun > 1  # it might still have been written
    first, again = look(), look()
    assert first.run_key == again.run_key
    assert first.partition_key == datetime.now(UTC).date().isoformat()
    lay("b.txt", 30)
    assert look().run_key != first.run_key


def test_the_sensor_of_sources_asks_once_for_what_is_due(data: Path) -> None:
    def look() -> Any:
        with dg.build_sensor_context() as context:
            return watch(context)

    assert look().skip_message == "no source is due"
    data.mkdir()
    entry = '[[source]]\nname = "courier"\nkind = "feed"\nurl = "https://courier.example/feed"\n'
    settings().sources_file.write_text(entry)
    first, again = look(), look()
    assert first.run_key == again.run_key
    assert first.partition_key == datetime.now(UTC).date().isoformat()
    settings().sources_file.write_text(entry + "paused = true\n")
    assert look().skip_message == "no source is due"
    settings().sources_file.write_text("[[source")
    assert "sources.toml" in look().skip_message


@pytest.mark.parametrize(
    ("title", "harm"),
    [
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[click](javascript:alert(1))", "](javascript:"),
        ("![x](https://evil.example/x.png)", "!["),
        ("a | b\n| --- |", " | b"),
        ("`code` **bold** _low_ ~gone~", "**"),
        ("https://evil.example", "https://"),
        ("www.evil.example", "www."),
        ("boo@evil.example", "boo@"),
        ("\x1b[31mred\x9b", "\x1b"),
        ("right \u202e to left", "\u202e"),
        ("&lt;script&gt;", "&lt;"),
    ],
)
def test_a_preview_shows_a_hostile_title_as_text(title: str, harm: str) -> None:
    table = preview([{"title": title, "words": 7}])
    assert harm not in table
    assert len(table.split("\n")) == 3
    assert table.split("\n")[2].endswith("| 7 |")


def test_a_preview_is_short() -> None:
    assert len(escaped("word " * 1000)) < 120
    assert preview([]) == "no rows"
