"""What cleaning costs: pages against trafilatura alone, pasted text by the megabyte."""

from collections.abc import Iterator

import trafilatura

from benchmarks.measure import EXAMPLES, Measurement, seconds
from pipelines.clean.document import Document, clean

REPEATS = 10


def measure() -> Iterator[Measurement]:
    """The ratio for pages and the speed for text."""
    pages = [p.read_text(encoding="utf-8", errors="replace") for p in sorted(EXAMPLES.glob("*.html"))] * REPEATS
    alone = seconds(lambda: [trafilatura.bare_extraction(p, with_metadata=True) for p in pages])
    ours = seconds(lambda: [clean(Document(html=p)) for p in pages])
    yield Measurement("cleaning pages against trafilatura alone", ours / alone, "times", "<= 1.3")
    texts = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.glob("0[12]_*.txt"))] * REPEATS
    megabytes = sum(len(t.encode()) for t in texts) / 2**20
    yield Measurement(
        "cleaning text", megabytes / seconds(lambda: [clean(Document(text=t)) for t in texts]), "MB/s", ">= 5"
    )
