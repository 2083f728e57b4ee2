"""The inbox: files laid there are taken into the lake, then moved out of the way."""

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.lake import Lake
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.ingest.take import Taken

SETTLED = 2.0  # seconds without a change after which a file counts as whole


def waiting(inbox: Path) -> list[Path]:
    """The files of the inbox that nobody is still writing, oldest first; hidden and partial ones wait."""
    if not inbox.is_dir():
        return []
    files = (f for f in inbox.rglob("*") if f.is_file() and not f.is_symlink())
    shown = (f for f in files if not any(p.startswith(".") for p in f.relative_to(inbox).parts))
    # a time ahead of the clock, as a copy may keep it, is no sign of writing either
    whole = (f for f in shown if f.suffix != ".part" and abs(time.time() - f.stat().st_mtime) > SETTLED)
    return sorted(whole, key=lambda f: (f.stat().st_mtime, f))


def take_inbox(lake: Lake, limits: Settings, now: datetime) -> "Taken":
    """Capture what waits in the inbox; each file then moves to `taken/<day>/`, so that the inbox shows what is left."""
    from pipelines.ingest.take import take

    files = waiting(limits.inbox)
    taken = take(files, lake, now, limits)
    for file in files:
        target = limits.taken / now.date().isoformat() / file.relative_to(limits.inbox)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(_free(target))
    return taken


def _free(target: Path) -> Path:
    candidate, number = target, 1
    while candidate.exists():
        candidate, number = target.with_name(f"{target.stem}~{number}{target.suffix}"), number + 1
    return candidate
