"""Runs of the command line whose process was killed: Dagster holds them for running, and their pool slots taken."""

import os
from pathlib import Path
from socket import gethostname

import dagster as dg

PROCESS = "dateline/process"  # tag of a run: the process that it runs in
HOST = "dateline/host"  # and its machine: several may share an instance, and cannot see each other's processes


def this_process() -> dict[str, str]:
    """The tag of a run that this process begins."""
    return {PROCESS: f"{os.getpid()} {_started(os.getpid())}", HOST: gethostname()}


def bury(instance: dg.DagsterInstance) -> None:
    """Mark this machine's runs as failed whose process is gone, and free what they held, or the next waits for ever."""
    running = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    for run in instance.get_runs(running):
        process, _, started = run.tags.get(PROCESS, "").partition(" ")
        here = run.tags.get(HOST, gethostname()) == gethostname()
        if here and process and _started(int(process)) != started:
            instance.report_run_failed(run, "its process was killed")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def _started(process: int) -> str:
    """When a process started, in clock ticks since boot (proc(5), stat, field 22): numbers are given out again."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return ""
