"""raw/*: what lies in the inbox and what the sources have that are due, taken into the lake."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dagster as dg
from pydantic import Field

from pipelines import engine
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
from pipelines.ingest.sources import SourcesError, load
from pipelines.ingest.take import READER_VERSION
from pipelines.schemas import TABLES
from pipelines.settings import settings
from pipelines.steps.fetch import due, fetch
from pipelines.steps.inbox import take_inbox, waiting

RAW_TABLES = tuple(table for table in TABLES if table.startswith("raw/"))
READABLE = dg.AssetCheckSpec(
    "sources_readable",
    asset=key("raw/fetches"),
    description="sources.toml is understood; where it is not, nothing is fetched, and all else goes on.",
)


class Intake(dg.Config):
    """What a run takes in."""

    fetch: bool = Field(default=True, description="Whether sources that are due are fetched, beside the inbox")


@dg.multi_asset(
    name="captures",
    specs=[spec(TABLES[table], [], READER_VERSION) for table in RAW_TABLES],
    check_specs=[*map(schema_check, RAW_TABLES), READABLE],
)
def captures(
    context: dg.AssetExecutionContext, config: Intake
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Take in the inbox and what is due, if it is today's partition; the past gets nothing new."""
    with retried(context):
        now = datetime.now(UTC)
        problems: list[str] = []
        for day in days(context):
            if day == now.date():
                if waiting(settings().inbox):
                    engine.warm_up()
                taken = take_inbox(lake(), settings(), now)
                context.log.info("inbox: %s files, %s new captures, %s known", taken.files, taken.new, taken.known)
                problems = _fetch(context, now) if config.fetch else []
            for table in RAW_TABLES:
                yield materialized(table, day)
                yield schema_result(table, day)
        yield check_result("raw/fetches", "sources_readable", problems)


def _fetch(context: dg.AssetExecutionContext, now: datetime) -> list[str]:
    """Fetch the sources that are due; gives why that is not possible."""
    limits = settings()
    try:
        sources = load(limits.sources_file)
    except SourcesError as error:
        return [str(error)]
    for name, found in fetch(due(sources, lake(), now), lake(), limits, now).items():
        context.log.info("%s: %s", name, found)
    return []
