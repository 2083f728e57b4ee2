"""What the assets of the lake have in common: days, keys, descriptions, columns and what they report."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import dagster as dg
import pyarrow as pa

from pipelines.lake import Lake, lake_of
from pipelines.schemas import TABLES, Table
from pipelines.settings import settings
from pipelines.steps.checks import schema_breaks

DAYS = dg.DailyPartitionsDefinition(start_date="2026-01-01", end_offset=1)
OWNERS = ["team:newsroom-data"]
FRESH = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=36), warn_window=timedelta(hours=26))
RETRIES = 2
FIRST_DELAY = 5  # seconds; each further one is twice as long
PREVIEW = 5  # rows of a preview
WIDTH = 80  # characters of a preview's cell


def lake() -> Lake:
    """The lake of the settings."""
    return lake_of(settings())


@contextmanager
def retried(context: dg.AssetExecutionContext) -> Iterator[None]:
    """Let a step that meets an error begin anew, as often and as late as `RETRIES` and `FIRST_DELAY` say.

    Unlike `dg.RetryPolicy`, not a step that was interrupted: who ends a run does not want it to go on.
    """
    try:
        yield
    except (dg.Failure, dg.DagsterError):
        raise
    except Exception as error:
        if interruption := _interruption(error):
            raise interruption from None
        raise dg.RetryRequested(RETRIES, FIRST_DELAY * 2**context.retry_number) from error


def _interruption(error: BaseException | None) -> BaseException | None:
    """What interrupted a step, where an error was made of it, as DuckDB does."""
    while isinstance(error, Exception):
        error = error.__cause__ or error.__context__
    return error


def key(table: str) -> dg.AssetKey:
    """The asset key of a table: `facts/quantities`."""
    return dg.AssetKey(table.split("/"))


def spec(table: Table, deps: Sequence[str], code_version: str) -> dg.AssetSpec:
    """The asset of a table of the lake."""
    return dg.AssetSpec(
        key(table.key),
        deps=[key(d) for d in deps],
        description=table.description,
        group_name=table.key.split("/")[0],
        kinds={"python", "parquet"},
        owners=OWNERS,
        code_version=code_version,
        metadata={"dagster/column_schema": columns(table.schema), "grain": ", ".join(table.grain)},
        partitions_def=DAYS,
        freshness_policy=FRESH,
    )


def columns(schema: pa.Schema) -> dg.TableSchema:
    """A pyarrow schema as Dagster shows it."""
    return dg.TableSchema(
        [
            dg.TableColumn(
                f.name,
                str(f.type),
                description=f.metadata[b"description"].decode(),
                constraints=dg.TableColumnConstraints(nullable=f.nullable),
            )
            for f in schema
        ]
    )


def schema_check(table: str) -> dg.AssetCheckSpec:
    """The blocking check that a table is what it is declared to be."""
    return dg.AssetCheckSpec(
        "schema",
        asset=key(table),
        blocking=True,
        description="Columns, nulls and listed values are those declared, and the bytes those committed.",
    )


def schema_result(table: str, day: date) -> dg.AssetCheckResult:
    """What the schema check found."""
    return check_result(table, "schema", schema_breaks(lake(), table, day))


def check_result(table: str, name: str, breaks: Sequence[str]) -> dg.AssetCheckResult:
    """A check's result: it passed if nothing breaks it."""
    return dg.AssetCheckResult(
        passed=not breaks,
        asset_key=key(table),
        check_name=name,
        metadata={"breaks": len(breaks), "first": dg.MetadataValue.text("\n".join(breaks[:20]) or "none")},
    )


def materialized(table: str, day: date) -> dg.MaterializeResult[Any]:
    """What a table of the lake has for the day."""
    shards = [s for s in lake().shards(table) if s.day == day]
    return dg.MaterializeResult(
        asset_key=key(table),
        metadata={
            "dagster/row_count": sum(s.rows for s in shards),
            "shards": len(shards),
            "preview": dg.MetadataValue.md(preview(_first_rows(table, day))),
        },
    )


def _first_rows(table: str, day: date) -> list[dict[str, Any]]:
    shard = next((s for s in lake().shards(table) if s.day == day and s.rows), None)
    if shard is None:
        return []
    names = [f.name for f in TABLES[table].schema if f.type != pa.binary()]
    rows: list[dict[str, Any]] = lake().read(shard, names).slice(0, PREVIEW).to_pylist()
    return rows


def preview(rows: Sequence[dict[str, Any]]) -> str:
    """Rows as a small Markdown table; what stands in them is shown as text, whatever it is."""
    if not rows:
        return "no rows"
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([escaped(r[c]) for c in head] for r in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def escaped(value: Any) -> str:
    """A value as Markdown that shows it and does nothing else: titles come from strangers."""
    text = "" if value is None else re.sub(r"\s+", " ", str(value))
    text = text[:WIDTH] + "…" * (len(text) > WIDTH)
    text = "".join(c for c in text if c.isprintable())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~:$.@-])", r"\\\1", text)


def days(context: dg.AssetExecutionContext) -> Iterator[date]:
    """The days of the run's partitions."""
    return (date.fromisoformat(k) for k in context.partition_keys)
