"""Killed before any step in the file system, a run that is begun again gives what an undisturbed one does."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.lake import Lake
from tests.faults.stages import STAGES, content


def files(data: Path) -> set[str]:
    """The names of all files of a data folder, but for the generation's number: kills used some up."""
    return {re.sub(r"gen_\d+", "gen", str(p.relative_to(data))) for p in data.rglob("*") if p.is_file()}


def test_a_run_killed_at_each_of_its_steps_gives_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.faults.stages", str(tmp_path)]
    alone = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")  # a process of threads cannot be forked
    done = subprocess.run(program, capture_output=True, text=True, check=False, env=os.environ | alone)
    assert done.returncode == 0, done.stderr
    kills = json.loads(done.stdout)
    assert list(kills) == list(STAGES)
    assert min(kills.values()) > 4, kills
    assert content(tmp_path / "killed") == content(tmp_path / "undisturbed")
    Lake(tmp_path / "killed/lake").sweep(datetime.now(UTC) + timedelta(days=2))
    assert files(tmp_path / "killed") == files(tmp_path / "undisturbed")
