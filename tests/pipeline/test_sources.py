"""Watched sources through the command and the whole job: fetched, cleaned, published, and shown with their health."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import warehouse
from pipelines.settings import PROJECT
from tests.web import Web, reply, serving

DATELINE = Path(sys.executable).with_name("dateline")
STORY = "<p>The ferry between Ostreva and Port Almer runs again, the harbour office said on Monday.</p>" * 3
SHOW = """
import json, sys
import dagster as dg
from pipelines.definitions import defs
key = dg.AssetKey(["sources", sys.argv[1]])
with dg.DagsterInstance.get() as instance:
    kinds = (dg.DagsterEventType.ASSET_MATERIALIZATION, dg.DagsterEventType.ASSET_OBSERVATION)
    found = [r.event_log_entry.dagster_event for k in kinds
             for r in instance.get_event_records(dg.EventRecordsFilter(k, asset_key=key))]
    print(json.dumps([[e.event_type_value, sorted(e.event_specific_data[0].metadata)] for e in found]))
    graph = defs.resolve_asset_graph()
    checks = {k: instance.event_log_storage.get_latest_asset_check_execution_by_key([k])[k]
              for k in graph.asset_check_keys if k.asset_key == key}
    print(json.dumps({k.name: v.event.asset_check_evaluation.passed for k, v in checks.items()}))
print(json.dumps(next(s for s in defs.resolve_all_asset_specs() if s.key == key).freshness_policy.fail_window.seconds))
"""


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


def run(data: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATELINE_DATA": str(data), "DAGSTER_HOME": str(data / "dagster")}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def test_sources_from_the_command_to_the_warehouse_and_dagster(web: Web, tmp_path: Path) -> None:
    item = f"<item><title>Ferry runs again</title><link>{web.url('/1')}</link></item>"
    web.serve("/feed", reply(f"<rss version='2.0'><channel><title>The Courier</title>{item}</channel></rss>"))
    web.serve("/1", reply(f"<html><body><article>{STORY}</article></body></html>", content_type="text/html"))
    web.serve("/lost", reply("x", 500))
    for name in ("feed", "lost"):
        options = ["--allow-host", "127.0.0.1", "--delay", "0"]
        added = run(tmp_path, DATELINE, "source", "add", name, web.url(f"/{name}"), *options)
        assert added.returncode == 0, added.stderr
    without = run(tmp_path, DATELINE, "run", "--no-fetch", "--json")
    assert (without.returncode, web.requests) == (0, []), without.stderr
    ran = run(tmp_path, DATELINE, "run", "--json")
    assert ran.returncode == 0, ran.stderr
    with warehouse.connect(tmp_path / "warehouse/warehouse.duckdb") as connection:
        assert connection.sql("select title, url from core.articles").fetchall() == [
            ("Ferry runs again", web.url("/1"))
        ]
        found = connection.sql("select source, last_outcome, captures, failures from mart.source_health").fetchall()
        assert found == [("feed", "ok", 1, 0), ("lost", "server_error", 0, 1)]
        assert connection.sql("select reason from core.outcomes").fetchall() == [(None,)]
    asked = len(web.requests)
    assert json.loads(run(tmp_path, DATELINE, "run", "--json").stdout)["days"] == []
    assert len(web.requests) == asked
    for name, seen in (("feed", 1), ("lost", 0)):
        shown = run(tmp_path, sys.executable, "-c", SHOW, name)
        assert shown.returncode == 0, shown.stderr
        events, checks, window = map(json.loads, shown.stdout.splitlines())
        assert [event for event, _ in events].count("ASSET_MATERIALIZATION") == seen
        assert {"last_seen", "failures", "waiting", "captures_week"} <= {name for _, names in events for name in names}
        assert checks == {"answers": True, "cleans": True, "not_silent": True}
        assert window == 3 * 3600


def test_a_file_that_is_not_understood_stops_no_other_work(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "x"\nkind = "fed"\nurl = "https://x.example/"\n')
    asked = run(tmp_path, DATELINE, "run")
    assert (asked.returncode, "line 1 (x): kind" in asked.stderr) == (2, True)
    assert run(tmp_path, DATELINE, "run", "--no-fetch").returncode == 0
