"""The job `refresh` from the command line: the same job that the UI, the schedule and the sensor run."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipelines import engine, publish
from pipelines.lake import lake_of
from pipelines.settings import settings
from pipelines.steps.inbox import waiting

if TYPE_CHECKING:
    from dagster_shared.error import SerializableErrorInfo

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}  # the command tells what failed, and why


@dataclass
class Refreshed:
    """What a run came to."""

    success: bool = True
    days: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    reason: str = ""
    published: str = ""


def refresh(days: Sequence[date] | None = None, *, fetch: bool = True) -> Refreshed:
    """Run the job for the days given, or else for each day that has something to do; stops at the first that fails.

    Args:
        days: ingest days.
        fetch: whether sources that are due are fetched.

    Raises:
        SourcesError: they are to be fetched, and sources.toml is not understood.
    """
    result = Refreshed()
    todo = days if days is not None else days_to_do(fetch=fetch)
    if todo:
        engine.warm_up()
    known, strange = _by_partition(todo)
    result.days = [day.isoformat() for day in strange]
    for day in strange:
        _make(day)
    for day in known or ([datetime.now(UTC).date()] if strange else []):
        result.days.append(day.isoformat())
        _run_day(day, result, fetch=fetch)
        if not result.success:
            break
    link = settings().published
    result.published = str(link.resolve()) if link.exists() else ""
    return result


def days_to_do(*, fetch: bool) -> list[date]:
    """The ingest days with something to clean, extract or publish; today, if files wait or sources are due."""
    from pipelines.ingest.sources import load
    from pipelines.steps import clean, extract
    from pipelines.steps.fetch import due

    now = settings()
    lake = lake_of(now)
    days = {s.day for s in (*clean.pending_shards(lake), *extract.pending_shards(lake))}
    watched = load(now.sources_file) if fetch else []
    if (
        due(watched, lake, datetime.now(UTC))
        or waiting(now.inbox)
        or not (days or publish.is_current(lake, now.warehouse, now.sql, now.decisions))
    ):
        days.add(datetime.now(UTC).date())
    return sorted(days)


def _by_partition(days: Sequence[date]) -> tuple[list[date], list[date]]:
    """The days that Dagster has a partition for, and those that were captured while the clock was wrong."""
    if not days:
        return [], []
    from pipelines.defs.lake_assets import DAYS

    known = [day for day in days if DAYS.has_partition_key(day.isoformat())]
    return known, [day for day in days if day not in known]


def _make(day: date) -> None:
    """Clean and extract what is pending of a day that has no partition; the next run of one that has publishes it."""
    from pipelines.steps import clean, extract

    now = settings()
    for shard in clean.pending_shards(lake_of(now), day):
        clean.clean_shard(lake_of(now), shard, now)
    for shard in extract.pending_shards(lake_of(now), day):
        extract.extract_shard(lake_of(now), shard, now)


def _run_day(day: date, result: Refreshed, *, fetch: bool) -> None:
    from pipelines.cli.dagster_home import instance
    from pipelines.cli.dead_runs import bury, tags_of
    from pipelines.definitions import defs

    job = defs.resolve_job_def("refresh")
    with instance() as runs:
        bury(runs)
        ran = job.execute_in_process(
            partition_key=day.isoformat(),
            instance=runs,
            raise_on_error=False,
            run_config={**QUIET, "ops": {"captures": {"config": {"fetch": fetch}}}},
            tags=tags_of(os.getpid()),
        )
    result.success = ran.success
    for event in ran.get_step_failure_events():
        if _is_interruption(event.step_failure_data.error):
            raise KeyboardInterrupt
        result.failed.append(event.step_key or "")
        result.reason = _message(event.step_failure_data.error)
    if not result.failed:
        for event in ran.filter_events(lambda event: event.is_run_failure):  # Dagster itself failed, between two steps
            result.failed, result.reason = ["Dagster"], _message(event.job_failure_data.error)


def _is_interruption(error: "SerializableErrorInfo | None") -> bool:
    return error is not None and error.cls_name == "DagsterExecutionInterruptedError"


def _message(error: "SerializableErrorInfo | None") -> str:
    return (error.cause or error).message.strip() if error else ""
