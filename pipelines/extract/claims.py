"""Claims: which figure is asserted by whom, and how surely."""

from collections.abc import Mapping, Sequence
from datetime import date

from spacy.tokens import Doc

from pipelines.schemas import Claim, Mention, Quantity, Quote, Sentence, Time


def claims(
    doc: Doc,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    antecedents: Mapping[int, Mention],
    published: date | None,
) -> list[Claim]:
    """One row for each quantity that somebody asserts."""
    return []
