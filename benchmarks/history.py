"""What was measured before: a file of JSON lines, one a run of `make bench`."""

import json
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Measurement
from pipelines.settings import PROJECT

FILE = Path(os.environ.get("BENCH_HISTORY", PROJECT / "data" / "bench.jsonl"))


def keep(found: Sequence[Measurement], file: Path = FILE) -> None:
    """Append the figures, with the time, the commit and how busy the machine was: a loaded one tells ratios alone."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "figures": {f.name: [round(f.value, 4), f.unit] for f in found},
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as history:
        history.write(json.dumps(line, ensure_ascii=False) + "\n")


def _commit() -> str | None:
    asked = subprocess.run(  # noqa: S603
        ["git", "-C", str(PROJECT), "describe", "--always", "--dirty"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or None
