"""`make fuzz MINUTES=10`: every target, one after the other; how much was tried of each, and what was found."""

import argparse
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.targets import TARGETS

EXECUTED = re.compile(r"stat::number_of_executed_units: (\d+)")
COVERED = re.compile(r"cov: (\d+)")


def main() -> int:
    """Fuzz the targets named, or all; the number of targets in which something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="which; all if not given")
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target")
    parser.add_argument(
        "--folder", type=Path, default=Path("build/fuzz"), help="corpus and findings, kept for the next"
    )
    given = parser.parse_args()
    if not find_spec("atheris"):
        parser.error("it runs under atheris: pip install -e '.[fuzz]'")
    return sum(fuzz(name, given.minutes, given.folder / name) for name in given.targets or TARGETS)


def fuzz(name: str, minutes: float, folder: Path) -> bool:
    """Fuzz one target in a process of its own; whether anything was found."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.one", name, str(int(minutes * 60)), str(folder)]
    with (folder / "log").open("w") as log:
        ended = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
    told = (folder / "log").read_text(errors="replace")
    found = re.findall(r"^FOUND (.*)", told, re.MULTILINE)
    tried, covered = EXECUTED.findall(told), COVERED.findall(told)
    inputs, edges = (counts[-1] if counts else "?" for counts in (tried, covered))
    print(f"{name}: {inputs} inputs in {minutes:g} minutes, {edges} edges, {len(found)} found")
    for line in found:
        print(f"  {line}")
    if ended:
        print(f"  ended with {ended}: see {folder}/log", flush=True)
    return bool(found or ended)


if __name__ == "__main__":
    sys.exit(main())
