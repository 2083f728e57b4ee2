"""`dateline source`: what is watched, written to sources.toml; `test` shows what a visit would bring."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from pipelines.cli.app import Json, answer, app, complaints, console, give_up
from pipelines.ingest import sources
from pipelines.ingest.sources import Kind, Source, SourcesError
from pipelines.ingest.web_address import shown as without_secrets
from pipelines.lake import lake_of
from pipelines.reading import shown
from pipelines.settings import settings

RECENT = timedelta(days=7)  # how far back a new sitemap is taken, if nothing else is said: many list whole archives

source = typer.Typer(
    name="source",
    help="Feeds, sitemaps and pages that are watched: add, list, test, pause, resume, remove.",
    no_args_is_help=True,
)
app.add_typer(source)

Name = Annotated[str, typer.Argument(help="Name of the source in sources.toml.")]


@source.command()
def add(
    name: Annotated[str, typer.Argument(help="A short name: small letters, digits, - and _.")],
    url: Annotated[str, typer.Argument(help="Address of the feed, sitemap or page.")],
    *,
    kind: Annotated[Kind, typer.Option(help="What it is.")] = "feed",
    interval: Annotated[str | None, typer.Option(help="How often: 30m, 6h, 1d. Every hour if not given.")] = None,
    schedule: Annotated[str | None, typer.Option(help="Instead of an interval: cron in UTC, '5 6-22 * * *'.")] = None,
    limit: Annotated[int | None, typer.Option(help="Most articles fetched in a run; the rest waits. 50.")] = None,
    delay: Annotated[float | None, typer.Option(help="Seconds between two requests to a host. 1.")] = None,
    since: Annotated[str | None, typer.Option(help="Nothing older is taken: YYYY-MM-DD. A sitemap: a week.")] = None,
    allow_host: Annotated[list[str] | None, typer.Option(help="A host that may be at a private address.")] = None,
    as_json: Json = False,
) -> None:
    """Watch a feed, a sitemap or a page."""
    now = settings()
    given = {"interval": interval, "schedule": schedule, "limit": limit, "delay": delay, "allow_host": allow_host}
    entry: dict[str, Any] = {"name": name, "kind": kind, "url": url} | {k: v for k, v in given.items() if v is not None}
    if since or kind == "sitemap":
        entry["since"] = _day(since) if since else datetime.now(UTC).date() - RECENT
    made = _or_give_up(lambda: sources.add(now.sources_file, entry))
    from_when = f", nothing older than {made.since}" if made.since else ""
    text = f"{name} stands in {now.sources_file}{from_when}.\nNext: dateline source test {name}"
    answer(made.model_dump(mode="json"), as_json=as_json, text=text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        give_up(f"{text!r} is no day: write it as 2026-11-22", 2)


@source.command("list")
def show(*, as_json: Json = False) -> None:
    """The sources, when each was asked last, and how that ended."""
    from pipelines.steps.watched import standing

    found = standing(_sources(), lake_of(settings()), datetime.now(UTC))
    if as_json:
        answer({"sources": found}, as_json=True, text="")
        return
    if not found:
        answer({}, as_json=False, text="Nothing is watched yet: dateline source add NAME URL")
        return
    table = Table(header_style="bold")
    for column in found[0]:
        table.add_column(column, overflow="fold")
    for row in found:
        table.add_row(*(Text(shown(value)) for value in row.values()))
    console.print(table)


@source.command("test")
def try_out(name: Name, *, as_json: Json = False) -> None:
    """Fetch a source once and show what would be taken; nothing is stored."""
    from pipelines.steps.watched import trial

    one = _named(name)
    with complaints.status(f"Asking {without_secrets(one.url)}"):
        found = trial(one, lake_of(settings()), settings())
    lines = [f"{request['outcome']}: {request['url']} {request['error'] or ''}".rstrip() for request in found.requests]
    lines.append(f"{len(found.new)} new, {found.known} known" if one.kind != "page" else f"{found.bytes} bytes")
    over = len(found.new) - one.limit
    lines += [
        f"  {entry['published_at'] or 'no time'}  {entry['title'] or ''}  {entry['url']}" for entry in found.new[:20]
    ]
    lines += [f"{over} of them would wait, since limit = {one.limit}"] if over > 0 else []
    answer(found.to_json(), as_json=as_json, text="\n".join(shown(line) for line in lines))
    if not found.well:
        raise typer.Exit(1)


@source.command()
def pause(name: Name, *, as_json: Json = False) -> None:
    """Fetch no more from a source, until it is resumed."""
    _or_give_up(lambda: sources.pause(settings().sources_file, name, paused=True))
    answer({"name": name, "paused": True}, as_json=as_json, text=f"{name} is paused.")


@source.command()
def resume(name: Name, *, as_json: Json = False) -> None:
    """Go on with a source that was paused, where it stood."""
    _or_give_up(lambda: sources.pause(settings().sources_file, name, paused=False))
    answer({"name": name, "paused": False}, as_json=as_json, text=f"{name} is watched again.")


@source.command()
def remove(name: Name, *, as_json: Json = False) -> None:
    """Take a source out of sources.toml; what was fetched from it stays."""
    _or_give_up(lambda: sources.remove(settings().sources_file, name))
    answer({"name": name, "removed": True}, as_json=as_json, text=f"{name} is no longer watched; its captures stay.")


def _sources() -> list[Source]:
    return _or_give_up(lambda: sources.load(settings().sources_file))


def _named(name: str) -> Source:
    found = _sources()
    one = next((s for s in found if s.name == name), None)
    if one is None:
        names = ", ".join(s.name for s in found) or "none yet"
        give_up(f"{settings().sources_file} has no source {name!r}; it has {names}", 2)
    return one


def _or_give_up[Made](do: Callable[[], Made]) -> Made:
    try:
        return do()
    except SourcesError as error:
        give_up(str(error), 2)
