"""Direct, mixed and indirect speech with its speaker."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from pipelines.schemas import Mention, Quote


def quotes(doc: Doc, mentions: Sequence[Mention], antecedents: Mapping[int, Mention]) -> list[Quote]:
    """What is said in a document, in order."""
    return []
