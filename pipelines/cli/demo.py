"""The demonstration: the examples through the whole way, and what came of them."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table

from pipelines import models, progress, warehouse
from pipelines.cli import output
from pipelines.cli.app import complaints, console, give_up
from pipelines.cli.article import highlighted
from pipelines.cli.show_progress import bars
from pipelines.ingest.take import Taken
from pipelines.reading import find, read
from pipelines.settings import PROJECT, settings

EXAMPLES = PROJECT / "examples"
SHOWN = "Karvelia"  # the pasted article about it has every kind of fact
QUERIES = ("official_troop_numbers", "figures_over_time", "who_is_quoted", "not_yet_true", "prove_a_figure")


def demonstrate(data: Path) -> None:
    """Ingest the examples into a fresh data folder, run the job, and print what came of it."""
    shutil.rmtree(data, ignore_errors=True)
    os.environ["DATELINE_DATA"] = str(data.resolve())
    os.environ.pop("DATELINE_LAKE", None)
    settings.cache_clear()
    taken = _ingest()
    _run()
    with warehouse.connect(settings().published) as connection:
        _show_outcomes(connection, taken)
        _show_queries(connection)
        _show_article(connection)
    _show_next(data)


def _ingest() -> Taken:
    from pipelines.ingest.files import find as find_files
    from pipelines.ingest.take import take
    from pipelines.lake import lake_of

    with bars(complaints), progress.task("Capturing", len(find_files([EXAMPLES])[0])) as advance:
        return take([EXAMPLES], lake_of(settings()), datetime.now(UTC), settings(), lambda: advance(1))


def _run() -> None:
    from pipelines.cli.refresh import refresh

    with bars(complaints):
        result = refresh(fetch=False)
    if not result.success:
        give_up(f"The run failed in {', '.join(result.failed)}: {result.reason}")


def _show_outcomes(connection: duckdb.DuckDBPyConnection, taken: Taken) -> None:
    console.print(Rule("What came in, and what became of it"))
    rows = connection.execute(
        "select outcome, coalesce(reason, ''), count(*) from core.outcomes group by all order by all"
    ).fetchall()
    table = Table("outcome", "reason", "documents", header_style="bold")
    for outcome, reason, count in [*rows, ("captured before", "the same bytes twice", taken.known)]:
        table.add_row(outcome, reason, str(count))
    ended = sum(row[2] for row in rows)
    console.print(table)
    console.print(
        f"{taken.files} files held {taken.documents} documents = {ended} with an outcome + {taken.known} known."
    )
    if ended + taken.known != taken.documents:
        give_up("The counts do not add up: this is a defect of Dateline.")


def _show_queries(connection: duckdb.DuckDBPyConnection) -> None:
    cookbook = {question.name: question for question in models.load(settings().sql).cookbook}
    for name in QUERIES:
        question = cookbook[name]
        console.print(Rule(question.description))
        console.print(Syntax(question.query.strip(), "sql", background_color="default"))
        console.print(output.as_table(connection.sql(question.query).to_arrow_table()))


def _show_article(connection: duckdb.DuckDBPyConnection) -> None:
    console.print(Rule("One article, its facts highlighted"))
    version = find(connection, SHOWN)
    if version:
        console.print(highlighted(read(connection, version)))


def _show_next(data: Path) -> None:
    console.print(Rule("What to do next"))
    console.print(
        f"""These examples lie in {data}. Your own articles:
  .venv/bin/dateline ingest FILES    capture them
  .venv/bin/dateline run             clean, extract, load, check, publish
  .venv/bin/dateline sql             ask
  .venv/bin/dateline show TITLE      look at one article
  make up                            the same in Dagster, by schedule and inbox folder
To ask these examples: DATELINE_DATA={data} .venv/bin/dateline sql "from figures('troops')" """,
        highlight=False,
        markup=False,
    )
