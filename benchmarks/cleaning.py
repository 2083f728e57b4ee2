"""What cleaning costs: pages against trafilatura alone, pasted text by the megabyte, and the whole way of a capture."""

import time
from collections.abc import Callable, Iterator, Sequence

import trafilatura

from benchmarks.documents import pages, pasted
from benchmarks.measure import EXAMPLES, Measurement
from pipelines.clean.decode import decode
from pipelines.clean.document import Document, clean, warm
from pipelines.clean.sandbox import clean_all
from pipelines.settings import settings

ROUNDS = 5


def measure(documents: int = 100) -> Iterator[Measurement]:
    """The ratio for pages, the speed for text, and both through a worker with its limits."""
    warm()
    made = pages(documents)
    alone, ours = _fastest(
        made,
        lambda page: trafilatura.bare_extraction(page, with_metadata=True),
        lambda page: clean(Document(html=page)),
    )
    yield Measurement("cleaning pages against trafilatura alone", ours / alone, "times", "<= 1.3")
    texts = pasted(documents)
    (took,) = _fastest(texts, lambda text: clean(Document(text=text)))
    yield Measurement("cleaning pasted text", _megabytes(texts) / took, "MB/s", ">= 5")
    wire = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.glob("0[12]_*.txt"))]
    (took,) = _fastest(wire, lambda text: clean(Document(text=text)))
    yield Measurement("cleaning wire copy", _megabytes(wire) / took, "MB/s", ">= 5")
    yield Measurement("pasted text through one worker", _megabytes(texts) / _in_worker(texts), "MB/s", "")


def _fastest[T](documents: Sequence[T], *ways: Callable[[T], object]) -> list[float]:
    """Seconds of each way for all documents: of each document the fastest of some rounds, the ways taking turns.

    It is the processor's time of this process, so that other work on the machine counts as little as may be.
    """
    best = [[float("inf")] * len(documents) for _ in ways]
    for _ in range(ROUNDS):
        for at, document in enumerate(documents):
            for way, times in zip(ways, best, strict=True):
                begin = time.process_time()
                way(document)
                times[at] = min(times[at], time.process_time() - begin)
    return [sum(times) for times in best]


def _in_worker(texts: Sequence[str]) -> float:
    """Seconds from bytes to rows through a worker, as the pipeline goes; the worker's start is not counted."""
    limits = settings()
    sources = (Document(text=decode(text.encode())[0]) for text in [*texts, *texts])
    outcomes = clean_all(clean, sources, workers=1, seconds=limits.clean_seconds, megabytes=limits.clean_megabytes)
    next(outcomes)
    begin = time.perf_counter()
    done = sum(1 for _ in outcomes)
    return (time.perf_counter() - begin) / done * len(texts)


def _megabytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 2**20
