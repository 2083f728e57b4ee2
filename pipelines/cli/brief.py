"""The command that writes the brief of a day."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import NOTHING, app, console, give_up
from pipelines.cli.explore import day_of, open_warehouse
from pipelines.settings import settings


@app.command()
def brief(
    day: Annotated[
        str | None, typer.Option(help="The day, as 2026-11-22; the newest with articles if not given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The file; DAY.html in the folder briefs of the data if not given.")
    ] = None,
) -> None:
    """Write a day's figures, conflicts, quotes and silences as one HTML file, fit to be mailed."""
    try:
        from pipelines.desk import brief as page
    except ModuleNotFoundError as error:
        give_up(f"The brief needs {error.name}: install it with  .venv/bin/pip install -e '.[desk]'")
    wanted = day_of(day) if day else None
    with open_warehouse() as connection:
        chosen = wanted or next(iter(page.newest_days(connection)), None)
        if chosen is None:
            give_up("There is no article yet: dateline ingest FILES, then dateline run", NOTHING)
        target = out or settings().briefs / f"{chosen}.html"
        try:
            page.write(page.brief(connection, chosen), target)
        except OSError as error:
            give_up(f"{target} cannot be written: {error.strerror}")
    console.print(str(target), markup=False, highlight=False, soft_wrap=True)
