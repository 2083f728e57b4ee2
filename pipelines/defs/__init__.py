"""Dagster's side: assets, checks, job, schedule and sensor. Each body reads, calls a step, and reports."""
