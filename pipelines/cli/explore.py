"""Commands that look at what is there: status, sql, show."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from pipelines import models, warehouse
from pipelines.cli import output
from pipelines.cli.app import NOTHING, Json, answer, app, console, give_up, printable
from pipelines.lake import lake_of
from pipelines.settings import settings
from pipelines.steps.inbox import waiting


def open_warehouse() -> duckdb.DuckDBPyConnection:
    """The published warehouse, read-only; ends the command with what to do if there is none."""
    try:
        return warehouse.connect(settings().published)
    except warehouse.NotPublishedError as error:
        give_up(str(error), NOTHING)
    except warehouse.WarehouseError as error:
        give_up(str(error))


@app.command()
def status(*, as_json: Json = False) -> None:
    """What came in, what became of it, what is still to do, and what readers see."""
    from pipelines.steps import clean, extract

    lake = lake_of(settings())
    rows = {
        table: sum(s.rows for s in lake.shards(table)) for table in ("raw/captures", "clean/articles", "clean/rejects")
    }
    todo = {
        "inbox files": len(waiting(settings().inbox)),
        "shards to clean": len(clean.pending_shards(lake)),
        "shards to extract": len(extract.pending_shards(lake)),
        "shards with facts of an older extractor": len(extract.outdated_shards(lake)),
    }
    link = settings().published
    found: dict[str, Any] = {
        "data": str(settings().data),
        "lake": lake.store.address,
        "rows": rows,
        "to do": todo,
        "days": sorted({s.day.isoformat() for s in lake.shards("raw/captures")}),
        "published": str(link.resolve()) if link.exists() else None,
    }
    lines = [f"{name}: {count:,}" for group in (rows, todo) for name, count in group.items()]
    lines.append(f"lake: {lake.store.address}")
    lines.append(f"ingest days: {', '.join(found['days'][-5:]) or 'none'}")
    lines.append(f"published: {found['published'] or 'nothing yet; dateline run publishes'}")
    answer(found, as_json=as_json, text="\n".join(lines))


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="A query, or a file of one; without it, a prompt.")] = None,
    *,
    form: Annotated[output.Format, typer.Option("--format", "-f", help="How the result is written.")] = "table",
    target: Annotated[Path | None, typer.Option("--output", "-o", help="File that the result goes to.")] = None,
    cookbook: Annotated[bool, typer.Option("--cookbook", help="List the queries of sql/cookbook and end.")] = False,
) -> None:
    """Ask the published warehouse, read-only: a query can read its tables and nothing else."""
    if cookbook:
        for question in models.load(settings().sql).cookbook:
            console.print(f"sql/cookbook/{question.name}.sql  {question.description}", highlight=False, markup=False)
        return
    connection = open_warehouse()
    if query is None:
        _prompt(connection)
        return
    try:
        _answer_query(connection, _text_of(query), form, target)
    except (duckdb.Error, ValueError) as error:
        give_up(str(error))


def _text_of(query: str) -> str:
    return Path(query).read_text(encoding="utf-8") if query.endswith(".sql") and Path(query).is_file() else query


def _answer_query(
    connection: duckdb.DuckDBPyConnection, query: str, form: output.Format = "table", target: Path | None = None
) -> None:
    result = connection.sql(query)
    if result is not None:
        output.write(result, form, target, console)


def _prompt(connection: duckdb.DuckDBPyConnection) -> None:
    import readline  # noqa: F401  # gives the prompt its history and its arrow keys

    console.print("The published warehouse, read-only. A query ends with a semicolon; Ctrl-D ends the prompt.")
    lines: list[str] = []
    while True:
        try:
            lines.append(input("      > " if lines else "dateline> "))
        except (EOFError, KeyboardInterrupt):
            return
        if lines[-1].rstrip().endswith(";"):
            try:
                _answer_query(connection, "\n".join(lines))
            except duckdb.Error as error:
                console.print(printable(str(error)), style="red", markup=False, highlight=False)
            lines = []


@app.command()
def show(
    which: Annotated[str, typer.Argument(help="An article's id, the beginning of it, or words of its title.")],
    *,
    as_json: Json = False,
) -> None:
    """One article with its facts highlighted, and its figures beneath."""
    from pipelines.cli.article import highlighted
    from pipelines.reading import find, read

    connection = open_warehouse()
    version = find(connection, which)
    if version is None:
        give_up(
            f"No article has an id or a title with {which!r}; try: dateline sql \"from search('{which}')\"", NOTHING
        )
    article = read(connection, version)
    if as_json:
        answer(article, as_json=True, text="")
    else:
        console.print(highlighted(article))


def day_of(text: str) -> date:
    """A day as the user wrote it.

    Raises:
        typer.Exit: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        give_up(f"{text!r} is no day: write it as 2026-11-22", 2)
