"""Killed before any step in the file system, a run that is begun again gives what an undisturbed one does."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults.stages import STAGES, content


def test_a_run_killed_at_each_of_its_steps_gives_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.faults.stages", str(tmp_path)]
    alone = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")  # a process of threads cannot be forked
    done = subprocess.run(program, capture_output=True, text=True, check=False, env=os.environ | alone)
    assert done.returncode == 0, done.stderr
    kills = json.loads(done.stdout)
    assert list(kills) == list(STAGES)
    assert min(kills.values()) > 4, kills
    assert content(tmp_path / "killed") == content(tmp_path / "undisturbed")
    left = {p.relative_to(tmp_path / "killed") for p in (tmp_path / "killed").rglob("*") if p.name.startswith(".")}
    assert not left
