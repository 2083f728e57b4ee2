"""core/*, mart/* and warehouse/published: the next generation of the DuckDB file, built, checked and published."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import models, progress, publish, warehouse
from pipelines.build import Outcome
from pipelines.defs.lake_assets import FRESH, OWNERS, PREVIEW, key, lake, preview, retried
from pipelines.models import Check, Model
from pipelines.schemas import TABLES
from pipelines.settings import settings

PROJECT = models.load(settings().sql)
PUBLISHED = "warehouse/published"
COUNTED = ("core/articles", "core/entities", "mart/figures", "mart/figure_conflicts")  # plotted on what is published
MODEL_KEYS = {model.key for model in PROJECT.models}


def column_types() -> dict[tuple[str, str], str]:
    """Types of columns by table's key and name, as the published warehouse has them; none before there is one."""
    query = "select schema_name || '/' || table_name, column_name, data_type from duckdb_columns()"
    try:
        with warehouse.connect(settings().published) as connection:
            return {(table, column): kind for table, column, kind in connection.execute(query).fetchall()}
    except warehouse.WarehouseError:
        return {}


COLUMN_TYPES = column_types()


def model_spec(model: Model) -> dg.AssetSpec:
    """The asset of a SQL model."""
    columns = [
        dg.TableColumn(name, COLUMN_TYPES.get((model.key, name), "not published yet"), description=text)
        for name, text in model.columns.items()
    ]
    return dg.AssetSpec(
        key(model.key),
        deps=[key(d) for d in model.depends_on if d in MODEL_KEYS or d in TABLES],  # meta tables are no assets
        description=model.description,
        group_name=model.key.split("/")[0],
        kinds={"duckdb", "sql", model.relation},
        owners=OWNERS,
        code_version=model.sha256[:12],
        metadata={"grain": ", ".join(model.grain), "dagster/column_schema": dg.TableSchema(columns)},
        freshness_policy=FRESH,
    )


def published_spec() -> dg.AssetSpec:
    """The asset of the file that readers open."""
    return dg.AssetSpec(
        key(PUBLISHED),
        deps=[key(k) for k in (*TABLES, *sorted(MODEL_KEYS))],
        description="The DuckDB file that readers open: one generation, whole or not at all.",
        group_name="warehouse",
        kinds={"duckdb"},
        owners=OWNERS,
        freshness_policy=FRESH,
    )


def check_spec(check: Check) -> dg.AssetCheckSpec:
    """The asset check of a SQL check: it holds where its query gives no rows."""
    owner, name = _place(check)
    return dg.AssetCheckSpec(name, asset=key(owner), description=check.description, blocking=check.blocking)


def _place(check: Check) -> tuple[str, str]:
    """The asset that shows a check, and its name there; a check of a loaded table is shown on what is published."""
    claim = check.claim.replace("-", "_")
    if check.table in MODEL_KEYS:
        return check.table, claim
    return PUBLISHED, f"{check.table.replace('/', '_')}_{claim}"


@dg.multi_asset(
    name="warehouse",
    specs=[*map(model_spec, PROJECT.models), published_spec()],
    check_specs=[check_spec(c) for c in PROJECT.checks],
    pool="warehouse",
)
def published(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Load what is new in the lake, build the models, check them, and let readers see the new generation."""
    with retried(context):
        now = settings()
        try:
            with progress.task("Publishing", 1) as advance:
                done = publish.publish(lake(), now.warehouse, now.sql, decisions=now.decisions, keep=now.generations)
                advance(1)
        except publish.BlockedError as blocked:
            yield from map(_result, blocked.outcomes)
            raise dg.Failure(str(blocked), allow_retries=False) from blocked
        context.log.info("generation %s, %s", done.generation, "new" if done.anew else "as it was")
        with warehouse.connect(now.published) as connection:
            for model in PROJECT.models:
                yield _materialized(model, done, connection)
        yield from map(_result, done.outcomes)
        yield dg.MaterializeResult(
            asset_key=key(PUBLISHED),
            metadata={
                "generation": done.generation,
                "file": dg.MetadataValue.path(str(done.path)),
                "new": done.anew,
                "rows": sum(done.rows.values()),
                "shards added": done.shards_added,
                "shards removed": done.shards_removed,
                **{table.partition("/")[2]: count for table, count in done.rows.items() if table in COUNTED},
                "preview": dg.MetadataValue.md(
                    preview([{"table": table, "rows": done.rows[table]} for table in COUNTED])
                ),
            },
        )


def _materialized(model: Model, done: publish.Published, connection: Any) -> dg.MaterializeResult[Any]:
    table = connection.sql(f"from {warehouse.identifier(model.sql_name)}")
    found = table.limit(PREVIEW)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    count = done.rows.get(model.key)  # of tables; a view is counted here
    return dg.MaterializeResult(
        asset_key=key(model.key),
        metadata={
            "dagster/row_count": len(table) if count is None else count,
            "preview": dg.MetadataValue.md(preview(rows)),
        },
    )


def _result(outcome: Outcome) -> dg.AssetCheckResult:
    owner, name = _place(outcome.check)
    return dg.AssetCheckResult(
        passed=outcome.failures == 0,
        asset_key=key(owner),
        check_name=name,
        severity=dg.AssetCheckSeverity.ERROR if outcome.check.blocking else dg.AssetCheckSeverity.WARN,
        metadata={"breaks": outcome.failures, "first": dg.MetadataValue.text(str(outcome.example))},
    )
