"""The one job, its schedule, and the sensor of the inbox."""

import hashlib
from datetime import UTC, datetime, timedelta

import dagster as dg

from pipelines.settings import settings
from pipelines.steps.inbox import waiting

HOURLY = "5 * * * *"

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Take in the inbox, clean, extract, load, check, publish: what is done already is left alone.",
    executor_def=dg.in_process_executor,
)


@dg.schedule(job=refresh, cron_schedule=HOURLY, default_status=dg.DefaultScheduleStatus.RUNNING)
def hourly(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
    """Refresh today; in the first hour of a day also the day before, whose last captures came after its last run."""
    now = context.scheduled_execution_time
    days = [now.date()] if now.hour else [now.date() - timedelta(days=1), now.date()]
    return [dg.RunRequest(run_key=f"{now.isoformat()} {day}", partition_key=day.isoformat()) for day in days]


@dg.sensor(job=refresh, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(_context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Refresh as soon as files lie in the inbox; the same files ask for one run only."""
    files = waiting(settings().inbox)
    if not files:
        return dg.SkipReason(f"nothing in {settings().inbox}")
    state = "\n".join(f"{f} {f.stat().st_mtime_ns} {f.stat().st_size}" for f in files)
    return dg.RunRequest(
        run_key=hashlib.sha256(state.encode()).hexdigest(), partition_key=datetime.now(UTC).date().isoformat()
    )
