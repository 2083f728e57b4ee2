"""Dagster's events in SQLite."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._check import CheckError
from dagster._core.events import DagsterEvent, DagsterEventType, StepMaterializationData
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.cli.event_log import EventLog

RUN = "a-run"


def made(asset: str) -> dg.EventLogEntry:
    """The event that an asset was made."""
    materialization = dg.AssetMaterialization(asset)
    event = DagsterEvent(
        DagsterEventType.ASSET_MATERIALIZATION.value,
        job_name="refresh",
        event_specific_data=StepMaterializationData(materialization, []),
    )
    return dg.EventLogEntry(  # type: ignore[no-untyped-call]
        error_info=None, level=10, user_message="", run_id=RUN, timestamp=1.0, job_name="refresh", dagster_event=event
    )


def test_events_that_come_together_are_stored_like_others(tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    log.store_event(made("first"))
    log.store_event_batch([made("second"), made("third")])
    log.store_event(made("fourth"))
    keys = [dg.AssetKey(name) for name in ("first", "second", "third", "fourth")]
    theirs = SqliteEventLogStorage(str(tmp_path))
    assert [entry.get_dagster_event().asset_key for entry in theirs.get_logs_for_run(RUN)] == keys
    assert set(theirs.get_latest_materialization_events(keys)) == set(keys)


def test_of_events_that_come_together_all_are_stored_or_none(tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    with pytest.raises(CheckError, match="event"):
        log.store_event_batch([made("first"), "no event"])  # type: ignore[list-item]
    assert log.get_logs_for_run(RUN) == []
    log.store_event_batch([made("first")])
    assert len(log.get_logs_for_run(RUN)) == 1
