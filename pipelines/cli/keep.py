"""Commands that keep the data sound: verify, rebuild, docs, and the demonstration."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import dictionary, models, publish, warehouse
from pipelines.cli.app import Json, answer, app, complaints, console, give_up
from pipelines.lake import lake_of
from pipelines.settings import PROJECT, settings

CURE = "`dateline rebuild` makes articles and facts anew; bring what lies under raw/ back from a backup."
DICTIONARY = PROJECT / "docs" / "tables.md"


@app.command()
def verify(*, as_json: Json = False) -> None:
    """Hash every shard of the lake anew and name what is damaged."""
    lake = lake_of(settings())
    problems = lake.verify()
    count = len(lake.shards())
    if problems and not as_json:
        give_up("\n".join(problems) + f"\n{CURE}")
    answer({"shards": count, "problems": problems}, as_json=as_json, text=f"{count} shards, all as they were written.")
    if problems:
        raise typer.Exit(1)


@app.command()
def sweep(*, as_json: Json = False) -> None:
    """Remove files of the lake that no commit names and that are older than a day: replaced shards, rests of kills."""
    gone = lake_of(settings()).sweep(datetime.now(UTC))
    answer({"removed": gone}, as_json=as_json, text="\n".join([*gone, f"{len(gone)} files removed."]))


@app.command()
def rebuild(*, as_json: Json = False) -> None:
    """Make damaged articles and facts anew from the captures, and the DuckDB file from the lake alone; publish it."""
    from pipelines.steps.heal import heal

    now = settings()
    try:
        with complaints.status("Rebuilding the warehouse from the lake"):
            healed = heal(lake_of(now), now)
            done = publish.publish(
                lake_of(now), now.warehouse, now.sql, decisions=now.decisions, keep=now.generations, fresh=True
            )
    except warehouse.WarehouseError as error:
        give_up(str(error))
    text = f"Published generation {done.generation}: {sum(done.rows.values()):,} rows in {len(done.rows)} tables."
    text += "".join(f"\nMade anew, for it was damaged: {path}" for path in healed)
    answer({"generation": done.generation, "rows": done.rows, "healed": healed}, as_json=as_json, text=text)


@app.command()
def docs(
    *, check: Annotated[bool, typer.Option("--check", help="Only say whether the dictionary is current.")] = False
) -> None:
    """Write the data dictionary, docs/tables.md, from the schemas and the heads of the SQL models."""
    text = dictionary.dictionary(models.load(settings().sql))
    if not check:
        DICTIONARY.write_text(text, encoding="utf-8")
    elif not DICTIONARY.exists() or DICTIONARY.read_text(encoding="utf-8") != text:
        give_up("docs/tables.md is not current: run `dateline docs`")
    console.print(f"{DICTIONARY.relative_to(PROJECT)} is current.")


@app.command()
def demo(
    *, data: Annotated[Path, typer.Option(help="Folder that the demonstration keeps its data in.")] = Path("data/demo")
) -> None:
    """Ingest examples/, run the job, and show what came of it. Its data lies apart from yours."""
    from pipelines.cli.demo import demonstrate

    demonstrate(data)
