"""The one job, its schedule, and the sensors of the inbox and of the sources."""

import hashlib
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from pipelines.defs.lake_assets import lake
from pipelines.ingest.sources import SourcesError, load
from pipelines.settings import settings
from pipelines.steps.fetch import due
from pipelines.steps.inbox import waiting

HOURLY = "5 * * * *"
# Dagster's daemon asks each sensor once in 5 seconds at most; so the inbox is watched for most of that time.
WATCHED, GLANCE = 4.0, 0.25  # seconds

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Take in inbox and due sources, clean, extract, load, check, publish; what is done is left alone.",
    executor_def=dg.in_process_executor,
)


@dg.schedule(job=refresh, cron_schedule=HOURLY, default_status=dg.DefaultScheduleStatus.RUNNING)
def hourly(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
    """Refresh today; in the first hour of a day also the day before, whose last captures came after its last run."""
    now = context.scheduled_execution_time
    days = [now.date()] if now.hour else [now.date() - timedelta(days=1), now.date()]
    return [dg.RunRequest(run_key=f"{now.isoformat()} {day}", partition_key=day.isoformat()) for day in days]


@dg.sensor(job=refresh, minimum_interval_seconds=5, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(_context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Refresh as soon as files lie in the inbox; the same files ask for one run only."""
    files = _arrived(settings().inbox)
    if not files:
        return dg.SkipReason(f"nothing in {settings().inbox}")
    state = "\n".join(f"{f} {f.stat().st_mtime_ns} {f.stat().st_size}" for f in files)
    return dg.RunRequest(
        run_key=hashlib.sha256(state.encode()).hexdigest(), partition_key=datetime.now(UTC).date().isoformat()
    )


def _arrived(folder: Path) -> list[Path]:
    """The files that wait there, as soon as there are some; none, if none come for a while."""
    end = time.monotonic() + WATCHED
    while not (files := waiting(folder)) and time.monotonic() < end:
        time.sleep(GLANCE)
    return files


@dg.sensor(job=refresh, minimum_interval_seconds=300, default_status=dg.DefaultSensorStatus.RUNNING)
def watch(_context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Refresh when a source is due between two runs of the schedule; the same state asks for one run only."""
    now = datetime.now(UTC)
    try:
        found = due(load(settings().sources_file), lake(), now)
    except SourcesError as error:
        return dg.SkipReason(str(error))
    if not found:
        return dg.SkipReason("no source is due")
    state = f"{lake().version()} {' '.join(s.name for s in found)}"
    return dg.RunRequest(run_key=hashlib.sha256(state.encode()).hexdigest(), partition_key=now.date().isoformat())
