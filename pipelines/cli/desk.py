"""The command that serves the desk."""

from typing import Annotated

import typer

from pipelines.cli.app import app, console, give_up
from pipelines.settings import settings


@app.command()
def desk(
    port: Annotated[int, typer.Option(help="Port of the pages on 127.0.0.1; 0 takes any free one.")] = 8100,
) -> None:
    """Serve pages to look at the facts, on 127.0.0.1: articles with their facts marked, figures over time, quotes."""
    try:
        from pipelines.desk.serve import HOST, bound, serve
    except ModuleNotFoundError as error:
        give_up(f"The desk needs {error.name}: install it with  .venv/bin/pip install -e '.[desk]'")
    try:
        at = bound(port)
    except OSError as error:
        give_up(f"Port {port} of {HOST} cannot be had ({error.strerror}): choose another with --port")
    console.print(f"The desk is at http://{HOST}:{at.getsockname()[1]} . Ctrl-C ends it.", highlight=False)
    serve(settings().published, at)
