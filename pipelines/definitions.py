"""Dagster's entry: everything that `defs/` defines."""

import multiprocessing
from pathlib import Path

import dagster as dg

from pipelines import engine
from pipelines.settings import settings
from pipelines.steps.inbox import waiting

# A run is a child of the code server. Where that was killed, Dagster takes the run for dead and begins it anew.
engine.end_with_parent()
# A run that finds work lets the workers' server load the language model while Dagster prepares its first step.
if multiprocessing.parent_process() and waiting(settings().inbox):
    engine.warm_up()

defs = dg.Definitions.merge(
    dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
    dg.Definitions(executor=dg.in_process_executor),
)
