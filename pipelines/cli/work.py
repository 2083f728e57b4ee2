"""Commands that bring articles in and facts out: ingest, run, up, extract."""

import os
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import progress
from pipelines.cli.app import Json, answer, app, complaints, console, give_up
from pipelines.cli.show_progress import bars
from pipelines.lake import lake_of
from pipelines.settings import PROJECT, settings


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files of any format that README.md lists, or folders of them.")],
    *,
    as_json: Json = False,
) -> None:
    """Capture files into the lake, bytes unchanged; what was captured before is not captured again."""
    from pipelines.ingest.files import find
    from pipelines.ingest.take import take

    try:
        with bars(complaints), progress.task("Capturing", len(find(paths)[0])) as advance:
            taken = take(paths, lake_of(settings()), datetime.now(UTC), settings(), lambda: advance(1))
    except FileNotFoundError as error:
        give_up(str(error), 2)
    text = f"{taken.files} files: {taken.new} new documents, {taken.known} captured before"
    text += f", {taken.problems} that cannot be read" if taken.problems else ""
    text += (
        f"\nleft out, since their names are not of a news format: {', '.join(taken.skipped)}" if taken.skipped else ""
    )
    answer(asdict(taken), as_json=as_json, text=f"{text}\nNext: dateline run")


@app.command()
def run(
    day: Annotated[
        str | None, typer.Option(help="Only this ingest day (YYYY-MM-DD), made anew where outdated.")
    ] = None,
    *,
    fetch: Annotated[bool, typer.Option(help="Fetch from the sources that are due, beside the inbox.")] = True,
    as_json: Json = False,
) -> None:
    """Run the job `refresh`, as Dagster does: take in inbox and sources, clean, extract, load, check, publish."""
    from pipelines.cli.refresh import refresh
    from pipelines.ingest.sources import SourcesError

    try:
        days = [date.fromisoformat(day)] if day else None
    except ValueError:
        give_up(f"{day!r} is no day: write it as 2026-11-22", 2)
    with bars(complaints):
        try:
            result = refresh(days, fetch=fetch)
        except SourcesError as error:
            give_up(f"{error}\nMend it, or leave the sources out: dateline run --no-fetch", 2)
    if as_json or result.success:
        many = "1 day" if len(result.days) == 1 else f"{len(result.days)} days"
        text = f"Refreshed {many}; readers see {Path(result.published).name}." if result.days else "Nothing new."
        answer(asdict(result), as_json=as_json, text=text)
    if not result.success:
        give_up(
            f"The run failed in {', '.join(result.failed)}: {result.reason}\nReaders keep the last published warehouse."
        )


@app.command()
def up(port: Annotated[int, typer.Option(help="Port of the UI on 127.0.0.1.")] = 3000) -> None:
    """Start Dagster: the UI on 127.0.0.1, the schedule, and the sensor that watches the inbox."""
    from pipelines.cli.dagster_home import instance

    with instance() as runs:
        home = runs.root_directory
    settings().inbox.mkdir(parents=True, exist_ok=True)
    console.print(f"Dagster at http://127.0.0.1:{port} . Lay files into {settings().inbox} . Ctrl-C ends it.")
    program = str(Path(sys.executable).with_name("dagster"))
    workspace = str(PROJECT / "workspace.yaml")
    arguments = [program, "dev", "--workspace", workspace, "--host", "127.0.0.1", "--port", str(port)]
    os.chdir(PROJECT)
    os.execve(program, arguments, {**os.environ, "DAGSTER_HOME": home})  # noqa: S606  # our own interpreter's program


@app.command()
def extract(
    *,
    body: Annotated[bool, typer.Option("--body", help="The texts are clean bodies: extraction alone runs.")] = False,
) -> None:
    """Facts of documents: JSON lines in (`doc_id`, `html` or `text`, `url`, `published_at`), JSON lines out."""
    from pipelines.steps.stream import extract as stream
    from pipelines.steps.stream import to_json

    for row in stream(sys.stdin.buffer, settings(), body=body):
        # JSON can spell halves of characters, UTF-8 cannot: they go out as they came in, escaped
        sys.stdout.buffer.write(to_json(row).encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
