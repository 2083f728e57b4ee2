"""What the layers over the language model cost."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from benchmarks.measure import Measurement, bare_model, recombined, seconds
from pipelines.extract import model
from pipelines.extract.claims import claims
from pipelines.extract.coreference import antecedents
from pipelines.extract.document import facts
from pipelines.extract.names import mentions
from pipelines.extract.quantities import quantities
from pipelines.extract.quotes import quotes
from pipelines.extract.roles import roles
from pipelines.extract.sentences import sentences
from pipelines.extract.silences import silences
from pipelines.extract.times import times
from pipelines.extract.voices import voices
from pipelines.schemas import Claim, Mention, Quantity, Role, Sentence, Time

DAY = date(2026, 11, 20)


class Heard(NamedTuple):
    """What the layers under quotes give for one article."""

    doc: Doc
    names: list[Mention]
    times: list[Time]
    roles: list[Role]
    quantities: list[Quantity]
    sentences: list[Sentence]
    antecedents: dict[int, Mention]


def measure(articles: int = 60) -> Iterator[Measurement]:
    """Each layer in characters a second, and on top of the model alone: spaCy's, as its package ships it.

    The examples are several times as dense in figures as news is, so that layers of figures weigh more here.
    """
    texts = recombined(articles)
    characters = sum(map(len, texts))
    model.load()
    parsing = seconds(lambda: list(model.parse(texts)))
    shipped = bare_model()
    alone = seconds(lambda: list(shipped.pipe(texts, batch_size=32)))
    docs = list(model.parse(texts))
    names = [mentions(d) for d in docs]
    whens = [times(d, DAY) for d in docs]
    heard = [_heard(d, n, t) for d, n, t in zip(docs, names, whens, strict=True)]
    layers: dict[str, Callable[[], object]] = {
        "names": lambda: [mentions(d) for d in docs],
        "times": lambda: [times(d, DAY) for d in docs],
        "quantities": lambda: [quantities(d, t, n) for d, t, n in zip(docs, whens, names, strict=True)],
        "quotes, silences and claims": lambda: [_claims(given) for given in heard],
    }
    yield Measurement("language model alone", characters / alone, "characters/s", "")
    yield Measurement("language model as it is used", characters / parsing, "characters/s", "")
    for name, work in layers.items():
        yield Measurement(name, characters / seconds(work), "characters/s", "")
    yield Measurement(
        "model and names against the model alone", (parsing + seconds(layers["names"])) / alone, "times", "<= 1.15"
    )
    figures = seconds(lambda: (layers["times"](), layers["quantities"]()))
    yield Measurement("quantities and times together", characters / figures, "characters/s", ">= 200000")
    yield Measurement("quantities and times on top of the model", figures / alone, "of its time", "<= 0.10")
    said = seconds(layers["quotes, silences and claims"])
    yield Measurement("quotes, silences and claims on top of the model", said / alone, "of its time", "<= 0.10")
    whole = seconds(lambda: [facts(d, DAY) for d in docs])
    yield Measurement("model and all layers against the model alone", (parsing + whole) / alone, "times", "<= 1.2")


def _heard(doc: Doc, names: list[Mention], whens: list[Time]) -> Heard:
    beside = roles(doc, names)
    figures = quantities(doc, whens, names)
    return Heard(doc, names, whens, beside, figures, sentences(doc), antecedents(doc, names, beside))


def _claims(given: Heard) -> list[Claim]:
    """The layers that tell who says what, over those before them."""
    who = voices(given.doc, given.names, given.antecedents, given.roles, given.times, DAY)
    silences(who)
    return claims(who, given.sentences, given.quantities, given.times, quotes(who))
