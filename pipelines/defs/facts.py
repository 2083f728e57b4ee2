"""facts/*: what the day's articles say, with the characters that prove it."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import progress
from pipelines.defs.lake_assets import (
    check_result,
    days,
    key,
    lake,
    materialized,
    retried,
    schema_check,
    schema_result,
    spec,
)
from pipelines.extract.version import extractor_version
from pipelines.schemas import TABLES
from pipelines.settings import settings
from pipelines.steps.checks import untrue_offsets
from pipelines.steps.extract import FACT_TABLES, extract_shards, pending_shards

PLACED = [table for table in FACT_TABLES if "start" in TABLES[table].schema.names]


def offsets_check(table: str) -> dg.AssetCheckSpec:
    """The blocking check that each fact of a table stands where it says."""
    return dg.AssetCheckSpec(
        "offsets",
        asset=key(table),
        blocking=True,
        description="The article's characters between start and end are the fact's text, for each row.",
    )


@dg.multi_asset(
    name="facts",
    specs=[spec(TABLES[k], ["clean/articles"], extractor_version()) for k in FACT_TABLES],
    check_specs=[*map(schema_check, FACT_TABLES), *map(offsets_check, PLACED)],
)
def facts(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Extract the facts of the day's articles that this extractor has not seen."""
    with retried(context):
        for day in days(context):
            todo = pending_shards(lake(), day)
            with progress.task(f"Extracting {day}", sum(s.rows for s in todo)) as advance:
                for shard, counts in extract_shards(lake(), todo, settings(), advance):
                    context.log.info("shard %s: %s", shard.shard, counts)
            for table in FACT_TABLES:
                yield materialized(table, day)
                yield schema_result(table, day)
            for table in PLACED:
                yield check_result(table, "offsets", untrue_offsets(lake(), table, day))
