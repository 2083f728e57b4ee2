"""The commands and what they have in common: one console, JSON where a program reads, exit codes that mean something.

Exit codes: 0 done; 1 something is wrong with the data (damage, a failed check, a failed query); 2 the command was not
understood; 3 nothing is there yet that could be shown.
"""

import json
import os
import sys
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from typer.core import TyperGroup

from pipelines.engine import EngineError
from pipelines.lake import LakeError
from pipelines.settings import Settings
from pipelines.storage import StorageError

WRONG, NOTHING = 1, 3
WIDE = 160  # columns where the output goes to a file or another program


class Commands(TyperGroup):
    """The commands; a wrong setting, or a lake, disk or cluster that fails, is told without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was given."""
        try:
            return super().invoke(ctx)
        except (StorageError, LakeError, EngineError) as error:
            give_up(str(error))
        except ValidationError as error:
            if error.title != Settings.__name__:
                raise
            give_up("\n".join(f"DATELINE_{e['loc'][0]}".upper() + f": {e['msg']}" for e in error.errors()), 2)
        except BrokenPipeError:
            raise  # whoever read the output has seen enough
        except OSError as error:
            give_up(f"{error}\nMend this and give the command again: nothing is half done, and what was done stays.")


app = typer.Typer(
    name="dateline",
    cls=Commands,
    help="A news warehouse: who said which number, about what, how sure, as of when, and the characters that prove it.",
    epilog="Begin with: dateline ingest FILES, dateline run, dateline sql. Every setting is an environment variable, "
    "DATELINE_DATA (the folder of everything kept) first among them: see docs/operations.md.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
console = Console() if sys.stdout.isatty() or "COLUMNS" in os.environ else Console(width=WIDE)
complaints = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]


def answer(result: dict[str, Any], *, as_json: bool, text: str) -> None:
    """Print a result: as JSON for a program, as text for a person."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))
    else:
        console.print(printable(text), markup=False, highlight=False, soft_wrap=True)


def printable(text: str) -> str:
    """The text with control characters replaced one for one: offsets stay true, no name or title steers a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def give_up(message: str, code: int = WRONG) -> NoReturn:
    """End the command with what is wrong and what to do."""
    complaints.print(printable(message), style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)


from pipelines.cli import brief, desk, entity, explore, keep, source, work  # noqa: E402,F401  # each module adds its commands to the app above
