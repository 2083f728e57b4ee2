"""A progress bar for whatever takes longer than a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines import progress


@contextmanager
def bars(console: Console) -> Iterator[None]:
    """Draw a bar for each piece of work done inside; on a console that is no terminal nothing is drawn."""
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as drawn:

        @contextmanager
        def bar(label: str, total: int) -> Iterator[progress.Advance]:
            task = drawn.add_task(label, total=total)
            yield lambda done: drawn.advance(task, done)

        with progress.shown_by(bar):
            yield
