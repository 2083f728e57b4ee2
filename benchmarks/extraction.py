"""What the layers over the language model cost."""

from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.measure import Measurement, recombined, seconds
from pipelines.extract import model
from pipelines.extract.coreference import antecedents
from pipelines.extract.document import facts
from pipelines.extract.names import mentions
from pipelines.extract.quantities import quantities
from pipelines.extract.quotes import quotes
from pipelines.extract.roles import roles
from pipelines.extract.times import times

DAY = date(2026, 11, 20)


def measure(articles: int = 60) -> Iterator[Measurement]:
    """Each layer in characters a second, and all of them against the model alone."""
    texts = recombined(articles)
    characters = sum(map(len, texts))
    model.load()
    parsing = seconds(lambda: list(model.parse(texts)))
    docs = list(model.parse(texts))
    names = [mentions(d) for d in docs]
    whens = [times(d, DAY) for d in docs]
    layers: dict[str, Callable[[], object]] = {
        "names": lambda: [mentions(d) for d in docs],
        "times": lambda: [times(d, DAY) for d in docs],
        "quantities": lambda: [quantities(d, t, n) for d, t, n in zip(docs, whens, names, strict=True)],
        "quotes": lambda: [quotes(d, n, antecedents(d, n, roles(d, n))) for d, n in zip(docs, names, strict=True)],
    }
    yield Measurement("language model", characters / parsing, "characters/s", "")
    for name, work in layers.items():
        yield Measurement(name, characters / seconds(work), "characters/s", "")
    yield Measurement(
        "model and names against the model alone", (parsing + seconds(layers["names"])) / parsing, "times", "<= 1.15"
    )
    figures = seconds(lambda: (layers["times"](), layers["quantities"]()))
    yield Measurement("quantities and times together", characters / figures, "characters/s", ">= 200000")
    yield Measurement("quantities and times on top of the model", figures / parsing, "of its time", "<= 0.10")
    whole = seconds(lambda: [facts(d, DAY) for d in docs])
    yield Measurement("model and all layers against the model alone", (parsing + whole) / parsing, "times", "<= 1.2")
