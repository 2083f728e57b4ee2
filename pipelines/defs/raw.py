"""raw/captures: what lies in the inbox, taken into the lake."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from pipelines.defs.lake_assets import RETRY, days, lake, materialized, schema_check, schema_result, spec
from pipelines.ingest.take import READER_VERSION
from pipelines.schemas import TABLES
from pipelines.settings import settings
from pipelines.steps.inbox import take_inbox


@dg.multi_asset(
    name="captures",
    specs=[spec(TABLES["raw/captures"], [], READER_VERSION)],
    check_specs=[schema_check("raw/captures")],
    retry_policy=RETRY,
)
def captures(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Take in the inbox, if it is today's partition; the past gets nothing new."""
    now = datetime.now(UTC)
    for day in days(context):
        if day == now.date():
            taken = take_inbox(lake(), settings(), now)
            context.log.info("inbox: %s files, %s new captures, %s known", taken.files, taken.new, taken.known)
        yield materialized("raw/captures", day)
        yield schema_result("raw/captures", day)
