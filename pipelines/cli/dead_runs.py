"""Runs whose process was killed: Dagster holds them for running, and their pool slots for taken."""

from pathlib import Path
from socket import gethostname

import dagster as dg

PROCESS = "dateline/process"  # tag of a run: the process that it runs in
HOST = "dateline/host"  # tag of a run: its machine; of those that share an instance, none sees another's processes


def tags_of(process: int) -> dict[str, str]:
    """The tags of a run in a process of this machine."""
    return {PROCESS: f"{process} {_started(process)}", HOST: gethostname()}


def bury(instance: dg.DagsterInstance) -> None:
    """Mark this machine's runs as failed whose process is gone, and free what they held, or the next waits for ever."""
    running = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    for run in instance.get_runs(running):
        # A process that ends as it should tells how its run ended before it is gone.
        if is_dead(run) and (now := instance.get_run_by_id(run.run_id)) and not now.is_finished:
            instance.report_run_failed(run, "its process was killed")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def is_dead(run: dg.DagsterRun) -> bool:
    """Whether the process of a run that has not ended is gone. What another machine runs cannot be told from here."""
    return run.tags.get(HOST) == gethostname() and not process_of(run)


def process_of(run: dg.DagsterRun) -> int | None:
    """The process of a run, if it is one of this machine and still there."""
    process, _, started = run.tags.get(PROCESS, "").partition(" ")
    here = run.tags.get(HOST) == gethostname() and started and _started(int(process)) == started
    return int(process) if here else None


def _started(process: int) -> str:
    """When a process started, in clock ticks since boot (proc(5), stat, field 22): numbers are given out again."""
    try:
        state, *fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return fields[18] if state != "Z" else ""
