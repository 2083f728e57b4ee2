"""`dateline entity`: decisions about who is who, written to decisions.csv and replayed at the next publication."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipelines import decisions
from pipelines.cli.app import Json, answer, app, console, give_up
from pipelines.decisions import What
from pipelines.reading import shown
from pipelines.settings import settings

entity = typer.Typer(
    name="entity",
    help="Decide who is who: merge, split, keep apart, rename, retype, hide; each can be undone.",
    no_args_is_help=True,
)
app.add_typer(entity)

Entity = Annotated[str, typer.Argument(help="An entity_id of core.entities.")]
Why = Annotated[str, typer.Option(help="The reason, for those who read it later.")]
Who = Annotated[str | None, typer.Option(help="Who decides; the user of this computer if not given.")]


@entity.command()
def merge(
    into: Annotated[str, typer.Argument(help="The entity that stays.")],
    others: Annotated[list[str], typer.Argument(help="The entities that become it.")],
    *,
    why: Why = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Make several entities one."""
    _decide("merge", (into, *others), "", why, who, as_json=as_json)


@entity.command()
def split(
    whole: Entity,
    parts: Annotated[
        list[str], typer.Argument(help="What leaves it: a mention_id that was linked to it, or an article_id.")
    ],
    *,
    name: Annotated[str, typer.Option(help="What tells those of the articles apart, as `golfer`.")] = "",
    why: Why = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Take names or articles out of an entity, into one of their own."""
    _decide("split", (whole, *parts), name, why, who, as_json=as_json)


@entity.command()
def apart(
    one: Entity,
    others: Annotated[list[str], typer.Argument(help="Entities that it is not, however alike they look.")],
    *,
    why: Why = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Keep entities apart: they are no likely duplicates any more."""
    _decide("apart", (one, *others), "", why, who, as_json=as_json)


@entity.command()
def rename(one: Entity, name: str, *, why: Why = "", who: Who = None, as_json: Json = False) -> None:
    """Give an entity another name."""
    _decide("rename", (one,), name, why, who, as_json=as_json)


@entity.command()
def retype(
    one: Entity,
    kind: Annotated[str, typer.Argument(metavar="TYPE", help="An OntoNotes name type: PERSON, ORG, GPE ...")],
    *,
    why: Why = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Give an entity another type."""
    _decide("retype", (one,), kind, why, who, as_json=as_json)


@entity.command()
def hide(
    ones: Annotated[list[str], typer.Argument(help="Entities that are none, or not wanted.")],
    *,
    why: Why = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Leave entities out of the marts."""
    _decide("hide", tuple(ones), "", why, who, as_json=as_json)


@entity.command()
def undo(
    number: Annotated[int, typer.Argument(help="Number of the decision, as `dateline entity list` shows it.")],
    *,
    why: Why = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Let a decision count no more; an undo can be undone as well."""
    _decide("undo", (), str(number), why, who, as_json=as_json)


@entity.command("list")
def list_all(*, as_json: Json = False) -> None:
    """Show the decisions, and which of them count."""
    try:
        taken = decisions.read(settings().decisions)
    except decisions.DecisionError as error:
        give_up(str(error))
    applies = decisions.replay(taken).applies
    if as_json:
        rows = [vars(d) | {"number": n, "applies": a} for n, (d, a) in enumerate(zip(taken, applies, strict=True), 1)]
        answer({"decisions": rows}, as_json=True, text="")
        return
    table = Table("number", "at", "who", "what", "entities", "value", "why", "counts", header_style="bold")
    for number, (d, counts) in enumerate(zip(taken, applies, strict=True), 1):
        mark = "yes" if counts else "no"
        cells = (str(number), d.at, d.who, d.what, " ".join(d.entities), d.value, d.why, mark)
        table.add_row(*(Text(shown(cell)) for cell in cells))
    console.print(table if taken else "No decisions yet.")


def _decide(  # the columns of the file
    what: What, entities: tuple[str, ...], value: str, why: str, who: str | None, *, as_json: bool
) -> None:
    try:
        number = decisions.decide(settings().decisions, what, entities, value, why, who)
    except decisions.DecisionError as error:
        give_up(str(error), 2)
    text = f"Decision {number} counts from the next `dateline run`; `dateline entity undo {number}` takes it back."
    answer({"number": number}, as_json=as_json, text=text)
