"""clean/*: each capture of the day as an article, with the evidence for its time, or as a reject."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import progress
from pipelines.clean.version import CLEANER_VERSION
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
from pipelines.schemas import TABLES
from pipelines.settings import settings
from pipelines.steps.checks import unaccounted
from pipelines.steps.clean import CLEAN_TABLES, clean_shard, pending_shards

ACCOUNTED = dg.AssetCheckSpec(
    "accounted",
    asset=key("clean/articles"),
    blocking=True,
    description="Each capture of the day is exactly one of article and reject.",
)


@dg.multi_asset(
    name="clean",
    specs=[spec(TABLES[k], ["raw/captures"], CLEANER_VERSION) for k in CLEAN_TABLES],
    check_specs=[*map(schema_check, CLEAN_TABLES), ACCOUNTED],
)
def clean(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Clean the day's captures that this version of cleaning has not seen."""
    with retried(context):
        for day in days(context):
            todo = pending_shards(lake(), day)
            with progress.task(f"Cleaning {day}", sum(s.rows for s in todo)) as advance:
                for shard in todo:
                    articles, rejects = clean_shard(lake(), shard, settings(), advance)
                    context.log.info("shard %s: %s articles, %s rejects", shard.shard, articles, rejects)
            for table in CLEAN_TABLES:
                yield materialized(table, day)
                yield schema_result(table, day)
            yield check_result("clean/articles", "accounted", unaccounted(lake(), day))
