"""The worked analyses run on the examples and find what is there."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines.settings import PROJECT


def test_the_analysis_of_who_gives_the_numbers_runs_on_the_examples(examples: Path) -> None:
    script = PROJECT / "notebooks" / "who_gives_the_numbers.py"
    environment = {**os.environ, "DATELINE_DATA": str(examples), "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for found in ("anonymous", "hedged_percent", "Hurricane Ysolde", "update", " 0 not there."):
        assert found in done.stdout
