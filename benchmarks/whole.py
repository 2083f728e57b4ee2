"""The whole way against the language model alone, both in two processes, on the same texts."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import dagster as dg

from benchmarks.family import of_family
from benchmarks.measure import Measurement, bare_model, recombined

COMMAND = str(Path(sys.executable).with_name("dateline"))
ARTICLES = int(os.environ.get("BENCH_RUN_ARTICLES", "1000"))
STAGES = {"captures": "taking in", "clean": "cleaning", "facts": "extracting"}


class Spent(NamedTuple):
    """What a command took: seconds by the clock and of processors, and megabytes of its largest process."""

    wall: float
    processor: float
    megabytes: float

    def and_then(self, other: "Spent") -> "Spent":
        """Both, one after the other."""
        both = max(self.megabytes, other.megabytes)
        return Spent(self.wall + other.wall, self.processor + other.processor, both)


def measure(articles: int = ARTICLES) -> Iterator[Measurement]:
    """`dateline run` from captures to the published warehouse, by stage, and a second run with nothing new.

    The model alone works at one half of the texts before the run and at the other after it, so that what else the
    machine does weighs on both.
    """
    texts = recombined(articles)
    words = sum(len(t.split()) for t in texts)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.jsonl"
        export.write_text("".join(json.dumps({"title": f"Article {i}", "text": t}) + "\n" for i, t in enumerate(texts)))
        given = {**os.environ, "DATELINE_DATA": f"{folder}/data", "DAGSTER_HOME": f"{folder}/dagster"}
        Path(folder, "dagster").mkdir()
        _spent([COMMAND, "ingest", str(export)], given)
        alone = _bare(texts[::2], folder)
        begin = time.time()
        run = _spent([COMMAND, "run"], given)
        alone = alone.and_then(_bare(texts[1::2], folder))
        again = _spent([COMMAND, "run"], given)
        stages = _stages(Path(folder, "dagster"), begin, begin + run.wall)
    yield Measurement("dateline run", words / run.wall, "words/s", "")
    yield Measurement("nlp.pipe alone in two processes", words / alone.wall, "words/s", "")
    yield Measurement("dateline run against nlp.pipe alone", alone.wall / run.wall, "times", ">= 1.0")
    yield Measurement("the same by processor time", alone.processor / run.processor, "times", "")
    for stage, seconds in stages.items():
        yield Measurement(f"dateline run, {stage}", seconds / run.wall, "of its time", "")
    yield Measurement("dateline run, largest process", run.megabytes, "MB", "<= 1,000")
    yield Measurement("second run with nothing new", again.wall, "s", "<= 2")


def alone(file: str) -> None:
    """What a process of its own does: the model alone, in two processes, over the texts of a JSON file."""
    for _ in bare_model().pipe(json.loads(Path(file).read_text()), n_process=2, batch_size=32):
        pass


def _bare(texts: list[str], folder: str) -> Spent:
    """What the model alone takes for these texts, without what it takes to start and to load it."""
    program = "import sys; from benchmarks.whole import alone; alone(sys.argv[1])"
    took = []
    for given in ([], texts):
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(given))
        took.append(_spent([sys.executable, "-c", program, str(file)], dict(os.environ)))
    start, whole = took
    return Spent(whole.wall - start.wall, whole.processor - start.processor, whole.megabytes)


def _spent(command: list[str], given: dict[str, str]) -> Spent:
    """What a command of ours takes."""
    begin = time.perf_counter()
    with subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        megabytes, processor = of_family(process)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    return Spent(time.perf_counter() - begin, processor, megabytes)


def _stages(home: Path, begin: float, end: float) -> dict[str, float]:
    """Seconds by stage, by what Dagster has recorded of the steps of its one run."""
    seconds = {"starting": 0.0, **dict.fromkeys(STAGES.values(), 0.0), "loading, building and publishing": 0.0}
    os.environ["DAGSTER_HOME"] = str(home)
    with dg.DagsterInstance.get() as instance:
        (run,) = instance.get_runs()
        last = begin
        for step in sorted(instance.get_run_step_stats(run.run_id), key=lambda s: s.start_time or 0):
            if step.start_time is None or step.end_time is None:
                continue
            name = STAGES.get(step.step_key, "loading, building and publishing")
            before = "starting" if last == begin else name
            seconds[before] += step.start_time - last
            seconds[name] += step.end_time - step.start_time
            last = step.end_time
    seconds["ending"] = end - last
    return seconds
