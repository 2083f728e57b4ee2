"""Dagster's entry: everything that `defs/` defines."""

from pathlib import Path

import dagster as dg

from pipelines import engine

# A run is a child of the code server. Where that was killed, Dagster takes the run for dead and begins it anew.
engine.end_with_parent()

defs = dg.Definitions.merge(
    dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
    dg.Definitions(executor=dg.in_process_executor),
)
