"""Runs whose process was killed: Dagster holds them for running, and their pool slots for taken."""

import json
import os
from pathlib import Path
from socket import gethostname

import dagster as dg
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.storage.tags import GRPC_INFO_TAG
from dagster._grpc.client import DagsterGrpcClient
from dagster._grpc.types import CanCancelExecutionRequest, CanCancelExecutionResult
from dagster._serdes import deserialize_value

PROCESS = "dateline/process"  # tag of a run of the command line: the process that it runs in
HOST = "dateline/host"  # tag of a run: its machine; of those that share an instance, none sees another's processes
ANSWER = 10  # seconds within which a code server says whether a run is at work


def this_process() -> dict[str, str]:
    """The tags of a run that this process begins."""
    return {PROCESS: f"{os.getpid()} {_started(os.getpid())}"} | this_machine()


def this_machine() -> dict[str, str]:
    """The tag of a run that begins on this machine."""
    return {HOST: gethostname()}


def bury(instance: dg.DagsterInstance) -> None:
    """Mark this machine's runs as failed whose process is gone, and free what they held, or the next waits for ever."""
    running = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    for run in instance.get_runs(running):
        if is_dead(run):
            instance.report_run_failed(run, "its process was killed")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def is_dead(run: dg.DagsterRun) -> bool:
    """Whether the process of a run that has not ended is gone: one of the command line, or one of a code server.

    A code server that does not answer is gone, and its runs end with it (`pipelines.definitions`). What another machine
    runs cannot be told from here.
    """
    if run.tags.get(HOST, gethostname()) != gethostname():
        return False
    if PROCESS in run.tags:
        process, _, started = run.tags[PROCESS].partition(" ")
        return _started(int(process)) != started
    return GRPC_INFO_TAG in run.tags and not _at_work(run)


def _at_work(run: dg.DagsterRun) -> bool:
    client = DagsterGrpcClient(**json.loads(run.tags[GRPC_INFO_TAG]))
    try:
        told = client.can_cancel_execution(CanCancelExecutionRequest(run_id=run.run_id), timeout=ANSWER)
    except DagsterUserCodeUnreachableError:
        return False
    return deserialize_value(told, CanCancelExecutionResult).can_cancel


def _started(process: int) -> str:
    """When a process started, in clock ticks since boot (proc(5), stat, field 22): numbers are given out again."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return ""
