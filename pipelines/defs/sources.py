"""sources/*: each watched source as an asset; materialized means seen, so that its freshness is the source's own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from pipelines import warehouse
from pipelines.defs.lake_assets import OWNERS, check_result, key, preview
from pipelines.defs.warehouse import PUBLISHED
from pipelines.ingest.sources import Source, SourcesError, load
from pipelines.ingest.web_address import shown
from pipelines.settings import settings

GROUP = "sources"
HEALTH = "mart/source_health"
MISSED = 3  # visits that a source may miss until its asset is called stale
_LEAST = timedelta(hours=2)  # the job runs once an hour
_CHECKS = {
    "answers": "It answered one of its last three visits.",
    "not_silent": "It has not been quiet for more than three times as long as it usually is.",
    "cleans": "Its articles clean as well as they did.",
}


def watched() -> list[Source]:
    """The sources as Dagster loads its definitions; that their file is not understood, a check tells."""
    try:
        return load(settings().sources_file)
    except SourcesError:
        return []


def source_spec(source: Source) -> dg.AssetSpec:
    """The asset of a source."""
    rhythm = source.rhythm(datetime.now(UTC))
    return dg.AssetSpec(
        key(f"{GROUP}/{source.name}"),
        deps=[key(HEALTH), key(PUBLISHED)],
        description=f"The {source.kind} at {shown(source.url)}, asked every {source.schedule or source.interval}.",
        group_name=GROUP,
        kinds={source.kind},
        owners=OWNERS,
        skippable=True,
        metadata={"url": dg.MetadataValue.url(shown(source.url)), "limit": source.limit, "paused": source.paused},
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=max(MISSED * rhythm, _LEAST)),
    )


def checks(source: Source) -> list[dg.AssetCheckSpec]:
    """What is checked of a source."""
    asset = key(f"{GROUP}/{source.name}")
    return [dg.AssetCheckSpec(name, asset=asset, description=text) for name, text in _CHECKS.items()]


if SOURCES := watched():

    @dg.multi_asset(
        name="watched",
        specs=[source_spec(source) for source in SOURCES],
        check_specs=[check for source in SOURCES for check in checks(source)],
    )
    def sources(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        """Show how each source does: seen ones as materialized, all others as observed."""
        health = _health()
        for source in SOURCES:
            found = health.get(source.name)
            asset = key(f"{GROUP}/{source.name}")
            metadata = {name: _shown(value) for name, value in (found or {}).items()}
            metadata["preview"] = dg.MetadataValue.md(preview([found] if found else []))
            if found and found["failures"] == 0:
                yield dg.MaterializeResult(asset_key=asset, metadata=metadata)
            else:
                context.log_event(dg.AssetObservation(asset, metadata=metadata))
            yield from _results(source, found)


def _health() -> dict[str, dict[str, Any]]:
    """The rows of mart.source_health by source."""
    with warehouse.connect(settings().published) as connection:
        found = connection.sql("from mart.source_health")
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return {row["source"]: row for row in rows}


def _results(source: Source, found: dict[str, Any] | None) -> Iterator[dg.AssetCheckResult]:
    asset = f"{GROUP}/{source.name}"
    row = found or {"failures": 0, "is_silent": False, "cleans_badly": False}
    breaks = {
        "answers": [f"{row['failures']} failures since it was seen: {row['last_error']}"]
        if row["failures"] >= MISSED
        else [],
        "not_silent": [f"quiet for {row['quiet_hours']:.0f} hours"] if row["is_silent"] else [],
        "cleans": [f"rejected {row['recent_rejected']}, words {row['recent_words']}"] if row["cleans_badly"] else [],
    }
    for name, lines in breaks.items():
        yield check_result(asset, name, lines)._replace(severity=dg.AssetCheckSeverity.WARN)


def _shown(value: Any) -> Any:
    return dg.MetadataValue.timestamp(value) if isinstance(value, datetime) else value
