"""The facts of one article, layer upon layer: each layer may use those before it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.claims import claims
from pipelines.extract.coreference import antecedents
from pipelines.extract.names import mentions
from pipelines.extract.quantities import quantities
from pipelines.extract.quotes import quotes
from pipelines.extract.roles import roles
from pipelines.extract.sentences import sentences
from pipelines.extract.silences import silences
from pipelines.extract.times import times
from pipelines.extract.voices import voices
from pipelines.schemas import Facts


class Failed(NamedTuple):
    """An article whose facts could not be extracted."""

    error: str


def published_day(published_at: str | None) -> date | None:
    """The calendar day of an ISO 8601 time stamp, in the zone it is given in."""
    return date.fromisoformat(published_at[:10]) if published_at else None


def facts(doc: Doc, published: date | None) -> Facts:
    """All facts of a parsed article; `published` is the day that relative times start from."""
    sents = sentences(doc)
    names = mentions(doc)
    whens = times(doc, published)
    figures = quantities(doc, whens, names)
    beside = roles(doc, names)
    who = voices(doc, names, antecedents(doc, names, beside), beside, whens, published)
    said = quotes(who)
    return {
        "sentences": sents,
        "mentions": names,
        "roles": beside,
        "quantities": figures,
        "times": whens,
        "quotes": said,
        "silences": silences(who),
        "claims": claims(who, sents, figures, whens, said),
    }


def facts_of(articles: Sequence[tuple[str, str | None]]) -> list[Facts | Failed]:
    """The facts of each text with its publication time, in order; where one fails, the others do not."""
    try:
        return [facts(doc, published_day(published_at)) for doc, published_at in model.parse_with(articles)]
    except Exception:  # noqa: BLE001  # whatever it was, it is found again below, with its article
        return [_alone(text, published_at) for text, published_at in articles]


def _alone(text: str, published_at: str | None) -> Facts | Failed:
    try:
        return facts(model.of(text), published_day(published_at))
    except Exception as error:  # noqa: BLE001  # one article must not stop the rest, and the row says why
        return Failed(f"{type(error).__name__}: {error}")
