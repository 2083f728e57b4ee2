"""desk/brief: the newest days, each as one HTML file fit to be mailed."""

from typing import Any

import dagster as dg

from pipelines import warehouse
from pipelines.defs.lake_assets import FRESH, OWNERS, key, preview, retried
from pipelines.defs.warehouse import PUBLISHED
from pipelines.desk import brief as page
from pipelines.settings import settings


@dg.asset(
    key=key("desk/brief"),
    deps=[key(PUBLISHED)],
    description="The briefs of the two newest days: figures, conflicts, quotes and silences, an HTML file each.",
    group_name="desk",
    kinds={"html"},
    owners=OWNERS,
    freshness_policy=FRESH,
)
def brief(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Write the briefs anew; the same warehouse gives the same files."""
    with retried(context):
        with warehouse.connect(settings().published) as connection:
            written = list(page.write_newest(connection, settings().briefs))
        context.log.info("written: %s", ", ".join(str(w.path) for w in written) or "nothing, for there is no article")
        newest = written[0] if written else None
        return dg.MaterializeResult(
            metadata={
                **({"file": dg.MetadataValue.path(str(newest.path)), **newest.counts} if newest else {}),
                "preview": dg.MetadataValue.md(preview([{"day": w.day, **w.counts} for w in written])),
            },
        )
